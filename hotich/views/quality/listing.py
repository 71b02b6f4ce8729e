"""What was found, by the areas below the office's own, so that each part can be forwarded as it stands."""

from collections import Counter
from collections.abc import Mapping
from typing import Final

from markupsafe import Markup

from hotich import formats
from hotich.checks import ERROR, FAILED, Checked, RuleResult
from hotich.checks.findings import LONG, MOST, Finding, area
from hotich.checks.merging import Found
from hotich.checks.suites import SEVERITIES, Rule
from hotich.data import counts
from hotich.language import html, say
from hotich.views.markup import Fragment, marked, paragraph, section
from hotich.views.quality import files, groups
from hotich.views.quality.groups import UNKNOWN, WHOLE, Group

SHOWN_OF_RULE: Final = 3
"""Findings of one rule that a group writes out."""
SHOWN_BESIDE: Final = 3
"""Findings of other rules about the same place that stand below the one that leads."""
SHOWN: Final = 10
"""Findings that a group writes out; the others are in its file to be saved and in `validation.json`."""


def findings(checked: Checked, language: str) -> Fragment:
    """Return the findings: first rules that could not be run, then each area's findings, gravest first.

    For instance `quality.findings(checked, language)`.
    """
    errors = [outcome for outcome in checked.outcomes if outcome.status == ERROR]
    grouped = groups.groups(checked)
    if not grouped and not errors:
        return section("findings", html(language, "quality.findings.none"))
    heading = html(language, "quality.findings.heading", listed=_by_severity(checked, len(errors), language))
    book = {outcome.rule.id: outcome.rule for outcome in checked.outcomes}
    parts = [_error(outcome, language) for outcome in errors]
    parts += [_beyond(outcome, language) for outcome in checked.having(FAILED) if outcome.failed > MOST]
    parts += [_index(checked, grouped, language)] if len(grouped) > 1 else []
    parts += [_group(checked, group, book, language) for group in grouped]
    return section("findings", heading, *parts, mark=True)


def _by_severity(checked: Checked, errors: int, language: str) -> str:
    """Return the number of findings by severity; severities without any are left out."""
    of = Counter(each.severity for each in checked.found) + Counter({ERROR: errors})
    known = ((name, of[name]) for name in (ERROR, *SEVERITIES) if of[name])
    return ", ".join(
        say(language, f"quality.findings.{name}", count=formats.count(count, language)) for name, count in known
    )


def _error(outcome: RuleResult, language: str) -> Markup:
    name = Markup("<b>{}</b> {}").format(outcome.rule.id, outcome.rule.text("title", language))
    return paragraph(html(language, "quality.error", rule=name, reason=outcome.why(language)), "al", mark=True)


def _beyond(outcome: RuleResult, language: str) -> Markup:
    failed, most = (formats.count(number, language) for number in (outcome.failed, MOST))
    return paragraph(html(language, "quality.beyond", rule=outcome.rule.id, failed=failed, most=most), mark=True)


def _index(checked: Checked, grouped: tuple[Group, ...], language: str) -> Markup:
    links = [
        Markup('<a href="#{}">{}</a> (<span{}>{}</span>)').format(
            _anchor(each),
            _name(checked, each, language),
            Markup(' class="al"') if not each.gravest else "",
            len(each.found),
        )
        for each in grouped
    ]
    return paragraph(html(language, "quality.index", areas=Markup(" · ").join(links)), "note", mark=True)


def _anchor(group: Group) -> str:
    return {WHOLE: "area-whole", UNKNOWN: "area-unknown"}.get(group.area, f"area-{group.area}")


def _name(checked: Checked, group: Group, language: str) -> str:
    if group.area in (WHOLE, UNKNOWN):
        return say(language, f"quality.group.{'whole' if group.area == WHOLE else 'unknown'}")
    return area(checked.data, group.area, language)


def _group(checked: Checked, group: Group, book: Mapping[str, Rule], language: str) -> Markup:
    name, left, articles = _name(checked, group, language), SHOWN, []
    for rule, every in group.by_rule.items():
        shown = every[: min(SHOWN_OF_RULE, left)]
        left -= len(shown)
        if shown:
            articles.append(_article(book[rule], shown, len(every) - len(shown), language))
    hidden = formats.count(len(group.found) - (SHOWN - left), language)
    beyond = paragraph(html(language, "quality.more", more=hidden), "note", mark=True)
    more = beyond if len(group.found) > SHOWN - left else ""
    heading = Markup('<h3 id="{}"{}>{}</h3>').format(_anchor(group), marked(), name)
    body = Markup('<div class="found">{}</div>').format(Markup("").join(articles))
    return Markup("{}{}{}{}").format(heading, body, more, _saved(checked, group, book, language))


def _article(rule: Rule, shown: list[Found], more: int, language: str) -> Markup:
    level = Markup('<span class="{}">{} · {}</span>').format(
        "mk" if rule.severity != "info" else "note", rule.id, say(language, f"quality.status.{rule.severity}")
    )
    unmet = html(language, "quality.findings.unmet", title=rule.text("title", language))
    heading = Markup("<h4>{} {}</h4>").format(level, unmet)
    items = [_item(each, language) for each in shown]
    if more:
        items.append(Markup("<li>{}</li>").format(html(language, "quality.more_of_rule", more=more)))
    advice = [("why", rule.text("why", language)), ("likely", rule.likely(language)), ("do", rule.text("do", language))]
    told = Markup(" ").join(html(language, f"quality.{name}", text=text) for name, text in advice if text)
    body = Markup("<ul>{}</ul>").format(Markup("").join(items))
    return Markup('<article class="finding"{}>{}{}{}</article>').format(
        marked(), heading, body, paragraph(told, "note")
    )


def _item(each: Found, language: str) -> Markup:
    """Return the leading finding, the counts now and before, and what other rules say about the same place."""
    lines = [Markup("{}").format(each.main.message[language])]
    if values := _values(each.main, language):
        lines.append(Markup('<span class="note">{}</span>').format(values))
    for other in each.others[:SHOWN_BESIDE]:
        text = html(language, "quality.also", rule=other.rule, message=other.message[language])
        lines.append(Markup('<span class="note">{}</span>').format(text))
    if (more := len(each.others) - SHOWN_BESIDE) > 0:
        lines.append(Markup('<span class="note">{}</span>').format(html(language, "quality.also_more", more=more)))
    return Markup("<li>{}</li>").format(Markup("<br>").join(lines))


def _values(finding: Finding, language: str) -> str:
    """Return the counts now and when last reported, in words; nothing where there are none of before."""
    now, before = counts_in_words(finding.values, language), counts_in_words(finding.before, language)
    if not before:
        return ""
    spoken = [say(language, "quality.values.now", values=now)] if now else []
    return " ".join([*spoken, say(language, "quality.values.before", values=before)])


def counts_in_words(values: Mapping[str, str], language: str) -> str:
    """Return required and digitised in words, or why there are none."""
    if (status := values.get("status", "")) in (counts.NOT_REPORTED, counts.NOT_APPLICABLE):
        return say(language, f"quality.values.{status}")
    said = [
        say(language, f"quality.values.{name}", value=_written(values[name], language))
        for name in ("required", "digitised")
        if name in values
    ]
    return ", ".join(said)


def _written(text: str, language: str) -> str:
    """Return a canonical count with its thousands grouped; anything else as it came, in quotes."""
    if counts.CANONICAL.fullmatch(text):
        return formats.count(int(text), language)
    return f"“{text if len(text) <= LONG else text[:LONG] + '…'}”"


def _saved(checked: Checked, group: Group, book: Mapping[str, Rule], language: str) -> Markup:
    """Return everything found in the group as a file to save and send."""
    found = [(each, {"do": book[each.rule].text("do", language)}) for together in group.found for each in together.all]
    return files.link(checked, f"findings-{_anchor(group).removeprefix('area-')}", found, ("do",), language)
