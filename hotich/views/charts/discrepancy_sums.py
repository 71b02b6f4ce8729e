"""A printed total that is not the sum of its printed parts: the addition, or the two digits that changed places."""

from functools import partial

from markupsafe import Markup
from matplotlib.axes import Axes

from hotich.data.published import Published
from hotich.data.registers import GROUPS
from hotich.language import say
from hotich.measures import Measures
from hotich.views.charts.discrepancy_frame import (
    article,
    columns,
    drawn,
    figure,
    measure_name,
    plainly,
    said,
    strong,
    used_here,
)
from hotich.views.charts.figure import PHONE, Frame
from hotich.views.charts.label import label
from hotich.views.charts.style import ALERT, INK, NAVY, fitted, width_of
from hotich.views.figures import format_fact, render
from hotich.views.markup import Table

BIG = 32
"""The size of numbers that are looked at digit by digit."""


def ledger(m: Measures, each: Published) -> Markup:
    """The addition written out."""
    picture = Table(said(m, "ledger.caption"), columns(m), _addition(m, each)).html(m.language)
    text = said(m, "ledger.unknown")
    return article(m, each, headline=_headline(m, each), picture=picture, text=text, used=used_here(m, figure(m, each)))


def _addition(m: Measures, each: Published) -> list[tuple[Markup | str, Markup]]:
    """The parts, their sum, what was printed, and the difference."""
    parts = [
        (say(m.language, f"charts.group.{group}"), m.get(each.fact("published"), each.area, group)) for group in GROUPS
    ]
    rows: list[tuple[Markup | str, Markup]] = [(name, render(fact, m.language)) for name, fact in parts]
    rows.append((strong(m, "sum"), Markup("<b>{}</b>").format(render(figure(m, each, "parts"), m.language))))
    rows.append((say(m.language, "published.ledger.printed"), render(figure(m, each, "published"), m.language)))
    off = render(figure(m, each, "parts_difference"), m.language, signed=True)
    rows.append(
        (
            Markup('<span class="al">{}</span>').format(say(m.language, "published.ledger.off")),
            Markup('<span class="al">{}</span>').format(off),
        )
    )
    return rows


def swapped(m: Measures, each: Published) -> Markup:
    """Both numbers, digit under digit, with lines that cross where two digits changed places."""
    first, second, nines = (m.get(each.fact(f"swapped_{name}"), each.area) for name in ("first", "second", "nines"))
    off = render(figure(m, each, "parts_difference"), m.language, unsigned=True)
    values: dict[str, object] = {
        "parts": figure(m, each, "parts"),
        "printed": figure(m, each, "published"),
        "first": first,
        "second": second,
        "nines": nines,
    }
    table = Table(said(m, "ledger.caption"), columns(m), _addition(m, each))
    alt = say(m.language, "published.swap.alt", **{k: plainly(m, v) for k, v in values.items()})
    frame = Frame(PHONE, 104, left=118, right=4, top=32, bottom=12)
    picture = drawn(m, said(m, "swap.subtitle"), partial(_digits, m, each), frame, alt, table)
    text = said(m, "swap.text", **values, size=off)
    return article(
        m, each, headline=_headline(m, each, True), picture=picture, text=text, used=used_here(m, figure(m, each))
    )


def _digits(m: Measures, each: Published, ax: Axes, _wide: bool) -> None:
    """Write the sum over the printed number, and cross their digits that changed places; x is in pixels of text."""
    above, below = (format_fact(figure(m, each, what), m.language) for what in ("parts", "published"))
    ax.set(xlim=(0, ax.bbox.width), ylim=(0, 1))
    for words, y, colour, key in ((above, 1, NAVY, "sum"), (below, 0, ALERT, "printed")):
        name = fitted(say(m.language, f"published.ledger.{key}"), ax.bbox.x0 - 8, 14, True)
        label(ax, name, (0, y), (0, 0), 14, colour=colour, bold=True, within=("figure fraction", "data"))
        ax.text(0, y, words, color=colour, fontweight=600, fontsize=BIG)
    first, second = (_middle(above, at) for at, pair in enumerate(zip(above, below, strict=True)) if len(set(pair)) > 1)
    ax.plot((first, second), (0.85, 0.43), color=INK, linewidth=1.6)
    ax.plot((second, first), (0.85, 0.43), color=INK, linewidth=1.6)


def _middle(words: str, at: int) -> float:
    """Return how far from its beginning the middle of a digit lies."""
    return width_of(words[:at], BIG, True) + width_of(words[at], BIG, True) / 2


def _headline(m: Measures, each: Published, swapped: bool = False) -> Markup:
    off = figure(m, each, "parts_difference")
    key = ("over" if off.number > 0 else "under") + ("_swapped" if swapped else "")
    return said(m, f"title.{key}", measure=measure_name(m, each), size=render(off, m.language, unsigned=True))
