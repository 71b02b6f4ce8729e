"""Facts about the report itself: its month and days, the office's threshold, and what the checks said."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

from hotich.checks import FAILED, NOT_EVALUATED, PASSED, Checked
from hotich.measures import recent_pace
from hotich.measures.facts import Fact, cut
from hotich.measures.monthly_sums import MINIMUM_BASE, MINIMUM_COVERAGE, MINIMUM_SHARE, Basis
from hotich.month import Month

MEASURES: Final = frozenset(
    {
        "as_of",
        "month",
        "next_as_of",
        "next_month",
        "previous_month",
        "threshold",
        "percent_base",
        "coverage_base",
        "register_base",
        "target",
        "days_left",
        "rules_total",
        "rules_passed",
        "rules_warned",
        "rules_warned_counts",
        "rules_warned_published",
        "rules_not_evaluated",
        "rules_noted",
        "rules_waived",
        "discrepancies",
        "discrepancies_parts",
        "registers_total",
        "largest_count",
        "half_base",
        "pace_periods",
        "outlook_base",
        "most_base",
    }
)


_STEP: Final = 10
"""Percent that a class below the threshold is wide."""
_LOW: Final = 30


def classes(threshold: int) -> tuple[int, ...]:
    """Return the percentages at which a class of map and bars begins: 70, 80, 90 and 100 for a threshold of 90.

    A fifth lies below the first. A low threshold has two classes above it instead of below.
    """
    if threshold >= _LOW:
        return threshold - 2 * _STEP, threshold - _STEP, threshold, 100
    third = (100 - threshold) // 3
    return threshold, threshold + third, threshold + 2 * third, 100


def facts(basis: Basis, checked: Checked) -> Iterator[Fact]:
    """Yield the month, its neighbours, the as-of date, thresholds, and the number of rules by outcome."""
    month = basis.now.month
    yield _fact(basis, "as_of", basis.now.as_of, "date")
    for table in basis.tables:
        other = None if table is basis.now else table.month
        yield Fact(basis.root, "all", "month", table.month, "month", "computed", other)
    yield _fact(basis, "next_month", month.plus(1), "month")
    yield _fact(basis, "next_as_of", basis.data.office.cutoff(month.plus(1)), "date")
    if basis.before:
        yield _fact(basis, "previous_month", basis.before.month, "month")
    yield Fact(basis.root, "all", "threshold", cut(Fraction(basis.data.office.threshold)), "percent", "computed")
    for least in classes(basis.data.office.threshold):
        yield Fact(basis.root, "all", f"class_{least}", Decimal(least), "percent", "computed")
    yield _fact(basis, "percent_base", MINIMUM_BASE, "entries")
    yield Fact(basis.root, "all", "coverage_base", Decimal(MINIMUM_COVERAGE), "percent", "computed")
    yield Fact(basis.root, "all", "register_base", Decimal(MINIMUM_SHARE), "percent", "computed")
    yield _fact(basis, "registers_total", len(basis.data.registers), "units")
    yield _fact(basis, "pace_periods", recent_pace.RECENT, "times")
    yield _fact(basis, "outlook_base", recent_pace.LEAST_PERIODS, "times")
    yield Fact(basis.root, "all", "most_base", cut(recent_pace.MOST * 100), "percent", "computed")
    for target in basis.data.office.targets:
        yield _fact(basis, f"target_{target.id}", target.day, "date")
    yield from _rules(basis, checked)


def _rules(basis: Basis, checked: Checked) -> Iterator[Fact]:
    """Yield the number of rules by outcome."""
    evaluated = [outcome for outcome in checked.outcomes if outcome.status != NOT_EVALUATED]
    yield _fact(basis, "rules_total", len(evaluated), "rules")
    yield _fact(basis, "rules_passed", len(checked.having(PASSED)), "rules")
    warned = [outcome.rule.suite for outcome in checked.having(FAILED, "warning")]
    yield _fact(basis, "rules_warned", len(warned), "rules")
    yield _fact(basis, "rules_warned_published", warned.count("published"), "rules")
    yield _fact(basis, "rules_warned_counts", len(warned) - warned.count("published"), "rules")
    yield _fact(basis, "rules_not_evaluated", len(checked.having(NOT_EVALUATED)), "rules")
    yield _fact(basis, "rules_noted", len(checked.having(FAILED, "info")), "rules")
    yield _fact(basis, "rules_waived", len([each for each in checked.outcomes if each.waived]), "rules")


def _fact(basis: Basis, measure: str, value: int | date | Month, unit: str) -> Fact:
    return Fact(basis.root, "all", measure, value, unit, "computed")
