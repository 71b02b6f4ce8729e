"""Progress, pace and completed communes, month by month."""

from datetime import date, timedelta

from hotich import formats
from hotich.charts.drawing import ALERT, AXIS, GREY, GRID, INK, NAVY, SECOND, Sheet
from hotich.charts.publish import Drawing, publishable
from hotich.charts.wording import cell, columns, marked, spoken
from hotich.elements import Fragment, Table
from hotich.facts import Fact
from hotich.figures import mark, plain
from hotich.measures import Measures
from hotich.month import Month

LOOK_AHEAD = timedelta(days=110)
"""How far beyond the last target the drawing may go to show where a continuation ends."""


def progress(m: Measures) -> Fragment:
    """The share digitised since the first month, both targets, the way that is needed and the one expected."""
    finish = m.find("finish")
    key = "progress.done" if m.get("left").value == 0 else "progress.finish" if finish else "progress.plain"
    values = {"finish": mark(finish, m.language, as_month=True)} if finish else {}
    latest = m.find("percent") or m.get("digitised")
    rows = [
        (
            formats.month(month, m.language, short=True),
            *(
                cell(m, m.find(measure, month=month))
                for measure in ("required", "digitised", "percent", "added", "pace")
            ),
        )
        for month in m.months
    ]
    caption = marked(m, "progress.caption", place=m.area(m.root).name(m.language))
    table = Table(
        caption, columns(m, "month", "required", "digitised", "percent", "added", "pace"), rows,
        marked(m, "not_applicable"), file=f"progress-{m.month}.csv",
    )  # fmt: skip
    return publishable(
        m,
        headline=marked(m, key, **values),
        subtitle=marked(m, "progress.subtitle", place=m.area(m.root).name(m.language)),
        alt=spoken(m, "progress.alt", latest=latest, as_of=m.get("as_of")),
        table=table,
        drawings=(Drawing(lambda sheet: _progress(m, sheet), 420, 380),),
    )


class _Plot:
    """Days across, percent up."""

    def __init__(self, m: Measures, sheet: Sheet) -> None:
        self.sheet = sheet
        self.first = m.as_of_on(m.months[0])
        last_target = m.office.targets[-1].day
        finish = m.find("finish")
        ahead = finish.value if finish and isinstance(finish.value, date) else last_target
        self.last = min(max(last_target, ahead, m.as_of), max(last_target, m.as_of) + LOOK_AHEAD) + timedelta(days=12)
        self.left, self.right = 46, sheet.width - (22 if sheet.wide else 16)
        self.top, self.bottom = 64, sheet.height - 34

    def x(self, day: date) -> float:
        """Where a day stands."""
        return self.left + (self.right - self.left) * (day - self.first).days / max((self.last - self.first).days, 1)

    def y(self, percent: float) -> float:
        """Where a percentage stands."""
        return self.bottom - (self.bottom - self.top) * min(max(percent, 0), 100) / 100


def _progress(m: Measures, sheet: Sheet) -> None:
    plot = _Plot(m, sheet)
    _frame(m, plot)
    _targets(m, plot)
    points = [(plot.x(m.as_of_on(month)), plot.y(float(fact.number)))
              for month in m.months if (fact := m.find("percent", month=month))]  # fmt: skip
    if not points:
        return
    _ahead(m, plot, points[-1])
    if len(points) > 1:
        sheet.line(points, NAVY, 3)
    for point in points:
        sheet.dot(*point, 3, NAVY)
    latest = m.get("percent")
    sheet.dot(*points[-1], 5, NAVY, "white")
    sheet.text(points[-1][0] - 10, points[-1][1] - 8, plain(latest, m.language), at="end", colour=NAVY, bold=True)


def _frame(m: Measures, plot: _Plot) -> None:
    sheet = plot.sheet
    for percent in (0, 25, 50, 75, 100):
        y = plot.y(percent)
        sheet.line([(plot.left, y), (plot.right, y)], AXIS if percent == 0 else GRID)
        label = f"{formats.count(percent, m.language)}%" if percent in (0, 100) else formats.count(percent, m.language)
        sheet.text(plot.left - 8, y + 5, label, at="end", colour=SECOND, size=sheet.size - 1)
    step = 1 if sheet.wide else 3
    months: list[Month] = [
        Month(plot.first.year, plot.first.number if isinstance(plot.first, Month) else plot.first.month)
    ]
    while months[-1].plus(1).first_day <= plot.last:
        months.append(months[-1].plus(1))
    for at, month in enumerate(months):
        day = max(month.first_day, plot.first)
        if at % step == 0 and at > 0:
            words = formats.month(month, m.language, short=True) if month.number == 1 or not sheet.wide else (
                formats.month(month, m.language, short=True).split("/" if m.language == "vi" else " ")[0]
            )  # fmt: skip
            sheet.line([(plot.x(day), plot.bottom), (plot.x(day), plot.bottom + 4)], AXIS)
            sheet.text(plot.x(day), plot.bottom + 20, words, at="middle", colour=SECOND, size=sheet.size - 1)


def _targets(m: Measures, plot: _Plot) -> None:
    sheet = plot.sheet
    for at, target in enumerate(m.office.targets):
        if not plot.first <= target.day <= plot.last:
            continue
        x = plot.x(target.day)
        sheet.line([(x, plot.top - 8), (x, plot.bottom)], SECOND, 1, dashes=(3, 3))
        words = f"{target.name(m.language)} {formats.day_and_month(target.day, m.language)}"
        y = plot.top - (36 if at % 2 == 0 else 16)
        sheet.text(
            x + 4 if x < plot.left + 90 else x,
            y,
            words,
            at="end" if x > plot.left + 90 else "start",
            colour=SECOND,
            size=sheet.size - 1,
        )


def _ahead(m: Measures, plot: _Plot, start: tuple[float, float]) -> None:
    """The way that the deadline needs, in rust; the range of a continuation, its mean dotted."""
    sheet, target = plot.sheet, m.office.targets[-1].day
    if m.get("left").value == 0 or m.find("days_left") is None:
        return
    recent, fast, slow = m.find("pace_recent"), m.find("pace_fastest"), m.find("pace_slowest")
    if recent and fast and slow:
        edges = [_continued(m, plot, pace) for pace in (fast, slow)]
        sheet.area([start, *edges[0], *reversed(edges[1])], NAVY, 0.13)
        sheet.line([start, *_continued(m, plot, recent)], NAVY, 2, dashes=(1.5, 2.5))
    sheet.line([start, (plot.x(target), plot.y(100))], ALERT, 2.5)
    reached = m.find("percent_at_target")
    if reached:
        x, y = plot.x(target), plot.y(float(reached.number))
        sheet.dot(x, y, 5, "white", NAVY, 2)
        if reached.number < 99:
            sheet.text(x + 9, y + 18, plain(reached, m.language), colour=NAVY, bold=True)


def _continued(m: Measures, plot: _Plot, pace: Fact) -> list[tuple[float, float]]:
    """Where a straight continuation at that pace runs until everything is done or the drawing ends."""
    required, digitised = float(m.get("required").number), float(m.get("digitised").number)
    days, speed = (plot.last - m.as_of).days, float(pace.number)
    if speed <= 0:
        return [(plot.right, plot.y(digitised / required * 100))]
    done_after = (required - digitised) / speed
    if done_after >= days:
        return [(plot.right, plot.y((digitised + speed * days) / required * 100))]
    share = (
        plot.left
        + (plot.right - plot.left) * ((m.as_of - plot.first).days + done_after) / (plot.last - plot.first).days
    )
    return [(share, plot.y(100)), (plot.right, plot.y(100))]


def pace(m: Measures) -> Fragment:
    """Entries a day in each period, and what the deadline needs."""
    periods = [(month, fact) for month in m.months[1:] if (fact := m.find("pace", month=month))]
    needed = m.find("pace_needed")
    if not periods:
        return Fragment(marked(m, "nothing"))
    fastest = m.get("pace_fastest")
    key = "pace.plain" if needed is None else "pace.never" if needed.number > fastest.number else "pace.reached"
    rows = [
        (
            formats.month(month, m.language, short=True),
            *(cell(m, m.find(measure, month=month)) for measure in ("days", "added", "pace")),
        )
        for month, _ in periods
    ]
    if needed is not None:
        rows.append((marked(m, "pace.needed_row"), *(cell(m, m.find(x)) for x in ("days_left", "left", "pace_needed"))))
    table = Table(
        marked(m, "pace.caption"), columns(m, "period", "days", "added", "pace"), rows, file=f"pace-{m.month}.csv"
    )
    bars = [
        (_short(m, month), fact, NAVY if at >= len(periods) - 3 else GREY, "")
        for at, (month, fact) in enumerate(periods)
    ]
    if needed is not None:
        bars.append((spoken(m, "pace.needed_bar").split(" (")[0], needed, "#FBEFE8", ALERT))
    return publishable(
        m, headline=marked(m, key), subtitle=marked(m, "pace.subtitle", place=m.area(m.root).name(m.language)),
        alt=spoken(m, "pace.alt", latest=periods[-1][1], month=formats.month(periods[-1][0], m.language)), table=table,
        drawings=(Drawing(lambda sheet: _columns(m, sheet, bars), 260, 250),),
    )  # fmt: skip


def _short(m: Measures, month: Month) -> str:
    written = formats.month(month, m.language, short=True)
    return f"T{month.number}" if m.language == "vi" else written.split(" ")[0]


def _columns(m: Measures, sheet: Sheet, bars: list[tuple[str, Fact, str, str]]) -> None:
    top, bottom, left, right = 30, sheet.height - 30, 4, sheet.width - 4
    most = max((float(fact.number) for _, fact, _, _ in bars), default=0) or 1
    step = (right - left) / len(bars)
    sheet.line([(left, bottom), (right, bottom)], AXIS)
    small = step < 34
    for at, (label, fact, colour, edge) in enumerate(bars):
        x, height = left + step * at + step * 0.14, (bottom - top) * max(float(fact.number), 0) / most
        sheet.bar(x, bottom - height, step * 0.72, height, colour, edge)
        last = at == len(bars) - 1
        if not small or last or at % 3 == 0:
            words, ink = plain(fact, m.language), ALERT if edge else INK
            sheet.text(x + step * 0.36, bottom - height - 7, words, at="middle", colour=ink, bold=bool(edge),
                       size=sheet.size - (1 if sheet.wide else 2))  # fmt: skip
        sheet.text(
            x + step * 0.36, bottom + 19, label, at="middle", colour=SECOND, size=sheet.size - (1 if sheet.wide else 2)
        )


def completed(m: Measures) -> Fragment:
    """Completed communes by month."""
    done = [(month, m.get("communes_completed", month=month)) for month in m.months]
    total = m.get("communes_total")
    rows = [(formats.month(month, m.language, short=True), cell(m, fact)) for month, fact in done]
    table = Table(
        marked(m, "completed.caption"), columns(m, "month", "completed"), rows, file=f"completed-by-month-{m.month}.csv"
    )  # fmt: skip
    bars = [(_short(m, month), fact, NAVY if month == m.month else GREY, "") for month, fact in done]
    return publishable(
        m, headline=marked(m, "completed.headline", done=m.get("communes_completed"), total=total),
        subtitle=marked(m, "completed.subtitle", place=m.area(m.root).name(m.language), total=total),
        alt=spoken(m, "completed.alt", done=m.get("communes_completed"), total=total), table=table,
        drawings=(Drawing(lambda sheet: _columns(m, sheet, bars), 240, 220),),
    )  # fmt: skip
