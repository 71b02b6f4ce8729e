"""docs/rules.md: every rule with its severity, what it asks, why, and what to do, in both languages."""

import json
from collections.abc import Sequence
from typing import Final

from hotich.checks import edits, suites
from hotich.checks.suites import Rule, Suite
from hotich.language import LANGUAGES, say
from hotich.storage import paths

FILE: Final = paths.PROJECT / "docs" / "rules.md"
SHIPPED: Final = edits.FILE


def markdown(book: Sequence[Suite]) -> str:
    """The rule book, Vietnamese first. Made from the suites alone, so it cannot say anything that they do not."""
    return "\n".join(line for language in LANGUAGES for line in _language(book, language))


def _language(book: Sequence[Suite], language: str) -> list[str]:
    count = sum(len(suite.rules) for suite in book)
    lines = [f"# {say(language, 'rulebook.title')}", "", say(language, "rulebook.about", count=count), ""]
    for suite in book:
        lines += [f"## {say(language, f'rulebook.suite.{suite.name}')}", ""]
        lines += [line for rule in suite.rules for line in _rule(rule, language)]
    return lines


def _rule(rule: Rule, language: str) -> list[str]:
    severity = say(language, f"quality.status.{rule.severity}")
    told = [(say(language, f"rulebook.{name}"), rule.text(name, language)) for name in ("why", "do")]
    if likely := rule.likely(language):
        told.insert(1, (say(language, "rulebook.likely"), likely))
    limits = {name: value for name, value in rule.kwargs.items() if name == "mostly" or isinstance(value, int | float)}
    limits = {name: value for name, value in limits.items() if not isinstance(value, bool)}
    told += [
        (say(language, "rulebook.limits"), ", ".join(f"`{name}` {value}" for name, value in limits.items()))
    ] * bool(limits)
    items = [f"- {label} {text}" for label, text in told]
    return [f"### {rule.id} · {rule.text('title', language)} ({severity})", "", *items, ""]


def write() -> None:
    """Write docs/rules.md anew and take the suites as they are for those shipped: for who maintains the rule book."""
    book = suites.load()
    FILE.write_text(markdown(book), encoding="utf-8")
    record = edits.record(rule for suite in book for rule in suite.rules)
    SHIPPED.write_text(json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
