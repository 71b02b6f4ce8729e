"""The one door through which a chart reaches a page: without headline, alt text and table it does not pass."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from hotich.language import html, say
from hotich.language.unseen import visible
from hotich.measures import Measures
from hotich.views.charts import style, svg_minify
from hotich.views.markup import Fragment, Table, fold
from hotich.views.sentences import covered

SCREEN: Final = 720
PHONE: Final = 340
Draw = Callable[[Axes, bool], None]
"""Draws on the Axes, which are `True` wide ones or those of a phone."""


@dataclass(frozen=True)
class Frame:
    """The size of a drawing in pixels, and how much of it at each side is beside its axes. Marks are not clipped."""

    width: int
    height: int
    left: int = 0
    right: int = 0
    top: int = 0
    bottom: int = 0

    def figure(self) -> Figure:
        """Return a new figure of this size with axes that have no ticks and lines of their own."""
        figure = Figure((self.width / 72, self.height / 72))
        inner = (self.width - self.left - self.right) / self.width, (self.height - self.top - self.bottom) / self.height
        figure.add_axes((self.left / self.width, self.bottom / self.height, *inner)).set_axis_off()
        return figure


@dataclass(frozen=True)
class Drawing:
    """One way to draw that suits a screen, or paper, and a phone."""

    draw: Draw
    screen: Frame
    phone: Frame


def publish(
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
    change: bool = False,
    pace: bool = False,
) -> Fragment:
    """Return the chart as a figure of the page, its headline with the coverage of the level, `change` or `pace` told.

    Raises ValueError naming what a chart may not lack.
    """
    given = {"headline": headline, "subtitle": subtitle, "alt": alt, "table": table.rows, "drawings": drawings}
    if lacking := [name for name, content in given.items() if not content]:
        raise ValueError(f"A chart without {', '.join(lacking)} is not publishable")
    shown = [Markup("<div>{}{}</div>").format(*_both(drawing, alt)) for drawing in drawings]
    body = Markup('<div class="pair">{}</div>').format(Markup("").join(shown)) if len(shown) > 1 else shown[0]
    caption = Markup('<figcaption><span class="ft">{}</span><span class="fs">{}</span></figcaption>')
    return Fragment(
        Markup("<figure{}{}>{}{}{}{}{}{}{}</figure>").format(
            Markup(' id="chart-{}"').format(table.anchor) if table.anchor else "",
            Markup(' class="wide"') if wide else "",
            caption.format(covered(m, headline, change=change, pace=pace), subtitle),
            key or "",
            body,
            source(m),
            Markup('<p class="note">{}</p>').format(note) if note else "",
            _tools(m, table.anchor),
            fold(say(m.language, "charts.table"), table.html(m.language)),
        )
    )


def _tools(m: Measures, anchor: str) -> Markup:
    """Return the line under a chart with a link to it, to which the page's script adds how to save it."""
    line = Markup('<p class="src tools nop"><a href="#chart-{}">{}</a></p>')
    return line.format(anchor, say(m.language, "charts.link")) if anchor else Markup("")


def _both(drawing: Drawing, alt: str) -> tuple[Markup, Markup]:
    return svg(drawing.draw, drawing.screen, alt), svg(drawing.draw, drawing.phone, alt, wide=False)


def svg(draw: Draw, frame: Frame, alt: str, *, wide: bool = True) -> Markup:
    """Return a drawing as an inline SVG element without ids, prolog or date, the same bytes every time."""
    with style.applied(wide):
        figure = frame.figure()
        draw(figure.axes[0], wide)
        body = svg_minify.body(_saved(figure))
    return Markup('<svg class="{}" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>').format(
        "w" if wide else "n",
        frame.width,
        frame.height,
        alt,
        Markup(body),  # noqa: S704 - Matplotlib escapes words
    )


def _saved(figure: Figure) -> str:
    """Return the figure as Matplotlib writes it. What nobody sees in a name is written out; a name has one line."""
    # findobj(Text) would also make all ticks, which are switched off: a third of the time
    for words in (text for ax in figure.axes for text in ax.texts):
        words.set_text(visible(words.get_text()).replace("\n", " "))
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None})
    return buffer.getvalue()


def source(m: Measures) -> Markup:
    """Return whose data it is; made-up data is named first, so that a cropped picture still says so."""
    return Markup('<p class="src">{}</p>').format(source_line(m))


def source_line(m: Measures) -> Markup:
    """Return the same without its paragraph."""
    tag = Markup('<span class="sim">{}</span>').format(say(m.language, "charts.simulated")) if m.synthetic else ""
    return Markup("{}{}").format(tag, html(m.language, "charts.source", office=m.office.name(m.language)))
