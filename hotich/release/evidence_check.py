"""`make verify EVIDENCE=file.zip`: unpack an evidence file that came from outside into a temporary folder.

Nothing in it is executed. It is refused before anything is written unless every name stays inside one folder and the
whole stays within bounds; no file is written anywhere else, and nothing in it can be a link.
"""

import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from hotich.data import releases
from hotich.data.releases import Release
from hotich.errors import InputRefused
from hotich.month import printable
from hotich.release import excerpt, files, manifest
from hotich.storage import paths, temporary
from hotich.storage.paths import Folders

_FILES: Final = 20_000
_BYTES: Final = 2_000_000_000
"""The most files, and bytes unpacked; an evidence file of a province has 500 files, with its libraries 300 MB."""
_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,  # a packing that nobody knows
    RuntimeError,  # encrypted
    EOFError,
    ValueError,
    FileExistsError,
    NotADirectoryError,
)
_HIDDEN: Final = ".ci"
"""The only folder with a leading dot that an evidence file has: no git repository, no unfinished change of data."""


@contextmanager
def unpacked(file: str) -> Iterator[Folders]:
    """Unpack an evidence file for as long as the block runs. Raises InputRefused for anything else, and says why."""
    path = paths.named(file)
    if not path.is_file():
        raise InputRefused("release.no_file", file=printable(file))
    with temporary.folder() as folder:
        try:
            with zipfile.ZipFile(path) as packed:
                root = _extract(packed, folder)
        except _BROKEN as broken:
            raise InputRefused("release.no_evidence", file=printable(file), reason=printable(str(broken))) from None
        folders = Folders(root / "data", root / "reports")
        if excerpt.title(folders) not in {each.title for each in releases.every(folders)}:
            raise InputRefused("release.no_evidence", file=printable(file), reason=f"reports/{excerpt.FILE}")
        yield folders


def _extract(packed: zipfile.ZipFile, folder: Path) -> Path:
    """Write all files below `folder` and return the one folder that they are in. Raises ValueError for a bad entry."""
    entries = packed.infolist()
    _require_bounded(entries)
    for entry in entries:
        target = folder / entry.filename
        target.parent.mkdir(parents=True, exist_ok=True)
        with packed.open(entry) as content, target.open("xb") as written:
            while block := content.read(1 << 20):  # never more than the entry says
                written.write(block)
    (root,) = {Path(entry.filename).parts[0] for entry in entries}
    if not (folder / root / "data" / "office.toml").is_file():
        raise ValueError("data/office.toml")
    return folder / root


def _require_bounded(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > _FILES or sum(entry.file_size for entry in entries) > _BYTES:
        raise ValueError(f"> {_FILES:,} / {_BYTES:,} B")
    names = [entry.filename for entry in entries]
    parts = [Path(name).parts for name in names]
    for entry, name, path in zip(entries, names, parts, strict=True):
        hidden = [part for part in path if part.startswith(".") and part != _HIDDEN]
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if not manifest.inside(name) or len(path) < 2 or hidden or entry.is_dir() or kind not in (0, stat.S_IFREG):
            raise ValueError(name)
    if len({name.casefold() for name in names}) < len(names) or len({path[0] for path in parts}) != 1:
        raise ValueError(", ".join(sorted({path[0] for path in parts})[:2]))


def unlike(folders: Folders, sealed: Release) -> list[str]:
    """Return code, set-up and inputs that are not those of the complete release's manifest; of others nothing."""
    if excerpt.title(folders) != sealed.title:
        return []
    try:
        fields = manifest.read(sealed.folder)
    except manifest.Malformed:
        return []  # verify reports it
    root = folders.data.parent
    setup = files.changes("", fields["setup"], files.setup(root)) if "setup" in fields else []
    own = {name: sha for name, sha in fields["inputs"].items() if not name.startswith(releases.RELEASES)}
    inputs = files.input_changes(own, files.present(own, folders.data), folders.data)
    return [*files.code_changes(fields, files.code(root)), *setup, *inputs]
