"""The head of the quality page: what month, and the verdict in one sentence."""

from collections.abc import Iterator

from markupsafe import Markup

from hotich import formats
from hotich.checks import FAILED, NOT_EVALUATED, PASSED, Checked, validation_json
from hotich.data import totals
from hotich.errors import require_language
from hotich.language import html, say
from hotich.measures.monthly_sums import enough
from hotich.views.markup import Fragment, banner, marked, paragraph


def title(checked: Checked, language: str) -> Fragment:
    """Return the head of the page, with the verdict in one sentence: `quality.title(checked, language)`."""
    require_language(language)
    data = checked.data
    top = Markup('<p class="top"><span><b>{}</b> · {}</span></p>').format(
        data.office.name(language), say(language, "quality.top")
    )
    heading = html(language, "quality.title", month=formats.month(data.month, language))
    as_of = formats.day(data.counts.delivery.as_of, language)
    rows = formats.count(data.counts.size, language)
    meta = Markup('<ul class="meta"{}><li>{}</li><li>{}</li></ul>').format(
        marked(), html(language, "quality.as_of", as_of=as_of), html(language, "quality.lines", rows=rows)
    )
    return Fragment(
        Markup("<header>{}<h1{}>{}</h1>{}{}</header>").format(
            top, marked(), heading, paragraph(verdict(checked, language), "stand", mark=True), meta
        ),
        banner(data, language),
    )


def verdict(checked: Checked, language: str) -> Markup:
    """Return in a sentence whether a report may be built on these counts, and how many rules passed or failed."""
    stopped, warned = checked.stopped, checked.having(FAILED, "warning")
    evaluated = [outcome for outcome in checked.outcomes if outcome.status != NOT_EVALUATED]
    key = "apart" if checked.set_aside else validation_json.verdict(checked)
    said = html(
        language,
        f"quality.verdict.{key}",
        fit=_fit(checked, language),
        total=len(evaluated),
        passed=len(checked.having(PASSED)),
        warned=len(warned),
        stopped=len(stopped),
    )
    more = [html(language, f"quality.verdict.{name}", count=count) for name, count in _besides(checked) if count]
    return Markup(" ").join([said, *_set_aside(checked, len(evaluated), language), *more])


def _set_aside(checked: Checked, total: int, language: str) -> Iterator[Markup]:
    """Yield which parts of a country no report is built on."""
    if checked.set_aside:
        names = ", ".join(checked.data.areas[code].name(language) for code in checked.set_aside)
        yield html(language, "quality.verdict.set_aside", names=names, broken=len(checked.broken), total=total)


def _fit(checked: Checked, language: str) -> Markup:
    """Return what a report may be about: the whole, or only what was reported where units are missing."""
    data, root = checked.reported, checked.data.root
    units = frozenset(unit.code for unit in data.areas.units(root)) if root in data.areas else frozenset()
    reported = units & totals.reported_in_full(data.counts)
    key = "fit" if units <= reported else "fit_partial" if enough(units, reported) else "fit_thin"
    return html(language, f"quality.verdict.{key}", reported=len(reported), expected=len(units))


def _besides(checked: Checked) -> tuple[tuple[str, int], ...]:
    """Return what qualifies the verdict, with its number: waived findings, edited rules."""
    waived = sum(each.failed for outcome in checked.outcomes for each in outcome.waived)
    return ("waived", waived), ("edited", len({edit.rule for edit in checked.edits}))
