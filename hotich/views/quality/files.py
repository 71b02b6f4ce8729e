"""Findings as files to save and to send: everything found in an area, or waived, with its codes and counts."""

from collections.abc import Iterable, Mapping
from typing import Final

from markupsafe import Markup

from hotich.checks import Checked, findings
from hotich.checks.findings import Finding
from hotich.checks.suites import Rule
from hotich.language import say
from hotich.views.markup import Column, Table
from hotich.views.saved_table import Cell, Coded, Vintage

_COLUMNS: Final = ("rule", "severity", "area", "register", "finding", "file", "line")
_COUNTS: Final = ("required", "digitised", "status")
_TOLD: Final = (*_COLUMNS, *_COUNTS, "required_before", "digitised_before")


def titled(rule: Rule, language: str) -> Coded:
    """Return a rule as a cell names it: by its code and its title."""
    title = rule.text("title", language)
    return Coded(rule.id, title, shown=Markup("<b>{}</b> {}").format(rule.id, title))


def link(
    checked: Checked,
    file: str,
    found: Iterable[tuple[Finding, Mapping[str, str]]],
    more: tuple[str, ...],
    language: str,
) -> Markup:
    """Return the link that saves findings, each with the texts of the columns `more` that are its own."""
    book = {outcome.rule.id: outcome.rule for outcome in checked.outcomes}
    columns = [Column("", text=True, name=name) for name in (*_TOLD, *more)]
    rows = [
        (*_row(checked, book[finding.rule], finding, language), *(own[name] for name in more)) for finding, own in found
    ]
    name = f"{file}-{checked.data.month}.csv"
    caption = say(language, "quality.findings.saved")
    return Table(caption, columns, rows, file=name, vintage=Vintage.of(checked.data)).link(language)


def _row(checked: Checked, rule: Rule, finding: Finding, language: str) -> tuple[Cell, ...]:
    """Return a finding as a row. Counts stand as they came in, which need be no numbers: that may be the finding."""
    data = checked.data
    area = findings.area(data, finding.area, language) if finding.area else ""
    register = findings.register_name(data, finding.register, language) if finding.register else ""
    counts = (finding.values.get(name, "") for name in _COUNTS)
    before = (finding.before.get(name, "") for name in _COUNTS[:2])
    return (
        titled(rule, language),
        finding.severity,
        Coded(finding.area, area),
        Coded(finding.register, register),
        finding.message[language],
        finding.file,
        str(finding.line or ""),
        *counts,
        *before,
    )
