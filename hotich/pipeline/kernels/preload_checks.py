"""Everything that checking a month needs, imported before the first question comes."""

from hotich.checks import gx
from hotich.pipeline.kernels import loading

with loading.lasting():
    gx.prepare()
    loading.modules(("hotich.pipeline.check_month",))
