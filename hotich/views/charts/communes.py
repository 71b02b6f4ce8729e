"""Communes as dots within their districts; the completed ones in a lane of their own.

Of a country, whose provinces have more communes than dots can be told apart, quantiles are drawn, the lowest listed.
"""

from dataclasses import replace
from functools import partial

from markupsafe import Markup
from matplotlib.axes import Axes

from hotich.data.areas import Area
from hotich.data.registers import GROUPS
from hotich.language import say
from hotich.measures import Measures
from hotich.views import footnotes
from hotich.views.charts import commune_spread
from hotich.views.charts.figure import PHONE, Drawing, Frame, publish
from hotich.views.charts.marks import beside, threshold, ticks
from hotich.views.charts.style import AXIS, BLUE, GRID, NAVY, OUTLINE, SECOND, fitted, size, width_of
from hotich.views.charts.text import columns, marked, spoken
from hotich.views.figures import format_fact, render
from hotich.views.markup import Fragment, Table, fold, symbol
from hotich.views.narrative.phrases import inside
from hotich.views.saved_table import Cell
from hotich.views.table_cells import NOT_APPLICABLE, cell, coded, vintage
from hotich.views.tables.shared import show

DOT = 9
"""Pixels across."""
START = 10
"""Where the axis of these dots begins: so that a name fits left of the lowest; what lies below stands at the edge."""
PITCH = 5
"""Pixels from one step of dots above or below the line to the next."""
IN_RANKING = ("required", "digitised", "population", "civil_status")
"""Columns that, in a province without districts, the ranking has of the same communes."""
LOWEST = 100
"""Communes that are listed where there are too many for one table: the annex has all."""
COLUMNS = ("required", "digitised", "percent", "population", "civil_status", "left")


def communes(m: Measures) -> Fragment:
    """Show where each commune stands within its district, and all of them ranked in a table: `charts.communes(m)`."""
    if m.dense:
        return _many(m)
    groups = [area for area in m.districts if m.find("percent", area.code)] or [m.area(m.root)]
    groups.sort(key=lambda area: -float(fact.number) if (fact := m.find("percent", area.code)) else 0.0)
    table = _table(m, _ranked(m), "communes.caption", _note(m, groups))
    return publish(
        m,
        headline=_headline(m),
        subtitle=marked(m, "communes.subtitle", as_of=m.get("as_of")),
        alt=spoken(m, "communes.alt", done=m.get("communes_completed"), total=m.get("communes_total")),
        table=table,
        drawings=(_drawing(m, groups),),
        wide=True,
    )


def _many(m: Measures) -> Fragment:
    """Show how the communes of each part are spread, and list those with the lowest percentages of all."""
    areas, values = commune_spread.rows(m), {name: m.get(f"communes_{name}") for name in ("completed", "total")}
    chart = publish(
        m,
        headline=_headline(m),
        subtitle=marked(m, "spread.subtitle", as_of=m.get("as_of")),
        alt=spoken(m, "spread.alt", done=values["completed"], total=values["total"]),
        table=commune_spread.table(m, areas),
        drawings=commune_spread.drawings(m, areas),
        key=commune_spread.key(m),
        wide=True,
    )
    place = inside(m, m.area(m.root))
    listed = _lowest_of_all(m, marked(m, "spread.lowest_note", place=place))
    return Fragment(chart.html + fold(say(m.language, "charts.spread.fold"), show(m, listed).html))


def _lowest_of_all(m: Measures, note: Markup) -> Table:
    """Return the communes with the lowest percentages: nobody compares a hundred of them by more than these columns."""
    names = ("percent", "left")
    rows: list[tuple[Cell, ...]] = [
        (
            coded(m, area.code, area.name(m.language)),
            cell(m, m.rank_name(area), area.code),
            coded(m, area.parent, m.where(area)),
            *(cell(m, name, area.code) for name in names),
        )
        for area in m.slowest(m.communes(), LOWEST)
    ]
    listed = columns(m, "commune", "rank", "district", *names)
    return Table(
        marked(m, "spread.lowest", as_of=m.get("as_of")),
        tuple(replace(each, text=each.text or each.name == "district") for each in listed),
        rows,
        note + footnotes.explained(m, rows),
        long=True,
    )


def _table(m: Measures, areas: list[Area], caption: str, note: Markup) -> Table:
    """Return communes with their ranks, figures, and since when they are complete."""
    rows = [_row(m, area) for area in areas]
    return Table(
        marked(m, caption, as_of=m.get("as_of")),
        columns(m, "commune", "rank", *_within(m, "district"), *_columns(m), *_within(m, "rank_in_district"), "since"),
        rows,
        note + footnotes.explained(m, rows),
        file=f"communes-{m.month}.csv",
        vintage=vintage(m),
        long=True,
    )


def _headline(m: Measures) -> Markup:
    """Return the headline: how many communes are complete, and the percentage of the one furthest behind."""
    behind = m.furthest_behind()
    values = {"done": m.get("communes_completed"), "total": m.get("communes_total")}
    if not behind:
        return marked(m, "communes.headline", **values)
    return marked(m, "communes.lowest", low=m.get("percent", behind[0].code), **values)


def _note(m: Measures, groups: list[Area]) -> Markup:
    """Return the note on the order of the table, and on the numbers beside the lanes."""
    lanes = [
        Markup("{} {}/{}").format(
            m.short(area.code),
            *(render(m.get(f"communes_{what}", area.code), m.language) for what in ("completed", "total")),
        )
        for area in groups
    ]
    return marked(m, "communes.note", lanes=Markup("; ").join(lanes), threshold=m.get("threshold"))


def _ranked(m: Measures) -> list[Area]:
    """Return the communes by rank, who finished earlier first; at the end those without a rank."""
    ranks = {area: rank for area in m.communes() if (rank := m.find(m.rank_name(area), area.code))}

    def place(area: Area) -> tuple[int, str]:
        since = m.find("completed_since", area.code)
        return int(ranks[area].number) if area in ranks else len(ranks) + 1, since.raw if since else ""

    return sorted(m.communes(), key=place)


def _row(m: Measures, area: Area) -> tuple[Cell, ...]:
    code = area.code
    since = m.find("completed_since", code)
    return (
        coded(m, code, area.name(m.language)),
        cell(m, m.rank_name(area), code),
        *([coded(m, area.parent, m.where(area))] if _within(m, "district") else []),
        *(_figure(m, code, column) for column in _columns(m)),
        *([_rank_in_district(m, code)] if _within(m, "rank_in_district") else []),
        render(since, m.language, short=True) if since else "",
    )


def _columns(m: Measures) -> tuple[str, ...]:
    return tuple(column for column in COLUMNS if not (m.two_levels and m.parts and column in IN_RANKING))


def _figure(m: Measures, code: str, column: str) -> Markup:
    return cell(m, "percent", code, column) if column in GROUPS else cell(m, column, code)


def _within(m: Measures, column: str) -> tuple[str, ...]:
    """Return a column about the area in which a commune lies; none where all lie in the province itself."""
    return () if m.two_levels else (column,)


def _rank_in_district(m: Measures, code: str) -> Markup:
    return cell(m, "rank_in_district", code) if m.districts else symbol(NOT_APPLICABLE)


def _drawing(m: Measures, groups: list[Area]) -> Drawing:
    high, high_on_phones = (_row_height(m, wide) for wide in (True, False))
    screen = Frame(900, 44 + high * len(groups), left=20 if m.two_levels else 132, right=190, top=23, bottom=21)
    phone = Frame(PHONE, 48 + high_on_phones * len(groups), left=4, right=104, top=28, bottom=20)
    return Drawing(partial(_draw, m, groups), screen, phone)


def _row_height(m: Measures, wide: bool) -> int:
    """Return the pixels of a row: of a district's communes, or of a whole province's."""
    if not m.two_levels:
        return 50 if wide else 76
    return 110 if wide else 150


def _draw(m: Measures, groups: list[Area], ax: Axes, wide: bool) -> None:
    """Draw a row for each district: percentages of communes that are not complete, and a lane of those that are."""
    ax.set(xlim=(START, 100), ylim=(len(groups) - 0.5, -0.5))
    _frame(m, groups, ax, wide)
    step, whole, font = ax.bbox.height / len(groups), ax.figure.bbox.width, size(wide) - 1
    for y, area in enumerate(groups):
        name = "" if m.two_levels else fitted(m.short(area.code), 116 if wide else ax.bbox.width, font, True)
        ax.text(0, y, name, transform=beside(ax, 5 if wide else -18), fontweight=600, fontsize=font)
        _open(m, area, ax, y, wide)
        _lane(m, area, ax, y, wide)
        done, total = (m.get(f"communes_{what}", area.code) for what in ("completed", "total"))
        words = f"{format_fact(done, m.language)}/{format_fact(total, m.language)}"
        write = partial(ax.text, color=NAVY, ha="right", fontweight=600, fontsize=font)
        write(whole, y, words, transform=beside(ax, 5))
    own = {y: float(fact.number) for y, area in enumerate(groups) if (fact := m.find("percent", area.code))}
    ticks(ax, list(own.values()), list(own), 17 / step)


def _frame(m: Measures, groups: list[Area], ax: Axes, wide: bool) -> None:
    """Draw the grid, the threshold, lines between districts, and the heading of the lane."""
    small, whole = size(wide) - 2, ax.figure.bbox.width
    write = partial(ax.annotate, textcoords="offset points", ha="center", color=SECOND, fontsize=small, gid="tick")
    for percent in (20, 40, 60, 80, 100):
        ax.axvline(percent, color=AXIS if percent == 100 else GRID, zorder=0)
        write(f"{percent}", (percent, 0), (0, -15), xycoords=("data", "axes fraction"))
    threshold(m, ax, small, 9 if wide else 14, "center" if wide else "right")
    ax.hlines([y + 0.5 for y in range(len(groups))], 0, whole, colors=GRID, transform=beside(ax), zorder=0)
    x, side = (_lane_start(ax, wide), "left") if wide else (whole, "right")
    head = spoken(m, "communes.lane", tag=False)
    line = beside(ax, -9 if wide else -14)
    ax.text(x, -0.5, head, transform=line, ha=side, color=NAVY, fontweight=600, fontsize=small)


def _lane_start(ax: Axes, wide: bool) -> float:
    return float(ax.bbox.x1) + (26 if wide else 14)


def _lane(m: Measures, area: Area, ax: Axes, y: float, wide: bool) -> None:
    """Draw a dot for each completed commune, beside the axis: on it they would all lie on one place."""
    count, step = int(m.get("communes_completed", area.code).number), _row_height(m, wide)
    columns, pitch = (8, 11.0) if wide else (5, 9.0)
    rows = -(-count // columns)
    pitch = min(pitch, (step - 6 if m.two_levels else 44) / max(rows, 1))
    x = [_lane_start(ax, wide) + DOT / 2 + pitch * (at % columns) for at in range(count)]
    lines = [y + pitch * (at // columns - (rows - 1) / 2) / step for at in range(count)]
    ax.scatter(x, lines, min(DOT, pitch * 0.84) ** 2, NAVY, transform=beside(ax))


def _open(m: Measures, area: Area, ax: Axes, y: float, wide: bool) -> None:
    """Draw the communes that are not complete, where they would cover one another above or below the line."""
    shares = {
        commune: max(float(fact.number), START)
        for commune in m.communes(area.code)
        if (fact := m.find("percent", commune.code)) and not m.get("completed", commune.code).value
    }
    shares = dict(sorted(shares.items(), key=lambda pair: (pair[1], pair[0].code)))
    pixels = ax.bbox.width / (100 - START)
    high = _row_height(m, wide)
    most = high // (2 * PITCH) - 1 if m.two_levels else 4 if wide else 6
    levels = _apart([share * pixels for share in shares.values()], most)
    lines = [y + level / high for level in levels]
    ax.scatter(list(shares.values()), lines, DOT**2, BLUE, edgecolor=OUTLINE, linewidth=0.8)
    if shares and wide:
        _lowest(m, next(iter(shares)), ax, y, alone=len(shares) == 1)


def _lowest(m: Measures, commune: Area, ax: Axes, y: float, alone: bool) -> None:
    """Write the name of a district's lowest commune left of its dot; right of it only where no other dot can be."""
    fact, font = m.get("percent", commune.code), size(True) - 2
    share = format_fact(fact, m.language, column=True)
    x = max(float(fact.number), START)
    left = ax.transData.transform((x, y))[0] - ax.bbox.x0
    right = left < 110
    if right and not alone:
        return
    room = (ax.figure.bbox.width if right else left - 9) - width_of(f" {share}", font)
    words = f"{fitted(commune.name(m.language), room, font)} {share}"
    beyond, side = (9, "left") if right else (-9, "right")
    ax.annotate(words, (x, y), (beyond, -5), textcoords="offset points", ha=side, color=SECOND, fontsize=font)


def _apart(places: list[float], levels: int) -> list[float]:
    """Return how many pixels from the line each dot lies so that it covers no other, 0 where none of the levels does.

    A bee swarm: the nearest free level is taken, above and below the line in turn.
    """
    free = [way * level * PITCH for level in range(levels) for way in (1, -1)]
    found: list[float] = []
    for at, x in enumerate(places):
        before = list(zip(places[:at], found, strict=True))
        found.append(next((y for y in free if all((x - px) ** 2 + (y - py) ** 2 >= DOT**2 for px, py in before)), 0.0))
    return found
