"""The data-quality page shows what the checks found: verdict, findings, rules, coverage, history, waivers."""

from hotich.views.quality.coverage import coverage
from hotich.views.quality.listing import findings
from hotich.views.quality.opening import title
from hotich.views.quality.provenance import provenance
from hotich.views.quality.strip import history
from hotich.views.quality.table import rules
from hotich.views.quality.waived import waivers

__all__ = ["coverage", "findings", "history", "provenance", "rules", "title", "waivers"]


def __dir__() -> list[str]:
    return __all__  # what TAB offers
