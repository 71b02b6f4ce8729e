"""The files that were checked, by their hashes."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from markupsafe import Markup

from hotich import formats
from hotich.checks import Checked
from hotich.checks.suites import NAMES
from hotich.checks.waivers import FILE
from hotich.language import html, say
from hotich.storage import paths
from hotich.views.markup import Column, Fragment, Table, fold, hashes, paragraph, section, short_hash


def provenance(checked: Checked, language: str) -> Fragment:
    """Return the counts file and the suites by their hashes, and how the checks were made.

    For instance `quality.provenance(checked, language)`.
    """
    columns = (
        Column(say(language, "quality.column.file"), text=True),
        Column(say(language, "quality.column.rows")),
        Column("SHA-256", text=True),
    )
    code = Markup("<code>{}</code>")
    rows = [
        (code.format(file), formats.count(lines, language), short_hash(sha256))
        for file, lines, sha256 in _files(checked)
    ]
    whole = hashes(((file, sha256) for file, _, sha256 in _files(checked)), language)
    table = Table(say(language, "quality.provenance.caption"), columns, rows, marked=True).html(language)
    link = Markup('<p class="nop"><a href="report.{}.html">{}</a></p>').format(
        language, say(language, "quality.report")
    )
    more = fold(say(language, "quality.how"), paragraph(html(language, "quality.how_text")))
    return section("provenance", html(language, "quality.provenance.heading"), table, whole, more, link)


def _files(checked: Checked) -> Iterator[tuple[str, int, str]]:
    """Yield each file with the number of its lines, rules or waivers, and its SHA-256."""
    delivered = checked.data.counts
    yield delivered.file, delivered.size, delivered.sha256
    for name in NAMES:
        rules = sum(outcome.rule.suite == name for outcome in checked.outcomes)
        yield f"expectations/{name}.json", rules, _sha256(paths.EXPECTATIONS / f"{name}.json")
    waivers = checked.data.folders.data / FILE
    if waivers.is_file():
        yield FILE, len(checked.waivers), _sha256(waivers)


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
