"""The communes of a province without districts on a map, in the classes of their percentages; for display only.

Of a country it is the provinces.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import numpy as np
from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from hotich.data import outlines
from hotich.data.areas import Area
from hotich.language import say
from hotich.measures import Measures
from hotich.views import footnotes
from hotich.views.charts import class_key, map_layout, map_shapes
from hotich.views.charts.figure import PHONE, SCREEN, Drawing, Frame, publish
from hotich.views.charts.map_layout import Layout
from hotich.views.charts.map_shapes import Box, Outlines, Point, Shape
from hotich.views.charts.style import AXIS, COLOURS, GREY, INK, SECOND, TRACK, class_colour, fitted, size, width_of
from hotich.views.charts.text import columns, marked, spoken
from hotich.views.figures import format_fact
from hotich.views.markup import Fragment, Table
from hotich.views.table_cells import cell, coded, vintage

STRIPES: Final = 5
"""Pixels between the lines of the hatching of communes that have not reported."""
SMALLEST: Final = 5
"""Pixels across: an islet smaller than this is a dot of this size, so that it is seen."""
THINNEST: Final = 0.3
"""How wide a letter is at least on average, of its size: longer words are not even measured."""
SILENT: Final = "#FFFFFF"
COUNTRY: Final = 860
"""Pixels that the mainland of a country is high at most: it is more than twice as high as wide."""
COARSE: Final = 2.0
"""Pixels by which a border of a province may be drawn beside its place: a country's coast has thousands of bends."""
ARCHIPELAGOS: Final = ("48", "56")
"""Provinces (Đà Nẵng, Khánh Hòa) to which archipelagos in the open sea belong that maps name."""
_KINDS: Final = ("Xã ", "Phường ", "Đặc khu ", " Commune", " Ward", " Special Zone")


def commune_map(m: Measures) -> Fragment:
    """Show the share digitised of each commune, or of each province of a country, where it lies.

    Nothing where the office has no shapes. For instance `charts.commune_map(m)`.
    """
    shapes = _shapes(m)
    ranked = sorted((a for a in m.parts if m.find("rank", a.code)), key=lambda a: int(m.get("rank", a.code).number))
    if not shapes or not ranked:
        return Fragment(marked(m, "nothing"))
    over, total, low = m.of_parts("over_threshold"), m.of_parts("total"), m.get("percent", ranked[-1].code)
    headline = "map.headline" if over.value else "map.none_over"
    return publish(
        m,
        headline=marked(m, headline, over=over, total=total, threshold=m.get("threshold")),
        subtitle=marked(m, "map.subtitle", as_of=m.get("as_of")),
        alt=spoken(m, "map.alt", over=over, total=total, last=ranked[-1].name(m.language), percent=low),
        table=_table(m),
        drawings=(_drawing(m, shapes),),
        key=class_key.key(m, *_others(m)),
        wide=True,
        note=_note(m, shapes),
    )


def _shapes(m: Measures) -> list[Shape]:
    """Return the shapes of the communes that lie directly below the province, or of provinces; none of districts."""
    codes = {area.code for area in m.parts} if m.two_levels or m.of_country else set()
    features = outlines.read(m.checked.data.folders.data) if codes else []
    shapes = [feature for feature in features if feature["properties"]["code"] in codes]
    return map_shapes.parted(shapes) if m.of_country else shapes


def _others(m: Measures) -> Iterator[Markup]:
    """Yield what else the key explains: communes that have not reported, or whose base is too small."""
    fills = {_fill(m, area) for area in m.parts}
    if SILENT in fills:
        yield Markup('<i class="hatch"></i>{}').format(marked(m, "map.silent"))
    if TRACK in fills:
        yield Markup('<i style="background:{}"></i>{}').format(TRACK, marked(m, "map.no_share"))


def _note(m: Measures, shapes: list[Shape]) -> Markup:
    """Return the note on borders and on boxes, and the names of communes that have no shape."""
    shown = {shape["properties"]["code"] for shape in shapes}
    lacking = [area.name(m.language) for area in m.parts if area.code not in shown]
    notes = [marked(m, "map.borders")]
    notes += [marked(m, "map.islands")] if map_shapes.split(shapes)[1] else []
    notes += [marked(m, "map.lacking", names=", ".join(lacking))] if lacking else []
    return Markup(" ").join(notes)


def _table(m: Measures) -> Table:
    """Return the communes by their rank, those without one at the end."""

    def place(area: Area) -> tuple[bool, int]:
        rank = m.find("rank", area.code)
        return rank is None, int(rank.number) if rank else 0

    rows = [(coded(m, area.code), cell(m, "percent", area.code)) for area in sorted(m.parts, key=place)]
    return Table(
        marked(m, "map.caption", as_of=m.get("as_of")),
        columns(m, "area" if m.of_country else "commune", "percent"),
        rows,
        marked(m, "map.table_note") + footnotes.explained(m, rows),
        file=f"map-of-{'provinces' if m.of_country else 'communes'}-{m.month}.csv",
        vintage=vintage(m),
        long=True,
    )


def _fill(m: Measures, area: Area) -> str:
    """Return the colour of a commune: of its class, of those whose base is too small, or of those that are silent."""
    if percent := m.find("percent", area.code):
        return class_colour(float(percent.number), m.office.threshold)
    return TRACK if m.find("required", area.code) else SILENT


def _drawing(m: Measures, shapes: list[Shape]) -> Drawing:
    highest = COUNTRY if m.of_country else map_layout.HIGHEST
    screen, phone = (map_layout.of(shapes, width, highest, east=m.of_country) for width in (SCREEN, PHONE))
    frames = (Frame(each.width, each.height) for each in (screen, phone))
    return Drawing(lambda ax, wide: _draw(m, screen if wide else phone, ax, size(wide) - 3), *frames)


def _draw(m: Measures, layout: Layout, ax: Axes, font: int) -> None:
    """Draw in pixels from the bottom left: the mainland, and islands in boxes."""
    ax.set(xlim=(0, layout.width), ylim=(0, layout.height))
    outlines = map_shapes.drawn(layout.mainland, layout.main, COARSE if m.of_country else map_shapes.TOLERANCE)
    specks = map_shapes.specks(outlines, SMALLEST)
    _fills(m, {code: rings for code, rings in outlines.items() if code not in specks}, ax)
    for code in specks:
        _dots(m, m.area(code), outlines[code], ax)
    for shape in layout.mainland:
        code = shape["properties"]["code"]
        _label(m, m.area(code), outlines[code], layout.main.place(_spot(shape)), ax, font)
    for island, box in layout.islands:
        _inset(m, island, box, ax, font + 1)


def _spot(shape: Shape) -> Point:
    return shape["properties"]["label_lon"], shape["properties"]["label_lat"]


def _fills(m: Measures, outlines: Outlines, ax: Axes) -> None:
    """Draw areas, all of one colour as one path: a quarter of the bytes of a map would say each one's colour."""
    by_colour: dict[str, list[list[Point]]] = {}
    for code, rings in outlines.items():
        by_colour.setdefault(_fill(m, m.area(code)), []).extend(rings)
    for colour, rings in by_colour.items():
        silent = colour == SILENT
        ax.add_artist(PathPatch(_path(rings), facecolor=colour, edgecolor=GREY if silent else "white", linewidth=0.8))
    hatched = (outlines[code] for code in outlines if _fill(m, m.area(code)) == SILENT)
    if lines := [line for rings in hatched for line in map_shapes.stripes(rings, STRIPES)]:
        ax.add_artist(PathPatch(_path(lines), facecolor="none", edgecolor=SECOND, linewidth=0.9))


def _path(lines: Iterable[Sequence[Point]]) -> Path:
    return Path.make_compound_path(*map(Path, lines))


def _inset(m: Measures, island: Shape, box: Box, ax: Axes, font: int) -> None:
    """Draw an island in a box of its own, at a scale of its own, over its name and percentage."""
    left, bottom, width, height = box
    code = island["properties"]["code"]
    area = m.area(island["properties"].get("of", code))
    ax.add_artist(Rectangle((left, bottom), width, height, facecolor="none", edgecolor=AXIS))
    name, share = _name(m, area, code), m.find("percent", area.code)
    said = f" {format_fact(share, m.language)}" if share and code == area.code else ""
    words = fitted(name, width - 8 - width_of(said, font, True), font, True) + said
    ax.text(left + width / 2, bottom + 7, words, ha="center", fontsize=font, fontweight=600)
    on = map_shapes.fitted([island], (left + 8, bottom + 28, width - 16, height - 36))
    rings = map_shapes.drawn([island], on)[code]
    seen = [ring for ring in rings if np.ptp(np.array(ring), axis=0).max() >= SMALLEST]
    _fills(m, {area.code: seen}, ax)
    _dots(m, area, [ring for ring in rings if ring not in seen], ax)


def _name(m: Measures, area: Area, code: str) -> str:
    """Return what a box shows: an island by its name, an archipelago of a province by its own and the province's."""
    if code == area.code:
        return _bare(area, m.language)
    own = say(m.language, f"charts.map.archipelago.{area.code}") if area.code in ARCHIPELAGOS else ""
    return f"{own} ({m.short(area.code)})" if own else m.short(area.code)


def _dots(m: Measures, area: Area, islets: list[list[Point]], ax: Axes) -> None:
    """Draw islets so small that nobody would see them as dots."""
    if islets:
        x, y = np.transpose([(np.min(ring, axis=0) + np.max(ring, axis=0)) / 2 for ring in islets])
        edge = GREY if _fill(m, area) == SILENT else "none"
        ax.scatter(x, y, SMALLEST**2, _fill(m, area), edgecolor=edge)


def _label(m: Measures, area: Area, rings: list[list[Point]], spot: Point, ax: Axes, font: int) -> None:
    """Write name and percentage where they lie within the area, in two lines or three, else the percentage alone."""
    percent = m.find("percent", area.code)
    if percent is None:
        return
    name, share = _bare(area, m.language), format_fact(percent, m.language, column=True).removesuffix("%")
    width, height = map_shapes.room(rings)
    for lines in ((name, share), (*_halves(name), share), (share,)):
        high = len(lines) * (font + 1) / 2
        if 2 * high > height or max(map(len, lines)) * font * THINNEST > width:
            continue
        half = max(width_of(words, font, words != share) for words in lines) / 2 + 1
        if place := map_shapes.place(rings, spot, half, high):
            _write(ax, lines, place, font, dark=_fill(m, area) in COLOURS[3:])
            return


def _write(ax: Axes, lines: Sequence[str], middle: Point, font: int, *, dark: bool) -> None:
    """Write lines of words around a place, the last of them a percentage."""
    for at, words in enumerate(lines):
        y = middle[1] + (len(lines) / 2 - at - 1) * (font + 1) + 3
        weight = 400 if at == len(lines) - 1 else 600
        colour = "white" if dark else INK
        ax.text(middle[0], y, words, ha="center", fontsize=font, fontweight=weight, color=colour)


def _halves(name: str) -> tuple[str, ...]:
    """Return a name of several words as two lines, about as long."""
    gaps = [at for at, letter in enumerate(name) if letter == " "]
    middle = min(gaps, key=lambda at: abs(2 * at - len(name)), default=0)
    return (name[:middle], name[middle + 1 :]) if middle else (name,)


def _bare(area: Area, language: str) -> str:
    """Return a commune's name without its type: where it lies tells it from its namesakes."""
    if area.level != "commune":
        return area.short(language)
    name = area.name(language)
    for kind in _KINDS:
        rest = name.removeprefix(kind).removesuffix(kind)
        if rest != name and any(letter.isalpha() for letter in rest):
            return rest
    return name
