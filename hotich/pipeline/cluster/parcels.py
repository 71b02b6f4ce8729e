"""What travels to a worker: an office's files, a month's results and a draft's facts, each by one hash of its content.

A worker unpacks them wherever it likes: no path of the driver's machine is in them.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hotich.data import results
from hotich.errors import CannotNow
from hotich.month import Month
from hotich.storage import hashing, paths
from hotich.storage.paths import MANIFEST, MEASURES, Folders

DATA: Final = "data"
REPORTS: Final = "reports"
NOTEBOOKS: Final = "notebooks"
RESULTS: Final = "results"
FACTS: Final = MEASURES
_ORIGINALS: Final = "incoming/"


@dataclass(frozen=True, repr=False)
class Parcel:
    """Files by their names, relative to wherever they are unpacked, and the hash that they were packed with."""

    files: Mapping[str, bytes]
    sha256: str

    def __repr__(self) -> str:
        """Say how much it is and nothing of what is in it: Dask writes the arguments of a failed task into its log."""
        return f"<Parcel {self.sha256[:12]}: {len(self.files)} files, {self.__sizeof__()} bytes>"

    def __sizeof__(self) -> int:
        """Return how many bytes it has: Dask weighs by this whether to move it to another worker."""
        return sum(len(content) for content in self.files.values())

    def unpack(self, folder: Path) -> None:
        """Write the files into a folder. Raises CannotNow if they are not what was packed, OSError."""
        if _hash(self.files) != self.sha256:
            raise CannotNow("cluster.altered", name=self.sha256[:12])
        for name, content in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


def office(at: Folders) -> Parcel:
    """Pack what pages read of an office: data without what was sent in, manifests and facts of releases, notebooks."""
    data = (path for path in hashing.files(at.data) if not path.relative_to(at.data).as_posix().startswith(_ORIGINALS))
    chains = (at.releases(examples) for examples in (False, True))
    sealed = (path for chain in chains for name in (MANIFEST, MEASURES) for path in chain.glob(f"*/{name}"))
    return _packed(
        {
            **_below(DATA, data, at.data),
            **_below(REPORTS, sealed, at.reports),
            **_below(NOTEBOOKS, hashing.files(paths.NOTEBOOKS), paths.NOTEBOOKS),
        }
    )


def month(at: Folders, wanted: Month, kept: Path) -> Parcel:
    """Pack what a command has computed from a month, which lies `kept` in its folder of results."""
    return _packed(_below(RESULTS, hashing.files(results.place(kept, at, wanted)), kept))


def facts(file: Path) -> Parcel:
    """Pack the facts of a draft; nothing where the checks stopped its month."""
    return _packed({FACTS: file} if file.is_file() else {})


def folders(unpacked: Path) -> Folders:
    """Return the folders of an office where its parcel was unpacked."""
    return Folders(unpacked / DATA, unpacked / REPORTS)


def _below(name: str, files: Iterable[Path], base: Path) -> dict[str, Path]:
    return {f"{name}/{path.relative_to(base).as_posix()}": path for path in files}


def _packed(files: Mapping[str, Path]) -> Parcel:
    contents = {name: path.read_bytes() for name, path in sorted(files.items())}
    return Parcel(contents, _hash(contents))


def _hash(files: Mapping[str, bytes]) -> str:
    total = hashlib.sha256()
    for name, content in sorted(files.items()):
        total.update(f"{name}\0{hashlib.sha256(content).hexdigest()}\n".encode())
    return total.hexdigest()
