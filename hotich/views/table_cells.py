"""A figure in a table cell, or the symbol that says why there is none; the definitions on the page explain each symbol.

`footnotes` adds [p] and [r] to a figure.
"""

from typing import Final

from markupsafe import Markup

from hotich.measures import Measures
from hotich.measures.monthly_sums import MINIMUM_BASE
from hotich.month import Month
from hotich.views import footnotes
from hotich.views.figures import render
from hotich.views.markup import symbol
from hotich.views.saved_table import Coded, Vintage

NOT_REPORTED: Final = Markup("[x]")
NOT_APPLICABLE: Final = Markup("[z]")
SMALL_BASE: Final = Markup("[b]")
"""The base is too small for a percentage."""
_OF_SHARES: Final = frozenset({"percent", "percent_change", "rank", "rank_in_district", "rank_in_country"})
_COUNTED: Final = {"communes_completed": "units_reported", "communes_completed_change": "units_compared"}
"""Counts of complete units, and the units among which they are counted: none of no units is not known to be zero."""
_OF_CHANGES: Final = frozenset({"percent_change", "pace"})


def cell(
    m: Measures, measure: str, area: str = "", scope: str = "all", month: Month | None = None, *, signed: bool = False
) -> Markup:
    """Return the fact of that name as a cell shows it, with its footnote symbols."""
    fact = m.find(measure, area, scope, month)
    if fact is None:
        return symbol(absent(m, measure, area, scope, month))
    if (units := m.find(_COUNTED.get(measure, ""), area, month=month)) and not units.value:
        return symbol(NOT_REPORTED)
    return render(fact, m.language, column=True, signed=signed) + footnotes.after(m, fact)


def absent(m: Measures, measure: str, area: str = "", scope: str = "all", month: Month | None = None) -> Markup:
    """Return the symbol for why there is no fact of that name."""
    required = m.find("required", area, scope, month)
    if required is None:
        known = (area or m.root) in m.checked.data.areas
        return NOT_REPORTED if known and month is None and measure != "completed_since" else NOT_APPLICABLE
    if measure in _OF_SHARES | _OF_CHANGES and not m.covers(
        area, month, "compared" if measure in _OF_CHANGES else "reported"
    ):
        return NOT_REPORTED
    return SMALL_BASE if measure in _OF_SHARES and required.number < MINIMUM_BASE else NOT_APPLICABLE


def coded(m: Measures, code: str, name: str = "", *, under: str = "") -> Coded:
    """Return an area as a cell names it: by its short name, or by `name`."""
    return Coded(code, name or m.short(code), under)


def vintage(m: Measures) -> Vintage:
    """Return what the saved tables of a report say about the counts that they rest on."""
    return Vintage.of(m.checked.data, m.days)
