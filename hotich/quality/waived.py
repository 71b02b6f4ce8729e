"""Waivers given for the month: what each covers, why, who answers for it, and until when."""

from typing import Final

from markupsafe import Markup

from hotich import formats
from hotich.checks import Checked, Waived
from hotich.checks import findings as found
from hotich.checks.waivers import Waiver
from hotich.elements import Column, Fragment, Table, paragraph, section
from hotich.language import html, say

SHOWN: Final = 3
"""Waived findings that one waiver's row writes out; their number is always told."""


def waivers(checked: Checked, language: str) -> Fragment:
    """Every waiver of the month with the findings that it covers."""
    heading = html(language, "quality.waivers.heading")
    if not checked.waivers:
        return section("waivers", heading, paragraph(html(language, "quality.waivers.none")))
    used = {each.waiver: each for outcome in checked.outcomes for each in outcome.waived}
    names = ("waiver", "covers", "reason", "approved_by", "expires")
    columns = [Column(say(language, f"quality.column.{name}"), text=True) for name in names]
    rows = [_row(checked, waiver, used.get(waiver), language) for waiver in checked.waivers]
    caption, note = (say(language, f"quality.waivers.{name}") for name in ("caption", "note"))
    table = Table(caption, columns, rows, note, file=f"{checked.data.month}-waivers.csv", long=True)
    return section("waivers", heading, table.html(language))


def _row(checked: Checked, waiver: Waiver, covered: Waived | None, language: str) -> tuple[str | Markup, ...]:
    about = Markup("<b>{}</b> {}, {}").format(
        waiver.rule, found.area(checked.data, waiver.area, language),
        found.register_name(checked.data, waiver.register, language),
    )  # fmt: skip
    expires = formats.day(waiver.expires, language)
    return about, _covers(checked, waiver, covered, language), waiver.reason, waiver.approved_by, expires


def _covers(checked: Checked, waiver: Waiver, covered: Waived | None, language: str) -> Markup:
    if not waiver.in_force(checked.data.counts.delivery.as_of):
        return Markup('<span class="al">{}</span>').format(say(language, "quality.waivers.expired"))
    if covered is None:
        return Markup('<span class="al">{}</span>').format(say(language, "quality.waivers.unused"))
    lines = [Markup("{}").format(each.message[language]) for each in covered.findings[:SHOWN]]
    if covered.failed > SHOWN:
        more = formats.count(covered.failed - SHOWN, language)
        lines.append(html(language, "quality.waivers.more", more=more))
    return Markup("<br>").join(lines)
