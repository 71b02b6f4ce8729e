"""A printed number of areas that is not the number of those it is about: communes by dots, districts by bars."""

from functools import partial

from markupsafe import Markup

from hotich.data.areas import Area
from hotich.data.published import Published
from hotich.language import say
from hotich.measures import Measures
from hotich.views.charts.canvas import ALERT, CLASSES, INK, NAVY, SECOND, TRACK, Sheet, fitted
from hotich.views.charts.discrepancy_frame import (
    WIDTH,
    article,
    drawn,
    figure,
    measure_name,
    plainly,
    said,
    strong,
    used_here,
)
from hotich.views.figures import format_fact, render
from hotich.views.markup import Column, Table


def listed(m: Measures, each: Published) -> Markup:
    """A dot for each listed commune; a hollow square for each office that was counted with them."""
    printed, listed = figure(m, each, "published"), figure(m, each, "parts")
    offices, total = (
        m.get(each.fact("parts", "offices_completed"), each.area),
        m.find(each.fact("published", "communes_total"), each.area),
    )
    explained = printed.number == listed.number + offices.number and offices.number > 0
    districts = _districts(m, each)
    rows: list[tuple[str | Markup, Markup]] = [
        (m.short(area.code), render(m.get(each.fact("published"), area.code), m.language)) for area in districts
    ]
    for key, fact in (("listed", listed), ("offices", offices), ("printed", printed)):
        rows.append((strong(m, key), render(fact, m.language)))
    columns = Column(say(m.language, "tables.column.district"), text=True), Column(measure_name(m, each))
    values: dict[str, object] = {"printed": printed, "listed": listed, "offices": offices, "total": total or ""}
    alt = say(m.language, "published.list.alt", **{k: plainly(m, v) for k, v in values.items()})
    height = 19 * (len(districts) + 1) + 44
    picture = drawn(
        m,
        said(m, "list.subtitle"),
        partial(_dots, m, each, districts),
        height,
        alt,
        Table(said(m, "list.caption"), columns, rows),
    )
    values["offices_words"] = render(offices, m.language, words=True)
    key = "list.title" if explained and total else "list.title_plain"
    return article(
        m,
        each,
        headline=said(m, key, **values),
        picture=picture,
        text=said(m, "list.explained") if explained else Markup(""),
        used=used_here(m, figure(m, each), m.get("communes_total", each.area)),
    )


def _districts(m: Measures, each: Published) -> list[Area]:
    """The districts whose number was printed, most first."""
    named = [a for a in m.checked.data.areas.children(each.area) if m.find(each.fact("published"), a.code)]
    return sorted(named, key=lambda a: -int(m.get(each.fact("published"), a.code).number))


def _dots(m: Measures, each: Published, districts: list[Area], sheet: Sheet) -> None:
    most = max((int(m.get(each.fact("published"), a.code).number) for a in districts), default=1)
    pitch = min(13.6, (WIDTH - 146) / max(most, 1))
    y = 14
    for area in districts:
        fact = m.get(each.fact("published"), area.code)
        sheet.text(98, y, fitted(m.short(area.code), 96, 14), at="end", size=14)
        for at in range(int(fact.number)):
            sheet.dot(112 + pitch * at, y - 5, min(4.8, pitch * 0.42), NAVY)
        sheet.text(WIDTH, y, format_fact(fact, m.language), at="end", size=14)
        y += 19
    offices = m.get(each.fact("parts", "offices_completed"), each.area)
    if int(offices.number):
        sheet.text(
            98,
            y,
            fitted(say(m.language, "published.list.office"), 96, 14, True),
            at="end",
            colour=ALERT,
            bold=True,
            size=14,
        )
        for at in range(int(offices.number)):
            sheet.bar(106.5 + pitch * at, y - 10, 11, 11, "white", ALERT, 2)
        after = 126 + pitch * (int(offices.number) - 1)
        sheet.text(after, y, say(m.language, "published.list.not_commune"), colour=ALERT, size=14)
        sheet.text(WIDTH, y, f"+ {format_fact(offices, m.language)}", at="end", colour=ALERT, bold=True, size=14)
        y += 8
    sheet.line([(0, y), (WIDTH, y)], INK)
    sheet.text(0, y + 20, say(m.language, "published.ledger.printed"), bold=True, size=14)
    sheet.text(WIDTH, y + 20, format_fact(figure(m, each, "published"), m.language), at="end", bold=True, size=14)


def over_threshold(m: Measures, each: Published) -> Markup:
    """The districts over the threshold; those that the text leaves out are hollow."""
    over = _over(m, each.area)
    named = {area.code for area in over if m.find(each.fact("published", "percent_over"), area.code)}
    left_out = [area for area in over if area.code not in named] if named else []
    columns = (
        Column(say(m.language, "tables.column.district"), text=True),
        Column(say(m.language, "tables.column.percent")),
        Column(say(m.language, "published.threshold.named"), text=True),
    )
    rows = [
        (
            m.short(a.code),
            render(m.get("percent", a.code), m.language, column=True),
            say(m.language, f"published.threshold.{'yes' if a.code in named else 'no'}"),
        )
        for a in over
    ]
    values = {"threshold": m.get("threshold"), "printed": figure(m, each, "published"), "ours": figure(m, each)}
    words = {name: render(values[name], m.language, words=True) for name in ("printed", "ours")}
    alt = say(m.language, "published.threshold.alt", **{k: plainly(m, v) for k, v in values.items()})
    table = Table(said(m, "threshold.caption", **values), columns, rows)
    picture = (
        drawn(
            m,
            said(m, "threshold.subtitle", threshold=values["threshold"]),
            partial(_bars, m, over, named),
            22 + 36 * len(over),
            alt,
            table,
        )
        if over
        else table.html(m.language)
    )
    return article(
        m,
        each,
        headline=said(m, "threshold.title", threshold=values["threshold"], **words),
        picture=picture,
        text=Markup(" ").join(_left_out(m, each, area) for area in left_out),
        used=used_here(m, figure(m, each), m.get("districts_total", each.area)),
        counted=True,
    )


def _over(m: Measures, root: str) -> list[Area]:
    shares = {
        a: fact
        for a in m.checked.data.areas.children(root)
        if a.level != "commune" and (fact := m.find("percent", a.code)) and fact.number > m.office.threshold
    }
    return sorted(shares, key=lambda a: -shares[a].number)


def _left_out(m: Measures, each: Published, area: Area) -> Markup:
    """That a district is not named although the same text gives it a percentage over the threshold, if it does."""
    printed = m.find(each.fact("published", "percent"), area.code)
    if printed and printed.number > m.office.threshold:
        return said(m, "threshold.left_out_printed", district=m.short(area.code), percent=printed)
    return said(m, "threshold.left_out", district=m.short(area.code))


def _bars(m: Measures, over: list[Area], named: set[str], sheet: Sheet) -> None:
    left, right = 104, WIDTH - 58
    for at, area in enumerate(over):
        y, fact = 22 + 36 * at, m.get("percent", area.code)
        forgotten = bool(named) and area.code not in named
        ink = ALERT if forgotten else INK
        length = (right - left) * float(fact.number) / 100
        sheet.text(
            96, y + 15, fitted(m.short(area.code), 96, 14, forgotten), at="end", colour=ink, bold=forgotten, size=14
        )
        sheet.bar(left, y, right - left, 20, TRACK)
        sheet.bar(left, y, length, 20, "white" if forgotten else CLASSES[1][1], ALERT if forgotten else "", 2)
        if forgotten:
            words = say(m.language, "published.threshold.forgotten")
            sheet.text(left + 9, y + 15, words, colour=ALERT, bold=True, size=13)
        sheet.text(WIDTH, y + 15, format_fact(fact, m.language, column=True), at="end", bold=True, size=14)
    x = left + (right - left) * m.office.threshold / 100
    sheet.line([(x, 16), (x, 22 + 36 * len(over) - 12)], INK, 1, dashes=(3, 3))
    sheet.text(x, 12, format_fact(m.get("threshold"), m.language), at="middle", colour=SECOND, size=13)
