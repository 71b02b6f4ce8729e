"""Small results that survive a command: plain JSON under the hash of all that they rest on, in the reports folder.

Only what can be computed again is kept here, and what is read back is checked: an entry that is damaged, or not of the
kind that was written, counts for nothing. `make clean` drops all of them.
"""

import hashlib
import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final, TypeVar

from hotich.errors import HotichError
from hotich.storage import atomic

MOST: Final = 1_000
"""Entries that are kept; the oldest go first."""
Result = TypeVar("Result")


def once(folder: Path, rests_on: str, compute: Callable[[], Result], is_one: Callable[[object], bool]) -> Result:
    """Return the result that rests on this: kept by an earlier command, else computed and kept for later ones.

    `is_one` says whether what was read back is such a result. Where nothing can be written, nothing is kept.
    """
    path = _path(folder, rests_on)
    name = path.stem
    with suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
        entry = json.loads(path.read_bytes())
        found: Result = entry["result"]
        if entry["seal"] == _seal(name, found) and is_one(found):
            return found
    result = compute()
    with suppress(OSError, HotichError):
        folder.mkdir(parents=True, exist_ok=True)
        atomic.write(path, json.dumps({"result": result, "seal": _seal(name, result)}).encode())
        _forget_oldest(folder)
    return result


def has(folder: Path, rests_on: str) -> bool:
    """Return whether there is an entry, damaged or not, that rests on this."""
    return _path(folder, rests_on).is_file()


def forget(folder: Path, rests_on: str) -> None:
    """Delete the entry that rests on this."""
    with suppress(OSError):
        _path(folder, rests_on).unlink(missing_ok=True)


def _path(folder: Path, rests_on: str) -> Path:
    return folder / f"{hashlib.sha256(rests_on.encode()).hexdigest()}.json"


def _seal(name: str, result: object) -> str:
    return hashlib.sha256(f"{name} {json.dumps(result, sort_keys=True)}".encode()).hexdigest()


def _forget_oldest(folder: Path) -> None:
    entries = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime)
    for path in entries[:-MOST]:
        path.unlink(missing_ok=True)
