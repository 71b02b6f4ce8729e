"""How the communes of each province are spread: a strip of quantiles where dots would lie one upon another."""

from functools import partial
from typing import Final

from markupsafe import Markup
from matplotlib.axes import Axes

from hotich.data.areas import Area
from hotich.measures import Measures
from hotich.measures.spread import QUANTILES
from hotich.views import footnotes
from hotich.views.charts.figure import PHONE, Drawing, Frame
from hotich.views.charts.marks import beside, threshold, ticks
from hotich.views.charts.style import AXIS, COLOURS, GREY, GRID, INK, NAVY, SECOND, fitted, size
from hotich.views.charts.text import columns, marked, spoken
from hotich.views.figures import format_fact
from hotich.views.markup import Table
from hotich.views.saved_table import Cell
from hotich.views.table_cells import cell, coded, vintage

START: Final = 10
"""Where the axis begins; what lies below stands at the edge."""
ROW: Final = {True: 25, False: 42}
"""Pixels of a row, on screens and on phones, where the name stands above its strip."""
NAMES: Final = 148
BAR: Final = 9
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
    return Markup('<p class="key">{}</p>').format(Markup(" ").join([*items, tick]))


def table(m: Measures, areas: list[Area]) -> Table:
    """Return the figures of the strips: share and completed communes of each area, and its quantiles."""
    names = ("percent", "completed", "of_communes", *MEASURES)
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
    measures = ("percent", "communes_completed", "communes_total", *MEASURES)
    return (coded(m, area.code), *(cell(m, measure, area.code) for measure in measures))


def drawing(m: Measures, areas: list[Area]) -> Drawing:
    """Return the strips as a drawing."""
    screen = Frame(900, 52 + ROW[True] * len(areas), left=NAMES, right=110, top=30, bottom=22)
    phone = Frame(PHONE, 50 + ROW[False] * len(areas), left=4, right=74, top=28, bottom=22)
    return Drawing(partial(_draw, m, areas), screen, phone)


def _draw(m: Measures, areas: list[Area], ax: Axes, wide: bool) -> None:
    """Draw a strip for each area, its name before it or, on phones, above it, and its completed communes behind it."""
    ax.set(xlim=(START, 100), ylim=(len(areas) - 0.5, -0.5))
    _frame(m, areas, ax, wide)
    font, whole = size(wide) - 1, ax.figure.bbox.width
    down = 0.0 if wide else 0.2
    places = [y + down for y in range(len(areas))]
    _strips(m, areas, places, ax, ROW[wide])
    for y, area in enumerate(areas):
        weight = 600 if area.code == m.root or not wide else 400
        name = fitted(m.short(area.code), NAMES - 12 if wide else ax.bbox.width, font, weight == 600)
        ax.text(0, y, name, transform=beside(ax, 5 if wide else -6), fontweight=weight, fontsize=font)
        done, total = (m.get(f"communes_{what}", area.code) for what in ("completed", "total"))
        words = f"{format_fact(done, m.language)}/{format_fact(total, m.language)}"
        ax.text(whole, places[y], words, transform=beside(ax, 5), color=NAVY, ha="right", fontsize=font)


def _strips(m: Measures, areas: list[Area], places: list[float], ax: Axes, row: int) -> None:
    """Draw all strips: a line over all, bars over most and half of them, a dot at the median, a tick at the share."""
    at = {
        percent: [max(float(m.get(f"commune_percent_{percent}", area.code).number), START) for area in areas]
        for percent in QUANTILES
    }
    ax.hlines(places, at[0], at[100], colors=GREY, linewidth=1.2)
    for low, high, colour in ((10, 90, COLOURS[1]), (25, 75, COLOURS[2])):
        widths = [end - begin for begin, end in zip(at[low], at[high], strict=True)]
        ax.barh(places, widths, BAR / row, left=at[low], color=colour)
    own = {
        y: float(fact.number) for y, area in zip(places, areas, strict=True) if (fact := m.find("percent", area.code))
    }
    ticks(ax, list(own.values()), list(own), 8 / row)
    ax.scatter(at[50], places, 6.5**2, NAVY, edgecolor="white", linewidth=1, zorder=3)


def _frame(m: Measures, areas: list[Area], ax: Axes, wide: bool) -> None:
    """Draw the grid with its percentages above and below, the threshold, and the heading of completed communes."""
    small, whole = size(wide) - 2, ax.figure.bbox.width
    write = partial(ax.annotate, textcoords="offset points", ha="center", color=SECOND, fontsize=small, gid="tick")
    for percent in (20, 40, 60, 80, 100):
        ax.axvline(percent, color=AXIS if percent == 100 else GRID, zorder=0)
        write(f"{percent}", (percent, 0), (0, -16), xycoords=("data", "axes fraction"))
        if wide or percent < 80:
            write(f"{percent}", (percent, 1), (0, 7), xycoords=("data", "axes fraction"))
    threshold(m, ax, small, 7, "center" if wide else "right")
    if areas[0].code == m.root:
        ax.hlines([0.5], 0, whole, colors=INK, linewidth=0.6, transform=beside(ax), zorder=0)
    head = spoken(m, "communes.lane", tag=False)
    ax.text(whole, -0.5, head, transform=beside(ax, -9), ha="right", color=NAVY, fontweight=600, fontsize=small)
