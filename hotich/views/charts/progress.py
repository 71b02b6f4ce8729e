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
from hotich.views.charts.style import ALERT, AXIS, GRID, NAVY, SECOND, fitted, width_of
from hotich.views.charts.figure import PHONE, SCREEN, Drawing, Frame, publish
from hotich.views.charts.period_bars import short_month
from hotich.views.charts.text import cell, columns, marked, spoken
from hotich.views.figures import format_fact, render
from hotich.views.markup import Fragment, Table

ON_SCREEN = Frame(SCREEN, 440, left=46, right=22, top=4, bottom=46)
ON_PHONE = Frame(PHONE, 390, left=46, right=14, top=4, bottom=46)
LOOK_AHEAD = timedelta(days=150)
"""How far beyond the last target the drawing may go to show where a continuation ends."""
BRACKET, LOWER, UPPER, TOP = 106, 113, 119, 125
"""Heights over the 100% line, in percent: the bracket of the finish, the names of targets in two rows, the edge."""
FINISHES = ("finish_fast", "finish", "finish_slow")
OUTLOOK = ("pace_recent", "finish", "finish_fast", "finish_slow", "percent_at_target", "pace_needed")


def progress(m: Measures) -> Fragment:
    """The line of the share digitised, and what lies ahead of it."""
    finish, place = m.find("finish"), m.area(m.root).name(m.language)
    key = "done" if m.get("left").value == 0 else "finish" if finish else "plain"
    values = {"finish": render(finish, m.language, as_month=True)} if finish else {}
    latest = m.find("percent") or m.get("digitised")
    measures = ("required", "digitised", "percent", "added", "pace")
    rows = [
        (
            render(m.get("month", month=month), m.language, short=True),
            *(cell(m, m.find(measure, month=month)) for measure in measures),
        )
        for month in m.months
    ]
    table = Table(
        marked(m, "progress.caption", place=place),
        columns(m, "month", *measures),
        rows,
        Markup(" ").join(_notes(m)),
        file=f"progress-{m.month}.csv",
    )
    outlook = _outlook(m)
    return publish(
        m,
        headline=marked(m, f"progress.{key}", **values),
        subtitle=marked(m, "progress.subtitle_ahead" if outlook else "progress.subtitle", place=place),
        alt=spoken(m, "progress.alt", latest=latest, as_of=m.get("as_of")),
        table=table,
        drawings=(Drawing(partial(_draw, m), ON_SCREEN, ON_PHONE),),
        note=_method(m) if outlook else Markup(""),
    )


def _outlook(m: Measures) -> dict[str, Fact]:
    """What a continuation at the recent pace leads to; nothing without a pace or with nothing left."""
    found = {measure: fact for measure in OUTLOOK if (fact := m.find(measure))}
    return found if "finish" in found and "pace_needed" in found else {}


def _method(m: Measures) -> Markup:
    values = {name: render(m.get(name), m.language, words=True) for name in ("pace_periods", "range_periods")}
    return marked(m, "progress.method", **values)


def _notes(m: Measures) -> list[Markup]:
    """The numbers of the drawing that belong to no month."""
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
    ends = [f.value for name in ("finish", "finish_slow") if (f := m.find(name)) and isinstance(f.value, date)]
    latest = max(m.office.targets[-1].day, m.as_of)
    return m.as_of_on(m.months[0]), min(max(latest, *ends), latest + LOOK_AHEAD) + timedelta(days=12)


def _draw(m: Measures, ax: Axes, wide: bool) -> None:
    ax.set(xlim=_span(m), ylim=(0, TOP))
    size = 13 if wide else 12
    _grid(ax, size)
    _months(m, ax, size)
    _targets(m, ax, size)
    shares = {m.as_of_on(month): fact for month in m.months if (fact := m.find("percent", month=month))}
    if m.find("percent") and m.find("days_left") and m.get("left").value:
        _ahead(m, ax, size)
        _bracket(m, ax)
        _outlook_in_words(m, ax, size)
    if shares:
        _behind(m, shares, ax, size)


def _grid(ax: Axes, size: int) -> None:
    for percent in range(0, 101, 25):
        ax.axhline(percent, color=AXIS if percent in (0, 100) else GRID)
        beside = {"xycoords": ax.get_yaxis_transform(), "textcoords": "offset points", "ha": "right", "gid": "tick"}
        ax.annotate(f"{percent}%", (0, percent), (-8, -5), color=SECOND, fontsize=size, **beside)


def _months(m: Measures, ax: Axes, size: int) -> None:
    """Name as many months as have room, the year under the first of each."""
    first, last = _span(m)
    room = ax.bbox.width * 30 / (last - first).days
    step = next((n for n in (1, 3, 6) if room * n > 36), 12)
    months = [Month(first.year, first.month).plus(at) for at in range((last - first).days // 28 + 1)]
    near = last - timedelta(days=900 / room)
    named = [month for month in months if (month.number - 1) % step == 0 and first <= month.first_day <= near]
    ax.vlines([month.first_day for month in named], -1.3, 0, AXIS, clip_on=False)
    for month in named:
        look = {"textcoords": "offset points", "color": SECOND, "fontsize": size, "gid": "tick"}
        ax.annotate(short_month(m, month), (month.first_day, 0), (2, -20), **look)
        if month is named[0] or month.number == 1:
            ax.annotate(f"{month.year}", (month.first_day, 0), (2, -36), **look)


def _targets(m: Measures, ax: Axes, size: int) -> None:
    """Draw each target as a dotted line to its name over the plot, on the side where there is room for it."""
    first, last = _span(m)
    for at, target in enumerate(t for t in m.office.targets if first <= t.day <= last):
        height = UPPER if at % 2 else LOWER
        ax.vlines(target.day, 0, height, SECOND, linestyle=(0, (3, 3)), label=target.id)
        left = ax.bbox.x0 + ax.bbox.width * ((target.day - first) / (last - first)) - 4
        words = f"{target.name(m.language)} {format_fact(m.get(f'target_{target.id}'), m.language, short=True)}"
        right = ax.figure.bbox.width - left - 8
        before = width_of(words, size) <= left or left > right
        shown, side = fitted(words, left if before else right, size), "right" if before else "left"
        place = {"xytext": (-4 if before else 4, -4), "textcoords": "offset points", "ha": side, "gid": "h"}
        ax.annotate(shown, (target.day, height), color=SECOND, fontsize=size, **place)


def _behind(m: Measures, shares: dict[date, Fact], ax: Axes, size: int) -> None:
    """Draw the months so far, the first and the last with their share."""
    days, percents = list(shares), [float(fact.number) for fact in shares.values()]
    ax.plot(days, percents, color=NAVY, linewidth=3, marker="o", markersize=6, label="digitised")
    ax.plot(days[-1], percents[-1], "o", color=NAVY, markersize=11, markeredgecolor="white", label="latest")
    (first, *_, last), look = shares.values(), {"color": NAVY, "textcoords": "offset points", "gid": "h"}
    here = days[-1], percents[-1]
    ax.annotate(format_fact(last, m.language), here, (0, -23), ha="center", fontweight=600, fontsize=size + 3, **look)
    day = format_fact(m.get("as_of"), m.language, short=True)
    ax.annotate(day, here, (0, -39), ha="center", fontsize=size, **look)
    if len(days) > 2:
        there = days[0], percents[0]
        ax.annotate(format_fact(first, m.language), there, (10, -16), fontweight=600, fontsize=size + 1, **look)


def _ahead(m: Measures, ax: Axes, size: int) -> None:
    """Draw the way that the deadline needs, and the range of a continuation, its mean dotted."""
    now, target, share = m.as_of, m.office.targets[-1].day, float(m.get("percent").number)
    if m.find("pace_recent"):
        _continued(m, ax)
    ax.plot((now, target), (share, 100), color=ALERT, linewidth=2.5, label="needed")
    words = spoken(m, "progress.needed_label", tag=False, needed=m.get("pace_needed"))
    look = {"textcoords": "offset points", "fontweight": 600, "fontsize": size + 1}
    middle = now + (target - now) / 2, (share + 100) / 2
    ax.annotate(words, middle, (-12, 2), ha="right", color=ALERT, gid="h", **look)
    if reached := m.find("percent_at_target"):
        there = target, float(reached.number)
        ax.plot(*there, "o", color="white", markersize=10, markeredgecolor=NAVY, markeredgewidth=2, label="at target")
        if reached.number < 99:
            ax.annotate(format_fact(reached, m.language), there, (8, -19), color=NAVY, **look)


def _continued(m: Measures, ax: Axes) -> None:
    """Draw straight lines from the latest share to everything at the fastest, recent and slowest pace's finish."""
    now, last, share = m.as_of, _span(m)[1], float(m.get("percent").number)
    ends = [fact.value if (fact := m.find(name)) else None for name in FINISHES]
    days = sorted({now, last, *(end for end in ends if end and end < last)})
    at = [day.toordinal() for day in days]
    fast, recent, slow = (
        np.interp(at, (now.toordinal(), end.toordinal()), (share, 100)) if end else np.full(len(at), share)
        for end in ends
    )
    ax.fill_between(days, slow, fast, color=NAVY, alpha=0.13, linewidth=0, label="range")
    ax.plot(days, recent, color=NAVY, linewidth=2, linestyle=(0, (1.5, 2.5)), label="continued")


def _bracket(m: Measures, ax: Axes) -> None:
    """Draw when the work ends, over the 100% line: a dot at the recent pace between the fastest and the slowest."""
    last = _span(m)[1]
    fast, finish, slow = (fact.value if (fact := m.find(name)) else None for name in FINISHES)
    if not fast or fast > last:
        return
    closed = slow is not None and slow <= last
    ax.plot((fast, slow if closed else last), (BRACKET, BRACKET), color=NAVY, linewidth=1.5, label="finish range")
    ax.vlines((fast, slow) if closed else fast, BRACKET - 1.6, BRACKET + 1.6, NAVY, linewidth=1.5)
    if finish and finish < last:
        ax.plot(finish, BRACKET, "o", color=NAVY, markersize=8, label="finish")


def _outlook_in_words(m: Measures, ax: Axes, size: int) -> None:
    """Write the same dates into the free corner: under the line, or over one that begins low."""
    outlook = _outlook(m)
    if "finish_fast" not in outlook:
        return
    key = "outlook_lines" if "finish_slow" in outlook else "outlook_lines_open"
    if outlook["finish_fast"].value == outlook.get("finish_slow", outlook["finish"]).value:
        key = "outlook_lines_one"  # the only period there is
    lines = spoken(m, f"progress.{key}", tag=False, **outlook).split("\n")
    low = (m.find("percent", month=m.months[0]) or m.get("percent_at_target")).number < 35
    corner, top = (100, -30) if low else (0, 18 * len(lines) - 4)
    for at, words in enumerate(lines):
        look = {"color": NAVY, "fontweight": 400 if at else 600, "fontsize": size + 1, "gid": "h"}
        place = (_span(m)[0], corner), (12, top - 18 * at)
        ax.annotate(words, *place, textcoords="offset points", **look)
