"""A Python environment for the code of a release: the present one if it satisfies its lock, else a new one."""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
from concurrent.futures import ThreadPoolExecutor
from importlib import metadata
from pathlib import Path
from typing import Final

from hotich.release import installed
from hotich.release.files import digest
from hotich.storage.paths import EXPECTATIONS, LOCK, NOTEBOOKS, PROJECT

_PINNED: Final = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)\s*(?:;\s*([^\\]+?))?\s*\\?$", re.MULTILINE)


FEW: Final = 3
"""The most altered files of a package that are named."""
OWN_SETUP: Final = (".ci/setup", ".ci/uv.txt")


class Impossible(Exception):
    """No environment could be made; the message is the end of what the set-up printed."""


def unlike(lock: Path) -> list[str]:
    """Return the packages that are not as the lock pins them: missing or of another version (`name 1.0, not 1.1`), or
    with altered files (`name 1.0: name/file.py`); and files that belong to no package.
    """
    from packaging.markers import Marker

    pinned = _PINNED.findall(lock.read_text(encoding="utf-8"))
    here = [(name, version) for name, version, marker in pinned if not marker or Marker(marker).evaluate()]
    with ThreadPoolExecutor() as pool:
        differing = [found for found in pool.map(lambda pin: _differs(*pin), here) if found]
    return [*differing, *(f"? {name}" for name in installed.strays())]


def _differs(name: str, pinned: str) -> str:
    """Say how a package differs from the lock and from its own RECORD, or nothing."""
    try:
        version = metadata.version(name)
    except metadata.PackageNotFoundError:
        version = "–"
    if version != pinned:
        return f"{name} {version}, not {pinned}"
    altered = installed.altered(name)
    more = f" (+{len(altered) - FEW})" if len(altered) > FEW else ""
    return f"{name} {version}: {', '.join(altered[:FEW])}{more}" if altered else ""


def python(code: Path, folder: Path, *, sealed_setup: bool) -> tuple[Path, str]:
    """Return an interpreter with that code's package and locked libraries, and its kind: present, overlay or new.

    `sealed_setup` says that the release has the hash of its own `.ci/setup`; otherwise the present one makes the
    environment. Raises Impossible.
    """
    same = digest(code / LOCK.name) == digest(LOCK) and not unlike(code / LOCK.name)
    if same and code == PROJECT:
        return Path(sys.executable), "present"
    if same:
        return _overlay(code, folder / "environment"), "overlay"
    if code != PROJECT and not sealed_setup:
        for name in OWN_SETUP:
            (code / name).parent.mkdir(exist_ok=True)
            shutil.copyfile(PROJECT / name, code / name)
    return _new(_apart(code, folder / "apart")), "new"


def _overlay(code: Path, folder: Path) -> Path:
    """Make an environment that links to the installed libraries, with that code's package in the place of ours."""
    venv.EnvBuilder(symlinks=True, with_pip=False).create(folder)
    site = Path(sysconfig.get_path("purelib", vars={"base": str(folder)}))
    for entry in sorted(Path(sysconfig.get_path("purelib")).iterdir()):
        ours = entry.name.startswith(("hotich", "_editable", "__editable__")) or entry.suffix == ".pth"
        if not ours and not (site / entry.name).exists():
            (site / entry.name).symlink_to(entry)
    (site / "hotich").symlink_to(code / "hotich", target_is_directory=True)
    _describe(code, site / "hotich-0.dist-info")
    for shared in ("share", "var"):
        if (Path(sys.prefix) / shared).is_dir():
            (folder / shared).symlink_to(Path(sys.prefix) / shared, target_is_directory=True)
    return folder / "bin" / "python"


def _describe(code: Path, folder: Path) -> None:
    """Write the entry points of that code's pyproject.toml, by which Jupyter finds the kernel provisioner."""
    project = tomllib.loads((code / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    folder.mkdir()
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: hotich\nVersion: 0\n", encoding="utf-8")
    groups = project.get("entry-points", {}).items()
    lines = [
        f"[{group}]\n" + "".join(f"{name} = {value}\n" for name, value in points.items()) for group, points in groups
    ]
    (folder / "entry_points.txt").write_text("\n".join(lines), encoding="utf-8")


def _apart(code: Path, folder: Path) -> Path:
    """Return a checkout outside the project (a copy if need be), because `.ci/setup` replaces the `.venv` beside it."""
    if code != PROJECT:
        return code
    for name in ("hotich", ".ci"):
        shutil.copytree(code / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for each in (EXPECTATIONS, NOTEBOOKS):
        shutil.copytree(each, folder / each.name)
    for name in (LOCK.name, "pyproject.toml", "LICENSE", "README.md"):
        if (code / name).is_file():
            shutil.copyfile(code / name, folder / name)
    return folder


def _new(code: Path) -> Path:
    """Make a `.venv` beside the code with the `.ci/setup` and lock beside it, and return its interpreter."""
    reach = {name: value for name, value in os.environ.items() if _REACH.fullmatch(name)}
    own = {**_kept(), "LC_ALL": "C.UTF-8", **reach}
    done = subprocess.run(["bash", ".ci/setup"], cwd=code, env=own, capture_output=True, text=True, check=False)
    made = code / ".venv" / "bin" / "python"
    if done.returncode or not made.is_file():
        raise Impossible("\n".join(done.stderr.strip().splitlines()[-5:]))
    return made


_KEPT: Final = ("PATH", "HOME", "TMPDIR", "OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE", "LD_LIBRARY_PATH", "HOTICH_KERNEL")
_REACH: Final = re.compile(
    r"(?:PIP|UV)_\w*(?:INDEX|CERT|TRUSTED_HOST|FIND_LINKS|CACHE_DIR|TIMEOUT|RETRIES|TLS|OFFLINE|INSECURE_HOST)\w*"
    r"|(?:HTTPS?|ALL|NO)_PROXY|SSL_CERT_(?:FILE|DIR)|REQUESTS_CA_BUNDLE",
    re.IGNORECASE,
)
"""Variables that say how the package registry is reached; no others but `_KEPT` get to a set-up."""


def _kept() -> dict[str, str]:
    return {name: os.environ[name] for name in _KEPT if name in os.environ}


def run(interpreter: Path, folder: Path, *words: str) -> tuple[int, str]:
    """Run `hotich …` in that environment with an empty HOME and only `_KEPT` of the caller's variables.

    Returns exit code and stderr.
    """
    home = folder / "home"
    home.mkdir(exist_ok=True)
    done = subprocess.run(
        [str(interpreter), "-P", "-m", "hotich", *words],
        cwd=folder,
        env={**_kept(), "HOME": str(home), "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    return done.returncode, done.stderr
