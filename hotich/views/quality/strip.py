"""Which rules were broken in each of the last twelve months, at a glance."""

from markupsafe import Markup

from hotich import formats
from hotich.checks import Checked, earlier_months
from hotich.checks.earlier_months import Past
from hotich.checks.suites import Rule
from hotich.data.dataset import LOOK_BACK
from hotich.language import html, say
from hotich.views.markup import Column, Fragment, Table, paragraph, section
from hotich.views.quality import files
from hotich.views.saved_table import Cell, Valued, Vintage
from hotich.views.table_cells import NOT_APPLICABLE, NOT_REPORTED

ON_PHONES = 4
"""Months that a narrow screen shows; the others are in the saved table and on wide screens."""


def history(checked: Checked, language: str) -> Fragment:
    """Return rules that were broken at least once, by month, and the number of the others.

    For instance `quality.history(checked, language)`.
    """
    months = earlier_months.of(checked)
    if len(months) == 1:
        heading = html(language, "quality.history.heading_first")
        return section("history", heading, paragraph(html(language, "quality.history.first")), mark=True)
    heading = html(language, "quality.history.heading", months=len(months))
    looked_at = [outcome.rule for outcome in checked.outcomes if outcome.rule.suite in earlier_months.LOOKED_AT]
    broken = [rule for rule in looked_at if any(month.broken.get(rule.id) for month in months)]
    silent = html(language, "quality.history.silent", count=len(looked_at) - len(broken))
    if not broken:
        none = paragraph(html(language, "quality.history.none", months=len(months)), mark=True)
        return section("history", heading, none, mark=True)
    hidden = len(months) - ON_PHONES
    columns = [Column(say(language, "quality.column.rule"), text=True, name="rule")] + [
        Column(formats.month(each.month, language, short=True), extra=at < hidden, name=f"failed_{each.month}")
        for at, each in enumerate(months)
    ]
    rows = [_row(rule, months, language) for rule in broken]
    caption, note = say(language, "quality.history.caption"), say(language, "quality.history.note", most=LOOK_BACK)
    file, vintage = f"history-{checked.data.month}.csv", Vintage.of(checked.data)
    table = Table(caption, columns, rows, note, file=file, vintage=vintage, marked=True).html(language)
    return section("history", heading, table, paragraph(silent, "note", mark=True), mark=True)


def _row(rule: Rule, months: tuple[Past, ...], language: str) -> tuple[Cell, ...]:
    return (files.titled(rule, language), *(_cell(rule, month, language) for month in months))


def _cell(rule: Rule, month: Past, language: str) -> Cell:
    if rule.suite in month.unreadable:
        return NOT_REPORTED
    if rule.id not in month.broken:
        return NOT_APPLICABLE
    rows = formats.count(month.broken[rule.id], language)
    alarming = month.broken[rule.id] and rule.severity != "info"
    shown = Markup('<span class="al">{}</span>').format(rows) if alarming else rows
    return Valued(shown, str(month.broken[rule.id]))
