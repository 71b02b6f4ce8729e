"""Where shapes lie on a drawing: the mainland as large as fits, islands far from it in boxes of their own."""

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import cos, hypot, radians
from typing import Any, Final, TypeAlias

import numpy as np
from matplotlib.path import Path

from hotich.data.outlines import rings

APART: Final = 0.25
"""Degrees of sea on every side beyond which an island is shown in a box of its own."""
FAR: Final = 2
"""Degrees of sea beyond which a part of a province is shown in a box of its own on the map of a country."""
TOLERANCE: Final = 0.5
"""Pixels by which a border may be drawn beside its place."""
NEAR: Final = ((0, 0), *((x, y) for reach in (6, 12, 18) for x in (0, -reach, reach) for y in (0, -reach, reach)))
"""Where a label is tried, in pixels right of and above the place that the shape has for it."""
Shape: TypeAlias = dict[str, Any]
Point: TypeAlias = tuple[float, float]
Outlines: TypeAlias = dict[str, list[list[Point]]]
"""The rings of each shape in pixels, by its code."""
Box: TypeAlias = tuple[float, float, float, float]
"""Left, bottom, width and height of a part of a drawing, in pixels."""
_Array: TypeAlias = "np.ndarray[Any, np.dtype[Any]]"


@dataclass(frozen=True)
class Projection:
    """Degrees as pixels: east to the right, north up, a kilometre as long both ways."""

    west: float
    south: float
    squeeze: float
    """A degree of longitude against one of latitude, in the middle of what is shown."""
    scale: float
    """Pixels of a degree of latitude."""
    left: float
    bottom: float

    def place(self, point: Any) -> Any:  # noqa: ANN401 - of one place, or of many as two arrays
        """Return where a longitude and latitude lies."""
        across, up = (point[0] - self.west) * self.squeeze * self.scale, (point[1] - self.south) * self.scale
        return self.left + across, self.bottom + up


def split(shapes: Sequence[Shape]) -> tuple[list[Shape], list[Shape]]:
    """Return the shapes of the mainland, and islands of which every part lies far from it."""
    whole = [(shape, np.array(ring)) for shape in shapes for ring in rings(shape)]
    least, most = (np.array([edge(ring, axis=0) for _, ring in whole]) for edge in (np.min, np.max))
    gap = (least[:, None] - most[None]).max(axis=-1)
    near, group = np.maximum(gap, gap.T) < APART, np.arange(len(whole))
    while (joined := np.where(near, group[None], len(whole)).min(axis=1)).tolist() != group.tolist():
        group = joined
    held: dict[int, set[str]] = defaultdict(set)
    for (shape, _), each in zip(whole, group, strict=True):
        held[int(each)].add(shape["properties"]["code"])
    mainland = max(held.values(), key=len)
    return tuple([s for s in shapes if (s["properties"]["code"] in mainland) == on] for on in (True, False))  # type: ignore[return-value] # two of them


def parted(shapes: Sequence[Shape]) -> list[Shape]:
    """Return the shapes with what lies far beyond the largest part of each as a shape of its own, `of` that code.

    An archipelago in the open sea would make the map of a country twice as wide.
    """
    found, far = [], []
    for shape in shapes:
        every = rings(shape)
        largest = max(every, key=lambda ring: float(np.prod(np.ptp(ring, axis=0))))
        away = [ring for ring in every if _gap(ring, largest) > FAR]
        if not away:
            found.append(shape)
            continue
        code = shape["properties"]["code"]
        found.append(_of_rings(shape, [ring for ring in every if ring not in away], {}))
        far.append(_of_rings(shape, away, {"code": f"{code}+", "of": code}))
    far.sort(key=lambda shape: min(rings(shape)[0])[1])  # the southernmost box is the lowest
    return [*found, *far]


def _gap(one: Sequence[Point], other: Sequence[Point]) -> float:
    """Return how many degrees of sea lie between the boxes of two rings, along the axis on which it is more."""
    least, most = (
        np.array([np.min(one, axis=0), np.min(other, axis=0)]),
        np.array([np.max(one, axis=0), np.max(other, axis=0)]),
    )
    return float(max((least[0] - most[1]).max(), (least[1] - most[0]).max()))


def _of_rings(shape: Shape, kept: list[list[Point]], more: dict[str, str]) -> Shape:
    geometry = {"type": "MultiPolygon", "coordinates": [[ring] for ring in kept]}
    return {**shape, "properties": shape["properties"] | more, "geometry": geometry}


def aspect(shapes: Sequence[Shape]) -> float:
    """Return how wide the shapes are for each unit of their height, on the ground."""
    (west, south), (east, north) = _limits(shapes)
    return float((east - west) * _squeeze(south, north) / (north - south))


def fitted(shapes: Sequence[Shape], box: Box) -> Projection:
    """Return the projection that shows the shapes as large as fits, in the middle of a box."""
    (west, south), (east, north) = _limits(shapes)
    left, bottom, width, height = box
    squeeze = _squeeze(south, north)
    scale = min(width / ((east - west) * squeeze), height / (north - south))
    left += (width - (east - west) * squeeze * scale) / 2
    bottom += (height - (north - south) * scale) / 2
    return Projection(west, south, squeeze, scale, left, bottom)


def drawn(shapes: Sequence[Shape], on: Projection, within: float = TOLERANCE) -> Outlines:
    """Return the rings of each shape by its code, in pixels; borders that two share are simplified once, alike.

    They lie `within` so many pixels of their place.
    """
    placed = {shape["properties"]["code"]: [_snapped(on, ring, within) for ring in rings(shape)] for shape in shapes}
    beside: dict[Point, set[Point]] = defaultdict(set)
    for ring in (ring for each in placed.values() for ring in each):
        for one, other in itertools.pairwise(ring):
            beside[one].add(other)
            beside[other].add(one)
    corners = {point for point, others in beside.items() if len(others) != 2}
    return {code: [_simplified(ring, corners, within) for ring in each] for code, each in placed.items()}


def specks(outlines: Outlines, size: float) -> list[str]:
    """Return the islands among the outlines of which no part is larger than a size, in pixels."""
    met = Counter(point for each in outlines.values() for point in {point for ring in each for point in ring})
    return [
        code
        for code, each in outlines.items()
        if all(met[point] == 1 and max(np.ptp(ring, axis=0)) <= size for ring in each for point in ring)
    ]


def _limits(shapes: Iterable[Shape]) -> tuple[_Array, _Array]:
    corners = np.concatenate([ring for shape in shapes for ring in rings(shape)])
    return corners.min(axis=0), corners.max(axis=0)


def _squeeze(south: float, north: float) -> float:
    return cos(radians((south + north) / 2))


def _snapped(on: Projection, ring: list[Point], within: float) -> list[Point]:
    """Return a ring in steps of the tolerance, without points that lie on the one before."""
    points = np.round(np.transpose(on.place(np.transpose(ring))) / within) * within
    kept = np.append(True, np.any(np.diff(points, axis=0), axis=1))
    return [(x, y) for x, y in points[kept].tolist()]


def _simplified(ring: list[Point], corners: set[Point], within: float) -> list[Point]:
    """Return a ring with fewer points: every line between two corners, where several shapes meet, is kept in place."""
    if len(ring) < 5:
        return ring
    start = next((at for at, point in enumerate(ring) if point in corners), ring.index(min(ring)))
    turned = [*ring[start:-1], *ring[:start], ring[start]]
    ends = [at for at, point in enumerate(turned) if point in corners or at in (0, len(turned) - 1)]
    kept = [turned[0]]
    for first, last in itertools.pairwise(ends):
        line = turned[first : last + 1]
        backwards = line[::-1] < line
        fewer = list(_fewer(line[::-1] if backwards else line, within))
        kept += (fewer[::-1] if backwards else fewer)[1:]
    return kept


def _fewer(line: list[Point], within: float) -> Iterator[Point]:
    """Yield the points of a line without which it would lie further than the tolerance from where it does.

    The way of Douglas and Peucker (1973).
    """
    pending = [line]
    while pending:
        part = pending.pop()
        furthest, away = _furthest(part) if len(part) > 2 else (0, 0.0)
        if away > within:
            pending += [part[furthest:], part[: furthest + 1]]
        else:
            yield part[0]
    yield line[-1]


def _furthest(line: list[Point]) -> tuple[int, float]:
    """Return which point is furthest from the straight line between the first and the last, or from a common place."""
    (x, y), (last_x, last_y) = line[0], line[-1]
    across, up = last_x - x, last_y - y
    length = hypot(across, up)
    if length:
        away = [abs(across * (b - y) - up * (a - x)) / length for a, b in line]
    else:
        away = [hypot(a - x, b - y) for a, b in line]
    most = max(away)
    return away.index(most), most


def stripes(outline: Sequence[Sequence[Point]], step: float) -> Iterator[tuple[Point, Point]]:
    """Yield the lines of a hatching that lie within an outline: rising to the right, `step` pixels apart across."""
    for offset in _offsets(outline, step):
        crossings = sorted(
            x1 + (x2 - x1) * (offset - (x1 - y1)) / ((x2 - y2) - (x1 - y1))
            for ring in outline
            for (x1, y1), (x2, y2) in itertools.pairwise(ring)
            if (x1 - y1 <= offset) != (x2 - y2 <= offset)
        )
        for begin, end in zip(crossings[::2], crossings[1::2], strict=True):
            yield (begin, begin - offset), (end, end - offset)


def _offsets(outline: Sequence[Sequence[Point]], step: float) -> list[float]:
    across = [x - y for ring in outline for x, y in ring]
    return [float(each) for each in np.arange(np.ceil(min(across) / step) * step, max(across), step)]


def room(outline: Sequence[Sequence[Point]]) -> tuple[float, float]:
    """Return how wide and how high the largest part of an outline is, in pixels."""
    extents = (np.ptp(np.array(ring), axis=0) for ring in outline)
    width, height = max(extents, key=lambda extent: float(extent.prod()))
    return float(width), float(height)


def place(outline: Sequence[Sequence[Point]], spot: Point, half: float, high: float) -> Point | None:
    """Return the middle of a box, `half` wide and `high` high to each side, that lies in an outline, near a spot.

    None where there is none. A box lies in it if it lies in an odd number of its rings: in no hole.
    """
    box = np.stack(np.meshgrid(np.linspace(-half, half, 7), np.linspace(-high, high, 5)), axis=-1).reshape(-1, 2)
    middles = np.add(spot, NEAR)
    points = (middles[:, None] + box).reshape(-1, 2)
    inside = np.sum([Path(ring).contains_points(points) for ring in outline], axis=0) % 2 == 1
    found = np.flatnonzero(inside.reshape(len(NEAR), -1).all(axis=1))
    return (float(middles[found[0]][0]), float(middles[found[0]][1])) if len(found) else None
