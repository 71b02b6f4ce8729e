"""The tables of the report that belong to no chart. Every number in them is a fact."""

from hotich.views.tables.behind import behind, largest
from hotich.views.tables.completed import completed
from hotich.views.tables.difficulties import difficulties, difficulties_by_district
from hotich.views.tables.districts import districts, paces
from hotich.views.tables.published import published

__all__ = [
    "behind",
    "completed",
    "difficulties",
    "difficulties_by_district",
    "districts",
    "largest",
    "paces",
    "published",
]


def __dir__() -> list[str]:
    return __all__  # what TAB offers
