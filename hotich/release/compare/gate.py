"""The gate for pages with figures of several reports: each figure is compared with the reports' own `measures.csv`."""

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from operator import attrgetter

from hotich.errors import Contradicted
from hotich.language import LANGUAGES, say
from hotich.page import figure_gate, names_with_digits
from hotich.page.html_reader import read
from hotich.release.compare.difference import MINUS, Comparison


def check(html: str, compared: Comparison, where: str) -> None:
    """Compare every figure on the page with both reports. Raises Contradicted naming the fact and both values."""
    raw = {key: fact.raw for each in (compared.first, compared.second) for key, fact in each.facts.items()}
    names = names_with_digits.of_areas(compared.areas.by_code.values(), compared.office)
    check_figures(html, raw, where, (*names, *_releases(compared)))


def _releases(compared: Comparison) -> Iterator[str]:
    """Yield what reports of the same month are called: `release 0002`."""
    for each in filter(attrgetter("sealed"), (compared.first, compared.second)):
        for language in LANGUAGES:
            yield say(language, "compare.label", month="", number=each.number).lstrip(", ")


def check_figures(html: str, raw: Mapping[str, str], where: str, names: Collection[str]) -> None:
    """Compare every figure on the page with the values in the reports, by fact; differences are subtracted again.

    No other digit may stand there but in `names`. Raises Contradicted.
    """
    for node in read(html).all("data"):
        name, shown = node.given.get("data-fact", ""), node.given.get("value", "")
        expected = _value(name, raw)
        if expected != shown:
            raise Contradicted("page.fact", page=where, fact=name, value=shown, known=expected or "–")
    figure_gate.refuse_bare_digits(html, where, names)


def _value(name: str, raw: Mapping[str, str]) -> str | None:
    later, _, earlier = name.partition(MINUS)
    if not earlier:
        return raw.get(name)
    try:
        return f"{(Decimal(raw[later]) - Decimal(raw[earlier])).normalize():f}"
    except (KeyError, InvalidOperation):
        return None
