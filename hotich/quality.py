"""The data-quality page: the verdict, the findings, every rule, the coverage. It presents what the checks recorded."""

import hashlib

from markupsafe import Markup

from hotich import counts, formats, places
from hotich.checks import ERROR, FAILED, NOT_EVALUATED, PASSED, Checked, Outcome
from hotich.checks.suites import NAMES
from hotich.elements import Column, Fragment, Table, fold, paragraph, section
from hotich.language import html, say

SHOWN = 20
"""Findings of one rule that the page writes out; the others are in `validation.json`, and their number is told."""


def title(checked: Checked, language: str) -> Fragment:
    """The head of the page, with the verdict in one sentence."""
    data = checked.data
    top = Markup('<p class="top"><span><b>{}</b> · {}</span></p>').format(
        data.office.name(language), say(language, "quality.top")
    )
    h1 = html(language, "quality.title", month=formats.month(data.month, language))
    as_of = formats.day(data.counts.delivery.as_of, language)
    meta = Markup('<ul class="meta"><li>{}</li></ul>').format(html(language, "quality.as_of", as_of=as_of))
    return Fragment(
        Markup("<header>{}<h1>{}</h1>{}{}</header>").format(
            top, h1, paragraph(_verdict(checked, language), "stand"), meta
        )
    )


def _verdict(checked: Checked, language: str) -> Markup:
    stopped, warned = checked.stopped, checked.having(FAILED, "warning")
    evaluated = [outcome for outcome in checked.outcomes if outcome.status != NOT_EVALUATED]
    key = "rejected" if stopped else "warned" if warned else "passed"
    return html(
        language, f"quality.verdict.{key}", total=len(evaluated), passed=len(checked.having(PASSED)),
        warned=len(warned), stopped=len(stopped),
    )  # fmt: skip


def findings(checked: Checked, language: str) -> Fragment:
    """What was found, critical first: each rule that is broken, its rows, why it matters and what to do."""
    order = {"critical": 0, "warning": 1, "info": 2}
    broken = [o for o in checked.outcomes if o.status in (FAILED, ERROR)]
    broken.sort(key=lambda o: (o.status != ERROR, order[o.rule.severity]))
    if not broken:
        return section("findings", html(language, "quality.findings.none"))
    articles = Markup("").join(_article(outcome, language) for outcome in broken)
    heading = html(language, "quality.findings.heading", count=len(broken))
    return section("findings", heading, Markup('<div class="found">{}</div>').format(articles))


def _article(outcome: Outcome, language: str) -> Markup:
    rule = outcome.rule
    level = say(language, f"quality.status.{ERROR if outcome.status == ERROR else rule.severity}")
    heading = Markup('<h3><span class="mk">{} · {}</span> {}</h3>').format(rule.id, level, rule.text("title", language))
    items = [Markup("<li>{}</li>").format(found.message[language]) for found in outcome.findings[:SHOWN]]
    if outcome.status == ERROR:
        items.append(Markup("<li>{}</li>").format(html(language, "quality.error", reason=outcome.why(language))))
    if outcome.failed > SHOWN:
        items.append(Markup("<li>{}</li>").format(html(language, "quality.more", more=outcome.failed - SHOWN)))
    advice = html(language, "quality.advice", why=rule.text("why", language), do=rule.text("do", language))
    body = Markup("<ul>{}</ul>").format(Markup("").join(items))
    return Markup('<article class="finding">{}{}{}</article>').format(heading, body, paragraph(advice, "note"))


def rules(checked: Checked, language: str) -> Fragment:
    """Every rule with what it evaluated; failures first."""
    order = (ERROR, FAILED, NOT_EVALUATED, PASSED)
    ordered = sorted(checked.outcomes, key=lambda o: order.index(o.status))
    columns = (
        Column(say(language, "quality.column.rule"), text=True),
        Column(say(language, "quality.column.result"), text=True),
        Column(say(language, "quality.column.evaluated"), extra=True),
        Column(say(language, "quality.column.failed")),
    )
    rows = [_rule_row(outcome, language) for outcome in ordered]
    caption = say(language, "quality.rules.caption")
    table = Table(caption, columns, rows, say(language, "quality.rules.note"), long=True).html(language)
    return section("rules", html(language, "quality.rules.heading"), table)


def _rule_row(outcome: Outcome, language: str) -> tuple[str | Markup, ...]:
    rule = outcome.rule
    name = Markup("<b>{}</b> {}").format(rule.id, rule.text("title", language))
    status = say(language, f"quality.status.{outcome.status}")
    if outcome.status == FAILED:
        status = say(language, f"quality.status.{rule.severity}")
    shown = (
        Markup('<span class="al">{}</span>').format(status)
        if outcome.status in (FAILED, ERROR)
        else Markup("{}").format(status)
    )
    if outcome.status == NOT_EVALUATED:
        shown = Markup("{} ({})").format(status, outcome.why(language))
    counted = (formats.count(outcome.evaluated, language), formats.count(outcome.failed, language))
    return (name, shown, *counted)


def coverage(checked: Checked, language: str) -> Fragment:
    """Cells by what came in, for each district: three kinds that never stand for one another."""
    data = checked.data
    columns = (
        Column(say(language, "quality.column.area"), text=True),
        *(Column(say(language, f"quality.column.{name}")) for name in ("units", "given", "missing", "not_applicable")),
    )
    if data.office.root not in data.areas:
        return section("coverage", html(language, "quality.coverage.heading"))
    areas = [area for area in data.areas.children(data.office.root) if area.level != "commune"]
    rows = [(area.short(language), *_cells(checked, area.code, language)) for area in areas]
    whole = (say(language, "quality.coverage.whole"), *_cells(checked, data.office.root, language))
    caption = say(language, "quality.coverage.caption")
    note = say(language, "quality.coverage.note")
    table = Table(caption, columns, rows or [whole], note, [whole] if rows else ()).html(language)
    return section("coverage", html(language, "quality.coverage.heading"), table)


def _cells(checked: Checked, code: str, language: str) -> tuple[str, ...]:
    units = {unit.code for unit in checked.data.areas.units(code)}
    statuses = [row["status"] for row in checked.data.counts.rows if row["area"] in units]
    kinds = (counts.REPORTED, counts.NOT_REPORTED, counts.NOT_APPLICABLE)
    numbers = (len(units), *(statuses.count(kind) for kind in kinds))
    return tuple(formats.count(number, language) for number in numbers)


def provenance(checked: Checked, language: str) -> Fragment:
    """The counts file and the suites by their hashes."""
    delivered = checked.data.counts
    rows = [(delivered.file, formats.count(len(delivered.rows), language), delivered.sha256)]
    for name in NAMES:
        content = (places.EXPECTATIONS / f"{name}.json").read_bytes()
        rules_in = sum(outcome.rule.suite == name for outcome in checked.outcomes)
        rows.append(
            (f"expectations/{name}.json", formats.count(rules_in, language), hashlib.sha256(content).hexdigest())
        )
    columns = (
        Column(say(language, "quality.column.file"), text=True), Column(say(language, "quality.column.rows")),
        Column("SHA-256", text=True),
    )  # fmt: skip
    code = Markup("<code>{}</code>")
    marked = [(code.format(file), lines, code.format(digest)) for file, lines, digest in rows]
    table = Table(say(language, "quality.provenance.caption"), columns, marked).html(language)
    link = Markup('<p class="nop"><a href="report.{}.html">{}</a></p>').format(
        language, say(language, "quality.report")
    )
    more = fold(say(language, "quality.how"), paragraph(html(language, "quality.how_text")))
    return section("provenance", html(language, "quality.provenance.heading"), table, more, link)
