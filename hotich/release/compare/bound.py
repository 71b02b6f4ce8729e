"""The gate of pages that show figures of more than one report: each is looked up again in the reports' own files."""

from decimal import Decimal, InvalidOperation

from hotich.errors import Contradicted
from hotich.page.html_reader import read
from hotich.release.compare.difference import MINUS, Comparison


def require(html: str, compared: Comparison, where: str) -> None:
    """Compare every figure on the page with both reports. Raises Contradicted naming the fact and both values."""
    known = {key: fact.raw for each in (compared.first, compared.second) for key, fact in each.facts.items()}
    agree(html, known, where)


def agree(html: str, known: dict[str, str], where: str) -> None:
    """Compare every figure on the page with the known facts; a difference is subtracted anew."""
    for node in read(html).all("data"):
        name, shown = node.given.get("data-fact", ""), node.given.get("value", "")
        told = _value(name, known)
        if told != shown:
            raise Contradicted("page.fact", page=where, fact=name, value=shown, known=told or "–")


def _value(name: str, known: dict[str, str]) -> str | None:
    later, _, earlier = name.partition(MINUS)
    if not earlier:
        return known.get(name)
    try:
        return f"{(Decimal(known[later]) - Decimal(known[earlier])).normalize():f}"
    except (KeyError, InvalidOperation):
        return None
