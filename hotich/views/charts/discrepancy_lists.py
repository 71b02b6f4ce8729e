"""A printed number of areas that is not the number of those it is about: communes by dots, districts by bars."""

from functools import partial

from markupsafe import Markup
from matplotlib.axes import Axes

from hotich.data.areas import Area
from hotich.data.published import Published
from hotich.language import say
from hotich.measures import Measures
from hotich.measures.facts import Fact
from hotich.views.charts.discrepancy_frame import (
    article,
    drawn,
    figure,
    measure_name,
    plainly,
    row,
    sentence,
    strong,
    used_here,
)
from hotich.views.charts.figure import PHONE, Frame
from hotich.views.charts.label import label
from hotich.views.charts.style import ALERT, INK, NAVY, SECOND, TRACK, class_colour
from hotich.views.figures import format_fact, render
from hotich.views.markup import Column, Table

DOTS = 14
"""A row has room for so many dots of full size."""
DOT = 9.6
"""The full size of a dot, in pixels."""
BAR = 0.56
"""The height of a bar, in rows."""


def listed(m: Measures, each: Published) -> Markup:
    """Return the case of a number of communes: a dot for each listed one, a square for each office among them."""
    printed, listed = figure(m, each, "published"), figure(m, each, "parts")
    offices, total = (
        m.get(each.fact("parts", "offices_completed"), each.area),
        m.find(each.fact("published", "communes_total"), each.area),
    )
    explained = printed.number == listed.number + offices.number and offices.number > 0
    districts = _districts(m, each)
    values: dict[str, object] = {"printed": printed, "listed": listed, "offices": offices, "total": total or ""}
    alt = say(m.language, "published.list.alt", **{k: plainly(m, v) for k, v in values.items()})
    frame = Frame(PHONE, 19 * len(districts) + 52, left=106, right=34, top=4)
    table = _list(m, each, districts, {"listed": listed, "offices": offices, "printed": printed})
    picture = drawn(m, sentence(m, "list.subtitle"), partial(_dots, m, each, districts), frame, alt, table)
    values["offices_words"] = render(offices, m.language, words=True)
    key = "list.title" if explained and total else "list.title_plain"
    return article(
        m,
        each,
        headline=sentence(m, key, **values),
        picture=picture,
        text=sentence(m, "list.explained") if explained else Markup(""),
        used=used_here(m, figure(m, each), m.get("communes_total", each.area)),
    )


def _list(m: Measures, each: Published, districts: list[Area], sums: dict[str, Fact]) -> Table:
    columns = Column(say(m.language, "tables.column.district"), text=True), Column(measure_name(m, each))
    rows: list[tuple[str | Markup, Markup]] = [
        (m.short(area.code), render(m.get(each.fact("published"), area.code), m.language)) for area in districts
    ]
    rows += [(strong(m, key), render(fact, m.language)) for key, fact in sums.items()]
    return Table(sentence(m, "list.caption"), columns, rows)


def _districts(m: Measures, each: Published) -> list[Area]:
    """Return the districts whose number was printed, most first."""
    named = [a for a in m.checked.data.areas.children(each.area) if m.find(each.fact("published"), a.code)]
    return sorted(named, key=lambda a: -int(m.get(each.fact("published"), a.code).number))


def _dots(m: Measures, each: Published, districts: list[Area], ax: Axes, _wide: bool) -> None:
    """Draw a row of dots for each district, one for the offices, and the printed number under a line."""
    counts = [m.get(each.fact("published"), area.code) for area in districts]
    offices, rows = m.get(each.fact("parts", "offices_completed"), each.area), len(districts)
    most = max(DOTS, *(int(fact.number) for fact in (*counts, offices)))
    ax.set(xlim=(-0.5, most - 0.5), ylim=(rows + 2, -0.5))
    dot = (DOT * DOTS / most) ** 2
    for y, (area, fact) in enumerate(zip(districts, counts, strict=True)):
        row(ax, y, m.short(area.code), format_fact(fact, m.language))
        ax.scatter(range(int(fact.number)), [y] * int(fact.number), s=dot, color=NAVY, label=area.code)
    if count := int(offices.number):
        name = say(m.language, "published.list.office")
        row(ax, rows, name, f"+ {format_fact(offices, m.language)}", colour=ALERT, bold=True)
        squares = ax.scatter(range(count), [rows] * count, dot, "white", marker="s", label="offices")
        squares.set(edgecolor=ALERT, linewidth=2)
        words = say(m.language, "published.list.not_commune")
        label(ax, words, (count - 0.5, rows), (6, -5), 14, colour=ALERT)
    ax.axhline(rows + 0.75, -1, 2, color=INK, clip_on=False)
    printed = format_fact(figure(m, each, "published"), m.language)
    row(ax, rows + 1.5, say(m.language, "published.ledger.printed"), printed, bold=True)


def over_threshold(m: Measures, each: Published) -> Markup:
    """Return the case of a number of districts over the threshold; those that the text leaves out are hollow bars."""
    over = _over(m, each)
    named = {area.code for area in over if m.find(each.fact("published", "percent_over"), area.code)}
    left_out = [area for area in over if area.code not in named] if named else []
    values = {"threshold": m.get("threshold"), "printed": figure(m, each, "published"), "ours": figure(m, each)}
    words = {name: render(values[name], m.language, words=True) for name in ("printed", "ours")}
    alt = say(m.language, "published.threshold.alt", **{k: plainly(m, v) for k, v in values.items()})
    table = Table(sentence(m, "threshold.caption", **values), *_shares(m, over, named))
    frame = Frame(PHONE, 22 + 36 * len(over), left=104, right=58, top=18, bottom=4)
    subtitle = sentence(m, "threshold.subtitle", threshold=values["threshold"])
    bars = partial(_bars, m, over, named)
    picture = drawn(m, subtitle, bars, frame, alt, table) if over else table.html(m.language)
    return article(
        m,
        each,
        headline=sentence(m, "threshold.title", threshold=values["threshold"], **words),
        picture=picture,
        text=Markup(" ").join(_left_out(m, each, area) for area in left_out),
        used=used_here(m, figure(m, each), m.get("districts_total", each.area)),
        counted=True,
    )


def _shares(
    m: Measures, over: list[Area], named: set[str]
) -> tuple[tuple[Column, ...], list[tuple[str | Markup, ...]]]:
    """Return columns and rows of the table: each district's percentage, and whether the text names it."""
    columns = (
        Column(say(m.language, "tables.column.district"), text=True),
        Column(say(m.language, "tables.column.percent")),
        Column(say(m.language, "published.threshold.named"), text=True),
    )
    rows: list[tuple[str | Markup, ...]] = [
        (
            m.short(a.code),
            render(m.get("percent", a.code), m.language, column=True),
            say(m.language, f"published.threshold.{'yes' if a.code in named else 'no'}"),
        )
        for a in over
    ]
    return columns, rows


def _over(m: Measures, each: Published) -> list[Area]:
    """Return the districts over the threshold that the number means, highest first."""
    shares = {
        a: fact
        for a in m.checked.data.areas.children(each.area)
        if a.level != "commune"
        and a.code not in each.besides
        and (fact := m.find("percent", a.code))
        and fact.number > m.office.threshold
    }
    return sorted(shares, key=lambda a: -shares[a].number)


def _left_out(m: Measures, each: Published, area: Area) -> Markup:
    """Return the sentence on a district that the text leaves out, with the percentage it prints if that is over."""
    printed = m.find(each.fact("published", "percent"), area.code)
    if printed and printed.number > m.office.threshold:
        return sentence(m, "threshold.left_out_printed", district=m.short(area.code), percent=printed)
    return sentence(m, "threshold.left_out", district=m.short(area.code))


def _bars(m: Measures, over: list[Area], named: set[str], ax: Axes, _wide: bool) -> None:
    """Draw the share of each district as a bar, hollow where the text leaves it out, and the threshold."""
    facts = [m.get("percent", area.code) for area in over]
    left_out = [bool(named) and area.code not in named for area in over]
    ax.set(xlim=(0, 100), ylim=(len(over) - 0.5, -0.5))
    ax.barh(range(len(over)), 100, BAR, color=TRACK)
    shares = [float(fact.number) for fact in facts]
    colours = [
        "white" if out else class_colour(share, m.office.threshold) for out, share in zip(left_out, shares, strict=True)
    ]
    edges = [ALERT if each else "none" for each in left_out]
    ax.barh(range(len(over)), shares, BAR, color=colours, edgecolor=edges, linewidth=2)
    for y, (area, fact) in enumerate(zip(over, facts, strict=True)):
        share = format_fact(fact, m.language, column=True)
        row(ax, y, m.short(area.code), share, colour=ALERT if left_out[y] else INK, bold=left_out[y])
        if left_out[y]:
            words = say(m.language, "published.threshold.forgotten")
            label(ax, words, (0, y), (9, -5), 13, colour=ALERT, bold=True)
    ax.axvline(m.office.threshold, color=INK, linestyle=(0, (3, 3)))
    words = format_fact(m.get("threshold"), m.language)
    label(ax, words, (m.office.threshold, -0.5), (0, 6), 13, colour=SECOND, side="center")
