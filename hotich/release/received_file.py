"""`make verify FILE=`: find a file that somebody was sent, such as an e-mailed page, among those of the releases."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hotich.data import releases
from hotich.data.releases import Release
from hotich.errors import ExitCode, InputRefused
from hotich.month import printable
from hotich.release import file_diff, manifest
from hotich.release.file_diff import FileDiff
from hotich.release.files import digest
from hotich.storage import paths
from hotich.storage.paths import MANIFEST, SIGNATURE, Folders


@dataclass(frozen=True)
class ReceivedFile:
    """Where the file is found byte for byte, as `published/0002-2024-10/report.vi.html`; else the file it is like.

    `compared` holds what differs from `nearest`; both are empty where no release has a file like it.
    """

    file: str
    sha256: str
    found: tuple[str, ...]
    nearest: str = ""
    compared: FileDiff | None = None

    @property
    def exit_code(self) -> ExitCode:
        """Return DONE if a release has the file byte for byte, else DIFFERS."""
        return ExitCode.DONE if self.found else ExitCode.DIFFERS


def find(file: str, folders: Folders) -> ReceivedFile:
    """Find the file in every release of both chains, newest first. Raises InputRefused when it cannot be read."""
    path = paths.named(file)
    if not path.is_file():
        raise InputRefused("release.no_file", file=printable(file))
    wanted, found = digest(path), tuple(f"{each.title}/{name}" for each, name in _holding(path, folders))
    if found:
        return ReceivedFile(str(path), wanted, found)
    alike = _alike(path, list(_newest_first(folders)))
    compared = [(each, name, file_diff.compare(name, each.folder / name, path)) for each, name in alike]
    if not compared:
        return ReceivedFile(str(path), wanted, ())
    each, name, diff = min(compared, key=lambda one: _distance(one[2]))
    return ReceivedFile(str(path), wanted, (), f"{each.title}/{name}", diff)


def _distance(diff: FileDiff) -> tuple[bool, int]:
    """Order files by whether figures and words agree, then by how many figures differ."""
    return diff.result != file_diff.FIGURES, sum(each.what != "text" for each in diff.differences)


def holder(path: Path, folders: Folders) -> Release | None:
    """Return the newest release that has the file byte for byte, or None."""
    return next((each for each, _ in _holding(path, folders)), None)


def _holding(path: Path, folders: Folders) -> Iterator[tuple[Release, str]]:
    wanted = digest(path)
    for each in _newest_first(folders):
        yield from ((each, name) for name, sha in _sealed_files(each) if sha == wanted)


def _newest_first(folders: Folders) -> Iterator[Release]:
    for examples in (False, True):
        yield from reversed(releases.chain(folders, examples))


def _sealed_files(sealed: Release) -> Iterator[tuple[str, str]]:
    """Yield name and hash of every sealed file, and of the manifest itself; nothing of a malformed manifest."""
    try:
        outputs = manifest.read(sealed.folder)["outputs"]
    except manifest.Malformed:
        return  # a finding of verify says so
    yield from outputs.items()
    yield from (
        (name, digest(sealed.folder / name)) for name in (MANIFEST, SIGNATURE) if (sealed.folder / name).is_file()
    )


def _alike(path: Path, sealed: list[Release]) -> Iterator[tuple[Release, str]]:
    """Yield the files of releases that have its name; where none has, pages with its title."""
    every = [(each, name) for each in sealed for name, _ in _sealed_files(each)]
    named = [one for one in every if Path(one[1]).name == path.name]
    title = _title(path)
    yield from named or [(each, name) for each, name in every if title and _title(each.folder / name) == title]


def _title(path: Path) -> bytes:
    """Return the title of a page, which has it among its first bytes, or nothing."""
    if path.suffix != ".html" or not path.is_file():
        return b""
    with path.open("rb") as page:
        head = page.read(20_000)
    return head.partition(b"<title>")[2].partition(b"</title>")[0]
