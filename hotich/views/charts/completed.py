"""Completed communes by month."""

from functools import partial

from markupsafe import Markup
from matplotlib.axes import Axes

from hotich.measures import Measures
from hotich.measures.facts import Fact
from hotich.month import Month
from hotich.views import footnotes
from hotich.views.charts import period_bars
from hotich.views.charts.figure import publish
from hotich.views.charts.period_bars import Bar, short_month
from hotich.views.charts.style import GREY, NAVY
from hotich.views.charts.text import columns, marked, spoken
from hotich.views.figures import render
from hotich.views.markup import Fragment, Table
from hotich.views.narrative.phrases import place
from hotich.views.table_cells import cell, vintage


def completed(m: Measures) -> Fragment:
    """Show how many communes are complete, month by month: `charts.completed(m)`."""
    total = m.get("communes_total")
    return publish(
        m,
        headline=_headline(m),
        subtitle=marked(m, "completed.subtitle", place=place(m), total=total),
        alt=spoken(m, "completed.alt", done=m.get("communes_completed"), total=total),
        table=_table(m),
        drawings=(period_bars.drawing(partial(_draw, m), 240, 220),),
        note=footnotes.beside_drawing(m, [fact for fact in _done(m).values() if fact]),
    )


def _table(m: Measures) -> Table:
    rows = [
        (
            render(m.get("month", month=month), m.language, short=True),
            cell(m, "communes_completed", month=month),
            cell(m, "communes_completed_change", month=month, signed=True),
        )
        for month in m.own_months
    ]
    note = marked(m, "completed.note", total=m.get("communes_total")) + footnotes.explained(m, rows)
    heads = columns(m, "month", "completed", "more")
    file = f"completed-by-month-{m.month}.csv"
    return Table(marked(m, "completed.caption"), heads, rows, note, file=file, vintage=vintage(m))


def _headline(m: Measures) -> Markup:
    """Return how the month compares with the periods before it."""
    months = [month for month in m.own_months[1:] if m.find("communes_completed_change", month=month)]
    done, total = m.get("communes_completed"), m.get("communes_total")
    if not months or not m.compares():
        return marked(m, "completed.headline", done=done, total=total)
    changes = [m.get("communes_completed_change", month=month) for month in months]
    now, before = int(changes[-1].number), [int(fact.number) for fact in changes[:-1]]
    if now <= 0:
        return marked(m, "completed.none" if now == 0 else "completed.fewer", change=_size(m, changes[-1]))
    key = "more"
    # In a period to which some unit sent nothing more may have been completed than is known: then nothing is a record.
    if len(before) > 1 and all(m.compares(month) for month in months):
        key = "most" if now > max(before) else "least" if now < min(before) else key
    return marked(m, f"completed.{key}", change=_size(m, changes[-1]), done=done)


def _size(m: Measures, change: Fact) -> Markup:
    return render(change, m.language, unsigned=True)


def _draw(m: Measures, ax: Axes, wide: bool) -> None:
    bars = [Bar(_name(m, month, fact), fact, NAVY if month == m.month else GREY) for month, fact in _done(m).items()]
    period_bars.draw(m, bars, ax, 14 if wide else 12)


def _done(m: Measures) -> dict[Month, Fact | None]:
    """Return the completed communes of each month; None where nothing was reported."""
    reported = {month for month in m.own_months if m.get("units_reported", month=month).value}
    return {month: m.get("communes_completed", month=month) if month in reported else None for month in m.own_months}


def _name(m: Measures, month: Month, fact: Fact | None) -> str:
    return short_month(m, month) + (footnotes.in_drawing(m, fact) if fact else "")
