"""docs/rules.md: every rule with its severity, what it asks, why, and what to do, in both languages."""

import json
from collections.abc import Sequence
from typing import Final

from hotich.checks import edits, gx, registry, suites
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
    return [*lines, *_notebook(language), say(language, "rulebook.earlier"), "", say(language, "rulebook.adding"), ""]


NOTEBOOK: Final = """\
import json, great_expectations as gx
from hotich.checks import expectations, frames  # the import registers every rule

suite = gx.ExpectationSuite(**json.load(open("expectations/series.json", encoding="utf-8")))
suite.expectations = expectations.looking_at("cells", suite.expectations)
batch = gx.get_context(mode="ephemeral").data_sources.pandas_default.read_dataframe(frames("2024-10")["series.cells"])
result = batch.validate(suite, result_format="COMPLETE")
"""
"""A suite run by Great Expectations alone, as anybody may; a test executes these lines of the document."""


def _notebook(language: str) -> list[str]:
    return [say(language, "rulebook.notebook"), "", "```python", *NOTEBOOK.splitlines(), "```", ""]


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
    """Write docs/rules.md, what the classes of rules say of themselves, and the suites as those shipped.

    For whoever maintains the rule book; it loads Great Expectations.
    """
    gx.prepare()
    from hotich.checks import expectations

    registry.FILE.write_text(json.dumps(expectations.kinds(), indent=1) + "\n", encoding="utf-8")
    registry.kinds.cache_clear()  # a rule whose class is new is known from here on
    book = suites.load()
    FILE.write_text(markdown(book), encoding="utf-8")
    record = edits.record(rule for suite in book for rule in suite.rules)
    SHIPPED.write_text(json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
