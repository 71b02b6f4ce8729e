"""Waivers given for the month: what each covers, why, who answers for it, and until when."""

from typing import Final

from markupsafe import Markup

from hotich import formats
from hotich.checks import Checked, Waived
from hotich.checks import findings as found
from hotich.checks.waivers import Waiver
from hotich.language import html
from hotich.views.markup import Fragment, marked, paragraph, section
from hotich.views.quality import files

SHOWN: Final = 3
"""Waived findings that are written out below one waiver; their number is always told."""


def waivers(checked: Checked, language: str) -> Fragment:
    """Return every waiver of the month with the findings that it covers: `quality.waivers(checked, language)`."""
    heading = html(language, "quality.waivers.heading")
    if not checked.waivers:
        return section("waivers", heading, paragraph(html(language, "quality.waivers.none")))
    used = {each.waiver: each for outcome in checked.outcomes for each in outcome.waived}
    articles = [_article(checked, waiver, used.get(waiver), language) for waiver in checked.waivers]
    body = Markup('<div class="found">{}</div>').format(Markup("").join(articles))
    note = paragraph(html(language, "quality.waivers.note"), "note")
    saved = _saved(checked, used, language) if used else Markup("")
    return section("waivers", heading, note, body, saved)


def _article(checked: Checked, waiver: Waiver, covered: Waived | None, language: str) -> Markup:
    heading = Markup("<h3>{} · {}</h3>").format(waiver.rule, _about(checked, waiver, language))
    given = html(
        language,
        "quality.waivers.given",
        reason=waiver.reason,
        approved_by=waiver.approved_by,
        expires=formats.day(waiver.expires, language),
    )
    return Markup('<article class="finding"{}>{}{}{}</article>').format(
        marked(), heading, paragraph(given), _covers(checked, waiver, covered, language)
    )


def _about(checked: Checked, waiver: Waiver, language: str) -> str:
    area = found.area(checked.data, waiver.area, language)
    return f"{area}, {found.register_name(checked.data, waiver.register, language)}"


def _covers(checked: Checked, waiver: Waiver, covered: Waived | None, language: str) -> Markup:
    """Return the findings that a waiver covers, or why it covers none."""
    if covered is None:
        in_force = waiver.in_force(checked.data.counts.delivery.as_of)
        return paragraph(html(language, f"quality.waivers.{'unused' if in_force else 'expired'}"), "al")
    lines = [Markup("<li>{}</li>").format(each.message[language]) for each in covered.findings[:SHOWN]]
    if covered.failed > SHOWN:
        more = formats.count(covered.failed - SHOWN, language)
        lines.append(Markup("<li>{}</li>").format(html(language, "quality.waivers.more", more=more)))
    return Markup("<ul>{}</ul>").format(Markup("").join(lines))


def _saved(checked: Checked, used: dict[Waiver, Waived], language: str) -> Markup:
    """Return every waived finding as a file to save."""
    more = ("reason", "approved_by", "expires")
    found = [
        (each, {"reason": waiver.reason, "approved_by": waiver.approved_by, "expires": str(waiver.expires)})
        for waiver, covered in used.items()
        for each in covered.findings
    ]
    return files.link(checked, "waivers", found, more, language)
