"""Communes as dots within their districts; the completed ones in a lane of their own."""

from collections.abc import Callable
from functools import partial

from hotich import formats
from hotich.areas import Area
from hotich.charts.drawing import AXIS, GRID, INK, NAVY, OUTLINE, SECOND, Sheet
from hotich.charts.publish import Drawing, publishable
from hotich.charts.wording import cell, columns, marked, spoken
from hotich.elements import Fragment, Table
from hotich.figures import plain
from hotich.measures import Measures

RADIUS = 4.5
PITCH = 5
LEVELS = 4
"""Dots that find no free place within so many steps of the line overlap on it."""


def communes(m: Measures) -> Fragment:
    """Where each commune stands, by district, with the district's own share as a tick."""
    groups = [area for area in m.districts if m.find("percent", area.code)] or [m.area(m.root)]
    groups.sort(key=lambda area: -float(fact.number) if (fact := m.find("percent", area.code)) else 0.0)
    rows = [
        (area.name(m.language), area.parent_name, *(cell(m, m.find(measure, area.code)) for measure in
                                                    ("required", "digitised", "percent", "left", "rank")))
        for area in _named(m)
    ]  # fmt: skip
    table = Table(
        marked(m, "communes.caption", as_of=m.get("as_of")),
        columns(m, "commune", "district", "required", "digitised", "percent", "left", "rank"), rows,
        marked(m, "communes.note"), file=f"communes-{m.month}.csv", long=True,
    )  # fmt: skip
    step, narrow = 50, 76
    return publishable(
        m,
        headline=marked(m, "communes.headline", done=m.get("communes_completed"), total=m.get("communes_total")),
        subtitle=marked(m, "communes.subtitle", as_of=m.get("as_of")),
        alt=spoken(m, "communes.alt", done=m.get("communes_completed"), total=m.get("communes_total")),
        table=table,
        drawings=(Drawing(partial(_strip, m, groups), 46 + step * len(groups), 46 + narrow * len(groups), 900),),
        wide=True,
    )


class _Named:
    """A commune and the short name of its district."""

    def __init__(self, area: Area, parent_name: str) -> None:
        self.code, self.parent_name, self._area = area.code, parent_name, area

    def name(self, language: str) -> str:
        """The commune's name."""
        return self._area.name(language)


def _named(m: Measures) -> list[_Named]:
    return [_Named(area, m.short(area.parent)) for area in m.communes()]


def _strip(m: Measures, groups: list[Area], sheet: Sheet) -> None:
    left, right = (132, sheet.width - 150) if sheet.wide else (4, sheet.width - 84)
    step, first = (50, 40) if sheet.wide else (76, 58)
    lane = right + 26

    def x(percent: float) -> float:
        return left + (right - left) * percent / 100

    bottom = first + step * len(groups) - step // 2
    for percent in (0, 25, 50, 75, 100):
        sheet.line([(x(percent), 22), (x(percent), bottom)], AXIS if percent == 100 else GRID)
        sheet.text(
            x(percent),
            14,
            formats.count(percent, m.language) + ("%" if percent in (0, 100) else ""),
            at="middle",
            colour=SECOND,
            size=sheet.size - 2,
        )
    sheet.text(lane, 14, spoken(m, "communes.lane").split(" (")[0], colour=SECOND, size=sheet.size - 2)
    for at, area in enumerate(groups):
        y = first + step * at
        sheet.text(0, y + 5 if sheet.wide else y - 20, m.short(area.code), bold=True, size=sheet.size - 1)
        _district_dots(m, area, sheet, y, x)
        done, total = m.get("communes_completed", area.code), m.get("communes_total", area.code)
        sheet.text(lane, y + 5, f"{plain(done, m.language)}/{plain(total, m.language)}", colour=NAVY, bold=True)


def _district_dots(m: Measures, area: Area, sheet: Sheet, y: float, x: Callable[[float], float]) -> None:
    open_ones = [
        (float(fact.number), commune) for commune in m.communes(area.code)
        if (fact := m.find("percent", commune.code)) and not m.get("completed", commune.code).value
    ]  # fmt: skip
    open_ones.sort(key=lambda pair: (pair[0], pair[1].code))
    placed: list[tuple[float, float]] = []
    for percent, _ in open_ones:
        at = _free(x(percent), placed)
        placed.append(at)
        sheet.dot(at[0], y + at[1], RADIUS, "#6593BC", OUTLINE, 0.8)
    if own := m.find("percent", area.code):
        here = x(float(own.number))
        sheet.line([(here, y - 17), (here, y + 17)], "white", 4)
        sheet.line([(here, y - 17), (here, y + 17)], INK, 2)
    if open_ones and sheet.wide:
        percent, lowest = open_ones[0]
        words = f"{lowest.name(m.language)} {plain(m.get('percent', lowest.code), m.language)}"
        sheet.text(x(percent) - 9, y + 5, words, at="end", colour=SECOND, size=sheet.size - 2)


def _free(x: float, placed: list[tuple[float, float]]) -> tuple[float, float]:
    """The nearest place above or below the line where a dot covers no other."""
    for level in range(LEVELS):
        for way in (1, -1):
            y = way * level * PITCH
            if all((x - px) ** 2 + (y - py) ** 2 >= (2 * RADIUS) ** 2 for px, py in placed):
                return x, y
    return x, 0.0
