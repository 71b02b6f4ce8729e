"""The districts on a map in the classes of their bars, each with name or rank and percentage; for display only."""

from functools import partial
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.transforms import IdentityTransform

from hotich.data import outlines
from hotich.data.outlines import rings
from hotich.measures import Measures
from hotich.views.charts.figure import PHONE, Drawing, Frame
from hotich.views.charts.style import INK, TRACK, class_colour, size, width_of
from hotich.views.figures import format_fact

SQUEEZE = 0.93
"""A degree of longitude against one of latitude at 21.7° north."""
NEAR = ((0, 0), (0, 8), (0, -8), (8, 0), (-8, 0), (0, -16), (0, 16), (16, -8), (-16, -8), (16, 8), (-16, 8), (0, -24))
"""Where a label is tried, in pixels right of and above the middle of an area."""
STEP = 6
"""Pixels of a side of the squares in which white space beside the areas is looked for."""
Shape = dict[str, Any]
Squares = np.ndarray[Any, np.dtype[np.bool_]]


def shapes(m: Measures) -> list[Shape]:
    """Return the outlines (GeoJSON features) of the districts that are shown, if the office has them."""
    if m.of_country:
        return []  # the map of provinces has a place of its own: `commune_map`
    codes = {area.code for area in m.districts}
    features = outlines.read(m.checked.data.folders.data)
    return [feature for feature in features if feature["properties"]["code"] in codes]


def drawing(m: Measures, shown: list[Shape]) -> Drawing:
    """Return the map as a drawing that suits a place beside the ranking."""
    return Drawing(partial(_draw, m, shown), Frame(376, 376, 4, 4, 4, 4), Frame(PHONE, 330, 4, 4, 4, 4))


def _draw(m: Measures, shown: list[Shape], ax: Axes, wide: bool) -> None:
    """Draw the areas in degrees, so large as they fit from the top left."""
    corners = np.concatenate([ring for shape in shown for ring in rings(shape)])
    (west, south), (east, north) = corners.min(axis=0), corners.max(axis=0)
    ax.set(xlim=(west, east), ylim=(south, north), aspect=1 / SQUEEZE, anchor="NW")
    ax.apply_aspect()
    for shape in shown:
        percent = m.find("percent", shape["properties"]["code"])
        colour = class_colour(float(percent.number), m.office.threshold) if percent else TRACK
        outline = Path.make_compound_path(*(Path(ring, closed=True) for ring in rings(shape)))
        # add_patch would look for the limits again, which are set, in every outline: most of a map's time
        ax.add_artist(PathPatch(outline, facecolor=colour, edgecolor="white", linewidth=1.2))
    narrow = [shape for shape in shown if not _label(m, shape, shown, ax, size(wide) - 2)]
    covered = _covered(ax, shown)
    for shape in narrow if wide else ():
        _name_outside(m.short(shape["properties"]["code"]), shape, covered, ax, size(wide) - 2)


def _label(m: Measures, shape: Shape, shown: list[Shape], ax: Axes, size: int) -> bool:
    """Write name and percentage where the name fits into the area, else the rank instead of the name, and say which."""
    code = shape["properties"]["code"]
    percent, rank, name = m.find("percent", code), m.find("rank", code), m.short(code)
    if percent is None or rank is None:
        return True
    place, dark = _place(ax, shape, shown, width_of(name, size, True) / 2 + 2), percent.number >= 90
    words, (x, y) = (name, place) if place else (format_fact(rank, m.language), (0, 0))
    write = partial(ax.annotate, xy=_spot(shape), textcoords="offset points", ha="center", fontsize=size)
    write = partial(write, color="white" if dark else INK, gid=None if place or dark else "h")
    write(words, xytext=(x, y), fontweight=600)
    write(format_fact(percent, m.language, column=True), xytext=(x, y - 15))
    return place is not None


def _covered(ax: Axes, shown: list[Shape]) -> Squares:
    """Return which squares of STEP pixels of the drawing an area lies on, from the bottom left, rows first."""
    across, up = (np.arange(STEP / 2, side, STEP) for side in (ax.figure.bbox.width, ax.figure.bbox.height))
    points = np.stack(np.meshgrid(across, up), axis=-1).reshape(-1, 2)
    paths = [Path(ax.transData.transform(ring)) for shape in shown for ring in rings(shape)]
    covered: Squares = np.any([path.contains_points(points) for path in paths], axis=0)
    return covered.reshape(len(up), len(across))


def _name_outside(name: str, shape: Shape, covered: Squares, ax: Axes, size: int) -> None:
    """Write a name in the white space nearest to its area, with a line to its place; nothing where there is none."""
    x, y = ax.transData.transform(_spot(shape))
    wide, high = int(width_of(name, size, True) // STEP) + 2, 18 // STEP
    rows, columns = covered.shape
    free = [
        (column, row)
        for row in range(rows - high)
        for column in range(columns - wide)
        if not covered[row : row + high, column : column + wide].any()
    ]
    if not free:
        return
    left, bottom = min(free, key=lambda at: abs((at[0] + wide / 2) * STEP - x) + 2 * abs((at[1] + high / 2) * STEP - y))
    covered[bottom : bottom + high, left : left + wide] = True
    middle, base = (left + wide / 2) * STEP, bottom * STEP + 4
    ax.text(middle, base, name, transform=IdentityTransform(), ha="center", fontsize=size, fontweight=600, color=INK)
    _leader(ax, (x, y), (middle, base), width_of(name, size, True) / 2)


def _leader(ax: Axes, spot: tuple[float, float], words: tuple[float, float], half: float) -> None:
    """Draw a cased line from the two lines of words on an area to its name outside, `half` pixels wide to each side."""
    (x, y), (middle, base) = spot, words
    aside, above = (1 if middle > x else -1), base > y
    if abs(middle - x) > abs(base - y):
        ends = (x + aside * 22, middle - aside * (half + 3)), (y - 4, base + 4)
    else:
        ends = (x, middle), (y + 14 if above else y - 20, base - 3 if above else base + 14)
    for colour, width in (("white", 3.5), (INK, 1.1)):
        ax.plot(*ends, transform=IdentityTransform(), color=colour, linewidth=width)


def _place(ax: Axes, shape: Shape, shown: list[Shape], half: float) -> tuple[int, int] | None:
    """Return how far from its spot two lines of words, the first `half` pixels wide to each side, lie in the area.

    They also leave the spots of others free: a small area has a number there that is wider than the area.
    """
    paths = [Path(ax.transData.transform(ring)) for ring in rings(shape)]
    others = ax.transData.transform(np.reshape([_spot(each) for each in shown if each is not shape], (-1, 2)))
    reaches = (half, 11), (half, 5), (half, -2), (20, -16)
    box = np.array([(side * reach, up) for reach, up in reaches for side in (-1, 1)])

    def fits(near: tuple[int, int]) -> bool:
        middle = ax.transData.transform(_spot(shape)) + near
        inside = np.sum([path.contains_points(middle + box) for path in paths], axis=0) % 2
        return bool(inside.all()) and not any(abs(x) < half + 20 and -13 < y < 28 for x, y in others - middle)

    return next(filter(fits, NEAR), None)


def _spot(shape: Shape) -> tuple[float, float]:
    return shape["properties"]["label_lon"], shape["properties"]["label_lat"]
