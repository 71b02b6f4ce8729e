"""Charts: each shows one finding, in two drawings (screen or paper, and phone), with its numbers in a table."""

import importlib
import logging
from typing import Any

# matplotlib tells on stderr when its list of system fonts takes long; charts use none of those fonts.
logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)

_HOMES = {
    "progress": "progress",
    "pace": "by_month",
    "completed": "by_month",
    "by_register": "by_register",
    "by_area": "by_area",
    "communes": "communes",
    "discrepancies": "discrepancies",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - each chart's own function; matplotlib loads with the first
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(importlib.import_module(f"hotich.views.charts.{_HOMES[name]}"), name)
