"""Which rules were broken in the months before: the rules of today over the counts of then.

Great Expectations is not run here. What runs is each rule's condition, the very function that its expectation runs, and
`rows_of_builtin` for the expectations that are Great Expectations' own; tests hold both to the same rows. A month's own
verdict is always Great Expectations'; this is the small history beside it, of up to a year, made in a process that
never loads Great Expectations, while another one checks the month.

Only inputs are read, never what an earlier run has written: the same data folder always gives the same result.
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
    """The last LOOK_BACK months that have counts, oldest first, the reported month last."""
    return (*earlier(checked.data), _now(checked))


def earlier(data: Dataset) -> tuple[Past, ...]:
    """Return the months of these before the reported one."""
    return data.results.once("earlier", lambda: _earlier(data))


def _earlier(data: Dataset) -> tuple[Past, ...]:
    book, last, lists = suites.load(), len(data.deliveries), results.lists(data.folders)
    months = (data.deliveries[:until] for until in range(max(1, last - LOOK_BACK + 1), last))
    return tuple(_past(replace(data, deliveries=each), book, lists, data.results) for each in months)


def _now(checked: Checked) -> Past:
    looked = [o for o in checked.outcomes if o.status not in (NOT_EVALUATED, ERROR) and o.rule.suite in LOOKED_AT]
    rows = {o.rule.id: o.failed + sum(each.failed for each in o.waived) for o in looked}
    return Past(checked.data.month, rows)


def _past(data: Dataset, book: Sequence[Suite], lists: str, shared: Results) -> Past:
    """Count what broke the rules in the last month of `data`; other months of a command look back on it too."""
    tables, broken, unreadable = Tables(data), dict[str, int](), list[str]()
    counted = [(delivered.delivery, delivered.sha256) for delivered in data.deliveries]
    for suite in book:
        if suite.name not in LOOKED_AT or nothing_to_test(data, suite):
            continue
        rules = [(rule.id, rule.type, rule.kwargs) for rule in suite.rules]
        found = shared.once_for_all(f"past {lists} {counted} {rules}", partial(_broken, tables, suite))
        if found is None:
            unreadable.append(suite.name)
        else:
            broken |= found
    return Past(data.month, broken, tuple(unreadable))


def _broken(tables: Tables, suite: Suite) -> dict[str, int] | None:
    """How many rows broke each rule that looked at any; None for a suite whose file of that month is refused."""
    try:
        found = {rule.id: failing(tables, rule) for rule in suite.rules}
    except InputRefused:  # the month's own run says what is wrong with its file
        return None
    return {rule: int(rows.sum()) for rule, rows in found.items() if len(rows)}
