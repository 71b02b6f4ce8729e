"""The share digitised since the first month, both targets, the way that is needed and the range of a continuation."""

from datetime import date, timedelta
from functools import partial
from typing import Any

import numpy as np
from markupsafe import Markup
from matplotlib.axes import Axes

from hotich import formats
from hotich.measures import Measures
from hotich.measures.facts import Fact
from hotich.month import Month
from hotich.views import footnotes
from hotich.views.charts import style
from hotich.views.charts.figure import PHONE, SCREEN, Drawing, Frame, publish
from hotich.views.charts.label import label
from hotich.views.charts.period_bars import short_month
from hotich.views.charts.style import ALERT, AXIS, GRID, NAVY, SECOND, fitted, width_of
from hotich.views.charts.text import columns, marked, spoken
from hotich.views.figures import format_fact, render
from hotich.views.markup import Fragment, Table
from hotich.views.narrative.outlook import late
from hotich.views.narrative.phrases import place
from hotich.views.table_cells import cell, vintage

ON_SCREEN = Frame(SCREEN, 440, left=46, right=22, top=4, bottom=46)
ON_PHONE = Frame(PHONE, 390, left=46, right=14, top=4, bottom=46)
LOOK_AHEAD = timedelta(days=150)
"""How far beyond the last target the drawing may go to show where a continuation ends."""
LOWER, UPPER, TOP = 107, 113, 119
"""Heights over the 100% line, in percent: the names of targets in two rows, and the edge."""
CAP = 3
"""Days that the ends of the range reach to each side of the deadline."""
OUTLOOK = (
    "finish",
    "finish_most",
    "percent_at_target",
    "percent_at_target_least",
    "percent_at_target_most",
    "units_endless",
    "pace_needed",
)


def progress(m: Measures) -> Fragment:
    """Show the line of the share digitised, and what lies ahead of it: `charts.progress(m)`."""
    left = m.find("left")
    if left is None:
        return Fragment(marked(m, "nothing"))
    latest, outlook = m.find("percent") or m.get("digitised"), _outlook(m)
    key = "done" if left.value == 0 else "plain" if not outlook else "late" if late(m) else "on_time"
    alt = f"alt_{_known(m)}" if outlook else "alt"
    return publish(
        m,
        headline=marked(m, f"progress.{key}", **outlook),
        subtitle=marked(m, "progress.subtitle_ahead" if outlook else "progress.subtitle", place=place(m)),
        alt=spoken(m, f"progress.{alt}", latest=latest, as_of=m.get("as_of"), target=m.get("target"), **outlook),
        table=_table(m),
        drawings=(Drawing(partial(_draw, m), ON_SCREEN, ON_PHONE),),
        note=_note(m, bool(outlook)),
        pace=bool(outlook),
    )


def _table(m: Measures) -> Table:
    measures = ("required", "digitised", "percent", "added", "pace")
    rows = [
        (
            render(m.get("month", month=month), m.language, short=True),
            *(cell(m, measure, month=month) for measure in measures),
        )
        for month in m.own_months
    ]
    caption, note = (
        marked(m, "progress.caption", place=place(m)),
        Markup(" ").join(_notes(m)) + footnotes.explained(m, rows),
    )
    file = f"progress-{m.month}.csv"
    return Table(caption, columns(m, "month", *measures), rows, note, file=file, vintage=vintage(m))


def _outlook(m: Measures) -> dict[str, Any]:
    """Return the facts of the outlook; empty without one, with nothing left or after the deadline."""
    found = {measure: fact for measure in OUTLOOK if (fact := m.find(measure))}
    return found if "percent_at_target" in found and "pace_needed" in found else {}


def _known(m: Measures) -> str:
    """Return whether the outlook has a range, and whether the end of the last unit can be foreseen."""
    return ("range" if _bounds(m) else "point") + ("" if m.find("finish") else "_endless")


def _method(m: Measures) -> Markup:
    said = marked(m, "progress.method", pace_periods=render(m.get("pace_periods"), m.language, words=True))
    return said + (marked(m, "progress.method_range") if _bounds(m) else "")


def _note(m: Measures, ahead: bool) -> Markup:
    """Return how the outlook is made, and what symbols in the drawing mean."""
    shares = [fact for month in m.own_months if (fact := m.find("percent", month=month))]
    return Markup(" ").join(filter(None, (_method(m) if ahead else "", footnotes.beside_drawing(m, shares))))


def _notes(m: Measures) -> list[Markup]:
    """Return notes on the numbers of the drawing that belong to no month."""
    notes = [marked(m, "not_applicable")]
    for target in m.office.targets:
        day = m.get(f"target_{target.id}")
        notes.append(marked(m, "progress.target", name=formats.sentence_case(target.name(m.language)), day=day))
    notes.append(marked(m, "progress.as_of", as_of=m.get("as_of")))
    if needed := m.find("pace_needed"):
        notes.append(marked(m, "progress.pace_needed", fact=needed))
    if outlook := _outlook(m):
        notes.append(marked(m, f"progress.outlook_{_known(m)}", **outlook))
    return notes


def _span(m: Measures) -> tuple[date, date]:
    """Return the first and the last day of the drawing, which holds targets and expected ends that are near."""
    finish, near = m.find("finish"), max(m.office.targets[-1].day, m.as_of)
    ends = [finish.value] if finish and isinstance(finish.value, date) else []
    return m.as_of_on(m.own_months[0]), min(max([near, *ends]), near + LOOK_AHEAD) + timedelta(days=12)


def _draw(m: Measures, ax: Axes, wide: bool) -> None:
    """Draw days, counted as `date.toordinal` does, to the right and percent upwards."""
    first, last = _span(m)
    ax.set(xlim=(first.toordinal(), last.toordinal()), ylim=(0, TOP))
    size = style.size(wide) - 2
    _grid(ax, size)
    _months(m, ax, size)
    _targets(m, ax, size)
    shares = {m.as_of_on(month): fact for month in m.own_months if (fact := m.find("percent", month=month))}
    if m.find("percent") and m.find("days_left") and m.get("left").value:
        _ahead(m, ax, size)
        if _outlook(m):
            _end(m, ax, size)
            if wide:
                _in_words(m, ax, size)
    if shares:
        _behind(m, shares, ax, size)


def _grid(ax: Axes, size: int) -> None:
    for percent in range(0, 101, 25):
        ax.axhline(percent, color=AXIS if percent in (0, 100) else GRID)
        write = partial(label, ax, f"{percent}%", (0, percent), (-8, -5), size, within=ax.get_yaxis_transform())
        write(colour=SECOND, side="right", kind="tick")


def _months(m: Measures, ax: Axes, size: int) -> None:
    """Name as many months as have room, the year under the first of each."""
    first, last = _span(m)
    room = ax.bbox.width * 30 / (last - first).days
    step = next((n for n in (1, 3, 6) if room * n > 36), 12)
    months = [Month(first.year, first.month).plus(at) for at in range((last - first).days // 28 + 1)]
    near = last - timedelta(days=900 / room)
    named = [month for month in months if (month.number - 1) % step == 0 and first <= month.first_day <= near]
    for month in named:
        day = month.first_day.toordinal()
        ax.vlines(day, -1.3, 0, AXIS)
        label(ax, short_month(m, month), (day, 0), (2, -20), size, colour=SECOND, kind="tick")
        if month is named[0] or month.number == 1:
            label(ax, f"{month.year}", (day, 0), (2, -36), size, colour=SECOND, kind="tick")


def _targets(m: Measures, ax: Axes, size: int) -> None:
    """Draw each target as a dotted line up to its name, which stands on the side where there is room for it."""
    first, last = _span(m)
    for at, target in enumerate(t for t in m.office.targets if first <= t.day <= last):
        day, height = target.day.toordinal(), UPPER if at % 2 else LOWER
        ax.vlines(day, 0, height, SECOND, linestyle=(0, (3, 3)), label=target.id)
        left = ax.transData.transform((day, height))[0] - 4
        right = ax.figure.bbox.width - left - 8
        words = f"{target.name(m.language)} {format_fact(m.get(f'target_{target.id}'), m.language, short=True)}"
        before = width_of(words, size) <= left or left > right
        shown, by = fitted(words, left if before else right, size), (-4 if before else 4, -4)
        label(ax, shown, (day, height), by, size, colour=SECOND, side="right" if before else "left", kind="h")


def _behind(m: Measures, shares: dict[date, Fact], ax: Axes, size: int) -> None:
    """Draw the months so far, the first and the last with their share."""
    days, percents = [day.toordinal() for day in shares], [float(fact.number) for fact in shares.values()]
    ax.plot(days, percents, color=NAVY, linewidth=3, marker="o", markersize=6, label="digitised")
    for day, fact in shares.items():
        if symbols := footnotes.in_drawing(m, fact).strip():
            label(ax, symbols, (day.toordinal(), float(fact.number)), (0, 9), size - 1, colour=SECOND, side="center")
    ax.plot(days[-1], percents[-1], "o", color=NAVY, label="latest", markersize=11, mec="white", mew=1.5)
    words, here = [format_fact(fact, m.language) for fact in shares.values()], (days[-1], percents[-1])
    # the first month lies on the axis, whose percentages stand left of it
    beside = len(m.own_months) == 1
    write = partial(label, ax, at=here, colour=NAVY, side="left" if beside else "center", kind="h")
    write(words[-1], by=(10 if beside else 0, -23), size=size + 3, bold=True)
    latest = next(month for month in reversed(m.own_months) if m.find("percent", month=month))
    when = m.get("as_of") if latest == m.month else m.get("month", month=latest)
    write(format_fact(when, m.language, short=True), by=(10 if beside else 0, -39), size=size)
    if len(days) > 2:
        label(ax, words[0], (days[0], percents[0]), (10, -16), size + 1, colour=NAVY, bold=True, kind="h")


def _ahead(m: Measures, ax: Axes, size: int) -> None:
    """Draw the way that the deadline needs, and the outlook with its range."""
    now, target, share = m.as_of.toordinal(), m.office.targets[-1].day.toordinal(), float(m.get("percent").number)
    if _outlook(m):
        _continued(m, ax)
    ax.plot((now, target), (share, 100), color=ALERT, linewidth=2.5, label="needed")
    words = spoken(m, "progress.needed_label", tag=False, needed=m.get("pace_needed"))
    middle = (now + target) / 2, (share + 100) / 2
    label(ax, words, middle, (-12, 2), size + 1, colour=ALERT, bold=True, side="right", kind="h")
    if reached := m.find("percent_at_target"):
        there = float(reached.number)
        ax.plot(target, there, "o", color="white", label="at target", markersize=10, mec=NAVY, mew=2)
        if there < 99:
            label(ax, format_fact(reached, m.language), (target, there), (8, -19), size + 1, colour=NAVY, bold=True)


def _way(m: Measures) -> tuple[list[int], list[float]]:
    """Return the days and shares that the outlook names: now, the deadline, nine tenths of the rest, and the end."""
    share, most = float(m.get("percent").number), float(m.get("most_base").number) / 100
    known = [(m.as_of, share), (m.office.targets[-1].day, float(m.get("percent_at_target").number))]
    for name, there in (("finish_most", share + (100 - share) * most), ("finish", 100.0)):
        if (fact := m.find(name)) and isinstance(fact.value, date):
            known.append((fact.value, there))
    days, shares = zip(*sorted((day.toordinal(), percent) for day, percent in known), strict=True)
    return list(days), list(shares)


def _continued(m: Measures, ax: Axes) -> None:
    """Draw the outlook as a dotted line through what it names, and the range of the share on the deadline."""
    edge, (days, shares) = _span(m)[1].toordinal(), _way(m)
    shown = [*(day for day in days if day < edge), *([edge] if days[-1] >= edge else [])]
    way, dotted = np.interp(shown, days, shares), (0, (1.5, 2.5))
    ax.plot(shown, way, color=NAVY, linewidth=2, linestyle=dotted, label="continued")
    if bounds := _bounds(m):
        now, share, target = days[0], shares[0], m.office.targets[-1].day.toordinal()
        lower, upper = ((share, bound) for bound in bounds)
        ax.fill_between((now, target), lower, upper, color=NAVY, alpha=0.13, linewidth=0, label="range")
        ax.vlines(target, *bounds, NAVY, linewidth=1.5, label="bounds")
        ax.hlines(bounds, target - CAP, target + CAP, NAVY, linewidth=1.5, label="caps")


def _bounds(m: Measures) -> tuple[float, float] | None:
    least, most = m.find("percent_at_target_least"), m.find("percent_at_target_most")
    return (float(least.number), float(most.number)) if least and most else None


def _end(m: Measures, ax: Axes, size: int) -> None:
    """Mark the end on the 100% line; where it lies beyond the drawing, point to it at the edge and write its date."""
    finish, edge = m.find("finish"), _span(m)[1].toordinal()
    if finish is None or not isinstance(finish.value, date):
        return
    day = finish.value.toordinal()
    if day < edge:
        ax.plot(day, 100, "o", color=NAVY, markersize=8, label="finish")
        return
    there = float(np.interp(edge, *_way(m)))
    ax.plot(edge, there, ">", color=NAVY, markersize=8, label="beyond")
    words = spoken(m, "progress.beyond", tag=False, finish=format_fact(finish, m.language, as_month=True, short=True))
    label(ax, words, (edge, there), (6, 10), size, colour=NAVY, side="right", kind="h")


def _in_words(m: Measures, ax: Axes, size: int) -> None:
    """Write where the work leads into the free corner: under the line, or over one that begins low."""
    lines = spoken(m, f"progress.lines_{_known(m)}", tag=False, **_outlook(m)).split("\n")
    low = (m.find("percent", month=m.own_months[0]) or m.get("percent_at_target")).number < 35
    corner, top = (100, -30) if low else (0, 18 * len(lines) - 4)
    for at, words in enumerate(lines):
        corner_at, by = (_span(m)[0].toordinal(), corner), (12, top - 18 * at)
        label(ax, words, corner_at, by, size + 1, colour=NAVY, bold=at == 0, kind="h")
