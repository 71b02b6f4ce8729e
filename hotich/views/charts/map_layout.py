"""Where the parts of a map of communes lie: the mainland as large as fits, islands beside it where there is room."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from hotich.data.outlines import rings
from hotich.views.charts import map_shapes
from hotich.views.charts.map_shapes import Box, Projection, Shape

HIGHEST: Final = 620
"""Pixels that the mainland is high at most."""
EDGE: Final = 3
INSET: Final = (150, 104)
"""Width and height of the box of an island, in pixels."""
STEP: Final = 10
"""Pixels from one place that is tried for a box to the next."""
_GRID: Final = tuple((x / 2, y / 2) for x in range(3) for y in range(3))
"""Places in a box that no other of its size can leave free and lie on it."""


@dataclass(frozen=True)
class Layout:
    """A drawing of a width: how high it is, how the mainland is projected, and in which box each island lies."""

    width: int
    height: int
    mainland: list[Shape]
    main: Projection
    islands: list[tuple[Shape, Box]]


def of(shapes: Sequence[Shape], width: int, highest: int = HIGHEST, *, east: bool = False) -> Layout:
    """Return the layout: islands lie where the mainland leaves room, else in rows below it.

    With `east` they lie east of its middle or below it: of Việt Nam, not in its neighbours.
    """
    mainland, islands = map_shapes.split(shapes)
    high = round(min((width - 2 * EDGE) / map_shapes.aspect(mainland), highest)) + 2 * EDGE
    main = map_shapes.fitted(mainland, (EDGE, EDGE, width - 2 * EDGE, high - 2 * EDGE))
    beside = (place for place in _free(mainland, main, width, high) if place[0] >= width / 2 or not east)
    places = [place for _, place in zip(islands, beside, strict=False)]
    rest, across = len(islands) - len(places), (width - EDGE) // (INSET[0] + EDGE)
    under = -(-rest // across) * (INSET[1] + EDGE)
    boxes = [(x, y + under) for x, y in places]
    boxes += [
        (EDGE + at % across * (INSET[0] + EDGE), under - (at // across + 1) * (INSET[1] + EDGE)) for at in range(rest)
    ]
    main = map_shapes.fitted(mainland, (EDGE, under + EDGE, width - 2 * EDGE, high - 2 * EDGE))
    frames: list[Box] = [(x + 0.5, y + 0.5, INSET[0] - 1, INSET[1] - 1) for x, y in boxes]
    return Layout(width, high + under, mainland, main, list(zip(islands, frames, strict=True)))


def _free(mainland: Sequence[Shape], main: Projection, width: int, high: int) -> Iterator[tuple[float, float]]:
    """Yield places of boxes that no part of the mainland nor another box reaches, those at the right edge first."""
    borders = np.array([main.place(point) for shape in mainland for ring in rings(shape) for point in ring])
    size = np.array(INSET)
    for x in range(width - INSET[0] - EDGE, EDGE - 1, -STEP):
        for y in range(EDGE, high - INSET[1] - EDGE + 1, STEP):
            within = (borders > (x - EDGE, y - EDGE)) & (borders < (x + INSET[0] + EDGE, y + INSET[1] + EDGE))
            if not within.all(axis=1).any():
                yield x, y
                borders = np.concatenate([borders, [(x, y) + size * part for part in _GRID]])
