"""Which fact each cell of a DataFrame is, of those that the notebook was given."""

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any, Final

import pandas as pd

from hotich.measures import handed
from hotich.measures.facts import Fact

_PLACES: Final = Decimal("0.0001")
_CHANCE: Final = 100
"""A smaller number equals some fact by chance: the labels of its row or column must name that."""


def frame_of(shown: object) -> pd.DataFrame | None:
    """Return the DataFrame that is shown, plain, as a Series or styled; None for anything else."""
    if isinstance(shown, pd.Series):
        return shown.to_frame("" if shown.name is None else shown.name)
    data = shown if isinstance(shown, pd.DataFrame) else getattr(shown, "data", None)
    return data if isinstance(data, pd.DataFrame) else None


def numbered(frame: pd.DataFrame) -> bool:
    """Return whether the index merely numbers the rows, which is nothing for a reader."""
    return frame.index.nlevels == 1 and frame.index.name is None and pd.api.types.is_integer_dtype(frame.index)


def names(frame: pd.DataFrame) -> list[list[str]]:
    """Return the name of each cell's fact, row by row; empty for a cell that equals none.

    Of several equal ones it is that whose area, register, measure and month the labels of row and column name.
    """
    given = _given()
    columns = [_labels(column, frame.columns.names) for column in frame.columns]
    return [
        [
            _name(cell, given, {*_labels(label, frame.index.names), *_words(row), *column})
            for cell, column in zip(row, columns, strict=True)
        ]
        for label, row in zip(frame.index, frame.itertuples(index=False, name=None), strict=True)
    ]


def of_values(values: Iterable[object]) -> list[str]:
    """Return the name of the fact that each value equals, of those given; empty for one that equals none."""
    given = _given()
    return [_name(value, given, set()) for value in values]


def _given() -> dict[Decimal, list[Fact]]:
    found: dict[Decimal, list[Fact]] = {}
    for fact in handed.names.values():
        if isinstance(fact.value, int | Decimal):
            found.setdefault(Decimal(fact.value).quantize(_PLACES), []).append(fact)
    return found


def _labels(label: object, names: Iterable[object]) -> set[str]:
    return {str(each) for each in (label if isinstance(label, tuple) else (label,))} | set(map(str, names))


def _words(row: tuple[Any, ...]) -> set[str]:
    return {cell for cell in row if isinstance(cell, str)}


def _name(cell: object, given: dict[Decimal, list[Fact]], labels: set[str]) -> str:
    try:
        equal = given.get(Decimal(str(cell)).quantize(_PLACES), ())
    except InvalidOperation:  # no number
        return ""
    likely = max(equal, key=lambda fact: _told(fact, labels), default=None)
    if likely is None or (labels and _may_be_chance(likely) and not _told(likely, labels)):
        return ""
    return likely.key


def _may_be_chance(fact: Fact) -> bool:
    return isinstance(fact.value, int) and -_CHANCE < fact.value < _CHANCE


def _told(fact: Fact, labels: set[str]) -> int:
    parts = (fact.area, handed.called.get(fact.area), fact.scope, fact.measure, fact.month)
    return sum(str(part) in labels for part in parts if part)
