"""What the case of a published figure that cannot be right has: headline, picture, source, and the figure used here."""

from functools import partial

from markupsafe import Markup
from matplotlib.axes import Axes

from hotich import formats
from hotich.data.published import Published
from hotich.language import html, say
from hotich.measures import Measures
from hotich.measures.facts import Fact
from hotich.views import sentences
from hotich.views.charts.figure import Draw, Frame, svg
from hotich.views.charts.label import label
from hotich.views.charts.style import INK, fitted
from hotich.views.figures import format_fact, render
from hotich.views.markup import Column, Table, fold
from hotich.views.sentences import covered


def article(
    m: Measures,
    each: Published,
    *,
    headline: Markup,
    picture: Markup,
    text: Markup,
    used: Markup,
    counted: bool = False,
) -> Markup:
    """Return a case for the page; one that shows figures `counted` here says when they are made up.

    Raises ValueError naming what a case may not lack.
    """
    given = {"headline": headline, "picture": picture, "used": used}
    if lacking := [name for name, content in given.items() if not content]:
        raise ValueError(f"A discrepancy without {', '.join(lacking)} is not publishable")
    tag = Markup('<span class="sim pub">{}</span>').format(say(m.language, "published.tag"))
    if counted and m.synthetic:
        tag += Markup('<span class="sim">{}</span>').format(say(m.language, "charts.simulated"))
    source = html(m.language, "published.source", source=formats.dated(each.source, m.language))
    return Markup('<article><h3>{}</h3>{}{}<p class="use">{}</p><p class="src">{}{}</p></article>').format(
        headline, picture, Markup("<p>{}</p>").format(text) if text else "", used, tag, source
    )


def drawn(m: Measures, subtitle: Markup, draw: Draw, frame: Frame, alt: str, table: Table) -> Markup:
    """Return a drawing with its subtitle, alt text and the table of its numbers; one serves screen and phone."""
    numbers = fold(say(m.language, "charts.table"), table.html(m.language))
    caption = Markup('<figure><figcaption><span class="fs">{}</span></figcaption>{}{}</figure>')
    return caption.format(subtitle, svg(draw, frame, alt), numbers)


def sentence(m: Measures, key: str, **values: object) -> Markup:
    """Return a sentence of `published.toml` with its facts marked."""
    return sentences.sentence(m, f"published.{key}", **values)


def used_here(m: Measures, *facts: Fact) -> Markup:
    """Return the sentence on what this report uses instead."""
    figures = Markup("/").join(Markup("<b>{}</b>").format(render(fact, m.language)) for fact in facts)
    text = sentence(m, "used", figures=figures)
    return covered(m, text) if {fact.area for fact in facts} == {m.root} else text


def measure_name(m: Measures, each: Published) -> str:
    """Return what was printed, in words."""
    return say(m.language, f"tables.measure.{each.measure}")


def figure(m: Measures, each: Published, what: str = "") -> Fact:
    """Return the fact of that kind about the printed figure (see `Published.fact`), or what the counts give for it."""
    if what:
        return m.get(each.fact(what), each.area, each.scope)
    meant = m.find(each.fact("besides"), each.area, each.scope)
    return meant or m.get(each.measure, each.area, each.scope)


def plainly(m: Measures, value: object) -> object:
    """Return a fact as text, for alt texts."""
    return format_fact(value, m.language) if isinstance(value, Fact) else value


def columns(m: Measures) -> tuple[Column, Column]:
    """Return the columns of an addition."""
    return Column(say(m.language, "published.ledger.part"), text=True), Column(
        say(m.language, "published.ledger.count")
    )


def strong(m: Measures, key: str) -> Markup:
    """Return a term of an addition in bold."""
    return Markup("<b>{}</b>").format(say(m.language, f"published.ledger.{key}"))


def row(ax: Axes, y: float, name: str, value: str, *, colour: str = INK, bold: bool = False) -> None:
    """Write the name of a row before the axes, and its value at the right edge of the drawing."""
    fits = fitted(name, ax.bbox.x0 - 8, 14, bold)
    write = partial(label, ax, size=14, colour=colour, bold=bold, side="right")
    write(fits, (0, y), (-8, -5), within=ax.get_yaxis_transform())
    write(value, (1, y), (0, -5), within=("figure fraction", "data"))
