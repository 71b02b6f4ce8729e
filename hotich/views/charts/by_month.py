"""One column for each period: entries a day against the pace that is needed, and completed communes."""

from dataclasses import dataclass

from markupsafe import Markup

from hotich.measures import Measures
from hotich.measures.facts import Fact
from hotich.measures.pace import RECENT
from hotich.views.charts.canvas import ALERT, AXIS, GREY, INK, NAVY, SECOND, Drawing, Sheet, fitted, publishable
from hotich.views.charts.progress import short_month
from hotich.views.charts.text import cell, columns, marked, spoken
from hotich.views.figures import format_fact, render
from hotich.views.markup import Fragment, Table


@dataclass(frozen=True)
class _Bar:
    """A column: what stands under it, its height, its colours."""

    label: str
    fact: Fact
    colour: str
    edge: str = ""


def pace(m: Measures) -> Fragment:
    """Entries a day in each period, and what the deadline needs."""
    periods = [(month, fact) for month in m.months[1:] if (fact := m.find("pace", month=month))]
    needed, place = m.find("pace_needed"), m.area(m.root).name(m.language)
    if not periods or m.get("left").value == 0:
        return Fragment(marked(m, "nothing"))
    key = (
        "pace.plain"
        if needed is None
        else "pace.never"
        if needed.number > m.get("pace_fastest").number
        else ("pace.reached")
    )
    rows = [
        (
            render(m.get("month", month=month), m.language, short=True),
            *(cell(m, m.find(measure, month=month)) for measure in ("days", "added", "pace")),
        )
        for month, _ in periods
    ]
    if needed is not None:
        ahead = (cell(m, m.find(measure)) for measure in ("days_left", "left", "pace_needed"))
        rows.append((marked(m, "pace.needed_row", target=m.get("target")), *ahead))
    table = Table(
        marked(m, "pace.caption"), columns(m, "period", "days", "added", "pace"), rows, file=f"pace-{m.month}.csv"
    )
    recent = len(periods) - RECENT
    bars = [
        _Bar(short_month(m, month), fact, NAVY if at >= recent else GREY) for at, (month, fact) in enumerate(periods)
    ]
    if needed is not None:
        bars.append(_Bar(spoken(m, "pace.needed_bar", tag=False), needed, "#FBEFE8", ALERT))
    return publishable(
        m,
        headline=marked(m, key),
        subtitle=marked(m, "pace.subtitle", place=place),
        alt=spoken(m, "pace.alt", latest=periods[-1][1], month=m.get("month", month=periods[-1][0])),
        table=table,
        drawings=(Drawing(lambda sheet: _columns(m, sheet, bars), 264, 250),),
    )


def completed(m: Measures) -> Fragment:
    """Completed communes by month."""
    done = [(month, m.get("communes_completed", month=month)) for month in m.months]
    place, total = m.area(m.root).name(m.language), m.get("communes_total")
    rows = [
        (
            render(m.get("month", month=month), m.language, short=True),
            cell(m, fact),
            cell(m, m.find("communes_completed_change", month=month), signed=True),
        )
        for month, fact in done
    ]
    note = marked(m, "completed.note", total=total)
    table = Table(
        marked(m, "completed.caption"),
        columns(m, "month", "completed", "more"),
        rows,
        note,
        file=f"completed-by-month-{m.month}.csv",
    )
    bars = [_Bar(short_month(m, month), fact, NAVY if month == m.month else GREY) for month, fact in done]
    return publishable(
        m,
        headline=_completed_headline(m),
        subtitle=marked(m, "completed.subtitle", place=place, total=total),
        alt=spoken(m, "completed.alt", done=m.get("communes_completed"), total=total),
        table=table,
        drawings=(Drawing(lambda sheet: _columns(m, sheet, bars), 240, 220),),
    )


def _completed_headline(m: Measures) -> Markup:
    """How the month compares with the periods before it."""
    changes = [fact for month in m.months[1:] if (fact := m.find("communes_completed_change", month=month))]
    done, total = m.get("communes_completed"), m.get("communes_total")
    if not changes:
        return marked(m, "completed.headline", done=done, total=total)
    now, before = int(changes[-1].number), [int(fact.number) for fact in changes[:-1]]
    if now <= 0:
        return marked(m, "completed.none" if now == 0 else "completed.fewer", change=_size(m, changes[-1]))
    key = (
        "most"
        if len(before) > 1 and now > max(before)
        else "least"
        if len(before) > 1 and now < min(before)
        else ("more")
    )
    return marked(m, f"completed.{key}", change=_size(m, changes[-1]), done=done)


def _size(m: Measures, change: Fact) -> Markup:
    return render(change, m.language, unsigned=True)


def _columns(m: Measures, sheet: Sheet, bars: list[_Bar]) -> None:
    top, bottom, left, right = 36, sheet.height - 30, 4, sheet.width - 4
    most = max((float(bar.fact.number) for bar in bars), default=0) or 1
    step, size = (right - left) / len(bars), sheet.size - (1 if sheet.wide else 2)
    sheet.line([(left, bottom), (right, bottom)], AXIS)
    for at, bar in enumerate(bars):
        x, height = left + step * at + step * 0.14, (bottom - top) * max(float(bar.fact.number), 0) / most
        sheet.bar(x, bottom - height, step * 0.72, height, bar.colour, bar.edge, 1.5)
        last = at == len(bars) - 1
        if step >= 34 or last or (at % 3 == 0 and at < len(bars) - 2):
            sheet.text(
                x + step * 0.36,
                bottom - height - 7,
                format_fact(bar.fact, m.language),
                at="middle",
                colour=ALERT if bar.edge else INK,
                bold=bool(bar.edge) or last,
                size=size,
            )
        if step >= 22 or last or at % 2 == 0:
            sheet.text(
                x + step * 0.36,
                bottom + 19,
                bar.label,
                at="middle",
                colour=ALERT if bar.edge else SECOND,
                bold=bool(bar.edge),
                size=size,
                tick=True,
            )
    if bars[-1].edge:
        _needed_line(m, sheet, bars[-1], most, bottom - top, bottom)


def _needed_line(m: Measures, sheet: Sheet, bar: _Bar, most: float, room: float, bottom: float) -> None:
    """The needed pace across all periods, so that each can be held against it."""
    y = bottom - room * float(bar.fact.number) / most
    sheet.line([(4, y), (sheet.width - 4, y)], ALERT, 1.2, dashes=(4, 3))
    words = spoken(m, "pace.needed_line", tag=False, target=format_fact(m.get("target"), m.language, short=True))
    sheet.text(
        4,
        y - 7,
        fitted(words, sheet.width * 0.6, sheet.size - 1, True),
        colour=ALERT,
        bold=True,
        size=sheet.size - 1,
        cased=True,
    )
