"""Run the proof and write its table: `make prove-checks`."""

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import Any, Final

from hotich.checks import merging
from proof import clean, table
from proof.clean import Book, Broken, Series
from proof.faults import CRITICAL, FAULTS, Fault
from proof.month import Spoilt

SEEDS: Final = 20
PLACES: Final = 30
TRIES: Final = 30
"""Places that are tried until one can have the fault."""


@dataclass
class Result:
    """What came of one kind of fault: in how many places it was put, and which rules caught it."""

    fault: Fault
    places: int = 0
    caught: int = 0
    rules: Counter[str] = field(default_factory=Counter)


Quiet = dict[tuple[int, int], Broken]
"""What fails in each clean month, by seed and month."""


def alarms(series: Sequence[Series], rules: Book) -> Quiet:
    """Run the rules on every clean month."""
    return {(each.seed, at): clean.broken(data, rules) for each in series for at, data in enumerate(each.months(), 1)}


def prove(kind: Fault, series: Sequence[Series], quiet: Quiet, rules: Book, places: int) -> Result:
    """Put one kind of fault into so many places, one at a time."""
    chance, result = Random(kind.name), Result(kind)  # noqa: S311 - places, not secrets
    for _ in range(places):
        month = _spoilt(kind, series, chance)
        if month is None:
            continue
        found = clean.broken(month[1].dataset(), rules)
        new = _caught(kind, month[1], {key: grave for key, grave in found.items() if key not in quiet[month[0]]})
        result.places += 1
        result.caught += bool(new)
        result.rules.update({rule for rule, _, _ in new})
    return result


def _spoilt(kind: Fault, series: Sequence[Series], chance: Random) -> tuple[tuple[int, int], Spoilt] | None:
    for _ in range(TRIES):
        drawn, at = chance.choice(series), chance.randrange(kind.first, 11)
        month = Spoilt(drawn.until(at), chance)
        if kind.inject(month):
            return (drawn.seed, at), month
    return None


def _caught(kind: Fault, month: Spoilt, new: Broken) -> list[tuple[str, str, str]]:
    """New findings about the place, severe enough; a fault of the whole month may be found anywhere."""
    enough = merging.SEVERITIES[: 1 if kind.group == CRITICAL else 2]
    return [
        key for key, severity in new.items() if severity in enough and (not month.touched or key[1] in month.touched)
    ]


def _proven(series: Sequence[Series], quiet: Quiet, rules: Book, places: int) -> Iterator[Result]:
    """Every kind in turn, on all processors; each is told as soon as it is done."""
    _shared.update(series=series, quiet=quiet, rules=rules, places=places)
    with ProcessPoolExecutor(mp_context=get_context("fork")) as pool:  # a fork has the series in memory already
        for kind, counted in zip(FAULTS, pool.map(_prove, range(len(FAULTS))), strict=True):
            result = Result(kind, *counted)
            print(table.line(result), flush=True)
            yield result


_shared: dict[str, Any] = {}


def _prove(at: int) -> tuple[int, int, Counter[str]]:
    result = prove(FAULTS[at], **_shared)
    return result.places, result.caught, result.rules  # the fault itself holds functions, which cannot be sent


def main(arguments: Sequence[str]) -> None:
    """Prove every kind, write docs/checks-proof.md, and end with 1 where a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=SEEDS)
    parser.add_argument("--places", type=int, default=PLACES)
    parser.add_argument("--write", type=Path)
    given = parser.parse_args(arguments)
    rules = clean.book()
    with tempfile.TemporaryDirectory() as folder:
        series = [clean.series(seed, Path(folder)) for seed in range(1, given.seeds + 1)]
        quiet = alarms(series, rules)
        results = list(_proven(series, quiet, rules, given.places))
    text = table.written(results, list(quiet.values()), rules, given.seeds, given.places)
    print(text)
    if given.write:
        given.write.write_text(text, encoding="utf-8")
    sys.exit(not table.good(results, list(quiet.values())))


if __name__ == "__main__":
    main(sys.argv[1:])
