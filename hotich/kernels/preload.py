"""Everything that kernels need, imported once in the process that they are forked from."""

import importlib
from typing import Final

from hotich.checks import gx

gx.prepare()
for _name in (
    "hotich.charts",  # before matplotlib, which it quietens
    "debugpy",
    "ipykernel.debugger",
    "ipykernel.zmqshell",
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "matplotlib_inline.backend_inline",
    "matplotlib.backends.backend_svg",
    "openpyxl",
    "openpyxl.cell._writer",
    "hotich.annex",
    "hotich.charts.all",
    "hotich.dataset",
    "hotich.measures",
    "hotich.narrative",
    "hotich.notice",
    "docxtpl",
    "hotich.quality",
    "hotich.tables",
    "babel.dates",
    "babel.numbers",
    "IPython.core.completer",
    "pandas.core.computation",
):
    importlib.import_module(_name)

READY: Final = True
