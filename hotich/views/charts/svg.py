"""Marks on a sheet, written as SVG by matplotlib's renderer.

The renderer is asked directly, without a figure: a sheet has no axes, scales or layout, and what they cost for each
mark is most of what a chart would cost.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import matplotlib as mpl
from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.colors import to_rgba
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path as Outline
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

from hotich.views.charts import svg_minify

Point = tuple[float, float]
_FAMILY: Final = "Source Sans 3"
_STYLE: Final = Path(__file__).parent / "report.mplstyle"


@dataclass(frozen=True)
class Mark:
    """One thing on a sheet: its kind, its points in pixels, how it looks.

    Kinds and their looks: `text` (words, at, colour, size, weight, group), `line` (colour, width, dashes),
    `bar` (size, fill, edge, width), `dot` (radius, fill, edge, width), `area` (fill, opacity), `shape` (rings, fill,
    edge, width). `rings` are the numbers of points of each ring.
    """

    kind: str
    points: tuple[Point, ...]
    look: tuple[tuple[str, Any], ...] = ()


def svg(width: int, height: int, marks: Sequence[Mark]) -> str:
    """The content of an SVG element of that size in pixels; each mark lies over those before it."""
    buffer = io.StringIO()
    with mpl.rc_context(_style()):
        renderer = RendererSVG(width, height, buffer, metadata={"Date": None})
        for mark in marks:
            (_write if mark.kind == "text" else _paint)(renderer, mark)
        renderer.finalize()
    return svg_minify.body(buffer.getvalue())


def _write(renderer: RendererSVG, mark: Mark) -> None:
    look, ((x, y),) = dict(mark.look), mark.points
    pen = _pen(renderer, look["colour"])
    anchor = Text(x, renderer.height - y, horizontalalignment=look["at"])
    if look["group"]:
        renderer.open_group("text", look["group"])
    renderer.draw_text(pen, x, y, look["words"], _font(look["size"], look["weight"]), 0, ismath=False, mtext=anchor)
    if look["group"]:
        renderer.close_group("text")


def _paint(renderer: RendererSVG, mark: Mark) -> None:
    look = dict(mark.look)
    pen = _pen(renderer, look.get("colour") or look.get("edge") or "none", look.get("width", 0))
    if mark.kind == "line":
        pen.set_dashes(0, [part * look["width"] for part in look["dashes"]] or None)
    else:
        pen.set_joinstyle("miter")
    if "opacity" in look:
        pen.set_alpha(look["opacity"])
    outline, placed = _outline(mark, look)
    fill = to_rgba(look["fill"]) if "fill" in look else None
    renderer.draw_path(pen, outline, placed.scale(1, -1).translate(0, renderer.height), fill)


def _pen(renderer: RendererSVG, colour: str, width: float = 0) -> GraphicsContextBase:
    """A line of that colour and width; none of no colour."""
    pen: GraphicsContextBase = renderer.new_gc()
    pen.set_foreground(to_rgba(colour), isRGBA=True)
    pen.set_linewidth(0 if colour == "none" else width)
    return pen


def _outline(mark: Mark, look: dict[str, Any]) -> tuple[Outline, Affine2D]:
    """A path, and where on the sheet it belongs."""
    (x, y), *_ = mark.points
    match mark.kind:
        case "bar":
            return Outline.unit_rectangle(), Affine2D().scale(*look["size"]).translate(x, y)
        case "dot":
            return Outline.unit_circle(), Affine2D().scale(look["radius"]).translate(x, y)
        case "shape":
            rings = (code for size in look["rings"] for code in (Outline.MOVETO, *[Outline.LINETO] * (size - 1)))
            return Outline(mark.points, list(rings)), Affine2D()
    return Outline(mark.points, closed=mark.kind == "area"), Affine2D()


@cache
def _style() -> Any:  # noqa: ANN401 - matplotlib's dictionary of settings
    return mpl.rc_params_from_file(_STYLE, use_default_template=False)


@cache
def _font(size: int, weight: int) -> FontProperties:
    return FontProperties(family=[_FAMILY], size=size, weight=weight)
