"""The gate for pages with figures of several reports: each figure is compared with the reports' own `measures.csv`."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from hotich.errors import Contradicted
from hotich.page.html_reader import read
from hotich.release.compare.difference import MINUS, Comparison


def check(html: str, compared: Comparison, where: str) -> None:
    """Compare every figure on the page with both reports. Raises Contradicted naming the fact and both values."""
    raw = {key: fact.raw for each in (compared.first, compared.second) for key, fact in each.facts.items()}
    check_figures(html, raw, where)


def check_figures(html: str, raw: Mapping[str, str], where: str) -> None:
    """Compare every figure on the page with the values in the reports, by fact; differences are subtracted again."""
    for node in read(html).all("data"):
        name, shown = node.given.get("data-fact", ""), node.given.get("value", "")
        expected = _value(name, raw)
        if expected != shown:
            raise Contradicted("page.fact", page=where, fact=name, value=shown, known=expected or "–")


def _value(name: str, raw: Mapping[str, str]) -> str | None:
    later, _, earlier = name.partition(MINUS)
    if not earlier:
        return raw.get(name)
    try:
        return f"{(Decimal(raw[later]) - Decimal(raw[earlier])).normalize():f}"
    except (KeyError, InvalidOperation):
        return None
