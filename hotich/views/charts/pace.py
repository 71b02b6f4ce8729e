"""Entries digitised a day in each period, against the pace that the deadline needs."""

from functools import partial
from math import ceil

from markupsafe import Markup
from matplotlib.axes import Axes

from hotich.measures import Measures
from hotich.measures.facts import Fact
from hotich.measures.recent_pace import RECENT
from hotich.month import Month
from hotich.views import footnotes
from hotich.views.charts import period_bars
from hotich.views.charts.figure import publish
from hotich.views.charts.label import label
from hotich.views.charts.period_bars import Bar, short_month
from hotich.views.charts.style import ALERT, GREY, NAVY, fitted, width_of
from hotich.views.charts.text import columns, marked, spoken
from hotich.views.figures import format_fact, render
from hotich.views.markup import Fragment, Table
from hotich.views.narrative.phrases import place
from hotich.views.table_cells import cell, vintage

Periods = list[tuple[Month, Fact]]
NEEDED = "#FBEFE8"
"""The fill of the column that is no report but a need."""


def pace(m: Measures) -> Fragment:
    """Show the entries digitised a day in each period, and what the deadline needs: `charts.pace(m)`."""
    periods = [(month, fact) for month in m.months[1:] if (fact := m.find("pace", month=month))]
    left = m.find("left")
    if not periods or left is None or left.value == 0:
        return Fragment(marked(m, "nothing"))
    latest, fact = periods[-1]
    return publish(
        m,
        headline=_finding(m),
        subtitle=marked(m, "pace.subtitle", place=place(m)),
        alt=_alt(m, latest, fact),
        table=_table(m),
        drawings=(period_bars.drawing(partial(_draw, m, periods), 264, 250),),
        pace=True,
    )


def _finding(m: Measures) -> Markup:
    """Return how many periods were as fast as the rest of the time needs."""
    reached = m.find("periods_reached")
    if reached is None:
        return marked(m, "pace.plain")
    key = "reached" if reached.value else "never"
    return marked(m, f"pace.{key}", count=reached, total=m.get("periods_compared"))


def _alt(m: Measures, latest: Month, fact: Fact) -> str:
    needed, month = m.find("pace_needed"), m.get("month", month=latest)
    if needed is None:
        return spoken(m, "pace.alt", latest=fact, month=month)
    return spoken(m, "pace.alt_needed", latest=fact, month=month, needed=needed, target=m.get("target"))


def _table(m: Measures) -> Table:
    rows = [
        (
            render(m.get("month", month=month), m.language, short=True),
            *(cell(m, measure, month=month) for measure in ("days", "added", "pace")),
        )
        for month in m.months[1:]
    ]
    ahead = (cell(m, measure) for measure in ("days_left", "left", "pace_needed"))
    needed = [(marked(m, "pace.needed_row", target=m.get("target")), *ahead)] if m.find("pace_needed") else []
    heads, note = columns(m, "period", "days", "added", "pace"), footnotes.explained(m, [*rows, *needed])
    file = f"pace-{m.month}.csv"
    return Table(marked(m, "pace.caption"), heads, rows, note, file=file, vintage=vintage(m), apart=needed)


def _draw(m: Measures, periods: Periods, ax: Axes, wide: bool) -> None:
    recent = m.months[-RECENT:] if m.find("pace_recent") else ()
    bars = [Bar(short_month(m, month), fact, NAVY if month in recent else GREY) for month, fact in periods]
    if needed := m.find("pace_needed"):
        bars.append(Bar(spoken(m, "pace.needed_bar", tag=False), needed, NEEDED, ALERT))
    period_bars.draw(m, bars, ax, 14 if wide else 12)
    if needed:
        _needed_line(m, needed, bars, ax, 14 if wide else 13)


def _needed_line(m: Measures, needed: Fact, bars: list[Bar], ax: Axes, size: int) -> None:
    """Draw the needed pace across all periods, named where no column stands behind the words."""
    ax.axhline(float(needed.number), color=ALERT, linewidth=1.2, linestyle=(0, (4, 3)))
    words = spoken(m, "pace.needed_line", tag=False, target=format_fact(m.get("target"), m.language, short=True))
    shown, at = fitted(words, ax.bbox.width * 0.6, size, True), (-0.5, float(needed.number))
    under = bars[: ceil(len(bars) * width_of(shown, size, True) / ax.bbox.width)]
    if all(bar.fact is None or bar.fact.number < needed.number for bar in under):
        label(ax, shown, at, (0, 6), size, colour=ALERT, bold=True, kind="h")
