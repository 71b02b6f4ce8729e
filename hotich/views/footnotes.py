"""The marks beside figures in tables: [r] revised since the last release, [p] provisional. Prose carries none.

The rule: [r] stands where the release before stated another figure for the same month and area. [p] stands beside the
percentage of an area in which a unit has not reported some register: it can still move without any correction.
"""

from typing import Final

from markupsafe import Markup

from hotich.language import html
from hotich.measures import Measures
from hotich.measures.facts import Fact
from hotich.views.figures import format_fact

_NONE: Final = Markup("")


def after(m: Measures, fact: Fact) -> Markup:
    """The marks of a figure, in the order of the alphabet."""
    names = [name for name, holds in (("p", _provisional(m, fact)), ("r", said(m, fact) is not None)) if holds]
    return Markup("").join(Markup(' <span class="mk">[{}]</span>').format(name) for name in names) if names else _NONE


def explained(m: Measures) -> Markup:
    """What the marks mean, for the note of a table about districts; nothing where none is set."""
    names = ("p", "r")
    found = [after(m, fact) for fact in m.facts.values() if fact.measure in ("percent", "digitised", "rank")]
    used = [name for name in names if any(f"[{name}]" in marks for marks in found)]
    return Markup("").join(Markup(" {}").format(html(m.language, f"since.mark.{name}")) for name in used)


def said(m: Measures, fact: Fact) -> Fact | None:
    """What the release before stated in its place, where a reader sees another figure."""
    before = m.said(fact)
    if before and format_fact(before, m.language, column=True) == format_fact(fact, m.language, column=True):
        return None
    return before


def _provisional(m: Measures, fact: Fact) -> bool:
    if fact.month is not None or (fact.measure, fact.scope) != ("percent", "all"):
        return False
    missing = m.find("cells_not_reported", fact.area)
    return missing is not None and bool(missing.value)
