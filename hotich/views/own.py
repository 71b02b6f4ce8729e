"""The doors by which an analyst's own charts, tables and computed figures go onto a page, gates and all."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from numbers import Integral
from typing import TYPE_CHECKING, Any, Final

from hotich.errors import WrongUsage
from hotich.measures import facts, handed
from hotich.measures.facts import Fact

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure
    from pandas.io.formats.style import Styler

DERIVED: Final = "application/vnd.hotich.derived+json"
"""The media type under which a notebook keeps what it has declared as derived."""
Words = str | Mapping[str, str]
"""A text, or one for each language."""
_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")
_COUNTS: Final = ("count", "entries")
"""Units of whole numbers."""


@dataclass(frozen=True)
class OwnFigure:
    """A chart of the analyst's own with what the page says of it."""

    figure: "Figure"
    said: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class OwnTable:
    """A table of the analyst's own with what the page says of it."""

    table: "pd.DataFrame | Styler"
    said: dict[str, Any] = field(default_factory=dict)


def figure(figure: "Figure", *, headline: Words = "", alt: Words = "", source: Words = "") -> OwnFigure:
    """Show a Matplotlib figure on the page, with its finding as headline, a text that says what it shows, a source.

    Each may be a text or one for each language, `{"vi": …, "en": …}`; figures in them are written `{fact:percent}`.

    >>> views.figure(fig, headline="Văn Chấn has most left", alt="Bars: entries left by district", source="own counts")
    """
    return OwnFigure(figure, _given(headline=headline, alt=alt, source=source))


def table(table: "pd.DataFrame | Styler", *, caption: Words = "", source: Words = "") -> OwnTable:
    """Show a DataFrame, plain or styled, as a table of the page with a caption.

    >>> views.table(m.frame("required", "left", level="district"), caption="What is left, by district")
    """
    return OwnTable(table, _given(caption=caption, source=source))


def _given(**said: Words) -> dict[str, Any]:
    return {name: words if isinstance(words, str) else dict(words) for name, words in said.items() if words}


def derived(value: float | Decimal | Fraction, *, name: str, from_: Fact | Sequence[Fact], unit: str = "") -> Fact:
    """Return a figure that this notebook has computed from facts as a fact, so that it may stand on the page.

    `name` is how the page and `{fact:name}` call it, in letters, digits and underscores. An integer is a count, any
    other number a ratio, where no `unit` ("percent", "points", "entries_per_day", "count") says otherwise. Whoever
    executes the notebook again computes it again. Raises WrongUsage for a value that is no number or not of its unit,
    a name that is none, or no facts.

    >>> births = m["KS/left"]
    >>> views.derived(births.number / 30, name="births_a_day", from_=[births])
    """
    given = [from_] if isinstance(from_, Fact) else [fact for fact in from_ if isinstance(fact, Fact)]
    if not _NAME.fullmatch(name) or not given or len(given) < (1 if isinstance(from_, Fact) else len(from_)):
        raise WrongUsage("own.derived", name=name)
    exact, is_whole = _exact(value, name), isinstance(value, Integral)
    unit = unit or ("entries" if is_whole else "ratio")
    if unit not in (*facts.EXACT, *(_COUNTS if is_whole else ())):
        raise WrongUsage("own.derived_unit", name=name, unit=unit, allowed=", ".join(sorted((*facts.EXACT, *_COUNTS))))
    origin = "synthetic" if any(fact.origin == "synthetic" for fact in given) else "derived"
    made = Fact("", "derived", name, exact if unit in facts.EXACT else int(exact), unit, origin)
    _keep(made, given)
    return handed.over(made)


def _exact(value: float | Decimal | Fraction, name: str) -> Decimal:
    try:
        value = int(value) if isinstance(value, Integral) else value
        return facts.cut(Fraction(round(value, 10) if isinstance(value, float) else value).limit_denominator(10**10))
    except (ValueError, OverflowError, TypeError):  # not a number, or infinite
        raise WrongUsage("own.not_a_number", name=name, value=value) from None


def _keep(made: Fact, given: Sequence[Fact]) -> None:
    """Put the declaration into the notebook's output, where there is one."""
    from IPython.core.getipython import get_ipython

    if shell := get_ipython():
        content = {
            "name": made.measure,
            "value": made.raw,
            "unit": made.unit,
            "origin": made.origin,
            "from": {fact.key: fact.raw for fact in given},
        }
        shell.display_pub.publish({DERIVED: content})
