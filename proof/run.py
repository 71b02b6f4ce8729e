"""Run the proof of the checks and write its table: `make prove-checks`."""

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import Any, Final

from hotich.checks import merging
from proof import clean, table
from proof.clean import Book, Broken, Series
from proof.faults import CRITICAL, FAULTS, Fault
from proof.month import Spoilt
from proof.result import Result

SEEDS: Final = 20
PLACES: Final = 30
TRIES: Final = 30
"""The most places to try until one can have the fault."""
Baseline = dict[tuple[int, int], Broken]
"""The failures of each clean month, by seed and month."""


def baseline(series: Sequence[Series], rules: Book) -> Baseline:
    """Run the rules on every clean month."""
    return {(each.seed, at): clean.broken(data, rules) for each in series for at, data in enumerate(each.months(), 1)}


def prove(kind: Fault, series: Sequence[Series], clean_months: Baseline, rules: Book, places: int) -> Result:
    """Put one kind of fault into so many places, one at a time, and count how many new failures name the place."""
    chance, result = Random(kind.name), Result(kind)  # noqa: S311 - places, not secrets
    for _ in range(places):
        drawn = _spoilt(kind, series, chance)
        if drawn is None:
            continue
        key, month = drawn
        failures = clean.broken(month.dataset(), rules)
        new = _caught(
            kind, month, {place: grave for place, grave in failures.items() if place not in clean_months[key]}
        )
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
    """Return the new failures that name the place and are severe enough; a fault of a whole month has no place."""
    enough = merging.SEVERITIES[: 1 if kind.group == CRITICAL else 2]
    return [
        key for key, severity in new.items() if severity in enough and (not month.touched or key[1] in month.touched)
    ]


def _prove_all(series: Sequence[Series], clean_months: Baseline, rules: Book, places: int) -> Iterator[Result]:
    """Prove every kind of fault, on all processors; print each as soon as it is done."""
    _shared.update(series=series, clean_months=clean_months, rules=rules, places=places)
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
    """Prove every kind, write the document, and exit with 1 if a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=SEEDS)
    parser.add_argument("--places", type=int, default=PLACES)
    parser.add_argument("--write", type=Path)
    given = parser.parse_args(arguments)
    rules = clean.book()
    with tempfile.TemporaryDirectory() as folder:
        series = [clean.series(seed, Path(folder)) for seed in range(1, given.seeds + 1)]
        clean_months = baseline(series, rules)
        results = list(_prove_all(series, clean_months, rules, given.places))
    text = table.document(results, list(clean_months.values()), rules, given.seeds, given.places)
    print(text)
    if given.write:
        given.write.write_text(text, encoding="utf-8")
    sys.exit(not table.targets_met(results, list(clean_months.values())))


if __name__ == "__main__":
    main(sys.argv[1:])
