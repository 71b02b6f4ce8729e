"""A sheet of so many pixels that marks are put on: one unit is one pixel at the size it is shown."""

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from markupsafe import Markup, escape
from matplotlib.font_manager import get_font

from hotich.data import cache as month_cache
from hotich.language import say
from hotich.measures import Measures
from hotich.storage.paths import PACKAGE
from hotich.views.charts import svg
from hotich.views.charts.figure import source
from hotich.views.charts.svg import Mark, Point
from hotich.views.markup import Fragment, Table, fold, visible

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
_FILES: Final = {400: "SourceSans3-Regular.ttf", 600: "SourceSans3-SemiBold.ttf"}
_LACKING: Final = "Glyph .* missing from font"
"""A name may have a letter that the font lacks: the reader's own fonts show it, as they do in the text."""


class Sheet:
    """Where a chart is drawn. x runs right, y runs down, both in pixels; nothing is scaled or clipped."""

    def __init__(self, width: int, height: int, wide: bool) -> None:
        self.width, self.height, self.wide = width, height, wide
        self.size = 15 if wide else 14
        self._marks: list[Mark] = []

    def _put(self, kind: str, points: Sequence[Point], **look: object) -> None:
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
        self._put(
            "text",
            [(x, y)],
            words=visible(words),
            at={"start": "left", "middle": "center", "end": "right"}[at],
            colour=colour,
            size=size or self.size,
            weight=600 if bold else 400,
            group="tick" if tick else "h" if cased else "",
        )

    def line(self, points: Sequence[Point], colour: str, width: float = 1, *, dashes: Sequence[float] = ()) -> None:
        """A line through points."""
        self._put("line", points, colour=colour, width=width, dashes=tuple(dashes))

    def bar(
        self, x: float, y: float, width: float, height: float, colour: str, edge: str = "", thick: float = 1
    ) -> None:
        """A filled rectangle, outlined where its fill alone would be too pale."""
        inset = thick / 2 if edge else 0
        size = max(width - 2 * inset, 0), max(height - 2 * inset, 0)
        self._put("bar", [(x + inset, y + inset)], size=size, fill=colour, edge=edge or "none", width=thick)

    def dot(self, x: float, y: float, radius: float, colour: str, edge: str = "none", width: float = 1.5) -> None:
        """A circle."""
        self._put("dot", [(x, y)], radius=radius, fill=colour, edge=edge, width=width)

    def area(self, points: Sequence[Point], colour: str, opacity: float) -> None:
        """A filled polygon without outline."""
        self._put("area", [*points, points[0]], fill=colour, opacity=opacity)

    def shape(self, rings: Sequence[Sequence[Point]], colour: str) -> None:
        """A map area with a white border."""
        sizes = tuple(len(ring) for ring in rings)
        points = [point for ring in rings for point in ring]
        self._put("shape", points, rings=sizes, fill=colour, edge="white", width=1.2)

    def svg(self, label: str) -> str:
        """The drawing as an inline SVG element without ids, prolog or date; marks that were drawn before are reused."""
        whole = (self.width, self.height, tuple(self._marks))
        body = month_cache.made(repr(whole), lambda: svg.svg(*whole))
        kind = "w" if self.wide else "n"
        return (
            f'<svg class="{kind}" viewBox="0 0 {self.width} {self.height}" role="img" aria-label="{label}">{body}</svg>'
        )


@cache
def _font(weight: int) -> Any:  # noqa: ANN401 - matplotlib's font object
    return get_font(str(PACKAGE / "page" / "fonts" / _FILES[weight]))


@cache
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


@dataclass(frozen=True)
class Drawing:
    """How a chart is drawn: its heights on screen and on phones, and what is put on the sheet."""

    draw: Callable[[Sheet], None]
    height: int
    narrow_height: int
    width: int = 720


def publishable(
    m: Measures,
    *,
    headline: Markup,
    subtitle: Markup,
    alt: str,
    table: Table,
    drawings: tuple[Drawing, ...],
    key: Markup | None = None,
    wide: bool = False,
    note: Markup | str = "",
) -> Fragment:
    """The chart as a figure. Raises ValueError naming what a chart may not lack."""
    given = {"headline": headline, "subtitle": subtitle, "alt": alt, "table": table.rows, "drawing": drawings}
    if lacking := [name for name, content in given.items() if not content]:
        raise ValueError(f"A chart without {', '.join(lacking)} is not publishable")
    shown = [Markup("<div>{}</div>").format(_both(drawing, alt)) for drawing in drawings]
    body = Markup('<div class="pair">{}</div>').format(Markup("").join(shown)) if len(shown) > 1 else shown[0]
    caption = Markup('<figcaption><span class="ft">{}</span><span class="fs">{}</span></figcaption>')
    return Fragment(
        Markup("<figure{}>{}{}{}{}{}{}</figure>").format(
            Markup(' class="wide"') if wide else "",
            caption.format(headline, subtitle),
            key or "",
            body,
            source(m),
            Markup('<p class="note">{}</p>').format(note) if note else "",
            fold(say(m.language, "charts.table"), table.html(m.language)),
        )
    )


def _both(drawing: Drawing, alt: str) -> Markup:
    sheets = (Sheet(drawing.width, drawing.height, True), Sheet(340, drawing.narrow_height, False))
    for sheet in sheets:
        drawing.draw(sheet)
    return Markup("").join(Markup(sheet.svg(str(escape(alt)))) for sheet in sheets)  # noqa: S704 - made here
