"""Git as releases need it: the current commit, what is uncommitted, and the files of an older commit."""

import io
import os
import shutil
import subprocess
import tarfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from hotich.errors import CannotNow

_CACHES: Final = ("__pycache__", ".ipynb_checkpoints")
"""Folders that programs leave behind; the package hash does not cover them either."""


class CommitUnavailable(Exception):
    """The files of a commit cannot be read here. `problem` is the key of the reason in `release.toml`."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


def commit(folder: Path) -> str:
    """Return the hash of the commit checked out. Raises CannotNow if there is no git or no commit."""
    if not shutil.which("git"):
        raise CannotNow("release.no_tool", tool="git")
    done = _git(folder, "rev-parse", "--verify", "HEAD")
    if done.returncode:
        raise CannotNow("release.no_git", folder=folder)
    return done.stdout.decode().strip()


def uncommitted(folder: Path, names: Iterable[str] = (".",)) -> list[str]:
    """Return the files below the folder that differ from the commit or are not in it, git-ignored ones included."""
    there = [name for name in names if (folder / name).exists()]
    words = ("status", "--porcelain", "-z", "--untracked-files=all", "--ignored=matching", "--no-renames", "--", *there)
    entries = _git(folder, *words).stdout.decode("utf-8", "surrogateescape").split("\0")
    return sorted(entry[3:] for entry in entries if entry and not set(_CACHES) & set(Path(entry[3:]).parts))


def archive(folder: Path, wanted: str, target: Path) -> None:
    """Put that commit's files below the folder of the checkout into `target`. Raises CommitUnavailable."""
    require(folder, wanted)
    packed = _git(folder, "-c", "core.autocrlf=false", "archive", "--format=tar", wanted)
    if packed.returncode:
        raise CommitUnavailable("no_commit")
    with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as files:
        files.extractall(target, filter="data")


def file(folder: Path, wanted: str, name: str) -> bytes | None:
    """Return one file of that commit below the folder of the checkout; None if commit or file is not available."""
    try:
        require(folder, wanted)
    except CommitUnavailable:
        return None
    shown = _git(folder, "cat-file", "blob", f"{wanted}:./{name}")
    return None if shown.returncode else shown.stdout


def require(folder: Path, wanted: str) -> None:
    """Raise CommitUnavailable unless the repository of the folder has that commit."""
    if not shutil.which("git"):
        raise CommitUnavailable("no_git_tool")
    if not folder.is_dir() or _git(folder, "rev-parse", "--git-dir").returncode:
        raise CommitUnavailable("no_git")
    if _git(folder, "cat-file", "-e", f"{wanted}^{{commit}}").returncode:
        shallow = _git(folder, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true"
        raise CommitUnavailable("shallow" if shallow else "no_commit")


def _git(folder: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    # Inside a git hook these variables would point git at the hook's repository instead of the folder's.
    hidden = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE")
    variables = {name: value for name, value in os.environ.items() if name not in hidden}
    return subprocess.run(["git", "-C", str(folder), *words], capture_output=True, check=False, env=variables)
