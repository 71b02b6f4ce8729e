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
    """Return the rule book, Vietnamese first. It is made from the suites alone, so it cannot say anything else."""
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
from hotich.checks import expectations, frames, parameters  # the import registers every rule
from hotich.data import dataset
from hotich.storage.paths import EXPECTATIONS

suite = gx.ExpectationSuite(**json.loads((EXPECTATIONS / "series.json").read_text("utf-8")))
suite.expectations = expectations.looking_at("cells", suite.expectations)
batch = gx.get_context(mode="ephemeral").data_sources.pandas_default.read_dataframe(frames("2024-10")["series.cells"])
given = parameters(dataset.read("2024-10"))
result = batch.validate(suite, result_format="COMPLETE", expectation_parameters=given)
"""
"""A suite run by Great Expectations alone, as anybody may; a test executes these lines of the document."""


def _notebook(language: str) -> list[str]:
    return [say(language, "rulebook.notebook"), "", "```python", *NOTEBOOK.splitlines(), "```", ""]


def _rule(rule: Rule, language: str) -> list[str]:
    severity = say(language, f"quality.status.{rule.severity}")
    entries = [(say(language, f"rulebook.{name}"), rule.text(name, language)) for name in ("why", "do")]
    if likely := rule.likely(language):
        entries.insert(1, (say(language, "rulebook.likely"), likely))
    limits = {name: value for name, value in rule.kwargs.items() if name == "mostly" or isinstance(value, int | float)}
    limits = {name: value for name, value in limits.items() if not isinstance(value, bool)}
    entries += [
        (say(language, "rulebook.limits"), ", ".join(f"`{name}` {value}" for name, value in limits.items()))
    ] * bool(limits)
    items = [f"- {label} {text}" for label, text in entries]
    return [f"### {rule.id} · {rule.text('title', language)} ({severity})", "", *items, ""]


def whole() -> tuple[Suite, ...]:
    """Return every suite, that of the record lists last."""
    return (*suites.load(), suites.records())


def write() -> None:
    """Write docs/rules.md, the kinds of rule (kinds.json), and the rules as shipped (shipped.json).

    For whoever maintains the rule book; it loads Great Expectations.
    """
    gx.prepare()
    from hotich.checks import expectations

    registry.FILE.write_text(json.dumps(expectations.kinds(), indent=1) + "\n", encoding="utf-8")
    registry.kinds.cache_clear()  # a rule whose class is new is known from here on
    book = whole()
    FILE.write_text(markdown(book), encoding="utf-8")
    record = edits.record(rule for suite in book for rule in suite.rules)
    SHIPPED.write_text(json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
