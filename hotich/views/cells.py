"""A figure in a table cell, or the mark that says why there is none; what each mark means stands in the definitions.

[x] not reported, [z] not applicable, [b] base too small for a percentage; `marks` adds [p] and [r] to a figure.
"""

from markupsafe import Markup

from hotich.measures import Measures
from hotich.measures.monthly_sums import MINIMUM_BASE
from hotich.month import Month
from hotich.views import footnotes
from hotich.views.figures import render

_OF_SHARES = frozenset({"percent", "percent_change", "rank", "rank_in_district"})


def cell(
    m: Measures, measure: str, area: str = "", scope: str = "all", month: Month | None = None, *, signed: bool = False
) -> Markup:
    """The fact of that name as a cell shows it, with its marks."""
    fact = m.find(measure, area, scope, month)
    if fact is None:
        return written(_why(m, measure, area, scope, month))
    return render(fact, m.language, column=True, signed=signed) + footnotes.after(m, fact)


def written(letter: str) -> Markup:
    """A mark as cells write it."""
    return Markup('<span class="mk">[{}]</span>').format(letter)


def _why(m: Measures, measure: str, area: str, scope: str, month: Month | None) -> str:
    required = m.find("required", area, scope, month)
    if required is None:
        known = (area or m.root) in m.checked.data.areas
        return "x" if known and month is None and measure != "completed_since" else "z"
    return "b" if measure in _OF_SHARES and required.number < MINIMUM_BASE else "z"
