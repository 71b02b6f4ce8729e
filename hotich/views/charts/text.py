"""The words of charts: headlines and alt texts with their facts, plain for drawings, marked for the page."""

from markupsafe import Markup

from hotich.language import html, say
from hotich.measures import Measures, definitions
from hotich.measures.facts import Fact
from hotich.views.figures import format_fact, render
from hotich.views.markup import Column


def marked(m: Measures, key: str, **values: object) -> Markup:
    """Return a sentence of `charts.toml` for the page."""
    shown = {name: render(v, m.language) if isinstance(v, Fact) else v for name, v in values.items()}
    return html(m.language, f"charts.{key}", **shown)


def spoken(m: Measures, key: str, *, tag: bool = True, **values: object) -> str:
    """Return a sentence of `charts.toml` as plain text; with `tag`, for alt texts, it names made-up data."""
    shown = {name: format_fact(v, m.language) if isinstance(v, Fact) else v for name, v in values.items()}
    made_up = say(m.language, "charts.alt_simulated") if m.synthetic and tag else ""
    return say(m.language, f"charts.{key}", **shown) + made_up


def columns(m: Measures, first: str, *others: str) -> tuple[Column, ...]:
    """Return columns by their names in `charts.toml`; the first is text."""
    labels = {name: say(m.language, f"charts.column.{name}") for name in (first, *others)}
    return (
        Column(labels[first], text=True, name=first),
        *(Column(labels[name], about=definitions.title(name, m.language), name=name) for name in others),
    )
