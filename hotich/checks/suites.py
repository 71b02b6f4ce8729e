"""The rule book: suites of Great Expectations as plain JSON, read strictly before anything is run."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from hotich import places
from hotich.checks import rules
from hotich.errors import WrongUsage
from hotich.language import LANGUAGES

NAMES: Final = ("counts", "series", "published")
SEVERITIES: Final = ("critical", "warning", "info")
TEXTS: Final = ("title", "why", "do", "finding")
_KEYS: Final = {"type", "kwargs", "severity", "meta"}


@dataclass(frozen=True)
class Rule:
    """One expectation: its stable id, its GX type and arguments, and its texts by name and language."""

    id: str
    suite: str
    type: str
    kwargs: dict[str, Any]
    severity: str
    texts: dict[str, dict[str, str]]

    def text(self, name: str, language: str) -> str:
        """Its title, why it matters, what to do, or the sentence that states a finding."""
        return self.texts[name][language]


@dataclass(frozen=True)
class Suite:
    """A suite in the order of its file."""

    name: str
    rules: tuple[Rule, ...]


def load(folder: Path = places.EXPECTATIONS) -> tuple[Suite, ...]:
    """All suites. Raises WrongUsage naming file, rule and field for anything that is not exactly a rule."""
    suites = tuple(_suite(folder, name) for name in NAMES)
    seen: set[str] = set()
    for rule in (rule for suite in suites for rule in suite.rules):
        if rule.id in seen:
            raise WrongUsage("suite.twice", file=f"{rule.suite}.json", rule=rule.id)
        seen.add(rule.id)
    return suites


def _suite(folder: Path, name: str) -> Suite:
    file = f"{name}.json"
    try:
        raw = json.loads((folder / file).read_text(encoding="utf-8"))
    except OSError as error:
        raise WrongUsage("suite.missing", file=file, reason=error.strerror) from None
    except ValueError as error:
        raise WrongUsage("suite.not_json", file=file, reason=error) from None
    if not isinstance(raw, dict) or raw.get("name") != name or not isinstance(raw.get("expectations"), list):
        raise WrongUsage("suite.not_a_suite", file=file, name=name)
    if not raw["expectations"]:
        raise WrongUsage("suite.empty", file=file)
    return Suite(name, tuple(_rule(each, name, at) for at, each in enumerate(raw["expectations"], 1)))


def _rule(raw: Any, suite: str, at: int) -> Rule:  # noqa: ANN401 - JSON may hold anything
    file = f"{suite}.json"
    if not isinstance(raw, dict) or set(raw) != _KEYS or not isinstance(raw["meta"], dict):
        raise WrongUsage("suite.keys", file=file, rule=f"#{at}", field=", ".join(sorted(_KEYS)))
    identity = raw["meta"].get("rule")
    if not isinstance(identity, str) or not identity:
        raise WrongUsage("suite.keys", file=file, rule=f"#{at}", field="meta.rule")
    if raw["type"] not in rules.TYPES:
        raise WrongUsage("suite.type", file=file, rule=identity, value=raw["type"], allowed=", ".join(rules.TYPES))
    if raw["severity"] not in SEVERITIES:
        raise WrongUsage("suite.severity", file=file, rule=identity, value=raw["severity"])
    allowed = rules.TYPES[raw["type"]]
    if not isinstance(raw["kwargs"], dict) or not set(raw["kwargs"]) <= allowed:
        raise WrongUsage("suite.kwargs", file=file, rule=identity, allowed=", ".join(sorted(allowed)))
    texts = {name: _text(raw["meta"], name, file, identity) for name in TEXTS}
    extra = {name: _text(raw["meta"], name, file, identity) for name in raw["meta"] if name.startswith("finding_")}
    return Rule(identity, suite, raw["type"], raw["kwargs"], raw["severity"], texts | extra)


def _text(meta: dict[str, Any], name: str, file: str, rule: str) -> dict[str, str]:
    found = meta.get(name)
    if not isinstance(found, dict) or set(found) != set(LANGUAGES) or not all(found.values()):
        raise WrongUsage("suite.text", file=file, rule=rule, field=f"meta.{name}")
    return {language: str(found[language]) for language in LANGUAGES}
