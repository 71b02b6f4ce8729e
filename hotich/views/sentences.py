"""Sentences of the language files with facts in them: as HTML for pages, as text for drawings and alt texts."""

from markupsafe import Markup

from hotich.language import html, say
from hotich.measures import Measures
from hotich.measures.facts import Fact
from hotich.views.figures import format_fact, render


def sentence(m: Measures, key: str, **values: object) -> Markup:
    """Return the sentence of that key (`report.opening.title`) as HTML, facts among the values bound to their names."""
    shown = {name: render(value, m.language) if isinstance(value, Fact) else value for name, value in values.items()}
    return html(m.language, key, **shown)


def plain(m: Measures, key: str, **values: object) -> str:
    """Return the same sentence as text."""
    shown = {
        name: format_fact(value, m.language) if isinstance(value, Fact) else value for name, value in values.items()
    }
    return say(m.language, key, **shown)
