"""Districts ranked, each with last month's place and value, and the map beside them in the same classes."""

from functools import partial

from markupsafe import Markup

from hotich.data.areas import Area
from hotich.data.registers import GROUPS
from hotich.measures import Measures
from hotich.measures.facts import Fact
from hotich.views import footnotes
from hotich.views.cells import cell, written
from hotich.views.charts import district_map
from hotich.views.charts.canvas import (
    ALERT,
    CLASSES,
    INK,
    NAVY,
    OUTLINE,
    PALEST,
    SECOND,
    TRACK,
    Drawing,
    Sheet,
    class_colour,
    fitted,
    publishable,
)
from hotich.views.charts.text import columns, marked, spoken
from hotich.views.figures import format_fact
from hotich.views.markup import Fragment, Table

MANY = 15
"""From so many districts on the rows are closer together."""


def by_area(m: Measures) -> Fragment:
    """Districts by their percentage, first to last."""
    ranks = {area: rank for area in m.districts if (rank := m.find("rank", area.code))}
    areas = sorted(ranks, key=lambda area: int(ranks[area].number))
    if not areas:
        return Fragment(marked(m, "nothing"))
    shapes = district_map.shapes(m)
    step = 40 if len(areas) <= MANY else 28
    drawings = [
        Drawing(partial(_ranking, m, areas, step), 44 + step * len(areas), 40 + 52 * len(areas), 500 if shapes else 720)
    ]
    if shapes:
        drawings.append(Drawing(partial(district_map.draw, m, shapes), 376, 330, 376))
    first, last = areas[0], areas[-1]
    return publishable(
        m,
        headline=_headline(m, areas, ranks),
        subtitle=marked(m, "areas.subtitle_map" if shapes else "areas.subtitle", as_of=m.get("as_of")),
        alt=spoken(
            m,
            "areas.alt",
            first=first.name(m.language),
            last=last.name(m.language),
            high=m.get("percent", first.code),
            low=m.get("percent", last.code),
        ),
        table=_table(m, areas),
        drawings=tuple(drawings),
        key=_key(m),
        wide=bool(shapes),
        note=marked(m, "areas.borders") if shapes else "",
    )


def _headline(m: Measures, areas: list[Area], ranks: dict[Area, Fact]) -> Markup:
    """Who fell to the last place this month and who left it; without such a change who is first and last."""
    first, last = m.short(areas[0].code), m.short(areas[-1].code)
    if len(areas) == 1:
        return marked(m, "areas.one", first=first)
    before = {area: fact for area in areas if (fact := _rank_before(m, area))}
    if len(before) == len(areas):
        left = max(before, key=lambda area: int(before[area].number))
        if left is not areas[-1] and ranks[left].number < before[left].number:
            return marked(
                m, "areas.new_last", last=last, rank=ranks[areas[-1]], up=m.short(left.code), up_rank=ranks[left]
            )
        left = min(before, key=lambda area: int(before[area].number))
        if left is not areas[0] and ranks[left].number > before[left].number:
            return marked(m, "areas.new_first", first=first, down=m.short(left.code), down_rank=ranks[left])
    return marked(m, "areas.headline", first=first, last=last)


def _rank_before(m: Measures, area: Area) -> Fact | None:
    return m.find("rank", area.code, month=m.previous) if m.previous else None


def _table(m: Measures, areas: list[Area]) -> Table:
    """Every district: the ranked ones, then those that have not reported or have too little to do for a rank."""
    unranked = [area for area in m.districts if area not in areas]
    headings = (
        "rank",
        "rank_before",
        "required",
        "digitised",
        "percent",
        "population",
        "civil_status",
        "before",
        "points",
        "completed",
        "of_communes",
    )
    rows = [_row(m, area) for area in (*areas, *unranked)]
    return Table(
        marked(m, "areas.caption", as_of=m.get("as_of")),
        columns(m, "area", *headings),
        rows,
        marked(m, "areas.note", threshold=m.get("threshold")) + footnotes.explained(m),
        file=f"districts-{m.month}.csv",
        long=True,
    )


def _row(m: Measures, area: Area) -> tuple[str | Markup, ...]:
    code, before = area.code, m.previous
    return (
        m.short(code),
        cell(m, "rank", code),
        cell(m, "rank", code, month=before) if before else written("z"),
        *(cell(m, measure, code) for measure in ("required", "digitised", "percent")),
        *(cell(m, "percent", code, scope) for scope in GROUPS),
        cell(m, "percent", code, month=before) if before else written("z"),
        cell(m, "percent_change", code, signed=True),
        cell(m, "communes_completed", code),
        cell(m, "communes_total", code),
    )


def _key(m: Measures) -> Markup:
    """The five classes, palest first, and what the tick on a bar is."""
    items = [Markup('<i style="background:{}"></i>{}').format(CLASSES[-1][1], _class(m, "lowest", 0))]
    for at in range(len(CLASSES) - 2, -1, -1):
        kind = "highest" if at == 0 else "below" if at == 1 else "between"
        items.append(Markup('<i style="background:{}"></i>{}').format(CLASSES[at][1], _class(m, kind, CLASSES[at][0])))
    if m.previous:
        items.append(Markup('<i class="tick"></i>{}').format(marked(m, "areas.tick", month=m.get("previous_month"))))
    spans = Markup(" ").join(Markup("<span>{}</span>").format(item) for item in items)
    return Markup('<p class="key"><span>{}</span> {}</p>').format(marked(m, "areas.key"), spans)


def _class(m: Measures, kind: str, least: int) -> Markup:
    breaks = sorted(each for each, _ in CLASSES if each)
    low = m.get(f"class_{least or breaks[0]}")
    high = m.get(f"class_{next((each for each in breaks if each > least), breaks[-1])}")
    return marked(m, f"areas.class_{kind}", low=low, high=high)


def _ranking(m: Measures, areas: list[Area], step: int, sheet: Sheet) -> None:
    left, right = (182, sheet.width - 58) if sheet.wide else (0, sheet.width - 58)
    top, step = (26, step) if sheet.wide else (22, 52)
    small, bottom = sheet.size - 2, top + step * len(areas)
    head = spoken(m, "areas.rank_head", tag=False)
    sheet.text(0, 12, fitted(head, 110, small), colour=SECOND, size=small)
    height = 22 if sheet.wide and step > 30 else 18
    for at, area in enumerate(areas):
        y = top + step * at
        baseline, bar_y = (y + step / 2 + 5, y + (step - height) / 2) if sheet.wide else (y + 17, y + 25)
        _rank(m, area, sheet, baseline)
        if sheet.wide:
            sheet.text(left - 12, baseline, fitted(m.short(area.code), left - 82, sheet.size), at="end")
        else:
            sheet.text(66, baseline, fitted(m.short(area.code), right - 66, sheet.size))
        _bar(m, area, sheet, (left, right), bar_y, height)
    threshold = left + (right - left) * m.office.threshold / 100
    sheet.line([(threshold, top - 6), (threshold, bottom)], SECOND, 1, dashes=(2, 3))
    words = spoken(m, "areas.threshold", tag=False, threshold=m.get("threshold"))
    sheet.text(threshold, 12, words, at="middle", colour=SECOND, size=small)
    for percent, at_x in ((0, left), (100, right)):
        side = "middle" if sheet.wide else "start" if percent == 0 else "end"
        sheet.text(at_x, bottom + 15, f"{percent}", at=side, colour=SECOND, size=small, tick=True)


def _bar(m: Measures, area: Area, sheet: Sheet, ends: tuple[float, float], y: float, height: float) -> None:
    """The share as a bar, last month's as a cased tick on it, the value at its right."""
    (left, right), fact = ends, m.get("percent", area.code)
    value = float(fact.number)
    colour = class_colour(value)
    sheet.bar(left, y, right - left, height, TRACK)
    sheet.bar(left, y, (right - left) * value / 100, height, colour, OUTLINE if colour in PALEST else "")
    if before := m.find("percent", area.code, month=m.previous) if m.previous else None:
        x = left + (right - left) * float(before.number) / 100
        sheet.line([(x, y - 4), (x, y + height + 4)], "white", 4)
        sheet.line([(x, y - 4), (x, y + height + 4)], INK, 2)
    sheet.text(sheet.width, y + height / 2 + 6, format_fact(fact, m.language, column=True), at="end", bold=True)


def _rank(m: Measures, area: Area, sheet: Sheet, y: float) -> None:
    """This month's rank, last month's in grey, and an arrow where it changed; a fall is told by form and colour."""
    rank, before = m.get("rank", area.code), _rank_before(m, area)
    sheet.text(0, y, format_fact(rank, m.language), bold=True, size=sheet.size + 2)
    if before is None:
        return
    sheet.text(30, y, format_fact(before, m.language), colour=SECOND, size=sheet.size - 1)
    if before.number == rank.number:
        return
    up, x = rank.number < before.number, 50
    foot, tip = (y - 2, y - 10) if up else (y - 10, y - 2)
    sheet.area([(x, foot), (x + 9, foot), (x + 4.5, tip)], NAVY if up else ALERT, 1)
