"""The words of charts: headlines and alt texts with their facts, plain for drawings, marked for the page."""

from markupsafe import Markup

from hotich.language import say
from hotich.measures import Measures, definitions
from hotich.views.markup import Column
from hotich.views.sentences import plain, sentence


def marked(m: Measures, key: str, **values: object) -> Markup:
    """Return a sentence of `charts.toml` for the page."""
    return sentence(m, f"charts.{key}", **values)


def spoken(m: Measures, key: str, *, tag: bool = True, **values: object) -> str:
    """Return a sentence of `charts.toml` as plain text; with `tag`, for alt texts, it names made-up data."""
    made_up = say(m.language, "charts.alt_simulated") if m.synthetic and tag else ""
    return plain(m, f"charts.{key}", **values) + made_up


def columns(m: Measures, first: str, *others: str) -> tuple[Column, ...]:
    """Return columns by their names in `charts.toml`; the first is text."""
    labels = {name: say(m.language, f"charts.column.{name}") for name in (first, *others)}
    return (
        Column(labels[first], text=True, name=first),
        *(Column(labels[name], about=definitions.title(name, m.language), name=name) for name in others),
    )
