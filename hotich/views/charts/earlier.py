"""What earlier outlooks said of each month, with the range they gave, and what came."""

from collections.abc import Sequence
from functools import partial
from math import ceil, floor

from matplotlib.axes import Axes

from hotich.measures import Measures
from hotich.measures.facts import Fact
from hotich.month import Month
from hotich.views import footnotes
from hotich.views.charts import style
from hotich.views.charts.figure import PHONE, SCREEN, Drawing, Frame, publish
from hotich.views.charts.label import label
from hotich.views.charts.period_bars import short_month
from hotich.views.charts.style import AXIS, GREY, GRID, NAVY, SECOND
from hotich.views.charts.text import columns, marked, spoken
from hotich.views.figures import format_fact, render
from hotich.views.markup import Fragment, Table
from hotich.views.table_cells import cell, vintage

SHOWN = (1, 3)
"""Months ahead that are shown: the next report, and a quarter."""
ON_PHONE = 6
"""Months that a phone has room for."""
BESIDE, CAP = {1: -0.2, 3: 0.2}, 0.07
"""Where the range of each stands beside its month, and half the width of its caps, in months."""


def earlier(m: Measures) -> Fragment:
    """Show what was said of the months so far one and three months before, and what came: `charts.earlier(m)`."""
    held, made = m.find("outlook_1_held"), m.find("outlook_1_made")
    months = [month for month in m.months if m.find("outlook_1", month=month) and m.find("percent", month=month)]
    if held is None or made is None or made.number < len(SHOWN):
        return Fragment(marked(m, "nothing"))
    return publish(
        m,
        headline=marked(m, "earlier.headline", held=held, made=made),
        subtitle=marked(m, "earlier.subtitle", place=m.area(m.root).name(m.language)),
        alt=spoken(m, "earlier.alt", held=held, made=made),
        table=_table(m, months),
        drawings=(
            Drawing(
                partial(_draw, m, months),
                Frame(SCREEN, 280, left=46, right=22, top=24, bottom=30),
                Frame(PHONE, 280, left=46, right=8, top=24, bottom=30),
            ),
        ),
    )


def _names(ahead: int) -> tuple[str, str, str]:
    return f"outlook_{ahead}", f"outlook_{ahead}_least", f"outlook_{ahead}_most"


def _table(m: Measures, months: Sequence[Month]) -> Table:
    measures = ("percent", *(name for ahead in SHOWN for name in _names(ahead)))
    rows = [
        (
            render(m.get("month", month=month), m.language, short=True),
            *(cell(m, measure, month=month) for measure in measures),
        )
        for month in months
    ]
    note = marked(m, "earlier.note") + footnotes.explained(m, rows)
    heads = columns(m, "month", *measures)
    return Table(marked(m, "earlier.caption"), heads, rows, note, file=f"earlier-{m.month}.csv", vintage=vintage(m))


def _draw(m: Measures, months: Sequence[Month], ax: Axes, wide: bool) -> None:
    """Draw each month in a place of its own to the right, and percent upwards, from the ten below the lowest."""
    size, months = style.size(wide) - 2, months if wide else months[-ON_PHONE:]
    shares = [float(fact.number) for month in months for fact in _facts(m, month)]
    low, high = floor(min(shares) / 10) * 10, ceil(max(shares) / 10) * 10
    ax.set(xlim=(-0.5, len(months) - 0.5), ylim=(low, high))
    for percent in range(low, high + 1, 10):
        ax.axhline(percent, color=AXIS if percent == low else GRID)
        write = partial(label, ax, f"{percent}%", (0, percent), (-8, -5), size, within=ax.get_yaxis_transform())
        write(colour=SECOND, side="right", kind="tick")
    for at, month in enumerate(months):
        label(ax, short_month(m, month), (at, low), (0, -20), size, colour=SECOND, side="center", kind="tick")
        for ahead in SHOWN:
            _said(m, month, ahead, at + BESIDE[ahead], ax)
        _came(m, month, at, ax, size)


def _came(m: Measures, month: Month, at: int, ax: Axes, size: int) -> None:
    """Draw what came as a dot, and write it over the drawing, where no range stands."""
    came, top = m.get("percent", month=month), ax.get_ylim()[1]
    ax.plot(at, float(came.number), "o", color=NAVY, markersize=7, label=f"came {month}")
    label(ax, format_fact(came, m.language), (at, top), (0, 8), size, colour=NAVY, bold=True, side="center", kind="h")


def _facts(m: Measures, month: Month) -> list[Fact]:
    names = ("percent", *(name for ahead in SHOWN for name in _names(ahead)))
    return [fact for name in names if (fact := m.find(name, month=month))]


def _said(m: Measures, month: Month, ahead: int, at: float, ax: Axes) -> None:
    """Draw what was said of a month so long before as a bar from the least to the most, a stroke at the share."""
    said, least, most = (m.find(name, month=month) for name in _names(ahead))
    colour = GREY if ahead == SHOWN[0] else SECOND
    if least and most:
        ends = float(least.number), float(most.number)
        ax.vlines(at, *ends, colour, linewidth=2, label=f"range {ahead} {month}")
        ax.hlines(ends, at - CAP, at + CAP, colour, linewidth=2)
    if said:
        mark = "_" if ahead == SHOWN[0] else "D"
        ax.plot(at, float(said.number), mark, color=colour, markersize=6, label=f"said {ahead} {month}")
