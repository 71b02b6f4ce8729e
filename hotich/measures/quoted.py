"""Figures from elsewhere as facts, under `15/quoted/name`: nothing is computed from them."""

from collections.abc import Iterator, Mapping
from typing import Final

from hotich.data import quoted
from hotich.data.dataset import Dataset
from hotich.errors import InputRefused
from hotich.measures.facts import Fact

SCOPE: Final = "quoted"


def facts(data: Dataset, known: Mapping[str, Fact]) -> Iterator[Fact]:
    """Yield the figures of the reported month, under other names than the measures of the `known` facts.

    Raises InputRefused as `quoted.read` does, and for the name of a measure.
    """
    found = quoted.read(data.folders, data.month)
    taken = {fact.measure for fact in known.values()} if found else set()
    for each in found:
        if each.name in taken:
            raise InputRefused("quoted.taken", file=data.folders.figures(data.month).name, name=each.name)
        yield Fact(data.office.root, SCOPE, each.name, each.value, each.unit, SCOPE)
