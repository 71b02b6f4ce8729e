"""Sentences of the language files with facts in them: as HTML for pages, as text for drawings and alt texts."""

from collections.abc import Iterator

from markupsafe import Markup

from hotich.language import html, say
from hotich.measures import Measures
from hotich.measures.facts import Fact
from hotich.month import Month
from hotich.views import claims
from hotich.views.figures import format_fact, render


def sentence(m: Measures, key: str, **values: object) -> Markup:
    """Return the sentence of that key (`report.opening.title`) as HTML, facts among the values bound to their names.

    Raises Contradicted where what the sentence claims is not so (see `claims`).
    """
    claims.require(m, key, values)
    shown = {name: render(value, m.language) if isinstance(value, Fact) else value for name, value in values.items()}
    return html(m.language, key, **shown)


def covered(
    m: Measures,
    said: Markup,
    *,
    level: bool = True,
    change: bool = False,
    pace: bool = False,
    month: Month | None = None,
) -> Markup:
    """Return a statement about the whole root area with its coverage in brackets before its last stop.

    Nothing is added where every unit reported in full. A `level` says how many units are missing; a `change` over how
    many it was taken and a `pace` how many its periods lack, where that is less than this month has; of a commune that
    is itself the one unit they are not counted. `month` is the one that the statement is about.
    """
    notes = Markup("; ").join(_coverage(m, level, change, pace, month))
    if not notes:
        return said
    end = said[-1] if said.endswith((".", ";")) else ""
    body = said.removesuffix(end)
    if body.endswith(")"):
        return Markup("{}; {}){}").format(body.removesuffix(")"), notes, end)
    return Markup("{} ({}){}").format(body, notes, end)


def _coverage(m: Measures, level: bool, change: bool, pace: bool, month: Month | None) -> Iterator[Markup]:
    missing, expected = (m.find(f"units_{name}", month=month) for name in ("missing", "expected"))
    compared, lacking = m.find("units_compared", month=month), m.find("pace_missing")
    if missing is None or expected is None:
        return
    if level and missing.number:
        key = "missing_own" if m.alone else "missing"
        yield sentence(m, f"report.coverage.{key}", **({} if m.alone else {"missing": missing, "expected": expected}))
    if change and compared and compared.number < expected.number - missing.number:
        yield sentence(m, "report.coverage.compared", compared=compared, expected=expected)
    if pace and lacking and lacking.number > missing.number:
        key = "pace_own" if m.alone else "pace"
        yield sentence(m, f"report.coverage.{key}", **({} if m.alone else {"missing": lacking}))


def plain(m: Measures, key: str, **values: object) -> str:
    """Return the same sentence as text."""
    claims.require(m, key, values)
    shown = {
        name: format_fact(value, m.language) if isinstance(value, Fact) else value for name, value in values.items()
    }
    return say(m.language, key, **shown)
