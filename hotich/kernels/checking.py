"""Everything that checking and computing a month needs, imported before the first question comes."""

from hotich.checks import gx
from hotich.kernels import loading

with loading.lasting():
    gx.prepare()
    loading.modules(("hotich.prepare", "openpyxl.cell._writer"))
