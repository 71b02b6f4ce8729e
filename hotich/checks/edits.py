"""The rule book as it was shipped, so that a page can tell when an office's suites differ from it.

An office may edit its suites by hand; an edit that takes a rule away or loosens it must not stay unseen.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from hotich.checks.suites import Rule

FILE: Final = Path(__file__).with_name("shipped.json")


@dataclass(frozen=True)
class Edit:
    """A rule of this office that is not as shipped. `field` is `removed`, `added`, `severity`, `type` or an argument.

    `shipped` and `now` are the two values as JSON writes them, empty where there is none.
    """

    rule: str
    field: str
    shipped: str
    now: str


def record(found: Iterable[Rule]) -> dict[str, dict[str, object]]:
    """Return what is compared of each rule: suite, type, severity and arguments. Texts may be reworded freely."""
    return {
        rule.id: {"suite": rule.suite, "type": rule.type, "severity": rule.severity, **_arguments(rule)}
        for rule in found
    }


def _arguments(rule: Rule) -> dict[str, object]:
    return {f"kwargs.{name}": value for name, value in rule.kwargs.items() if name != "rule"}


@cache
def _shipped() -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


def since_shipped(found: Iterable[Rule]) -> Iterator[Edit]:
    """Yield every difference between the office's rules and those shipped of the same suites, in the order of ids."""
    now = record(found)
    suites = {rule["suite"] for rule in now.values()}
    shipped = {rule: about for rule, about in _shipped().items() if about["suite"] in suites}
    for rule in sorted(shipped.keys() | now.keys()):
        if rule not in now:
            yield Edit(rule, "removed", str(shipped[rule]["severity"]), "")
        elif rule not in shipped:
            yield Edit(rule, "added", "", str(now[rule]["severity"]))
        else:
            fields = sorted(shipped[rule].keys() | now[rule].keys())
            pairs = ((field, _json(shipped[rule], field), _json(now[rule], field)) for field in fields)
            yield from (Edit(rule, field, was, is_now) for field, was, is_now in pairs if was != is_now)


def _json(rule: dict[str, object], field: str) -> str:
    return json.dumps(rule[field], ensure_ascii=False, sort_keys=True) if field in rule else ""
