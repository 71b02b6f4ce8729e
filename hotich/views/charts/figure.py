"""The one door through which a chart reaches a page: without headline, source, alt text and table it does not pass."""

from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup, escape

from hotich.language import html, say
from hotich.measures import Measures
from hotich.views.charts.canvas import Sheet
from hotich.views.markup import Fragment, Table, fold


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


def source(m: Measures) -> Markup:
    """Whose data it is; made-up data is named first, so that a cropped picture still says so."""
    tag = Markup('<span class="sim">{}</span>').format(say(m.language, "charts.simulated")) if m.synthetic else ""
    office = m.office.name(m.language)
    return Markup('<p class="src">{}{}</p>').format(tag, html(m.language, "charts.source", office=office))
