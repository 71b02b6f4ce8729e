"""Districts ranked, each with last month's place and value, and the map beside them in the same classes.

In a province without districts it is the communes that are ranked, and those with the lowest percentages are drawn.
"""

from functools import partial

from markupsafe import Markup
from matplotlib.axes import Axes

from hotich.data.areas import Area
from hotich.data.registers import GROUPS
from hotich.measures import Measures
from hotich.measures.facts import Fact
from hotich.views import footnotes
from hotich.views.charts import class_key, district_map
from hotich.views.charts.figure import PHONE, SCREEN, Drawing, Frame, publish
from hotich.views.charts.marks import beside, threshold, ticks
from hotich.views.charts.style import ALERT, NAVY, OUTLINE, PALEST, SECOND, TRACK, class_colour, fitted, size, width_of
from hotich.views.charts.text import columns, marked, spoken
from hotich.views.figures import format_fact
from hotich.views.markup import Fragment, Table
from hotich.views.saved_table import Cell
from hotich.views.table_cells import cell, coded, vintage

MANY = 15
"""With more areas than this the rows are closer together."""
ROOM = 100
"""Pixels of a name on screens; up to four fifths more where names are longer."""
TWO_DIGITS = 99
MOST = 24
"""Areas that are drawn: of more than these the last; the table has all."""


def by_area(m: Measures) -> Fragment:
    """Show the areas ranked by their percentage, and on a map where there is one: `charts.by_area(m)`."""
    ranks = {area: rank for area in m.parts if (rank := m.find("rank", area.code))}
    areas = sorted(ranks, key=lambda area: int(ranks[area].number))
    if not areas:
        return Fragment(marked(m, "nothing"))
    shapes = district_map.shapes(m)
    ranking = _drawing(m, areas[-MOST:], 500 if shapes else SCREEN)
    drawings = (ranking, district_map.drawing(m, shapes)) if shapes else (ranking,)
    first, last = areas[0], areas[-1]
    high, low = m.get("percent", first.code), m.get("percent", last.code)
    apart = ranks[first].value != ranks[last].value
    alt = "areas.alt" if apart else "areas.alt_equal" if len(areas) > 1 else "areas.alt_one"
    subtitle = "areas.subtitle_map" if shapes else "areas.subtitle_last" if len(areas) > MOST else "areas.subtitle"
    return publish(
        m,
        headline=_headline(m, areas, ranks),
        subtitle=marked(m, subtitle, as_of=m.get("as_of")),
        alt=spoken(m, alt, first=first.name(m.language), last=last.name(m.language), high=high, low=low),
        table=_table(m, areas),
        drawings=drawings,
        key=_key(m),
        wide=bool(shapes),
        note=marked(m, "areas.borders") if shapes else "",
    )


def _headline(m: Measures, areas: list[Area], ranks: dict[Area, Fact]) -> Markup:
    """Return the headline: which area fell to the last rank or lost the first, else which are first and last."""
    first, last = m.short(areas[0].code), m.short(areas[-1].code)
    if len(areas) == 1:
        return marked(m, "areas.one", first=first)
    if ranks[areas[0]].value == ranks[areas[-1]].value:
        return marked(m, "areas.equal", percent=m.get("percent", areas[0].code))
    if len(areas) > MOST:
        low = m.get("percent", areas[-1].code)
        return marked(m, "areas.lowest", last=last, percent=low, count=m.parts_ranked() or m.of_parts("total"))
    before = {area: fact for area in areas if (fact := _before(m, "rank", area))}
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


def _before(m: Measures, measure: str, area: Area) -> Fact | None:
    return m.find(measure, area.code, month=m.previous) if m.previous else None


def _table(m: Measures, areas: list[Area]) -> Table:
    """Return the table of all areas: the ranked ones, then those that reported nothing or have too little to do."""
    unranked = [area for area in m.parts if area not in areas]
    headings = (
        "rank",
        *(("rank_before",) if m.previous else ()),
        "required",
        "digitised",
        "percent",
        "population",
        "civil_status",
        *(("before", "points") if m.previous else ()),
        *(("completed", "of_communes") if m.districts else ()),
    )
    rows = [_row(m, area) for area in (*areas, *unranked)]
    return Table(
        marked(m, "areas.caption", as_of=m.get("as_of")),
        columns(m, "area", *headings),
        rows,
        marked(m, "areas.note", threshold=m.get("threshold")) + footnotes.explained(m, rows),
        file=f"{'districts' if m.districts else 'ranking-of-communes'}-{m.month}.csv",
        vintage=vintage(m),
        long=True,
    )


def _row(m: Measures, area: Area) -> tuple[Cell, ...]:
    code, before = area.code, m.previous
    change = (cell(m, "percent", code, month=before), cell(m, "percent_change", code, signed=True)) if before else ()
    return (
        coded(m, code),
        cell(m, "rank", code),
        *((cell(m, "rank", code, month=before),) if before else ()),
        *(cell(m, measure, code) for measure in ("required", "digitised", "percent")),
        *(cell(m, "percent", code, scope) for scope in GROUPS),
        *change,
        *(cell(m, f"communes_{what}", code) for what in ("completed", "total") if m.districts),
    )


def _key(m: Measures) -> Markup:
    """Return the five classes, palest first, and what the tick on a bar is."""
    if not m.previous:
        return class_key.key(m)
    tick = marked(m, "areas.tick", month=m.get("previous_month"))
    return class_key.key(m, Markup('<i class="tick"></i>{}').format(tick))


def _drawing(m: Measures, areas: list[Area], width: int) -> Drawing:
    step = 40 if len(areas) <= MANY else 28
    names = max(width_of(m.short(area.code), size(True)) for area in areas)
    room = int(min(max(names + 2, ROOM), 1.8 * ROOM))
    left = 82 + room + 2 * _wider(m, areas)
    screen = Frame(width, 44 + step * len(areas), left=left, right=58, top=26, bottom=18)
    phone = Frame(PHONE, 44 + 52 * len(areas), right=58, top=26, bottom=18)
    return Drawing(partial(_draw, m, areas, room), screen, phone)


def _draw(m: Measures, areas: list[Area], room: int, ax: Axes, wide: bool) -> None:
    """Draw a bar of 0 to 100 percent for each area, the first on top, its words before it or, on phones, above it."""
    step, above = ax.bbox.height / len(areas), 0 if wide else 0.15
    ax.set(xlim=(0, 100), ylim=(len(areas) - 0.5 - above, -0.5 - above))
    _bars(m, areas, ax, (22 if wide and step > 30 else 18) / step, 4 / step)
    for y, area in enumerate(areas):
        x, side = (70 + room, "right") if wide else (66, "left")
        x += 2 * _wider(m, areas)
        name = fitted(m.short(area.code), room if wide else PHONE - 124, size(wide))
        ax.text(x, y, name, transform=beside(ax, 5 if wide else -17), ha=side)
        share = format_fact(m.get("percent", area.code), m.language, column=True)
        ax.text(ax.figure.bbox.width, y, share, transform=beside(ax, 5), ha="right", fontweight=600)
    _ranks(m, areas, ax, wide)
    _scale(m, areas, ax, wide)


def _bars(m: Measures, areas: list[Area], ax: Axes, height: float, beyond: float) -> None:
    """Draw the shares in the colours of their classes, and last month's as ticks that reach `beyond` the bars."""
    shares = [float(m.get("percent", area.code).number) for area in areas]
    colours = [class_colour(share, m.office.threshold) for share in shares]
    edges = [OUTLINE if colour in PALEST else "none" for colour in colours]
    ax.barh(range(len(areas)), 100, height, color=TRACK)
    ax.barh(range(len(areas)), shares, height, color=colours, edgecolor=edges)
    before = {y: float(fact.number) for y, area in enumerate(areas) if (fact := _before(m, "percent", area))}
    ticks(ax, list(before.values()), list(before), height / 2 + beyond)


def _ranks(m: Measures, areas: list[Area], ax: Axes, wide: bool) -> None:
    """Write this month's ranks, last month's in grey, and arrows up or down where they changed."""
    line, arrow = (beside(ax, down) for down in ((5, 0) if wide else (-17, -23)))
    change, wider = [], _wider(m, areas)
    for y, area in enumerate(areas):
        rank, before = m.get("rank", area.code), _before(m, "rank", area)
        ax.text(0, y, format_fact(rank, m.language), transform=line, fontweight=600, fontsize=size(wide) + 2)
        change.append(before.number - rank.number if before else 0)
        if before:
            was = format_fact(before, m.language)
            ax.text(30 + wider, y, was, transform=line, color=SECOND, fontsize=size(wide) - 1)
    for way, marker, colour in ((1, "^", NAVY), (-1, "v", ALERT)):
        moved = [y for y, places in enumerate(change) if places * way > 0]
        ax.plot([54.5 + 2 * wider] * len(moved), moved, marker, color=colour, markersize=9, transform=arrow)


def _wider(m: Measures, areas: list[Area]) -> int:
    """Return how many pixels more a rank needs that has three digits."""
    return 9 if int(m.get("rank", areas[-1].code).number) > TWO_DIGITS else 0


def _scale(m: Measures, areas: list[Area], ax: Axes, wide: bool) -> None:
    """Draw the office's threshold, and write the ends of the scale under the bars."""
    small, top = size(wide) - 2, ax.get_ylim()[1]
    before = any(_before(m, "rank", area) for area in areas)
    head = fitted(spoken(m, "areas.rank_head" if before else "areas.rank_alone", tag=False), 110, small)
    ax.text(0, top, head, transform=beside(ax, -14), color=SECOND, fontsize=small)
    threshold(m, ax, small, 14)
    write = partial(ax.annotate, xytext=(0, -15), textcoords="offset points", color=SECOND, fontsize=small, gid="tick")
    for percent, side in ((0, "left"), (100, "right")):
        write(f"{percent}", (percent, 0), xycoords=("data", "axes fraction"), ha="center" if wide else side)
