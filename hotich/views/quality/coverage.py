"""Cells by what came in, for each district: three kinds that never stand for one another."""

from collections import Counter
from collections.abc import Sequence

from hotich import formats
from hotich.checks import Checked
from hotich.data import counts
from hotich.data.areas import Area
from hotich.language import html, say
from hotich.views.markup import Column, Fragment, Table, section


def coverage(checked: Checked, language: str) -> Fragment:
    """Return cells by status for each district; the three kinds are never summed.

    For instance `quality.coverage(checked, language)`.
    """
    data = checked.data
    columns = (
        Column(say(language, "quality.column.area"), text=True),
        *(Column(say(language, f"quality.column.{name}")) for name in ("units", "given", "missing", "not_applicable")),
    )
    if data.root not in data.areas:
        return section("coverage", html(language, "quality.coverage.heading"))
    statuses = Counter(data.counts.statuses)
    areas = [area for area in data.areas.children(data.root) if area.level != "commune"]
    rows = [(area.short(language), *_cells(statuses, data.areas.units(area.code), language)) for area in areas]
    whole = (say(language, "quality.coverage.whole"), *_cells(statuses, data.areas.units(data.root), language))
    caption = say(language, "quality.coverage.caption")
    note = say(language, "quality.coverage.note")
    table = Table(caption, columns, rows or [whole], note, [whole] if rows else (), marked=True).html(language)
    return section("coverage", html(language, "quality.coverage.heading"), table)


def _cells(statuses: Counter[tuple[str, str]], units: Sequence[Area], language: str) -> tuple[str, ...]:
    kinds = (counts.REPORTED, counts.NOT_REPORTED, counts.NOT_APPLICABLE)
    numbers = (len(units), *(sum(statuses[unit.code, kind] for unit in units) for kind in kinds))
    return tuple(formats.count(number, language) for number in numbers)
