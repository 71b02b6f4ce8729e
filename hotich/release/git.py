"""Git as releases need it: the current commit, what is uncommitted, and the files of an older commit."""

import io
import os
import shutil
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath
from typing import Final

from hotich.errors import CannotNow

CACHES: Final = ("__pycache__", ".ipynb_checkpoints")
"""Folders that programs leave behind; the package hash does not cover them either."""


_KEPT: Final = ("PATH", "HOME", "XDG_CONFIG_HOME", "TMPDIR", "LD_LIBRARY_PATH")
"""What git gets of the caller's environment: HOME, for there a user says which repositories of others are trusted."""
_QUIET: Final = {
    "LC_ALL": "C.UTF-8",
    "GIT_ALLOW_PROTOCOL": "",
    "GIT_NO_LAZY_FETCH": "1",  # known to git 2.45 and later; before, the empty list of protocols does it alone
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
}
_SETTINGS: Final = ("core.fsmonitor=false", f"core.hooksPath={os.devnull}", f"core.attributesFile={os.devnull}")
"""A repository may come from anybody, and its configuration may name programs: none is run, nothing is fetched."""


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
        raise CannotNow("release.other_owner" if _distrusted(done) else "release.no_git", folder=folder)
    return done.stdout.decode().strip()


def uncommitted(folder: Path, names: Iterable[str] = (".",)) -> list[str]:
    """Return the files below the folder that differ from the commit or are not in it, git-ignored ones included."""
    there = [name for name in names if (folder / name).exists()]
    words = ("status", "--porcelain", "-z", "--untracked-files=all", "--ignored=matching", "--no-renames", "--", *there)
    entries = _git(folder, *words).stdout.decode("utf-8", "surrogateescape").split("\0")
    return sorted(entry[3:] for entry in entries if entry and not set(CACHES) & set(Path(entry[3:]).parts))


def archive(folder: Path, wanted: str, target: Path) -> None:
    """Write the files of that commit below the folder of the checkout into `target`; links and submodules are left out.

    Raises CommitUnavailable when the commit, or a file of it, is not here.
    """
    for name, (content, executable) in _tree(folder, wanted).items():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        path.chmod(0o755 if executable else 0o644)


def contents(folder: Path, wanted: str, names: Iterable[str]) -> dict[str, bytes]:
    """Return those files, and the files of those folders, as that commit has them. Raises CommitUnavailable."""
    among = set(names)
    tree = _tree(folder, wanted, lambda name: not among.isdisjoint((name, *map(str, PurePosixPath(name).parents))))
    return {name: content for name, (content, _) in tree.items()}


def _tree(
    folder: Path, wanted: str, included: Callable[[str], bool] = lambda _name: True
) -> dict[str, tuple[bytes, bool]]:
    """Return the files of a commit below the folder, each with whether it is executable. Raises CommitUnavailable.

    Names that a manifest brings are compared here and never given to git, which might read more into them.
    """
    require(folder, wanted)
    listed = _git(folder, "ls-tree", "-r", "-z", wanted)
    entries = [entry.split(b"\t", 1) for entry in listed.stdout.split(b"\0") if entry]
    files = [(about.split()[0], about.split()[2], os.fsdecode(name)) for about, name in entries if about[:3] == b"100"]
    files = [each for each in files if included(each[2])]
    found = _blobs(folder, [identity for _, identity, _ in files])
    if listed.returncode or found is None or any(_leads_out(name) for _, _, name in files):
        raise CommitUnavailable("no_commit")
    return {name: (content, mode == b"100755") for (mode, _, name), content in zip(files, found, strict=True)}


def _leads_out(name: str) -> bool:
    """Return whether a name, which a forged tree may hold, is not one of a file below the folder."""
    return Path(name).is_absolute() or not {"", ".", ".."}.isdisjoint(name.split("/"))


def _blobs(folder: Path, identities: list[bytes]) -> list[bytes] | None:
    """Return the bytes as they were committed, none of the repository's filters applied; None when one is not there."""
    given = _git(folder, "cat-file", "--batch", given=b"".join(each + b"\n" for each in identities))
    rest, found = io.BytesIO(given.stdout), list[bytes]()
    for identity in identities:
        head = rest.readline().split()
        if len(head) != 3 or head[0] != identity:
            return None
        found.append(rest.read(int(head[2])))
        rest.read(1)
    return found


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
    found = _git(folder, "rev-parse", "--git-dir") if folder.is_dir() else None
    if found is None or found.returncode:
        raise CommitUnavailable("other_owner" if found and _distrusted(found) else "no_git")
    if _git(folder, "cat-file", "-e", f"{wanted}^{{commit}}").returncode:
        shallow = _git(folder, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true"
        raise CommitUnavailable("shallow" if shallow else "no_commit")


def holds(folder: Path, other: Path) -> bool:
    """Return whether two folders lie in the same repository."""
    tops = [_git(each, "rev-parse", "--show-toplevel") for each in (folder, other) if each.is_dir()]
    return len(tops) == 2 and tops[0].returncode == 0 and tops[0].stdout == tops[1].stdout


def tracks(folder: Path) -> bool:
    """Return whether the folder lies in a repository that does not ignore it."""
    return bool(shutil.which("git")) and _git(folder, "check-ignore", "--quiet", ".").returncode == 1


def _distrusted(done: subprocess.CompletedProcess[bytes]) -> bool:
    """Return whether git refused a repository because it belongs to another user."""
    return any(words in done.stderr for words in (b"dubious ownership", b"owned by someone else"))


def _git(folder: Path, *words: str, given: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    own = {name: os.environ[name] for name in _KEPT if name in os.environ} | _QUIET
    settings = [word for setting in _SETTINGS for word in ("-c", setting)]
    command = ["git", *settings, "-C", str(folder), *words]
    return subprocess.run(command, input=given, capture_output=True, check=False, env=own)
