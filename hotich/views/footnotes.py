"""The symbols beside figures in tables: [r] revised since the last release, [p] provisional. Prose carries none.

The rule: [r] stands where the release before stated another figure for the same month and area. [p] stands beside the
levels of an area in which a unit has not reported some register, in that month's report and in every later one: they
are not of the whole area, and can still move without any correction.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from markupsafe import Markup

from hotich.language import html
from hotich.measures import Measures
from hotich.measures.facts import Fact
from hotich.views.figures import format_fact
from hotich.views.markup import symbol
from hotich.views.saved_table import Cell

PROVISIONAL: Final = "[p]"
REVISED: Final = "[r]"
_LEVELS: Final = frozenset(
    {"required", "digitised", "left", "percent", "rank", "communes_completed", "offices_completed"}
)


def after(m: Measures, fact: Fact) -> Markup:
    """Return the symbols that stand beside a figure, as a page shows them."""
    return Markup("").join(Markup(" ") + symbol(each) for each in symbols(m, fact))


def symbols(m: Measures, fact: Fact) -> list[str]:
    """Return the symbols that belong to a figure."""
    found = [PROVISIONAL] if _provisional(m, fact) else []
    return found + ([REVISED] if stated_before(m, fact) else [])


def explained(m: Measures, rows: Iterable[Sequence[Cell]]) -> Markup:
    """Return what [p], [r] and [x] mean, those of them that stand in the rows of a table; nothing where none does."""
    shown = Markup("").join(cell for cells in rows for cell in cells)
    used = [key for key in ("p", "r", "x") if symbol(f"[{key}]") in shown]
    return Markup("").join(Markup(" {}").format(html(m.language, f"since.mark.{key}")) for key in used)


def in_drawing(m: Measures, fact: Fact) -> str:
    """Return the symbols of a figure as a drawing writes them behind a word: ` [p]`; empty for most."""
    return "".join(f" {each}" for each in symbols(m, fact))


def beside_drawing(m: Measures, facts: Iterable[Fact]) -> Markup:
    """Return what the symbols in a drawing of these figures mean; nothing where none has one."""
    used = {each for fact in facts for each in symbols(m, fact)}
    keys = [key for key in ("p", "r") if f"[{key}]" in used]
    return Markup(" ").join(html(m.language, f"since.mark.{key}") for key in keys)


def stated_before(m: Measures, fact: Fact) -> Fact | None:
    """Return what the release before stated in its place, where a reader sees another figure."""
    before = m.stated_before(fact)
    if before and format_fact(before, m.language, column=True) == format_fact(fact, m.language, column=True):
        return None
    return before


def _provisional(m: Measures, fact: Fact) -> bool:
    if fact.measure not in _LEVELS:
        return False
    missing = m.find("units_missing", fact.area, month=fact.month) or m.find("cells_not_reported", fact.area)
    return missing is not None and bool(missing.value)
