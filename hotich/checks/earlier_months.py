"""Which rules were broken in the months before: the rules of today over the counts of then.

Great Expectations is not run here. What runs is each rule's condition, the very function that its expectation runs, and
`rows_of_builtin` for the expectations that are Great Expectations' own; tests hold both to the same rows. A month's own
verdict is always Great Expectations'; this is the small history beside it, of up to a year, made in a process that
never loads Great Expectations, while another one checks the month.

What an earlier command has found is taken over only by the hash of all that it rests on (`hotich/data/kept.py`): the
same data folder always gives the same result.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from hotich.checks import ERROR, NOT_EVALUATED, Checked, failing, nothing_to_test, suites
from hotich.checks.suites import Suite
from hotich.checks.tables import Tables
from hotich.data import results
from hotich.data.dataset import LOOK_BACK, Dataset
from hotich.data.results import Results
from hotich.errors import InputRefused
from hotich.month import Month
from hotich.storage import hashing

LOOKED_AT: Final = ("counts", "series", "published")
"""Suites whose rules are about counts or figures; waivers are about one month."""


@dataclass(frozen=True)
class Past:
    """How many rows broke each rule in one month, waived ones too; a rule that looked at nothing is not in `broken`.

    `unreadable` names the suites whose file of that month is refused.
    """

    month: Month
    broken: Mapping[str, int]
    unreadable: tuple[str, ...] = ()


def of(checked: Checked) -> tuple[Past, ...]:
    """Return the last LOOK_BACK months that have counts, oldest first, the reported month last."""
    return (*earlier(checked.data), _now(checked))


def earlier(data: Dataset) -> tuple[Past, ...]:
    """Return the months before the reported one, at most LOOK_BACK - 1, oldest first."""
    return data.results.once("earlier", lambda: _earlier(data))


def _earlier(data: Dataset) -> tuple[Past, ...]:
    book, last, code = suites.load(), len(data.deliveries), hashing.code()
    months = (data.deliveries[:until] for until in range(max(1, last - LOOK_BACK + 1), last))
    return tuple(_past(replace(data, deliveries=each), book, code, data.results) for each in months)


def _now(checked: Checked) -> Past:
    looked = [o for o in checked.outcomes if o.status not in (NOT_EVALUATED, ERROR) and o.rule.suite in LOOKED_AT]
    rows = {o.rule.id: o.failed + sum(each.failed for each in o.waived) for o in looked}
    return Past(checked.data.month, rows)


def _past(data: Dataset, book: Sequence[Suite], code: str, shared: Results) -> Past:
    """Return how many rows broke each rule in the last month of `data`; kept for other months and later commands."""
    tables, broken, unreadable = Tables(data), dict[str, int](), list[str]()
    months = [delivered.month for delivered in data.deliveries]
    rests_on = (
        f"past {code} {results.of_rules(data.folders, months)} {[(d.delivery, d.sha256) for d in data.deliveries]}"
    )
    for suite in book:
        if suite.name not in LOOKED_AT or nothing_to_test(data, suite):
            continue
        rules = [(rule.id, rule.type, rule.kwargs) for rule in suite.rules]
        found = shared.lasting(data.folders, f"{rests_on} {rules}", partial(_broken, tables, suite), _is_broken)
        if found is None:
            unreadable.append(suite.name)
        else:
            broken |= found
    return Past(data.month, broken, tuple(unreadable))


def _is_broken(found: object) -> bool:
    """Return whether something is what `_broken` returns."""
    return found is None or (
        isinstance(found, dict) and all(isinstance(n, int) and isinstance(rule, str) for rule, n in found.items())
    )


def _broken(tables: Tables, suite: Suite) -> dict[str, int] | None:
    """Return how many rows broke each rule that looked at any; None for a suite whose file of that month is refused."""
    try:
        found = {rule.id: failing(tables, rule) for rule in suite.rules}
    except InputRefused:  # the month's own run says what is wrong with its file
        return None
    return {rule: int(rows.sum()) for rule, rows in found.items() if len(rows)}
