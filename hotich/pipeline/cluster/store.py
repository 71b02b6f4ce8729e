"""Where a worker keeps what was sent to it: every parcel once, under its hash; the least recently used go."""

import shutil
import threading
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from hotich.pipeline.cluster.parcels import Parcel

KEPT: Final = 24
"""Parcels that are kept unpacked: several months of several offices, with the facts of areas being worked on."""


class Store:
    """A folder of unpacked parcels; before one is unpacked, `require` may object to it."""

    def __init__(self, folder: Path, require: Callable[[], None] = lambda: None) -> None:
        self._folder, self._require = folder, require
        self._lock = threading.Lock()
        self._there: OrderedDict[str, Path] = OrderedDict()
        self._used: Counter[str] = Counter()

    @contextmanager
    def using(self, *parcels: Parcel) -> Iterator[tuple[Path, ...]]:
        """Have the parcels unpacked while the block lasts, each in its folder. Raises as `Parcel.unpack` does."""
        with self._lock:
            folders = tuple(self._unpacked(parcel) for parcel in parcels)
            self._used.update(parcel.sha256 for parcel in parcels)
        try:
            yield folders
        finally:
            with self._lock:
                self._used.subtract(parcel.sha256 for parcel in parcels)
                self._drop_old()

    def _unpacked(self, parcel: Parcel) -> Path:
        folder = self._there.get(parcel.sha256, self._folder / parcel.sha256)
        if parcel.sha256 not in self._there:
            self._require()
            shutil.rmtree(folder, ignore_errors=True)  # half of it, where the disk was full
            folder.mkdir(parents=True)
            parcel.unpack(folder)
            self._there[parcel.sha256] = folder
        self._there.move_to_end(parcel.sha256)
        return folder

    def _drop_old(self) -> None:
        for name in [name for name in self._there if not self._used[name]][: max(0, len(self._there) - KEPT)]:
            shutil.rmtree(self._there.pop(name), ignore_errors=True)
