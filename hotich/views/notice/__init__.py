"""The notice: what the office writes to each area directly below its own about that area's result."""

from hotich.data.areas import Area, AreasOn
from hotich.views.notice.letter_html import (
    annex,
    asked,
    changes,
    close,
    communes,
    letterhead,
    problems,
    remaining,
    result,
    witness,
)

__all__ = [
    "annex",
    "asked",
    "changes",
    "close",
    "communes",
    "letterhead",
    "problems",
    "receivers",
    "remaining",
    "result",
    "witness",
]


def receivers(areas_on: AreasOn, office: str, area: str = "") -> tuple[Area, ...]:
    """Return who gets a notice: the areas directly below the office's own, districts or communes.

    Below another `area` they are districts. None for an area that nothing lies below.
    """
    return areas_on.receivers(area or office, office)


def __dir__() -> list[str]:
    return __all__  # what TAB offers
