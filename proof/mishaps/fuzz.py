"""Damaged files are read as the commands read them: that ends well or with a message, soon, in little memory."""

import resource
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded

from hotich.errors import HotichError
from hotich.storage.paths import PACKAGE
from proof.mishaps import limits, mutations, readers
from proof.mishaps.readers import Target
from proof.mishaps.released import Office

SECONDS: Final = 10.0
"""The most that reading one file may take."""
_ALL: Final = list(HealthCheck)
_WHOLE: Final = 3
"""How many of the valid files are read first, as a check of the reader."""


@dataclass
class Result:
    """How many damaged files of a kind were read, how many were refused, and a file for each way to fail otherwise."""

    target: str
    tried: int = 0
    refused: int = 0
    slowest: float = 0.0
    faults: dict[str, bytes] = field(default_factory=dict)

    @property
    def wrong(self) -> list[str]:
        """The faults, each once, by exception and the last line of ours in which it arose."""
        return [f"{self.target}: {fault}" for fault in sorted(self.faults)]


def prove(target: Target, folder: Path, *, seconds: float = 0, examples: int = 0, seed: int = 0) -> Result:
    """Read damaged files for so many seconds, or so many of them, the same for the same seed."""
    result, until = Result(target.name), time.monotonic() + seconds if seconds else None
    office = readers.prepare(folder)
    originals = target.originals(office)
    for each in originals[:_WHOLE]:
        target.read(office, each)  # what is whole is not refused

    def once(content: bytes) -> None:
        if until is None or time.monotonic() < until:
            _read(target, office, content, result)

    batch = examples or 500
    while result.tried < batch if until is None else time.monotonic() < until:
        _batch(once, originals, target.kind, batch, seed)
        seed += 1
    return result


def _batch(once: Callable[[bytes], None], originals: Sequence[bytes], kind: str, examples: int, seed: int) -> None:
    """Let hypothesis draw so many files."""
    chosen = settings(
        max_examples=examples, database=None, deadline=None, phases=[Phase.generate], suppress_health_check=_ALL
    )
    seeded(seed)(chosen(given(mutations.damaged(originals, kind))(once)))()


def _read(target: Target, office: Office, content: bytes, result: Result) -> None:
    result.tried += 1
    began = time.monotonic()
    try:
        with limits.seconds(SECONDS):
            target.read(office, content)
    except HotichError as refusal:
        result.refused += 1
        fault = _unsaid(refusal)
    except (Exception, limits.TooLong) as error:  # that is what is looked for
        fault = _where(error)
    else:
        fault = ""
    result.slowest = max(result.slowest, time.monotonic() - began)
    if fault:
        result.faults.setdefault(fault, content)


def _unsaid(refusal: HotichError) -> str:
    """Return what is wrong with the words of a refusal, or nothing."""
    try:
        said = str(refusal).encode()
    except Exception as error:  # words that cannot be put together or written
        return f"the message of {refusal.key}: {_where(error)}"
    return "" if len(said) < 100_000 else f"the message of {refusal.key} has {len(said)} bytes"


def _where(error: BaseException) -> str:
    frames = [each for each in traceback.extract_tb(error.__traceback__) if each.filename.startswith(str(PACKAGE))]
    place = f"{Path(frames[-1].filename).relative_to(PACKAGE.parent)}:{frames[-1].lineno}" if frames else "outside"
    return f"{type(error).__name__} in {place}: {str(error)[:200]}"


def in_child(name: str, folder: Path, seconds: float, seed: int) -> tuple[Result, int]:
    """Do it in a process of its own that gets a gigabyte beside its libraries; return its largest size, too, in KiB."""
    target = next(each for each in readers.TARGETS if each.name == name)
    with limits.memory():
        result = prove(target, folder, seconds=seconds, seed=seed)
    return result, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
