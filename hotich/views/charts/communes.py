"""Communes as dots within their districts; the completed ones in a lane of their own."""

from collections.abc import Callable
from functools import partial

from markupsafe import Markup

from hotich.data.areas import Area
from hotich.data.registers import GROUPS
from hotich.measures import Measures
from hotich.views.cells import cell, written
from hotich.views.charts.canvas import (
    AXIS,
    GRID,
    INK,
    NAVY,
    OUTLINE,
    SECOND,
    Drawing,
    Sheet,
    fitted,
    publishable,
    width_of,
)
from hotich.views.charts.text import columns, marked, spoken
from hotich.views.figures import format_fact, render
from hotich.views.markup import Fragment, Table

RADIUS = 4.5
START = 10
"""Where the axis of these dots begins: so that a name fits left of the lowest; what lies below stands at the edge."""
PITCH = 5
LEVELS = (6, 4)
"""Dots that find no free place within so many steps of the line overlap on it; on phones, on wide screens."""


COLUMNS = ("required", "digitised", "percent", "population", "civil_status", "left", "rank_in_district", "since")


def communes(m: Measures) -> Fragment:
    """Where each commune stands, by district, with the district's share as a tick; all of them ranked in a table."""
    groups = [area for area in m.districts if m.find("percent", area.code)] or [m.area(m.root)]
    groups.sort(key=lambda area: -float(fact.number) if (fact := m.find("percent", area.code)) else 0.0)
    table = Table(
        marked(m, "communes.caption", as_of=m.get("as_of")),
        columns(m, "commune", "rank", "district", *COLUMNS),
        [_row(m, area) for area in _ranked(m)],
        _note(m, groups),
        file=f"communes-{m.month}.csv",
        long=True,
    )
    step, narrow = 50, 76
    return publishable(
        m,
        headline=_headline(m),
        subtitle=marked(m, "communes.subtitle", as_of=m.get("as_of")),
        alt=spoken(m, "communes.alt", done=m.get("communes_completed"), total=m.get("communes_total")),
        table=table,
        drawings=(Drawing(partial(_strip, m, groups), 44 + step * len(groups), 48 + narrow * len(groups), 900),),
        wide=True,
    )


def _headline(m: Measures) -> Markup:
    """How many are complete, and where the lowest of the others stands."""
    shares = [fact for area in m.communes() if (fact := m.find("percent", area.code))]
    values = {"done": m.get("communes_completed"), "total": m.get("communes_total")}
    if not shares or values["done"].value == values["total"].value:
        return marked(m, "communes.headline", **values)
    return marked(m, "communes.lowest", low=min(shares, key=lambda fact: fact.number), **values)


def _note(m: Measures, groups: list[Area]) -> Markup:
    """The order of the table, and the numbers beside the lanes."""
    lanes = [
        Markup("{} {}/{}").format(
            m.short(area.code),
            *(render(m.get(f"communes_{what}", area.code), m.language) for what in ("completed", "total")),
        )
        for area in groups
    ]
    return marked(m, "communes.note", lanes=Markup("; ").join(lanes), threshold=m.get("threshold"))


def _ranked(m: Measures) -> list[Area]:
    """The communes by rank; those without one, for nothing or too little to be done was reported, at the end."""
    ranks = {area: rank for area in m.communes() if (rank := m.find("rank", area.code))}
    return sorted(m.communes(), key=lambda area: int(ranks[area].number) if area in ranks else len(ranks) + 1)


def _row(m: Measures, area: Area) -> tuple[str | Markup, ...]:
    code = area.code
    since = m.find("completed_since", code)
    return (
        area.name(m.language),
        cell(m, "rank", code),
        m.short(area.parent),
        *(cell(m, measure, code) for measure in ("required", "digitised", "percent")),
        *(cell(m, "percent", code, scope) for scope in GROUPS),
        cell(m, "left", code),
        cell(m, "rank_in_district", code) if m.districts else written("z"),
        render(since, m.language, short=True) if since else "",
    )


def _strip(m: Measures, groups: list[Area], sheet: Sheet) -> None:
    left, right = (132, sheet.width - 190) if sheet.wide else (4, sheet.width - 104)
    step, first = (50, 48) if sheet.wide else (76, 66)
    lane, small = right + (26 if sheet.wide else 14), sheet.size - 2

    def x(percent: float) -> float:
        return left + (right - left) * (max(percent, START) - START) / (100 - START)

    bottom = first + step * len(groups) - step // 2
    for percent in (20, 40, 60, 80, 100):
        sheet.line([(x(percent), 26), (x(percent), bottom)], AXIS if percent == 100 else GRID)
        sheet.text(x(percent), bottom + 15, f"{percent}", at="middle", colour=SECOND, size=small, tick=True)
    threshold = m.get("threshold")
    mark = x(float(threshold.number))
    sheet.line([(mark, 20), (mark, bottom)], SECOND, 1, dashes=(2, 3))
    words = spoken(m, "areas.threshold", tag=False, threshold=threshold)
    sheet.text(mark, 14, words, at="middle" if sheet.wide else "end", colour=SECOND, size=small)
    sheet.text(
        lane if sheet.wide else sheet.width,
        14,
        spoken(m, "communes.lane", tag=False),
        colour=NAVY,
        bold=True,
        at="start" if sheet.wide else "end",
        size=small,
    )
    for at, area in enumerate(groups):
        y = first + step * at
        name, room = m.short(area.code), 116 if sheet.wide else right
        sheet.line([(0, y + step / 2), (sheet.width, y + step / 2)], GRID)
        sheet.text(
            0, y + 5 if sheet.wide else y - 18, fitted(name, room, sheet.size - 1, True), bold=True, size=sheet.size - 1
        )
        _district_dots(m, area, sheet, y, x)
        _lane(m, area, sheet, lane, y)


def _lane(m: Measures, area: Area, sheet: Sheet, x: float, y: float) -> None:
    """A dot for each completed commune, beside the axis: on it they would all lie on one place."""
    done, total = m.get("communes_completed", area.code), m.get("communes_total", area.code)
    row, pitch = (8, 11.0) if sheet.wide else (5, 9.0)
    count = int(done.number)
    rows = -(-count // row)
    pitch = min(pitch, 44 / rows) if rows else pitch
    for at in range(count):
        sheet.dot(
            x + pitch * (at % row) + RADIUS, y + pitch * (at // row - (rows - 1) / 2), min(RADIUS, pitch * 0.42), NAVY
        )
    words = f"{format_fact(done, m.language)}/{format_fact(total, m.language)}"
    sheet.text(sheet.width, y + 5, words, at="end", colour=NAVY, bold=True, size=sheet.size - 1)


def _district_dots(m: Measures, area: Area, sheet: Sheet, y: float, x: Callable[[float], float]) -> None:
    open_ones = [
        (max(float(fact.number), START), commune)
        for commune in m.communes(area.code)
        if (fact := m.find("percent", commune.code)) and not m.get("completed", commune.code).value
    ]
    open_ones.sort(key=lambda pair: (pair[0], pair[1].code))
    placed: list[tuple[float, float]] = []
    for percent, _ in open_ones:
        at = _free(x(percent), placed, LEVELS[sheet.wide])
        placed.append(at)
        sheet.dot(at[0], y + at[1], RADIUS, "#6593BC", OUTLINE, 0.8)
    if own := m.find("percent", area.code):
        here = x(float(own.number))
        sheet.line([(here, y - 17), (here, y + 17)], "white", 4)
        sheet.line([(here, y - 17), (here, y + 17)], INK, 2)
    if open_ones and sheet.wide:
        percent, lowest = open_ones[0]
        share = format_fact(m.get("percent", lowest.code), m.language, column=True)
        right = x(percent) < 132 + 110
        room, size = (sheet.width if right else x(percent) - 132 - 9), sheet.size - 2
        name = fitted(lowest.name(m.language), room - width_of(f" {share}", size), size)
        if not right or len(open_ones) == 1:
            sheet.text(
                x(percent) + (9 if right else -9),
                y + 5,
                f"{name} {share}",
                at="start" if right else "end",
                colour=SECOND,
                size=size,
            )


def _free(x: float, placed: list[tuple[float, float]], levels: int) -> tuple[float, float]:
    """The nearest place above or below the line where a dot covers no other."""
    for level in range(levels):
        for way in (1, -1):
            y = way * level * PITCH
            if all((x - px) ** 2 + (y - py) ** 2 >= (2 * RADIUS) ** 2 for px, py in placed):
                return x, y
    return x, 0.0
