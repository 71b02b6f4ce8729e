"""Which papers of the last draft are still right, by what the records of their inputs, and of them, say."""

import hashlib
import json
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, Final

from hotich.data import results
from hotich.storage import atomic
from hotich.storage.paths import PROVENANCE

SPARED: Final[dict[str, tuple[str, ...]]] = {
    "report": (),  # it lists every input with its hash
    "quality": results.SHOWN_ONLY,
    "notice": results.SHOWN_ONLY,
    "summary": tuple(name for name in results.SHOWN_ONLY if name != "comments/"),
    "word": tuple(name for name in results.SHOWN_ONLY if name != "notice.docx"),
}
"""Inputs (or folders of them) that a kind of paper shows nothing of: a test changes them and compares its bytes."""

_FOR_PEOPLE: Final = (".html", ".docx", ".xlsx")


def changed(old: Mapping[str, Any], new: Mapping[str, Any]) -> frozenset[str] | None:
    """Return the inputs that differ between two records, those gone or added too; None where anything else differs."""
    if {**old, "inputs": None} != {**new, "inputs": None}:
        return None
    before, now = old["inputs"], new["inputs"]
    return frozenset(name for name in {**before, **now} if before.get(name) != now.get(name))


def stands(kind: str, differing: Collection[str] | None) -> bool:
    """Return whether a file of that kind is still right although these inputs differ."""
    return differing is not None and all(name.startswith(SPARED.get(kind, ())) for name in differing)


def dropped(last: Path, new: Path) -> tuple[str, ...]:
    """Return the pages, Word files and workbooks of the last draft that the new one is without."""
    names = (path.relative_to(last).as_posix() for path in sorted(last.rglob("*")) if path.suffix in _FOR_PEOPLE)
    return tuple(name for name in names if not (new / name).exists())


def remember(folder: Path, record: Path) -> None:
    """Write the hash of every file of a draft into its record, before it is put in place. Raises CannotNow."""
    atomic.write(record, json.dumps(_hashes(folder), indent=1, sort_keys=True).encode())


def intact(folder: Path, record: Path) -> frozenset[str]:
    """Return the files of a draft that are as they were made: of a page and its notebook both are, or neither.

    None is where the record of the inputs is not as it was: nobody knows then what the files rest on.
    """
    try:
        made: Mapping[str, str] = dict(json.loads(record.read_bytes())) if record.is_file() else {}
    except (ValueError, TypeError, RecursionError):  # not as we wrote it
        return frozenset()
    now = _hashes(folder)
    broken = {_paper(name) for name, digest in made.items() if now.get(name) != digest}
    return frozenset() if _paper(PROVENANCE) in broken else frozenset(n for n in made if _paper(n) not in broken)


def remember_run(record: Path, rests_on: Mapping[str, Any], result: Mapping[str, Any]) -> None:
    """Write beside the record of a draft's files what the run rested on and what came of it. Raises CannotNow."""
    content = {"rests_on": rests_on, "result": result, "files": hashlib.sha256(record.read_bytes()).hexdigest()}
    atomic.write(_run(record), json.dumps(content, indent=1, sort_keys=True).encode())


def run_again(folder: Path, record: Path, rests_on: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return what came of the last run where it rested on the very same and its files are all there, as it made them.

    None else, and for a record that is not as we wrote it: then the month is to be made.
    """
    try:
        known = json.loads(_run(record).read_bytes())
        files: Mapping[str, str] = json.loads(content := record.read_bytes())
        same = known["rests_on"] == rests_on and known["files"] == hashlib.sha256(content).hexdigest()
        result: Mapping[str, Any] = dict(known["result"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    return result if same and _hashes(folder) == files else None


def _run(record: Path) -> Path:
    return record.with_suffix(".run.json")


def _hashes(folder: Path) -> dict[str, str]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def _paper(file: str) -> str:
    """Return what a page and its executed notebook have in common."""
    return file.removeprefix("notebooks/").rpartition(".")[0]
