"""Figures from elsewhere as facts, under `15/quoted/name`: nothing is computed from them."""

from collections.abc import Collection, Iterator
from typing import Final

from hotich.data import quoted
from hotich.data.dataset import Dataset
from hotich.errors import InputRefused
from hotich.measures.facts import Fact

SCOPE: Final = "quoted"


def facts(data: Dataset, known: Collection[str]) -> Iterator[Fact]:
    """Yield the figures of the reported month, under other names than the `known` measures.

    Raises InputRefused as `quoted.read` does, and for the name of a measure.
    """
    for each in quoted.read(data.folders, data.month):
        if each.name in known:
            raise InputRefused("quoted.taken", file=data.folders.figures(data.month).name, name=each.name)
        yield Fact(data.office.root, SCOPE, each.name, each.value, each.unit, SCOPE)
