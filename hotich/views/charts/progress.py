"""The share digitised since the first month, both targets, the way that is needed and the range of a continuation."""

from datetime import date, timedelta
from functools import partial

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
from hotich.views.table_cells import cell, vintage

ON_SCREEN = Frame(SCREEN, 440, left=46, right=22, top=4, bottom=46)
ON_PHONE = Frame(PHONE, 390, left=46, right=14, top=4, bottom=46)
LOOK_AHEAD = timedelta(days=150)
"""How far beyond the last target the drawing may go to show where a continuation ends."""
BRACKET, LOWER, UPPER, TOP = 106, 113, 119, 125
"""Heights over the 100% line, in percent: the bracket of the finish, the names of targets in two rows, the edge."""
OUTLOOK = ("pace_recent", "finish", "finish_fast", "finish_slow", "percent_at_target", "pace_needed")


def progress(m: Measures) -> Fragment:
    """Show the line of the share digitised, and what lies ahead of it: `charts.progress(m)`."""
    finish, left, place = m.find("finish"), m.find("left"), m.area(m.root).name(m.language)
    if left is None:
        return Fragment(marked(m, "nothing"))
    key = "done" if left.value == 0 else "finish" if finish else "plain"
    values = {"finish": render(finish, m.language, as_month=True)} if finish else {}
    latest = m.find("percent") or m.get("digitised")
    outlook = _outlook(m)
    return publish(
        m,
        headline=marked(m, f"progress.{key}", **values),
        subtitle=marked(m, "progress.subtitle_ahead" if outlook else "progress.subtitle", place=place),
        alt=spoken(m, "progress.alt", latest=latest, as_of=m.get("as_of")),
        table=_table(m, place),
        drawings=(Drawing(partial(_draw, m), ON_SCREEN, ON_PHONE),),
        note=_method(m) if outlook else Markup(""),
        pace=finish is not None,
    )


def _table(m: Measures, place: str) -> Table:
    measures = ("required", "digitised", "percent", "added", "pace")
    rows = [
        (
            render(m.get("month", month=month), m.language, short=True),
            *(cell(m, measure, month=month) for measure in measures),
        )
        for month in m.months
    ]
    caption, note = (
        marked(m, "progress.caption", place=place),
        Markup(" ").join(_notes(m)) + footnotes.explained(m, rows),
    )
    file = f"progress-{m.month}.csv"
    return Table(caption, columns(m, "month", *measures), rows, note, file=file, vintage=vintage(m))


def _outlook(m: Measures) -> dict[str, Fact]:
    """Return the facts of a continuation at the recent pace; empty without a pace or with nothing left."""
    found = {measure: fact for measure in OUTLOOK if (fact := m.find(measure))}
    return found if "finish" in found and "pace_needed" in found else {}


def _method(m: Measures) -> Markup:
    values = {name: render(m.get(name), m.language, words=True) for name in ("pace_periods", "range_periods")}
    return marked(m, "progress.method", **values)


def _notes(m: Measures) -> list[Markup]:
    """Return notes on the numbers of the drawing that belong to no month."""
    notes = [marked(m, "not_applicable")]
    for target in m.office.targets:
        day = m.get(f"target_{target.id}")
        notes.append(marked(m, "progress.target", name=formats.sentence_case(target.name(m.language)), day=day))
    outlook: dict[str, object] = {**_outlook(m)}
    key = "outlook" if "finish_slow" in outlook else "outlook_open" if outlook else "as_of"
    notes.append(marked(m, f"progress.{key}", as_of=m.get("as_of"), **outlook))
    alone = () if outlook else ("pace_needed", "percent_at_target")
    return notes + [marked(m, f"progress.{each}", fact=fact) for each in alone if (fact := m.find(each))]


def _span(m: Measures) -> tuple[date, date]:
    """Return the first and the last day of the drawing, which holds targets and expected ends that are near."""
    ends = [day for day in _ends(m)[1:] if day]
    near = max(m.office.targets[-1].day, m.as_of)
    return m.as_of_on(m.months[0]), min(max([near, *ends]), near + LOOK_AHEAD) + timedelta(days=12)


def _ends(m: Measures) -> tuple[date | None, ...]:
    """Return when the work ends at the fastest, the recent and the slowest pace; None for never."""
    found = (m.find(name) for name in ("finish_fast", "finish", "finish_slow"))
    return tuple(fact.value if fact and isinstance(fact.value, date) else None for fact in found)


def _draw(m: Measures, ax: Axes, wide: bool) -> None:
    """Draw days, counted as `date.toordinal` does, to the right and percent upwards."""
    first, last = _span(m)
    ax.set(xlim=(first.toordinal(), last.toordinal()), ylim=(0, TOP))
    size = style.size(wide) - 2
    _grid(ax, size)
    _months(m, ax, size)
    _targets(m, ax, size)
    shares = {m.as_of_on(month): fact for month in m.months if (fact := m.find("percent", month=month))}
    if m.find("percent") and m.find("days_left") and m.get("left").value:
        _ahead(m, ax, size)
        if outlook := _outlook(m):
            _bracket(m, ax)
            _in_words(m, outlook, ax, size)
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
    ax.plot(days[-1], percents[-1], "o", color=NAVY, label="latest", markersize=11, mec="white", mew=1.5)
    words, here = [format_fact(fact, m.language) for fact in shares.values()], (days[-1], percents[-1])
    label(ax, words[-1], here, (0, -23), size + 3, colour=NAVY, bold=True, side="center", kind="h")
    latest = next(month for month in reversed(m.months) if m.find("percent", month=month))
    when = m.get("as_of") if latest == m.month else m.get("month", month=latest)
    label(ax, format_fact(when, m.language, short=True), here, (0, -39), size, colour=NAVY, side="center", kind="h")
    if len(days) > 2:
        label(ax, words[0], (days[0], percents[0]), (10, -16), size + 1, colour=NAVY, bold=True, kind="h")


def _ahead(m: Measures, ax: Axes, size: int) -> None:
    """Draw the way that the deadline needs, and the range of a continuation, its mean dotted."""
    now, target, share = m.as_of.toordinal(), m.office.targets[-1].day.toordinal(), float(m.get("percent").number)
    if m.find("pace_recent"):
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


def _continued(m: Measures, ax: Axes) -> None:
    """Draw straight lines from the latest share to all of it at the fastest, the recent and the slowest pace."""
    now, last, share = m.as_of.toordinal(), _span(m)[1].toordinal(), float(m.get("percent").number)
    ends = [day.toordinal() if day else None for day in _ends(m)]
    days = sorted({now, last, *(end for end in ends if end and end < last)})
    never = [share] * len(days)
    fast, recent, slow = (np.interp(days, (now, end), (share, 100)) if end else never for end in ends)
    ax.fill_between(days, slow, fast, color=NAVY, alpha=0.13, linewidth=0, label="range")
    ax.plot(days, recent, color=NAVY, linewidth=2, linestyle=(0, (1.5, 2.5)), label="continued")


def _bracket(m: Measures, ax: Axes) -> None:
    """Draw when the work ends, over the 100% line: a dot at the recent pace between the fastest and the slowest."""
    edge = _span(m)[1].toordinal()
    fast, finish, slow = (day.toordinal() if day else edge + 1 for day in _ends(m))
    if fast > edge:
        return
    ax.plot((fast, min(slow, edge)), (BRACKET, BRACKET), color=NAVY, linewidth=1.5, label="finish range")
    caps = [day for day in (fast, slow) if day <= edge]
    ax.vlines(caps, BRACKET - 1.6, BRACKET + 1.6, NAVY, linewidth=1.5, label="finish caps")
    if finish < edge:
        ax.plot(finish, BRACKET, "o", color=NAVY, markersize=8, label="finish")


def _in_words(m: Measures, outlook: dict[str, Fact], ax: Axes, size: int) -> None:
    """Write when the work is expected to end into the free corner: under the line, or over one that begins low."""
    fast, finish, slow = _ends(m)
    key = "outlook_lines_one" if fast == (slow or finish) else "outlook_lines" if slow else "outlook_lines_open"
    lines = spoken(m, f"progress.{key}", tag=False, **outlook).split("\n")
    low = (m.find("percent", month=m.months[0]) or m.get("percent_at_target")).number < 35
    corner, top = (100, -30) if low else (0, 18 * len(lines) - 4)
    for at, words in enumerate(lines):
        place, by = (_span(m)[0].toordinal(), corner), (12, top - 18 * at)
        label(ax, words, place, by, size + 1, colour=NAVY, bold=at == 0, kind="h")
