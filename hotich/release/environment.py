"""A Python environment for the code of a release: the present one if it satisfies its lock, else a new one."""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
from importlib import metadata
from pathlib import Path
from typing import Final

from hotich.release.files import digest
from hotich.storage.paths import EXPECTATIONS, LOCK, NOTEBOOKS, PROJECT

_PINNED: Final = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)\s*(?:;\s*([^\\]+?))?\s*\\?$", re.MULTILINE)


class Impossible(Exception):
    """No environment could be made; the message is the end of what the set-up printed."""


def unlike(lock: Path) -> list[str]:
    """Return the packages installed in another version than the lock pins, or missing: `name 1.0, not 1.1`."""
    from packaging.markers import Marker

    differing: list[str] = []
    for name, version, marker in _PINNED.findall(lock.read_text(encoding="utf-8")):
        if marker and not Marker(marker).evaluate():
            continue
        try:
            here = metadata.version(name)
        except metadata.PackageNotFoundError:
            here = "–"
        if here != version:
            differing.append(f"{name} {here}, not {version}")
    return differing


def python(code: Path, folder: Path) -> tuple[Path, str]:
    """Return an interpreter with that code's package and locked libraries, and its kind: present, overlay or new.

    Raises Impossible.
    """
    same = digest(code / LOCK.name) == digest(LOCK) and not unlike(code / LOCK.name)
    if same and code == PROJECT:
        return Path(sys.executable), "present"
    if same:
        return _overlay(code, folder / "environment"), "overlay"
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
    """Make a `.venv` beside the code with the code's own `.ci/setup` and lock, and return its interpreter."""
    done = subprocess.run(["bash", ".ci/setup"], cwd=code, capture_output=True, text=True, check=False)
    made = code / ".venv" / "bin" / "python"
    if done.returncode or not made.is_file():
        raise Impossible("\n".join(done.stderr.strip().splitlines()[-5:]))
    return made


_KEPT: Final = ("PATH", "HOME", "TMPDIR", "OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE", "LD_LIBRARY_PATH", "HOTICH_KERNEL")


def run(interpreter: Path, folder: Path, *words: str) -> tuple[int, str]:
    """Run `hotich …` in that environment, with only `_KEPT` of the caller's variables. Returns exit code and stderr."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    done = subprocess.run(
        [str(interpreter), "-P", "-m", "hotich", *words],
        cwd=folder,
        env={**kept, "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    return done.returncode, done.stderr
