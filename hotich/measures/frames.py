"""Facts as a pandas DataFrame with typed columns, for the cells of an analyst's own."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Protocol, TypeAlias

import pandas as pd

from hotich.checks import Checked
from hotich.data.areas import LEVELS, Area
from hotich.errors import WrongUsage
from hotich.language import LANGUAGES
from hotich.measures import by_area, handed, lookup
from hotich.measures.facts import Fact
from hotich.month import Month, printable, several

Cell: TypeAlias = tuple[Month, str, str]
"""A month, an area's code and a scope."""
Facts: TypeAlias = Mapping[Cell, Mapping[str, Fact]]
"""What is known of each cell, by measure."""


class Seen(Protocol):
    """Facts seen from an area: what a frame needs to know of `Measures`."""

    @property
    def facts(self) -> Mapping[str, Fact]:
        """All facts, by their names."""

    @property
    def checked(self) -> Checked:
        """What they were computed from."""

    @property
    def root(self) -> str:
        """The area that they are seen from."""

    @property
    def language(self) -> str:
        """The language that names are in."""

    @property
    def month(self) -> Month:
        """The reported month."""

    @property
    def months(self) -> tuple[Month, ...]:
        """All months that have counts."""

    @property
    def scopes(self) -> tuple[str, ...]:
        """What a fact may be about."""


def of(
    m: Seen,
    measures: Sequence[str],
    level: str,
    scope: str | Sequence[str],
    months: str | Sequence[str],
    *,
    tidy: bool,
    exact: bool,
) -> pd.DataFrame:
    """Return the frame that `Measures.frame` describes. Raises WrongUsage and InputRefused for names that are none."""
    areas, scopes, chosen = _areas(m, level), _scopes(m, scope), several(months, m.months) or [m.month]
    facts = _facts(m, [(month, area.code, each) for month in chosen for area in areas for each in scopes])
    known = list(dict.fromkeys(measure for cell in facts.values() for measure in cell))
    for measure in measures:
        if measure not in known:
            raise lookup.elsewhere(measure, m.facts.values(), m.checked.data.areas, m.root)
    if months and (lacking := sorted({*chosen} - {month for month, _, _ in facts}, key=str)):
        there = sorted({month for month, _, _ in facts}, key=str)
        raise WrongUsage("facts.months", lacking=_written(lacking), known=_written(there))
    names = list(measures) or known
    keys = [*["month"] * bool(months), "area", "name", *["scope"] * (not isinstance(scope, str))]
    called = {area.code: area.short(m.language) for area in areas}
    handed.called.update(called)
    table = _tidy(facts, names, keys, called, exact) if tidy else _wide(facts, names, keys, called, exact)
    given = [handed.over(cell[name]) for cell in facts.values() for name in names if name in cell]
    table.attrs["units"] = {fact.measure: fact.unit for fact in given}
    return table


def _written(months: Iterable[Month]) -> str:
    return ", ".join(str(month) for month in months) or "–"


def _areas(m: Seen, level: str) -> Sequence[Area]:
    """Return the areas of a level, those directly below the root where it is empty."""
    areas = m.checked.data.areas
    if not level:
        return areas.children(m.root) or (areas[m.root],)
    within = [area for area in areas.by_code.values() if areas.within(area.code, m.root)]
    levels = [each for each in LEVELS if any(area.level == each for area in within)]
    if level not in levels:
        raise WrongUsage("facts.level", value=printable(str(level)), allowed=", ".join(f'"{each}"' for each in levels))
    return [area for area in within if area.level == level]


def _scopes(m: Seen, scope: str | Sequence[str]) -> Sequence[str]:
    scopes = [scope] if isinstance(scope, str) else list(scope)
    for each in scopes:
        if each not in m.scopes:
            allowed = {language: _listed(m, language) for language in LANGUAGES}
            raise WrongUsage("facts.scope", value=printable(str(each)), allowed=allowed)
    return scopes


def _listed(m: Seen, language: str) -> str:
    """Return the scopes with the names of the registers."""
    names = {each.code: f" ({each.name(language)})" for each in m.checked.data.registers}
    return ", ".join(f'"{scope}"{names.get(scope, "")}' for scope in m.scopes)


def _facts(m: Seen, cells: Iterable[Cell]) -> Facts:
    """Return what is known of each cell; months and scopes of which nothing is known of any area are left out."""
    found: dict[Cell, dict[str, Fact]] = {cell: {} for cell in cells}
    for fact in by_area.of(m.facts, dict.fromkeys(area for _, area, _ in found)):
        cell = (fact.month or m.month, fact.area, fact.scope)
        if cell in found:
            found[cell][fact.measure] = fact
    blocks = {(month, scope) for (month, _, scope), facts in found.items() if facts}
    return {cell: facts for cell, facts in found.items() if (cell[0], cell[2]) in blocks}


def _wide(
    facts: Facts, measures: Sequence[str], keys: Sequence[str], called: Mapping[str, str], exact: bool
) -> pd.DataFrame:
    columns = {measure: [cell.get(measure) for cell in facts.values()] for measure in measures}
    index = _index(list(facts), keys, called)
    return pd.DataFrame({measure: _column(column, exact) for measure, column in columns.items()}).set_index(index)


def _tidy(
    facts: Facts, measures: Sequence[str], keys: Sequence[str], called: Mapping[str, str], exact: bool
) -> pd.DataFrame:
    known = [(key, cell[measure]) for key, cell in facts.items() for measure in measures if measure in cell]
    given = [fact for _, fact in known]
    table = _index([key for key, _ in known], keys, called).to_frame(index=False)
    return table.assign(
        measure=pd.Series([fact.measure for fact in given], dtype="str"),
        value=_column(given, exact),
        unit=pd.Series([fact.unit for fact in given], dtype="str"),
        origin=pd.Series([fact.origin for fact in given], dtype="str"),
        fact=pd.Series([fact.key for fact in given], dtype="str"),
    )


def _index(cells: Sequence[Cell], keys: Sequence[str], called: Mapping[str, str]) -> pd.MultiIndex:
    columns = {
        "month": pd.PeriodIndex([str(month) for month, _, _ in cells], freq="M"),
        "area": pd.Index([area for _, area, _ in cells], dtype="str"),
        "name": pd.Index([called[area] for _, area, _ in cells], dtype="str"),
        "scope": pd.Index([scope for _, _, scope in cells], dtype="str"),
    }
    return pd.MultiIndex.from_arrays([columns[key] for key in keys], names=list(keys))


def _column(facts: Sequence[Fact | None], exact: bool) -> "pd.Series[Any]":
    """Return a column of the type that its values have; of several kinds of values, a column of objects."""
    values: list[Any] = [fact and fact.value for fact in facts]
    kinds = {type(fact.value) for fact in facts if fact}
    if kinds == {Month}:
        return pd.Series(pd.PeriodIndex([value and str(value) for value in values], freq="M"))
    if kinds == {date}:
        return pd.Series(pd.DatetimeIndex(values))
    if kinds == {int}:
        units = {fact.unit for fact in facts if fact}
        return pd.Series(values, dtype="boolean" if units == {"yes_no"} else "Int64")
    if kinds <= {int, Decimal} and not exact:
        return pd.Series([value if value is None else float(value) for value in values], dtype="float64")
    return pd.Series(values, dtype="str" if kinds == {str} else "object")
