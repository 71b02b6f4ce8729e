"""Figures from elsewhere as facts, under `15/quoted/name`: nothing is computed from them."""

from collections.abc import Iterator
from typing import Final

from hotich.data import quoted
from hotich.data.dataset import Dataset
from hotich.measures.facts import Fact

SCOPE: Final = "quoted"


def facts(data: Dataset) -> Iterator[Fact]:
    """Yield the figures of the reported month. Raises InputRefused as `quoted.read` does."""
    for each in quoted.read(data.folders, data.month):
        yield Fact(data.office.root, SCOPE, each.name, each.value, each.unit, SCOPE)
