"""The files that were checked, by their hashes."""

import hashlib

from markupsafe import Markup

from hotich import formats
from hotich.checks import Checked
from hotich.checks.suites import NAMES
from hotich.checks.waivers import FILE
from hotich.language import html, say
from hotich.storage import paths
from hotich.views.markup import Column, Fragment, Table, fold, paragraph, section


def provenance(checked: Checked, language: str) -> Fragment:
    """The counts file and the suites by their hashes."""
    delivered = checked.data.counts
    rows = [(delivered.file, formats.count(len(delivered.rows), language), delivered.sha256)]
    for name in NAMES:
        content = (paths.EXPECTATIONS / f"{name}.json").read_bytes()
        rules_in = sum(outcome.rule.suite == name for outcome in checked.outcomes)
        digest = hashlib.sha256(content).hexdigest()
        rows.append((f"expectations/{name}.json", formats.count(rules_in, language), digest))
    waivers = checked.data.folders.data / FILE
    if waivers.is_file():
        digest = hashlib.sha256(waivers.read_bytes()).hexdigest()
        rows.append((FILE, formats.count(len(checked.waivers), language), digest))
    columns = (
        Column(say(language, "quality.column.file"), text=True),
        Column(say(language, "quality.column.rows")),
        Column("SHA-256", text=True),
    )
    code = Markup("<code>{}</code>")
    marked = [(code.format(file), lines, code.format(digest)) for file, lines, digest in rows]
    table = Table(say(language, "quality.provenance.caption"), columns, marked).html(language)
    words = say(language, "quality.report")
    link = Markup('<p class="nop"><a href="report.{}.html">{}</a></p>').format(language, words)
    more = fold(say(language, "quality.how"), paragraph(html(language, "quality.how_text")))
    return section("provenance", html(language, "quality.provenance.heading"), table, more, link)
