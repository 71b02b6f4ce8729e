"""How the communes of each province are spread: a strip of quantiles where dots would lie one upon another."""

from functools import partial
from typing import Final

from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from hotich.data.areas import Area
from hotich.measures import Measures
from hotich.measures.spread import QUANTILES
from hotich.views import footnotes
from hotich.views.charts.figure import PHONE, Drawing, Frame
from hotich.views.charts.marks import beside, threshold
from hotich.views.charts.style import AXIS, COLOURS, GREY, GRID, INK, NAVY, SECOND, fitted, size
from hotich.views.charts.text import columns, marked, spoken
from hotich.views.figures import format_fact
from hotich.views.markup import Table
from hotich.views.saved_table import Cell
from hotich.views.table_cells import cell, coded, vintage

START: Final = 10
"""Where the axis begins; what lies below stands at the edge."""
ROW: Final = {True: 23, False: 42}
"""Pixels of a row, on screens and on phones, where the name stands above its strip."""
MANY: Final = 40
"""Rows beyond which they stand in two drawings side by side: so the strips of 63 provinces fit on a printed page."""
NAMES: Final = 120
MEDIAN: Final = 56
"""Pixels from the end of the axis to that of the median behind it."""
BAR: Final = 8
"""Pixels that the strip is high."""
MEASURES: Final = tuple(f"commune_percent_{percent}" for percent in QUANTILES)


def rows(m: Measures) -> list[Area]:
    """Return what has a strip: the whole, then its parts with communes to speak of, the highest share first."""
    parts = [area for area in m.districts if m.find(MEASURES[0], area.code) and m.find("percent", area.code)]
    parts.sort(key=lambda area: -m.get("percent", area.code).number)
    return [m.area(m.root), *parts] if m.find(MEASURES[0]) else parts


def key(m: Measures) -> Markup:
    """Return what the colours and marks of a strip are."""
    item = Markup('<span><i style="background:{}"></i>{}</span>')
    shown = ((COLOURS[1], "most"), (COLOURS[2], "half"), (NAVY, "median"))
    items = [item.format(colour, marked(m, f"spread.{name}")) for colour, name in shown]
    tick = Markup('<span><i class="tick"></i>{}</span>').format(marked(m, "spread.tick"))
    label = Markup("<span>{}</span>").format(marked(m, "spread.key"))
    return Markup('<p class="key">{}</p>').format(Markup(" ").join([label, *items, tick]))


def table(m: Measures, areas: list[Area]) -> Table:
    """Return the figures of the strips: the share of each area, and its quantiles."""
    names = ("percent", *MEASURES)
    lines = [_line(m, area) for area in areas]
    return Table(
        marked(m, "spread.caption", as_of=m.get("as_of")),
        columns(m, "area", *names),
        lines,
        marked(m, "spread.note", threshold=m.get("threshold")) + footnotes.explained(m, lines),
        file=f"spread-of-communes-{m.month}.csv",
        vintage=vintage(m),
        long=True,
    )


def _line(m: Measures, area: Area) -> tuple[Cell, ...]:
    return (coded(m, area.code), *(cell(m, measure, area.code) for measure in ("percent", *MEASURES)))


def drawings(m: Measures, areas: list[Area]) -> tuple[Drawing, ...]:
    """Return the strips as a drawing, of many as two, whose axes are equally long."""
    if len(areas) <= MANY:
        return (_drawing(m, areas, 900, 642),)
    half = (len(areas) + 1) // 2
    return _drawing(m, areas[:half], 500, 200), _drawing(m, areas[half:], 376, 200)


def _drawing(m: Measures, areas: list[Area], width: int, across: int) -> Drawing:
    """Return strips on an axis so many pixels long, with room for names before it."""
    room = width - across - NAMES
    screen = Frame(width, 52 + ROW[True] * len(areas), left=NAMES, right=room, top=30, bottom=22)
    phone = Frame(PHONE, 50 + ROW[False] * len(areas), left=4, right=62, top=28, bottom=22)
    return Drawing(partial(_draw, m, areas), screen, phone)


def _draw(m: Measures, areas: list[Area], ax: Axes, wide: bool) -> None:
    """Draw a strip for each area, its name before it or, on phones, above it, and its median behind it."""
    ax.set(xlim=(START, 100), ylim=(len(areas) - 0.5, -0.5))
    _frame(m, areas, ax, wide)
    font, end = size(wide) - 1, ax.bbox.x1 + MEDIAN
    places = [y + (0.0 if wide else 0.2) for y in range(len(areas))]
    _strips(m, areas, places, ax, ROW[wide])
    for y, area in enumerate(areas):
        weight = 600 if area.code == m.root or not wide else 400
        name = fitted(m.short(area.code), NAMES - 8 if wide else ax.bbox.width, font, weight == 600)
        x, side = (NAMES - 8, "right") if wide else (0, "left")
        ax.text(x, y, name, transform=beside(ax, 5 if wide else -6), ha=side, fontweight=weight, fontsize=font)
        median = format_fact(m.get("commune_percent_50", area.code), m.language, column=True)
        ax.text(end, places[y], median, transform=beside(ax, 5), color=NAVY, ha="right", fontsize=font)


def _strips(m: Measures, areas: list[Area], places: list[float], ax: Axes, row: int) -> None:
    """Draw all strips: a line over all, bars over most and half of them, a dot at the median, a tick at the share."""
    at = {
        percent: [max(float(m.get(f"commune_percent_{percent}", area.code).number), START) for area in areas]
        for percent in QUANTILES
    }
    for low, high, height, colour in ((0, 100, 1.2, GREY), (10, 90, BAR, COLOURS[1]), (25, 75, BAR, COLOURS[2])):
        _fill(ax, places, at[low], at[high], height / row / 2, colour)
    own = {
        y: float(fact.number) for y, area in zip(places, areas, strict=True) if (fact := m.find("percent", area.code))
    }
    for half, reach, colour in ((2, 8, "white"), (1, 7, INK)):
        wide = half * (100 - START) / ax.bbox.width
        begins, ends = ([share + side * wide for share in own.values()] for side in (-1, 1))
        _fill(ax, list(own), begins, ends, reach / row, colour)
    ax.scatter(at[50], places, 6.5**2, NAVY, edgecolor="white", linewidth=1, zorder=3)


def _fill(ax: Axes, places: list[float], begins: list[float], ends: list[float], half: float, colour: str) -> None:
    """Draw bars that reach `half` above and below their places, all as one path: a fifth of the bytes."""
    corners = [
        [(begin, y - half), (end, y - half), (end, y + half), (begin, y + half), (begin, y - half)]
        for y, begin, end in zip(places, begins, ends, strict=True)
    ]
    path = Path.make_compound_path(*(Path(each, closed=True) for each in corners))
    ax.add_artist(PathPatch(path, facecolor=colour, edgecolor="none"))


def _frame(m: Measures, areas: list[Area], ax: Axes, wide: bool) -> None:
    """Draw the grid with its percentages above and below, the threshold, and the heading of the medians."""
    small, end = size(wide) - 2, ax.bbox.x1 + MEDIAN
    write = partial(ax.annotate, textcoords="offset points", ha="center", color=SECOND, fontsize=small, gid="tick")
    for percent in (20, 40, 60, 80, 100):
        ax.axvline(percent, color=AXIS if percent == 100 else GRID, zorder=0)
        write(f"{percent}", (percent, 0), (0, -16), xycoords=("data", "axes fraction"))
        if percent < 80 or (wide and ax.bbox.width > 300):
            write(f"{percent}", (percent, 1), (0, 7), xycoords=("data", "axes fraction"))
    threshold(m, ax, small, 7, "center" if wide else "right")
    if areas[0].code == m.root:
        ax.hlines([0.5], 0, end, colors=INK, linewidth=0.6, transform=beside(ax), zorder=0)
    head = spoken(m, "spread.median", tag=False)
    ax.text(end, -0.5, head, transform=beside(ax, -9), ha="right", color=NAVY, fontweight=600, fontsize=small)
