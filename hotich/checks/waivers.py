"""Waivers: findings that somebody answers for, in `waivers.csv`; each with its reason, its approver and its last day.

A waived finding is shown as waived; it neither stops nor warns. Whether a waiver is still in force is asked of the
month's as-of date, never of the clock, so that an old report stays what it was.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from hotich import month
from hotich.checks.suites import Rule
from hotich.data.dataset import Dataset
from hotich.data.registers import GROUPS
from hotich.errors import InputRefused, WrongUsage
from hotich.month import Month, printable
from hotich.storage import csv_table, regular

if TYPE_CHECKING:
    import pandas as pd

FILE: Final = "waivers.csv"
COLUMNS: Final = ("rule", "area", "register", "months", "reason", "approved_by", "expires")
ANY: Final = "*"
"""Stands for every area, register or month; an empty cell stands for nothing and is refused."""
WHOLE: Final = "all"
"""The scope of a printed figure about all registers together."""
ARITHMETIC: Final = frozenset({"expect_column_pair_values_a_to_be_greater_than_b"})
"""Types of critical rules about counts that can be summed all the same; every other one is about structure."""


@dataclass(frozen=True)
class Waiver:
    """A line of `waivers.csv`. An empty `months` means every month; `area` and `register` may be ANY."""

    rule: str
    area: str
    register: str
    months: tuple[Month, ...]
    reason: str
    approved_by: str
    expires: date
    line: int

    def concerns(self, wanted: Month) -> bool:
        """Return whether the waiver was given for that month."""
        return not self.months or wanted in self.months

    def in_force(self, day: date) -> bool:
        """Return whether the waiver still holds on that day; `expires` is its last."""
        return day <= self.expires


def waivable(rule: Rule) -> bool:
    """Return whether a rule may be waived: not a critical one about the structure of the counts.

    On such counts no sum can be taken, so nobody can answer for them.
    """
    return not (rule.severity == "critical" and rule.suite == "counts" and rule.type not in ARITHMETIC)


def read(data: Dataset, rules: Sequence[Rule]) -> tuple[Waiver, ...]:
    """Return the waivers given for the dataset's month, in order of the file. Raises InputRefused naming a bad line."""
    path = data.folders.data / FILE
    if not regular.present(path):
        return ()
    known = {rule.id: rule for rule in rules if rule.suite != "waivers"}
    found = tuple(_waiver(row, data, known) for row in csv_table.read(path, COLUMNS))
    _require_different(found)
    return tuple(waiver for waiver in found if waiver.concerns(data.month))


def _waiver(row: csv_table.Row, data: Dataset, known: dict[str, Rule]) -> Waiver:
    areas = {area.code for area in data.all_areas.all} | {ANY}
    registers = {register.code for register in data.registers} | {*GROUPS, WHOLE, ANY}
    _require(row, "rule", row["rule"] in known, ", ".join(known))
    if not waivable(known[row["rule"]]):
        raise InputRefused(
            "waivers.structure", line=row.line, rule=row["rule"], title=known[row["rule"]].texts["title"]
        )
    _require(row, "area", row["area"] in areas, f"areas.csv (code), {ANY}")
    _require(row, "register", row["register"] in registers, ", ".join(sorted(registers)))
    for name in ("reason", "approved_by"):
        _require(row, name, bool(row[name].strip()), "…")
    return Waiver(
        row["rule"],
        row["area"],
        row["register"],
        _months(row),
        row["reason"].strip(),
        row["approved_by"].strip(),
        _expires(row),
        row.line,
    )


def _require(row: csv_table.Row, column: str, right: bool, allowed: str) -> None:
    if not right:
        raise _refusal(row, column, allowed)


def _refusal(row: csv_table.Row, column: str, allowed: str) -> InputRefused:
    return InputRefused("waivers.cell", line=row.line, column=column, value=printable(row[column]), allowed=allowed)


def _months(row: csv_table.Row) -> tuple[Month, ...]:
    if row["months"] == ANY:
        return ()
    try:
        found = tuple(month.exact(word) for word in row["months"].split())
    except WrongUsage:
        found = ()
    _require(row, "months", bool(found), f"2024-10, 2024-10 2024-11, {ANY}")
    return found


def _expires(row: csv_table.Row) -> date:
    try:
        return month.day(row["expires"])
    except ValueError:
        raise _refusal(row, "expires", "2024-12-31") from None


def _require_different(found: Iterable[Waiver]) -> None:
    """Raise InputRefused for two lines about the same: nobody could say which of them is used."""
    first: dict[tuple[object, ...], int] = {}
    for waiver in found:
        for each in waiver.months or (None,):
            key = (waiver.rule, waiver.area, waiver.register, each)
            if key in first:
                raise InputRefused("waivers.twice", line=waiver.line, other=first[key])
            first[key] = waiver.line


def split(
    data: Dataset, broken: "pd.DataFrame", granted: Sequence[Waiver]
) -> tuple["pd.DataFrame", list[tuple[Waiver, "pd.DataFrame"]]]:
    """Return the failing rows that nobody waived, and those that each of the rule's waivers in force covers.

    A row goes to the first waiver in the order of the file that covers it.
    """
    waived = []
    for waiver in granted:
        if len(broken) and waiver.in_force(data.counts.delivery.as_of):
            covered = _covered(data, waiver, broken)
            if covered.any():
                waived.append((waiver, broken[covered]))
                broken = broken[~covered]
    return broken, waived


def _covered(data: Dataset, waiver: Waiver, rows: "pd.DataFrame") -> "pd.Series":
    """Return for each row whether the waiver covers it: one for a district covers its units, too."""
    rows = rows if "area" in rows else rows.assign(area="")
    scope = rows["register"] if "register" in rows else rows.get("scope", WHOLE)
    inside = {code: _inside(data, code, waiver.area) for code in rows["area"].unique()}
    return rows["area"].map(inside).astype(bool) & ((waiver.register == ANY) | (scope == waiver.register))


def _inside(data: Dataset, code: str, wanted: str) -> bool:
    return wanted in (ANY, code) or (wanted in data.areas and data.areas.within(code, wanted))


def all_in_force(table: "pd.DataFrame") -> "pd.Series":
    """Return for each waiver of the month whether it has expired."""
    return ~table["in_force"]


def all_used(table: "pd.DataFrame") -> "pd.Series":
    """Return for each waiver in force whether it covers no failing row."""
    unused: pd.Series = ~table.loc[table["in_force"], "used"]
    return unused


def table(data: Dataset, granted: Sequence[Waiver], used: Iterable[Waiver]) -> "pd.DataFrame":
    """Return each waiver of the month as a row, and whether it is in force and covered anything."""
    import pandas as pd

    helped = {waiver.line for waiver in used}
    rows = [
        {
            "waived": waiver.rule,
            "area": waiver.area,
            "register": waiver.register,
            "line": waiver.line,
            "reason": waiver.reason,
            "approved_by": waiver.approved_by,
            "expires": waiver.expires,
            "in_force": waiver.in_force(data.counts.delivery.as_of),
            "used": waiver.line in helped,
        }
        for waiver in granted
    ]
    named = ("waived", "area", "register", "line", "reason", "approved_by", "expires", "in_force", "used")
    return pd.DataFrame(rows, columns=list(named)).astype({"in_force": bool, "used": bool})
