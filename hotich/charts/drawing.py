"""A sheet of so many pixels, drawn by matplotlib into SVG: one unit is one pixel at the size it is shown."""

import io
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import matplotlib as mpl
from matplotlib.artist import Artist
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import fontManager, get_font
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, PathPatch, Polygon, Rectangle
from matplotlib.path import Path as Outline
from matplotlib.text import Text

from hotich import once
from hotich.charts import compact
from hotich.elements import visible
from hotich.places import PACKAGE

INK: Final = "#1B2026"
SECOND: Final = "#4C5762"
NAVY: Final = "#12436D"
ALERT: Final = "#9A3412"
GREY: Final = "#7E91A4"
GRID: Final = "#E1E6EA"
AXIS: Final = "#8A949E"
TRACK: Final = "#EEF1F4"
OUTLINE: Final = "#5E7183"
CLASSES: Final = ((100, "#12436D"), (90, "#376C9B"), (80, "#6593BC"), (70, "#A6C2D9"), (0, "#D5E1EC"))
"""Five classes of percentages with breaks at 70, 80, 90 and 100, dark where most is done."""
PALEST: Final = frozenset(colour for _, colour in CLASSES[-2:])
"""Their tint alone has too little contrast: bars of these have an outline."""
_FAMILY: Final = "Source Sans 3"
_FILES: Final = {400: "SourceSans3-Regular.ttf", 600: "SourceSans3-SemiBold.ttf"}
_LACKING: Final = "Glyph .* missing from font"
"""A name may have a letter that the font lacks: the reader's own fonts show it, as they do in the text."""
_STYLE: Final = Path(__file__).parent / "house.mplstyle"


@dataclass(frozen=True)
class Mark:
    """One thing on a sheet: what kind it is, where its points are, and its look by matplotlib's names."""

    kind: str
    points: tuple[tuple[float, float], ...]
    look: tuple[tuple[str, Any], ...] = ()


class Sheet:
    """Where a chart is drawn. x runs right, y runs down, both in pixels; nothing is scaled or clipped."""

    def __init__(self, width: int, height: int, wide: bool) -> None:
        self.width, self.height, self.wide = width, height, wide
        self.size = 15 if wide else 14
        self._marks: list[Mark] = []

    def _put(self, kind: str, points: Sequence[tuple[float, float]], **look: object) -> None:
        self._marks.append(Mark(kind, tuple(points), tuple(look.items())))

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        at: str = "start",
        colour: str = INK,
        bold: bool = False,
        size: int = 0,
        tick: bool = False,
        cased: bool = False,
    ) -> None:
        """Words on a baseline, beginning, centred or ending at x.

        Only a `tick`, an axis label, may hold digits that belong to no fact. `cased` words lie over lines.
        """
        align = {"start": "left", "middle": "center", "end": "right"}[at]
        self._put(
            "text", [(x, y)], text=visible(words), horizontalalignment=align, color=colour, fontsize=size or self.size,
            fontweight=600 if bold else 400, gid="tick" if tick else "h" if cased else None,
        )  # fmt: skip

    def line(
        self, points: Sequence[tuple[float, float]], colour: str, width: float = 1, *, dashes: Sequence[float] = ()
    ) -> None:
        """A line through points."""
        self._put("line", points, color=colour, linewidth=width, linestyle=(0, tuple(dashes)) if dashes else "-")

    def bar(
        self, x: float, y: float, width: float, height: float, colour: str, edge: str = "", thick: float = 1
    ) -> None:
        """A filled rectangle, outlined where its fill alone would be too pale."""
        inset = thick / 2 if edge else 0
        self._put(
            "bar", [(x + inset, y + inset)], width=max(width - 2 * inset, 0), height=max(height - 2 * inset, 0),
            facecolor=colour, edgecolor=edge or "none", linewidth=thick if edge else 0,
        )  # fmt: skip

    def dot(self, x: float, y: float, radius: float, colour: str, edge: str = "none", width: float = 1.5) -> None:
        """A circle."""
        self._put(
            "dot", [(x, y)], radius=radius, facecolor=colour, edgecolor=edge, linewidth=width if edge != "none" else 0
        )  # fmt: skip

    def area(self, points: Sequence[tuple[float, float]], colour: str, opacity: float) -> None:
        """A filled polygon without outline."""
        self._put("area", points, facecolor=colour, alpha=opacity, linewidth=0)

    def shape(self, rings: Sequence[Sequence[tuple[float, float]]], colour: str) -> None:
        """A map area with a white border."""
        sizes = tuple(len(ring) for ring in rings)
        points = [point for ring in rings for point in ring]
        self._put("shape", points, sizes=sizes, facecolor=colour, edgecolor="white", linewidth=1.2)

    def svg(self, label: str) -> str:
        """The drawing as an inline SVG element without ids, prolog or date; marks that were drawn before are reused."""
        whole = (self.width, self.height, tuple(self._marks))
        body = once.text(repr(whole), lambda: _drawn(*whole))
        kind = "w" if self.wide else "n"
        return (
            f'<svg class="{kind}" viewBox="0 0 {self.width} {self.height}" role="img" aria-label="{label}">{body}</svg>'
        )


def _drawn(width: int, height: int, marks: Sequence[Mark]) -> str:
    """What matplotlib makes of the marks; each lies over those before it."""
    figure = Figure(figsize=(width / 72, height / 72), dpi=72)
    figure.patch.set_visible(False)
    FigureCanvasSVG(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, width)
    axes.set_ylim(height, 0)
    axes.set_axis_off()
    buffer = io.StringIO()
    for order, mark in enumerate(marks, len(axes.get_children())):
        axes.add_artist(_artist(mark, order))
    with mpl.rc_context(_style()), warnings.catch_warnings():
        warnings.filterwarnings("ignore", _LACKING)
        figure.savefig(buffer, format="svg", metadata={"Date": None})
    return compact.body(buffer.getvalue())


def _artist(mark: Mark, order: int) -> Artist:
    look: dict[str, Any] = {**dict(mark.look), "zorder": order, "clip_on": False}
    (x, y), *_ = mark.points
    match mark.kind:
        case "text":
            _font(look["fontweight"])
            return Text(x, y, verticalalignment="baseline", fontfamily=_FAMILY, parse_math=False, **look)
        case "line":
            return Line2D(*zip(*mark.points, strict=True), solid_capstyle="butt", **look)
        case "bar":
            return Rectangle((x, y), **look)
        case "dot":
            return Circle((x, y), **look)
        case "area":
            return Polygon(mark.points, closed=True, **look)
    sizes = look.pop("sizes")
    codes = [code for size in sizes for code in (Outline.MOVETO, *[Outline.LINETO] * (size - 1))]
    return PathPatch(Outline(mark.points, codes), **look)


@cache
def _style() -> Any:  # noqa: ANN401 - matplotlib's dictionary of settings
    return mpl.rc_params_from_file(_STYLE, use_default_template=False)


@cache
def _font(weight: int) -> Any:  # noqa: ANN401 - matplotlib's font object
    path = PACKAGE / "page" / "fonts" / _FILES[weight]
    fontManager.addfont(str(path))
    return get_font(str(path))


def width_of(words: str, size: int, bold: bool = False) -> float:
    """How many pixels wide the words are."""
    font = _font(600 if bold else 400)
    font.set_size(size, 72)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", _LACKING)
        font.set_text(words, 0)
    return float(font.get_width_height()[0]) / 64


def class_colour(percent: float) -> str:
    """The colour of a percentage's class."""
    return next(colour for least, colour in CLASSES if percent >= least)


def fitted(words: str, room: float, size: int, bold: bool = False) -> str:
    """The words if they are no wider than `room` pixels, else as many of them as are, and an ellipsis."""
    words = visible(words)
    if width_of(words, size, bold) <= room:
        return words
    kept = words[: int(room)]
    while kept and width_of(kept + "…", size, bold) > room:
        kept = kept[:-1].rstrip(" ,(")
    return kept + "…"
