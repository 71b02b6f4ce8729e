"""The bill of materials names every package of the lock, by version and hash."""

import json
import re
import subprocess
import sys

from hotich.release import sbom
from hotich.storage.paths import LOCK


def test_every_pinned_package_stands_in_the_bill_with_its_hashes():
    pinned = re.findall(r"^([a-z0-9._-]+)==([^\s;\\]+)", LOCK.read_text(encoding="utf-8"), flags=re.MULTILINE)
    components = sbom.bill()["components"]
    assert [(each["name"], each["version"]) for each in components] == pinned
    assert [each["name"] for each in components if not each["hashes"]] == []
    assert sum(len(each["hashes"]) for each in components) == LOCK.read_text(encoding="utf-8").count("--hash=sha256:")


def test_the_bill_has_what_the_format_demands():
    bill = sbom.bill()
    assert (bill["bomFormat"], bill["specVersion"], bill["version"]) == ("CycloneDX", "1.6", 1)
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", bill["serialNumber"])
    refs = [each["bom-ref"] for each in bill["components"]]
    assert len(set(refs)) == len(refs)
    assert bill["dependencies"] == [{"ref": "hotich", "dependsOn": refs}]
    assert {each["type"] for each in bill["components"]} == {"library"}
    assert [
        each["purl"] for each in bill["components"] if not re.fullmatch(r"pkg:pypi/[a-z0-9.-]+@\S+", each["purl"])
    ] == []


def test_nearly_every_installed_package_declares_its_licence():
    components = sbom.bill()["components"]
    assert next(each for each in components if each["name"] == "pandas")["licenses"]
    without = [each["name"] for each in components if "licenses" not in each and "properties" not in each]
    assert len(without) < len(components) / 20, without


def test_a_package_for_other_machines_carries_its_condition(tmp_path):
    lock = tmp_path / "requirements.lock"
    lock.write_text(f"nowhere==1.0 ; sys_platform == 'win32' \\\n    --hash=sha256:{'0' * 64}\n    # via x\n")
    (only,) = sbom.bill(lock)["components"]
    assert only["properties"] == [{"name": "hotich:marker", "value": "sys_platform == 'win32'"}]
    assert "licenses" not in only


def test_the_same_lock_gives_the_same_bytes():
    runs = [
        subprocess.run([sys.executable, "-m", "hotich.release.sbom"], capture_output=True, check=True) for _ in "ab"
    ]
    assert runs[0].stdout == runs[1].stdout
    assert json.loads(runs[0].stdout)["components"]
