"""The share digitised since the first month, both targets, the way that is needed and the range of a continuation."""

from datetime import date, timedelta

from markupsafe import Markup

from hotich import formats
from hotich.measures import Measures
from hotich.measures.facts import Fact
from hotich.month import Month
from hotich.views.charts.canvas import ALERT, AXIS, GRID, NAVY, SECOND, Drawing, Sheet, fitted, publishable
from hotich.views.charts.text import cell, columns, marked, spoken
from hotich.views.figures import format_fact, render
from hotich.views.markup import Fragment, Table

LOOK_AHEAD = timedelta(days=150)
"""How far beyond the last target the drawing may go to show where a continuation ends."""
OUTLOOK = ("pace_recent", "finish", "finish_fast", "finish_slow", "percent_at_target", "pace_needed")


def progress(m: Measures) -> Fragment:
    """Show the line of the share digitised, and what lies ahead of it: `charts.progress(m)`."""
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
    return publishable(
        m,
        headline=marked(m, f"progress.{key}", **values),
        subtitle=marked(m, "progress.subtitle_ahead" if outlook else "progress.subtitle", place=place),
        alt=spoken(m, "progress.alt", latest=latest, as_of=m.get("as_of")),
        table=table,
        drawings=(Drawing(lambda sheet: _progress(m, sheet), 440, 390),),
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


class _Plot:
    """Days across, percent up."""

    def __init__(self, m: Measures, sheet: Sheet) -> None:
        self.sheet = sheet
        self.first = m.as_of_on(m.months[0])
        last_target = m.office.targets[-1].day
        ahead = [f.value for name in ("finish", "finish_slow") if (f := m.find(name)) and isinstance(f.value, date)]
        self.last = min(max(last_target, m.as_of, *ahead), max(last_target, m.as_of) + LOOK_AHEAD) + timedelta(days=12)
        self.left, self.right = 46, sheet.width - (22 if sheet.wide else 14)
        self.top, self.bottom = 82, sheet.height - 46

    def x(self, day: date) -> float:
        """Where a day stands; days beyond the drawing stand at its edge."""
        share = (min(day, self.last) - self.first).days / max((self.last - self.first).days, 1)
        return self.left + (self.right - self.left) * share

    def y(self, percent: float) -> float:
        """Where a percentage stands."""
        return self.bottom - (self.bottom - self.top) * min(max(percent, 0), 100) / 100


def _progress(m: Measures, sheet: Sheet) -> None:
    plot = _Plot(m, sheet)
    _frame(m, plot)
    _targets(m, plot)
    shares = [(month, fact) for month in m.months if (fact := m.find("percent", month=month))]
    points = [(plot.x(m.as_of_on(month)), plot.y(float(fact.number))) for month, fact in shares]
    if not points:
        return
    _ahead(m, plot, points[-1])
    if len(points) > 1:
        sheet.line(points, NAVY, 3)
    for point in points:
        sheet.dot(*point, 3, NAVY)
    x, y = points[-1]
    sheet.dot(x, y, 5.5, NAVY, "white")
    sheet.text(
        x,
        y + 23,
        format_fact(shares[-1][1], m.language),
        at="middle",
        colour=NAVY,
        bold=True,
        size=sheet.size + 1,
        cased=True,
    )
    sheet.text(
        x,
        y + 39,
        format_fact(m.get("as_of"), m.language, short=True),
        at="middle",
        colour=NAVY,
        size=sheet.size - 2,
        cased=True,
    )
    if len(points) > 2:
        first = format_fact(shares[0][1], m.language)
        sheet.text(points[0][0] + 10, points[0][1] + 16, first, colour=NAVY, bold=True, size=sheet.size - 1)


def _frame(m: Measures, plot: _Plot) -> None:
    sheet = plot.sheet
    for percent in (0, 25, 50, 75, 100):
        y = plot.y(percent)
        sheet.line([(plot.left, y), (plot.right, y)], AXIS if percent in (0, 100) else GRID)
        sheet.text(plot.left - 8, y + 5, f"{percent}%", at="end", colour=SECOND, size=sheet.size - 2, tick=True)
    month = Month(plot.first.year, plot.first.month)
    step, at, first = (1 if sheet.wide else 3), 0, True
    while month.first_day <= plot.last:
        day = max(month.first_day, plot.first)
        room = plot.x(month.plus(1).first_day) - plot.x(day) > (24 if step == 1 else 14)
        if at % step == 0 and room:
            x = plot.x(day)
            sheet.line([(x, plot.bottom), (x, plot.bottom + 4)], AXIS)
            sheet.text(x + 2, plot.bottom + 20, short_month(m, month), colour=SECOND, size=sheet.size - 2, tick=True)
            if first or month.number <= step:
                sheet.text(x + 2, plot.bottom + 36, f"{month.year}", colour=SECOND, size=sheet.size - 2, tick=True)
            first = False
        month, at = month.plus(1), at + 1


def short_month(m: Measures, month: Month) -> str:
    """A month on an axis, its year standing elsewhere: T10, Oct."""
    return f"T{month.number}" if m.language == "vi" else formats.month(month, "en", short=True).split(" ")[0]


def _targets(m: Measures, plot: _Plot) -> None:
    sheet = plot.sheet
    for at, target in enumerate(m.office.targets):
        if not plot.first <= target.day <= plot.last:
            continue
        x, y, size = plot.x(target.day), 31 - 17 * (at % 2), sheet.size - 2
        sheet.line([(x, y + 4), (x, plot.bottom)], SECOND, 1, dashes=(3, 3))
        words = f"{target.name(m.language)} {format_fact(m.get(f'target_{target.id}'), m.language, short=True)}"
        near = sheet.wide and x < plot.left + 150
        room = (sheet.width - x if near else x) - 4
        sheet.text(
            x + 4 if near else x - 4,
            y + 4,
            fitted(words, room, size),
            at="start" if near else "end",
            colour=SECOND,
            size=size,
            cased=True,
        )


def _ahead(m: Measures, plot: _Plot, start: tuple[float, float]) -> None:
    """The way that the deadline needs, in rust; the range of a continuation, its mean dotted, its end in a bracket."""
    sheet, target = plot.sheet, m.office.targets[-1].day
    if m.get("left").value == 0 or m.find("days_left") is None:
        return
    recent, fast, slow = m.find("pace_recent"), m.find("pace_fastest"), m.find("pace_slowest")
    if recent and fast and slow:
        edges = [_continued(m, plot, pace) for pace in (fast, slow)]
        sheet.area([start, *edges[0], *reversed(edges[1])], NAVY, 0.13)
        sheet.line([start, *_continued(m, plot, recent)], NAVY, 2, dashes=(1.5, 2.5))
    end = (plot.x(target), plot.y(100))
    sheet.line([start, end], ALERT, 2.5)
    needed = spoken(m, "progress.needed_label", tag=False, needed=m.get("pace_needed"))
    sheet.text(
        (start[0] + end[0]) / 2 - 12,
        (start[1] + end[1]) / 2 - 2,
        needed,
        at="end",
        colour=ALERT,
        bold=True,
        cased=True,
        size=sheet.size - 1,
    )
    if reached := m.find("percent_at_target"):
        sheet.dot(end[0], plot.y(float(reached.number)), 5, "white", NAVY, 2)
        if reached.number < 99:
            y = plot.y(float(reached.number))
            sheet.text(
                end[0] + 8, y + 19, format_fact(reached, m.language), colour=NAVY, bold=True, size=sheet.size - 1
            )
    _range(m, plot)


def _range(m: Measures, plot: _Plot) -> None:
    """When the work ends at the fastest and at the slowest pace: a bracket over the 100% line, and in words."""
    sheet, outlook = plot.sheet, _outlook(m)
    if not outlook or "finish_fast" not in outlook:
        return
    days = [outlook[name].value for name in ("finish_fast", "finish", "finish_slow") if name in outlook]
    places = [plot.x(day) for day in days if isinstance(day, date)]
    y, open_end = plot.top - 16, "finish_slow" not in outlook or max(str(d) for d in days) > str(plot.last)
    right = plot.right if open_end else places[-1]
    sheet.line([(places[0], y), (right, y)], NAVY, 1.5)
    for x in (places[0], *(() if open_end else (right,))):
        sheet.line([(x, y - 5), (x, y + 5)], NAVY, 1.5)
    if days[1] is not None and places[1] < plot.right:
        sheet.dot(places[1], y, 4, NAVY)
    key = "outlook_lines" if "finish_slow" in outlook else "outlook_lines_open"
    if days[0] == days[-1]:  # the only period there is
        key = "outlook_lines_one"
    lines = spoken(m, f"progress.{key}", tag=False, **outlook).split("\n")
    low = (m.find("percent", month=m.months[0]) or m.get("percent_at_target")).number < 35
    top = plot.top + 30 if low else plot.bottom - 18 * len(lines) + 4
    for at, words in enumerate(lines):
        sheet.text(plot.left + 12, top + 18 * at, words, colour=NAVY, bold=at == 0, size=sheet.size - 1, cased=True)


def _continued(m: Measures, plot: _Plot, pace: Fact) -> list[tuple[float, float]]:
    """Where a straight continuation at that pace runs until everything is done or the drawing ends."""
    required, digitised = float(m.get("required").number), float(m.get("digitised").number)
    days, speed = (plot.last - m.as_of).days, float(pace.number)
    if speed <= 0:
        return [(plot.right, plot.y(digitised / required * 100))]
    done_after = (required - digitised) / speed
    if done_after >= days:
        return [(plot.right, plot.y((digitised + speed * days) / required * 100))]
    share = ((m.as_of - plot.first).days + done_after) / (plot.last - plot.first).days
    return [(plot.left + (plot.right - plot.left) * share, plot.y(100)), (plot.right, plot.y(100))]
