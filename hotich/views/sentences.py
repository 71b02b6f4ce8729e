"""Sentences of the language files with facts in them: as HTML for pages, as text for drawings and alt texts."""

from collections.abc import Iterator
from typing import Literal, TypeAlias

from markupsafe import Markup

from hotich.language import html, say
from hotich.measures import Measures
from hotich.measures.facts import Fact
from hotich.month import Month
from hotich.views.figures import format_fact, render

Over: TypeAlias = Literal["month", "change", "pace"]
"""What a statement is taken over: a month's counts, the change between two months, or the periods of the pace."""


def sentence(m: Measures, key: str, **values: object) -> Markup:
    """Return the sentence of that key (`report.opening.title`) as HTML, facts among the values bound to their names."""
    shown = {name: render(value, m.language) if isinstance(value, Fact) else value for name, value in values.items()}
    return html(m.language, key, **shown)


def covered(m: Measures, said: Markup, over: Over = "month", *, month: Month | None = None) -> Markup:
    """Return a statement about the whole root area with its coverage in brackets before its full stop.

    Nothing is added where every unit reported in full. A statement over a change also says over how many units it was
    taken, one over a pace how many its periods lack; `month` is the one that the statement is about.
    """
    notes = Markup("; ").join(_coverage(m, over, month))
    if not notes:
        return said
    end = said[-1:] if said.endswith((".", ";")) else ""
    return Markup("{} ({}){}").format(said.removesuffix(end), notes, end)


def _coverage(m: Measures, over: Over, month: Month | None) -> Iterator[Markup]:
    counts = {name: m.find(f"units_{name}", month=month) for name in ("missing", "expected", "compared")}
    missing, expected, compared = counts.values()
    if missing and missing.value:
        yield sentence(m, "report.coverage.missing", missing=missing, expected=expected)
    if over == "change" and compared and expected and compared.number < expected.number:
        yield sentence(m, "report.coverage.compared", compared=compared, expected=expected)
    if over == "pace" and (lacking := m.find("pace_missing")) and lacking.value:
        yield sentence(m, "report.coverage.pace", missing=lacking)


def plain(m: Measures, key: str, **values: object) -> str:
    """Return the same sentence as text."""
    shown = {
        name: format_fact(value, m.language) if isinstance(value, Fact) else value for name, value in values.items()
    }
    return say(m.language, key, **shown)
