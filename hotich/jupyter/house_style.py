"""The house style for whatever a notebook draws or prints as a table."""

from pathlib import Path
from typing import Final

import matplotlib as mpl
import pandas as pd

from hotich.views.charts import style

_OWN: Final = Path(__file__).with_name("own.mplstyle")
_TABLES: Final = {"display.max_rows": 1_000, "display.max_columns": 60, "display.max_colwidth": 200}
"""A table that pandas cuts short cannot stand on a page."""


def use() -> None:
    """Draw in the house style from now on, and print tables whole; a notebook may change either as ever."""
    for given in (style.SHEET, _OWN):
        mpl.rcParams.update(mpl.rc_params_from_file(given, use_default_template=False))
    for option, value in _TABLES.items():
        pd.set_option(option, value)
