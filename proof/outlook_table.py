"""The back test of outlooks, as Markdown: `make prove-outlook`."""

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from hotich.measures.recent_pace import LEAST_ERRORS, LEAST_PERIODS, LEVEL
from proof import outlook
from proof.outlook import BIAS, CHOOSING, COVERAGE, METHODS, MONTHS, REPORTED, Result

DOCUMENT: Final = """# How far outlooks can be trusted

Written by `make prove-outlook`; not to be edited. Outlooks are made in every month of {series} made-up series from the
{first}th month on and held against what came {months} months later. The series
([proof/outlook_series.py](../proof/outlook_series.py)) have trends, storms and the catching up after them, entries
keyed in a month late, corrections downwards, months without a report and slow last stretches; in some, staff moves on
when a unit has finished. No outlook assumes any of it. The method was chosen on {chosen} other series.

## The method

*Partial pooling of recent paces.* A unit’s own pace is what it added since the earliest of the last three months before
in which it reported, by the calendar day. Its expected pace is three quarters of that, and a quarter of what its
district’s unfinished units add a day for each required entry, times what is required of it (all of that where it has no
earlier month). It goes on so until nothing is left of it; the gain of an area is the sum over its units, its end that
of its last unit:

    pace = ¾ · own + ¼ · required · Σ own / Σ required      (sums over the district’s units with work left)
    gain(area, d) = Σ min(left(unit), pace(unit) · d)       end(area) = max ⌈left(unit) / pace(unit)⌉

*Empirical errors.* Every earlier month made an outlook by the same rule, and those whose months have come had errors
|added / said − 1|. Of the n errors at the same or a shorter horizon, the one of rank ⌈{level} (n + 1)⌉ bounds the
range: gain · (1 ± error), at most what is left. It takes {periods} periods and {errors} errors.

Sources: leaning on the group is B. Efron and C. Morris, *Data analysis using Stein’s estimator and its
generalizations*, Journal of the American Statistical Association 70 (1975). Ranges from the errors that a method made
before are “empirical prediction intervals”: Y. S. Lee and S. Scholtes, *Empirical prediction intervals revisited*,
International Journal of Forecasting 30 (2014); the rank with n + 1 is that of conformal prediction: V. Vovk,
A. Gammerman and G. Shafer, *Algorithmic Learning in a Random World* (2005). The rank of {percent} % for a range of 80 %
was found on the other series: earlier outlooks overlap and tell less than their number, and the rank of 80 % holds less
often than that.

## What the ranges hold

Percent of the cases in which what came lay in the range; the target is {low} to {high}. Beside it the rank of 80 %, and
the range from the fastest to the slowest period that reports gave before.

| months ahead | cases | the whole | districts | rank of 80 % | fastest to slowest |
|---:|---:|---:|---:|---:|---:|
{coverage}

## Methods

Bias: percentage points that outlooks were too high (+) or too low (−) on average; the target is {bias} at most.
Error: points off in size. Each method’s range comes from its own errors.

| method | months ahead | bias | error | range holds, % |
|---|---:|---:|---:|---:|
{methods}

One pace for the whole promises too much: it lets the units that have finished help the others. A unit’s own pace alone
promises a little too little: whoever was slow by chance for three months is expected to stay so. Models with more
parameters (exponential smoothing, ARIMA) need years of months, which there are not.
"""


def document() -> tuple[str, bool]:
    """Return the document, and whether the method in use meets its targets."""
    results = {name: Result.of(outlook.whole(REPORTED, method)) for name, method in METHODS.items()}
    used, parts = next(iter(results.values())), Result.of(outlook.districts(REPORTED))
    lower = Result.of(outlook.whole(REPORTED, level=outlook.STATED))
    before = Result.of(outlook.whole(REPORTED, outlook.pooled), outlook.fastest_slowest)
    return DOCUMENT.format(
        series=len(REPORTED),
        chosen=len(CHOOSING),
        first=LEAST_PERIODS + 1,
        months=", ".join(str(each) for each in MONTHS[:-1]) + f" and {MONTHS[-1]}",
        level=float(LEVEL),
        percent=int(LEVEL * 100),
        periods=LEAST_PERIODS,
        errors=LEAST_ERRORS,
        low=COVERAGE[0],
        high=COVERAGE[1],
        bias=BIAS,
        coverage="\n".join(_coverage(months, used, parts, lower, before) for months in MONTHS),
        methods="\n".join(_methods(results)),
    ), used.good and parts.good


def _coverage(months: int, used: Result, *others: Result) -> str:
    held = (f"{each.coverage[months]:.0f}" for each in (used, *others))
    return f"| {months} | {used.count[months]:,} | {' | '.join(held)} |"


def _methods(results: Mapping[str, Result]) -> list[str]:
    return [
        f"| {name if months == MONTHS[0] else ''} | {months} | {each.bias[months]:+.1f} | {each.error[months]:.1f} "
        f"| {each.coverage[months]:.0f} |"
        for name, each in results.items()
        for months in MONTHS
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Try all methods, write the document, and return 1 where the one in use misses its targets."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", type=Path)
    given = parser.parse_args(arguments)
    text, good = document()
    if given.write:
        given.write.write_text(text, encoding="utf-8")
    sys.stdout.write(text)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
