"""The axes of a figure, named in its SVG by who wrote their labels: Matplotlib from values, or somebody by hand."""

import math
from functools import partial
from typing import Final

import numpy as np
from matplotlib import dates
from matplotlib.axis import Axis
from matplotlib.category import StrCategoryFormatter
from matplotlib.figure import Figure
from matplotlib.ticker import (
    FixedFormatter,
    FuncFormatter,
    LogFormatter,
    LogLocator,
    MaxNLocator,
    NullFormatter,
    ScalarFormatter,
)

NUMBERS: Final = "scale-numbers"
"""The id of an axis that Matplotlib itself has labelled with numbers."""
LABELS: Final = "scale-labels"
"""The id of an axis whose labels a function writes from its values: in thousands, with a unit."""
DATES: Final = "scale-dates"
_ENOUGH: Final = 3
"""Numbers of a scale at least, for a page to see that they are one."""
_BY_HAND: Final = (FixedFormatter, StrCategoryFormatter)
_OF_DATES: Final = (dates.DateFormatter, dates.AutoDateFormatter, dates.ConciseDateFormatter)


def name(figure: Figure) -> None:
    """Name the axes that are scales; one whose labels are set by hand, or are categories, gets no name."""
    for ax in figure.axes:
        for axis in (ax.xaxis, ax.yaxis):
            if isinstance(locator := axis.get_major_locator(), MaxNLocator):
                locator.set_params(min_n_ticks=_ENOUGH)
            _write_out_powers(axis)
            axis.set_gid(_kind(axis))


def _kind(axis: Axis) -> str | None:
    formatter = axis.get_major_formatter()
    if isinstance(formatter, _BY_HAND) or isinstance(getattr(formatter, "func", None), partial):
        return None  # a partial is how `set_ticks(…, labels=…)` keeps what it was given
    if isinstance(formatter, _OF_DATES) or type(formatter).__module__.startswith("pandas."):
        return DATES
    return NUMBERS if isinstance(formatter, ScalarFormatter) else LABELS


def _write_out_powers(axis: Axis) -> None:
    """Write numbers at a logarithmic axis, enough of them to be a scale: powers of ten are formulas."""
    if not isinstance(axis.get_major_formatter(), LogFormatter):
        return
    low, high = sorted(axis.get_view_interval())
    if axis.get_scale() == "log" and low > 0:
        decades = math.log10(high / low)
        steps = (1,) if decades > 3 else (1, 2, 5) if decades > 1 else (1, 2, 3, 5, 7)
        narrow = MaxNLocator(5, min_n_ticks=_ENOUGH)
        axis.set_major_locator(LogLocator(subs=steps) if decades > 0.7 else narrow)
    axis.set_major_formatter(FuncFormatter(lambda value, _: np.format_float_positional(value, trim="-")))
    axis.set_minor_formatter(NullFormatter())
