"""Words at a place in data units, moved by so many pixels."""

from typing import Literal

from matplotlib.axes import Axes
from matplotlib.transforms import Transform

from hotich.views.charts.style import INK

Coordinates = str | Transform | tuple[str, str]


def label(
    ax: Axes,
    words: str,
    at: tuple[float, float],
    by: tuple[float, float],
    size: float,
    *,
    colour: str = INK,
    bold: bool = False,
    side: Literal["left", "center", "right"] = "left",
    kind: Literal["tick", "h"] | None = None,
    within: Coordinates = "data",
) -> None:
    """Write words whose `side` begins on a baseline `by` pixels right of and above `at`.

    Only a `tick`, the name of a place on an axis, may hold digits that belong to no fact; `h` lies over lines.
    """
    weight = 600 if bold else 400
    look = {"color": colour, "fontweight": weight, "fontsize": size, "horizontalalignment": side, "gid": kind}
    ax.annotate(words, at, by, within, "offset points", annotation_clip=False).set(**look)
