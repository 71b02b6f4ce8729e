"""Charts: each shows one finding, in two drawings (screen or paper, and phone), with its numbers in a table."""

import logging

# matplotlib tells on stderr when its list of system fonts takes long; charts use none of those fonts.
logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)

from hotich.views.charts.by_area import by_area  # noqa: E402 - matplotlib loads with the first chart
from hotich.views.charts.by_register import by_register  # noqa: E402
from hotich.views.charts.commune_map import commune_map  # noqa: E402
from hotich.views.charts.communes import communes  # noqa: E402
from hotich.views.charts.completed import completed  # noqa: E402
from hotich.views.charts.discrepancies import discrepancies  # noqa: E402
from hotich.views.charts.earlier import earlier  # noqa: E402
from hotich.views.charts.pace import pace  # noqa: E402
from hotich.views.charts.progress import progress  # noqa: E402

__all__ = [
    "by_area",
    "by_register",
    "commune_map",
    "communes",
    "completed",
    "discrepancies",
    "earlier",
    "pace",
    "progress",
]


def __dir__() -> list[str]:
    return __all__  # what TAB offers
