"""Every rule with what it looked at, and what was changed in the rule book since it was delivered."""

from typing import Final

from markupsafe import Markup

from hotich import formats
from hotich.checks import ERROR, FAILED, NOT_EVALUATED, PASSED, WAIVED, Checked, RuleResult
from hotich.checks.edits import Edit
from hotich.checks.suites import SEVERITIES
from hotich.language import html, say
from hotich.views.markup import Column, Fragment, Table, fold, marked, paragraph, section
from hotich.views.quality import files
from hotich.views.saved_table import Cell, Valued, Vintage

_ORDER: Final = (ERROR, FAILED, WAIVED, NOT_EVALUATED, PASSED)


def rules(checked: Checked, language: str) -> Fragment:
    """Return edits of the rule book, every rule with its result, failures first, and what each asks and why.

    For instance `quality.rules(checked, language)`.
    """
    heading = html(language, "quality.rules.heading")
    edited = [_edits(checked.edits, language)] if checked.edits else []
    return section("rules", heading, *edited, _results(checked, language), _book(checked, language))


def _edits(edits: tuple[Edit, ...], language: str) -> Markup:
    items = [Markup("<li>{}</li>").format(_edit(each, language)) for each in edits]
    said = paragraph(html(language, "quality.edits.heading", count=len(edits)), "al", mark=True)
    return said + Markup("<ul{}>{}</ul>").format(marked(), Markup("").join(items))


def _edit(edit: Edit, language: str) -> Markup:
    """Return one difference in words: severities in those of the page, arguments as the suite writes them."""
    rule = Markup("<b>{}</b>").format(edit.rule)
    if edit.field in ("removed", "added", "severity"):
        was, now = (_severity(value, language) for value in (edit.shipped, edit.now))
        return html(language, f"quality.edits.{edit.field}", rule=rule, was=was, now=now)
    field = edit.field.removeprefix("kwargs.")
    return html(language, "quality.edits.changed", rule=rule, field=field, was=edit.shipped or "–", now=edit.now or "–")


def _severity(value: str, language: str) -> str:
    word = value.strip('"')
    return say(language, f"quality.status.{word}") if word in SEVERITIES else word


def _results(checked: Checked, language: str) -> Markup:
    columns = (
        Column(say(language, "quality.column.rule"), text=True, name="rule"),
        Column(say(language, "quality.column.severity"), text=True, extra=True, name="severity"),
        Column(say(language, "quality.column.result"), text=True, name="result"),
        Column(say(language, "quality.column.evaluated"), extra=True, name="evaluated"),
        Column(say(language, "quality.column.failed"), name="failed"),
    )
    ordered = sorted(checked.outcomes, key=_failures_first)
    rows = [_row(outcome, language) for outcome in ordered]
    caption, note = (say(language, f"quality.rules.{name}") for name in ("caption", "note"))
    file = f"rules-{checked.data.month}.csv"
    vintage = Vintage.of(checked.data)
    return Table(caption, columns, rows, note, file=file, vintage=vintage, long=True, marked=True).html(language)


def _failures_first(outcome: RuleResult) -> tuple[int, int]:
    grave = SEVERITIES.index(outcome.rule.severity) if outcome.status == FAILED else 0
    return _ORDER.index(outcome.status), grave


def _row(outcome: RuleResult, language: str) -> tuple[Cell, ...]:
    rule = outcome.rule
    severity = Valued(say(language, f"quality.status.{rule.severity}"), rule.severity)
    result = Valued(_result(outcome, language), outcome.status)
    counted = (Valued(formats.count(each, language), str(each)) for each in (outcome.evaluated, outcome.failed))
    return (files.titled(rule, language), severity, result, *counted)


def _result(outcome: RuleResult, language: str) -> Markup:
    """Return a rule's status in words: the severity where broken, the reason where not evaluated."""
    status = outcome.rule.severity if outcome.status == FAILED else outcome.status
    word = say(language, f"quality.status.{status}")
    if outcome.status in (FAILED, ERROR) and status != "info":
        return Markup('<span class="al">{}</span>').format(word)
    said = Markup("{}").format(word)
    return said + f" ({outcome.why(language)})" if outcome.status == NOT_EVALUATED else said


def _book(checked: Checked, language: str) -> Markup:
    """Return what each rule asks, why, and what to do when it is broken."""
    entries = [
        Markup("<dt>{} {}</dt><dd>{} {}</dd>").format(
            outcome.rule.id,
            outcome.rule.text("title", language),
            html(language, "quality.why", text=outcome.rule.text("why", language)),
            html(language, "quality.do", text=outcome.rule.text("do", language)),
        )
        for outcome in checked.outcomes
    ]
    listed = Markup('<dl class="def"{}>{}</dl>').format(marked(), Markup("").join(entries))
    return fold(say(language, "quality.rules.book"), listed)
