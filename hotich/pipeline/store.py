"""What was made for a draft that is not in place yet: a run that fails, or is killed, leaves it to the next.

Each thing is one file that gets its name once it is complete, and that says the hashes of what is in it: one that a
crash of the machine has cut is not taken. It lies under the hash of all that it was made of.
"""

import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from hotich.pipeline.make_page import Made, MadeFile


@dataclass(frozen=True)
class Store:
    """The things kept for one draft, of one state of its inputs. Who uses it holds the lock of the draft."""

    folder: Path

    def keep(self, made: Made) -> None:
        """Keep what was made. Raises OSError."""
        path = self._path(made.name)
        path.parent.mkdir(parents=True, exist_ok=True)
        listed = [[file.name, len(file.content), file.sha256] for file in made.files]
        new = path.with_suffix(".new")
        new.write_bytes(b"".join([json.dumps(listed).encode(), b"\n", *(file.content for file in made.files)]))
        new.replace(path)

    def kept(self, name: str) -> Made | None:
        """Return what is kept under a name; None where nothing is, or not as it was made."""
        try:
            head, _, content = self._path(name).read_bytes().partition(b"\n")
            made = Made(name, tuple(_files(json.loads(head), content)))
        except (OSError, ValueError, TypeError):
            return None
        return made if all(file.intact for file in made.files) else None

    @property
    def things(self) -> int:
        """How many things are kept."""
        return sum(1 for _ in self.folder.rglob("*.made"))

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.made"


def of(folder: Path, inputs: Mapping[str, object]) -> Store:
    """Return the store of a draft that is made of these inputs. What was made of others is removed. Raises OSError."""
    key = hashlib.sha256(json.dumps(inputs, sort_keys=True).encode()).hexdigest()[:16]
    for outdated in folder.iterdir() if folder.is_dir() else ():
        if outdated.name != key:
            shutil.rmtree(outdated)
    return Store(folder / key)


def put(made: Made, folder: Path) -> None:
    """Write the files of what was made into a draft that is being built. Raises OSError."""
    for file in made.files:
        path = folder / file.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)


def written(name: str, folder: Path, files: Iterable[str]) -> Made:
    """Return as one thing what lies in a draft that is being built. Raises OSError."""
    return Made.of(name, {file: (folder / file).read_bytes() for file in files})


def _files(listed: Iterable[tuple[str, int, str]], content: bytes) -> Iterator[MadeFile]:
    begun = 0
    for name, length, sha256 in listed:
        yield MadeFile(name, content[begun : begun + length], sha256)
        begun += length
