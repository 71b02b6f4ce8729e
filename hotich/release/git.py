"""What releases ask of git: is everything committed, which commit is this, and the files of an older one."""

import io
import os
import shutil
import subprocess
import tarfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from hotich.errors import CannotNow

_OURS: Final = ("__pycache__", ".ipynb_checkpoints")
"""Folders that programs leave behind; no hash of ours covers them."""


class Missing(Exception):
    """A commit that cannot be had here. `problem` names the sentence in `release.toml` that says why."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


def commit(folder: Path) -> str:
    """The commit that is checked out. Raises CannotNow where there is no git or no commit."""
    if not shutil.which("git"):
        raise CannotNow("release.no_tool", tool="git")
    done = _git(folder, "rev-parse", "--verify", "HEAD")
    if done.returncode:
        raise CannotNow("release.no_git", folder=folder)
    return done.stdout.decode().strip()


def uncommitted(folder: Path, names: Iterable[str] = (".",)) -> list[str]:
    """Files below the folder that differ from the commit or are not in it, git-ignored ones included."""
    there = [name for name in names if (folder / name).exists()]
    words = ("status", "--porcelain", "-z", "--untracked-files=all", "--ignored=matching", "--no-renames", "--", *there)
    entries = _git(folder, *words).stdout.decode("utf-8", "surrogateescape").split("\0")
    return sorted(entry[3:] for entry in entries if entry and not set(_OURS) & set(Path(entry[3:]).parts))


def archive(folder: Path, wanted: str, target: Path) -> None:
    """The files of that commit below the folder of the checkout, into `target`. Raises Missing when it is not here."""
    require(folder, wanted)
    packed = _git(folder, "-c", "core.autocrlf=false", "archive", "--format=tar", wanted)
    if packed.returncode:
        raise Missing("no_commit")
    with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as files:
        files.extractall(target, filter="data")


def file(folder: Path, wanted: str, name: str) -> bytes | None:
    """One file of that commit below the folder of the checkout; None when it is not to be had."""
    try:
        require(folder, wanted)
    except Missing:
        return None
    shown = _git(folder, "cat-file", "blob", f"{wanted}:./{name}")
    return None if shown.returncode else shown.stdout


def require(folder: Path, wanted: str) -> None:
    """Raises Missing unless that commit can be had here."""
    if not shutil.which("git"):
        raise Missing("no_git_tool")
    if not folder.is_dir() or _git(folder, "rev-parse", "--git-dir").returncode:
        raise Missing("no_git")
    if _git(folder, "cat-file", "-e", f"{wanted}^{{commit}}").returncode:
        shallow = _git(folder, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true"
        raise Missing("shallow" if shallow else "no_commit")


def _git(folder: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    # A hook or an alias of whoever runs this must not decide which repository is asked.
    hidden = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE")
    own = {name: value for name, value in os.environ.items() if name not in hidden}
    return subprocess.run(["git", "-C", str(folder), *words], capture_output=True, check=False, env=own)
