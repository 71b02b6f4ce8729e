"""Results that the processes of one command share: the first that needs one computes it, the others load it.

A command names a private folder in HOTICH_RESULTS, in the environment of its own processes and kernels. There a result
lies under the hash of everything that it was computed from. Without that variable, as in a notebook that is run by
hand, nothing is kept: everything is computed, and comes out the same.
"""

import hashlib
import os
import pickle
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any, Final, TypeVar

from hotich.data import kept
from hotich.month import Month
from hotich.storage import hashing, paths
from hotich.storage.paths import MANIFEST, MEASURES, Folders

FOLDER: Final = "HOTICH_RESULTS"
SHOWN_ONLY: Final = ("comments/", "areas.geojson", "notice.docx", "report.docx", "summary.docx")
"""Inputs, or folders of them, that pages take as they are: nothing is checked by them or computed from them."""
_NOT_READ: Final = ("incoming/", *SHOWN_ONLY)
_LISTS: Final = ("areas.csv", "registers.csv", "office.toml")
_SEALED: Final = (MANIFEST, MEASURES)
Result = TypeVar("Result")


@dataclass
class _Here:
    """What this process has of the dataset that it works on."""

    folder: Path | None = None
    results: dict[str, Any] = field(default_factory=dict)


_here: Final = _Here()


@dataclass(frozen=True)
class Results:
    """What has been computed from one dataset. `folder` is None where nothing is kept."""

    folder: Path | None = None

    def once(self, name: str, compute: Callable[[], Result]) -> Result:
        """Return the result of that name: loaded where the command has kept it, else computed and kept."""
        if not self.folder:
            return compute()
        path = self.folder / name

        def loaded() -> Result:
            if path.is_file():
                known: Result = pickle.loads(path.read_bytes())  # noqa: S301 - we wrote it, in a private folder
                return known
            result = compute()
            _replace(path, pickle.dumps(result, pickle.HIGHEST_PROTOCOL))
            return result

        return self.here(name, loaded)

    @property
    def verdict(self) -> str:
        """What the verdict on the dataset rests on."""
        return f"verdict {self.folder and self.folder.name}"

    def here(self, name: str, compute: Callable[[], Result]) -> Result:
        """Return the result of that name that this process has, else compute it; of one dataset at a time."""
        if not self.folder:
            return compute()
        if _here.folder != self.folder:
            _here.folder, _here.results = self.folder, {}
        if name not in _here.results:
            result = compute()
            if _here.folder != self.folder:  # another month of this process has been asked for meanwhile
                return result
            _here.results[name] = result
        found: Result = _here.results[name]
        return found

    def drop(self, name: str) -> None:
        """Let go of what `here` has under a name: the memory is for others, who asks again computes it again."""
        if _here.folder == self.folder:
            _here.results.pop(name, None)

    def lasting(
        self, folders: Folders, rests_on: str, compute: Callable[[], Result], is_one: Callable[[object], bool]
    ) -> Result:
        """Return a result that other months and later commands may take over, as `kept.once` does."""
        return kept.once(folders.kept, rests_on, compute, is_one) if self.folder else compute()


def forget_here() -> None:
    """Drop what this process has: what is asked for next is loaded, as in a process that begins."""
    _here.folder, _here.results = None, {}


def of(folders: Folders, month: Month) -> Results:
    """Return the results of a month with its inputs as they are now. Those of other inputs are removed."""
    if FOLDER not in os.environ:
        return Results()
    below = Path(os.environ[FOLDER])
    folder = below / f"{month}-{_remembered(below, folders)}"
    if not folder.is_dir():
        for outdated in folder.parent.glob(f"{month}-*"):
            if outdated != folder:  # it is there by now: another process began at the same moment
                shutil.rmtree(outdated, ignore_errors=True)  # another process may be removing it too
        folder.mkdir(parents=True, exist_ok=True)
    return Results(folder)


def place(below: Path, folders: Folders, month: Month) -> Path:
    """Return the folder of a month's results, with its inputs as they are now, `below` one; it need not exist."""
    return below / f"{month}-{_hash(_inputs(folders))}"


def has_verdict(folders: Folders, month: Month, *, anew: bool) -> bool:
    """Return whether an earlier command has judged the month with its inputs as they are; forget it to judge `anew`."""
    verdict = Results(place(Path(), folders, month)).verdict
    if anew:
        kept.forget(folders.kept, verdict)
    return kept.has(folders.kept, verdict)


def of_rules(folders: Folders, months: Iterable[Month]) -> str:
    """Return the hash of what rules look at besides the counts of these months: lists, and what others have printed."""
    files = [*(folders.data / name for name in _LISTS), *map(folders.published, months)]
    return hashing.tree([path for path in files if path.is_file()], folders.data)


def _data(folders: Folders) -> list[Path]:
    return [p for p in hashing.files(folders.data) if not p.relative_to(folders.data).as_posix().startswith(_NOT_READ)]


def _inputs(folders: Folders) -> dict[Path, list[Path]]:
    """Return all that a month's figures may rest on, by the folder that the names of files begin at."""
    sealed = (path for chain in (False, True) for name in _SEALED for path in folders.releases(chain).glob(f"*/{name}"))
    return {folders.data: _data(folders), folders.reports: list(sealed), paths.PROJECT: hashing.computing()}


def _hash(inputs: Mapping[Path, list[Path]]) -> str:
    return hashlib.sha256("".join(hashing.tree(files, base) for base, files in inputs.items()).encode()).hexdigest()


def _remembered(below: Path, folders: Folders) -> str:
    """Return the hash of the inputs; it is kept while they stand, for every notebook asks and a country's are 50 MB."""
    inputs = _inputs(folders)
    unread = hashing.as_they_stand(chain(*inputs.values()))
    known = below / f"inputs-{unread}"
    if unread and known.is_file():
        return known.read_text(encoding="ascii")
    whole = _hash(inputs)
    if unread:
        _replace(known, whole.encode())
    return whole


def _replace(path: Path, content: bytes) -> None:
    """Write it whole or not at all: another process may read or write the same."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(f".{os.getpid()}")
    new.write_bytes(content)
    new.replace(path)
