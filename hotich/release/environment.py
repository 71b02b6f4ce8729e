"""An environment for a release's own code: the present one where it satisfies the lock, else a new one from it."""

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
    """No environment could be made; the text says what the tools said."""


def unlike(lock: Path) -> list[str]:
    """Packages that the lock pins and that are installed here in another version or not at all: `name 1.0, not 1.1`."""
    from packaging.markers import Marker

    found: list[str] = []
    for name, version, marker in _PINNED.findall(lock.read_text(encoding="utf-8")):
        if marker and not Marker(marker).evaluate():
            continue
        try:
            here = metadata.version(name)
        except metadata.PackageNotFoundError:
            here = "–"
        if here != version:
            found.append(f"{name} {here}, not {version}")
    return found


def python(code: Path, folder: Path) -> tuple[Path, str]:
    """An interpreter that has the code's own package and lock, and how it was had: present, overlay or new.

    Raises Impossible.
    """
    same = digest(code / LOCK.name) == digest(LOCK) and not unlike(code / LOCK.name)
    if same and code == PROJECT:
        return Path(sys.executable), "present"
    if same:
        return _overlay(code, folder / "environment"), "overlay"
    return _new(_apart(code, folder / "apart")), "new"


def _overlay(code: Path, folder: Path) -> Path:
    """The installed libraries with the other package in the place of ours; nothing is installed or changed."""
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
    """What Jupyter asks the installed package for: its entry points, as that package's own project file has them."""
    project = tomllib.loads((code / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    folder.mkdir()
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: hotich\nVersion: 0\n", encoding="utf-8")
    groups = project.get("entry-points", {}).items()
    lines = [
        f"[{group}]\n" + "".join(f"{name} = {value}\n" for name, value in points.items()) for group, points in groups
    ]
    (folder / "entry_points.txt").write_text("\n".join(lines), encoding="utf-8")


def _apart(code: Path, folder: Path) -> Path:
    """The checkout in a temporary folder: `.ci/setup` makes `.venv` anew where it stands, never in the project."""
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
    """A `.venv` beside the code, made by the code's own `.ci/setup` from its own lock."""
    done = subprocess.run(["bash", ".ci/setup"], cwd=code, capture_output=True, text=True, check=False)
    made = code / ".venv" / "bin" / "python"
    if done.returncode or not made.is_file():
        raise Impossible("\n".join(done.stderr.strip().splitlines()[-5:]))
    return made


_KEPT: Final = ("PATH", "HOME", "TMPDIR", "OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE", "LD_LIBRARY_PATH", "HOTICH_KERNEL")


def run(interpreter: Path, folder: Path, *words: str) -> tuple[int, str]:
    """Run `hotich …` in that environment: its exit code and what it said. No variable of the caller has a say."""
    own = {name: os.environ[name] for name in _KEPT if name in os.environ}
    done = subprocess.run(
        [str(interpreter), "-P", "-m", "hotich", *words],
        cwd=folder,
        env={**own, "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    return done.returncode, done.stderr
