"""The data-quality page shows what the checks found: verdict, findings, rules, coverage, history, waivers."""

from hotich.quality.coverage import coverage
from hotich.quality.listing import findings
from hotich.quality.opening import title
from hotich.quality.provenance import provenance
from hotich.quality.strip import history
from hotich.quality.table import rules
from hotich.quality.waived import waivers

__all__ = ["coverage", "findings", "history", "provenance", "rules", "title", "waivers"]
