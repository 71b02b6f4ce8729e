"""The report in words. What is said is chosen from the facts; how it is said lies in `language/*/report.toml`."""

from hotich.views.narrative.opening import finding, opening, title
from hotich.views.narrative.points import main_points
from hotich.views.narrative.printed import published
from hotich.views.narrative.sections import (
    communes,
    completed,
    definitions,
    difficulties,
    districts,
    plans,
    progress,
    provenance,
    quality,
    registers,
)
from hotich.views.narrative.since import since
from hotich.views.narrative.workload import behind

__all__ = [
    "behind",
    "communes",
    "completed",
    "definitions",
    "difficulties",
    "districts",
    "finding",
    "main_points",
    "opening",
    "plans",
    "progress",
    "provenance",
    "published",
    "quality",
    "registers",
    "since",
    "title",
]


def __dir__() -> list[str]:
    return __all__  # what TAB offers
