"""The software bill of materials: every package of the lock, as CycloneDX 1.6 (ECMA-424) JSON.

`python -m hotich.release.sbom` prints it, `make sbom` does the same; the same lock gives the same bytes.
"""

import json
import re
import sys
import uuid
from importlib import metadata
from pathlib import Path
from typing import Any, Final

from hotich.release.files import digest
from hotich.storage.paths import LOCK

_PACKAGE: Final = re.compile(
    r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;\\]+)(?:\s*;\s*(?P<marker>[^\\\n]+?))?\s*\\?\n"
    r"(?P<rest>(?:^[ \t]+.*\n)*)",
    re.MULTILINE,
)
_HASH: Final = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_EXPRESSION: Final = re.compile(r"[A-Za-z0-9.+-]+(?: (?:AND|OR|WITH) [A-Za-z0-9.+-]+)*")


def bill(lock: Path = LOCK) -> dict[str, Any]:
    """Return the bill of materials of a lock file as JSON values.

    `hashes` of a component are those of every file of that version that may be installed; `hotich:marker` says on
    which machines it is. Licences are those that the packages installed here declare.
    """
    found = [_component(match) for match in _PACKAGE.finditer(lock.read_text(encoding="utf-8"))]
    root = {"type": "application", "bom-ref": "hotich", "name": "hotich", "version": metadata.version("hotich")}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, digest(lock))}",
        "version": 1,
        "metadata": {"component": root | {"licenses": [{"license": {"id": "MIT"}}]}},
        "components": found,
        "dependencies": [{"ref": "hotich", "dependsOn": [each["bom-ref"] for each in found]}],
    }


def _component(package: re.Match[str]) -> dict[str, Any]:
    name, version = package["name"], package["version"]
    purl = f"pkg:pypi/{name.lower().replace('_', '-')}@{version}"
    component: dict[str, Any] = {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl}
    component["hashes"] = [{"alg": "SHA-256", "content": each} for each in sorted(set(_HASH.findall(package["rest"])))]
    if licence := _licence(name):
        component["licenses"] = [licence]
    if package["marker"]:
        component["properties"] = [{"name": "hotich:marker", "value": package["marker"]}]
    return component


def _licence(name: str) -> dict[str, Any] | None:
    """Return the licence that the installed package declares: an SPDX expression, or its own words; None if neither."""
    try:
        about = metadata.metadata(name)
    except metadata.PackageNotFoundError:  # meant for other machines than this one
        return None
    for expression in about.get_all("License-Expression") or ():
        if _EXPRESSION.fullmatch(expression):
            return {"expression": expression}
    classified = [each for each in about.get_all("Classifier") or () if each.startswith("License :: ")]
    named = [*(each.rpartition(" :: ")[2] for each in classified), *(about.get_all("License") or ())]
    words = named[0].split("\n")[0] if named else ""
    return {"license": {"name": words}} if words else None


if __name__ == "__main__":
    json.dump(bill(), sys.stdout, ensure_ascii=False, indent=1)
    print()
