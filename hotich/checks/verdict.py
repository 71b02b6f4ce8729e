"""The outcomes of all rules as plain JSON: a verdict that survives the command, so that nothing is judged twice.

Rules and waivers are not written but read anew: an outcome names its rule by its id and a waiver by its place.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from hotich.checks.findings import Finding
from hotich.checks.outcomes import RuleResult, Waived
from hotich.checks.suites import Rule
from hotich.checks.waivers import Waiver

Plain = list[dict[str, Any]]


def plain(outcomes: Sequence[RuleResult], granted: Sequence[Waiver]) -> Plain:
    """Return the outcomes as lists and dictionaries of texts and numbers."""
    return [
        {
            "rule": each.rule.id,
            "status": each.status,
            "evaluated": int(each.evaluated),
            "failed": int(each.failed),
            "findings": [asdict(finding) for finding in each.findings],
            "reason": each.reason,
            "waived": [
                [granted.index(waived.waiver), int(waived.failed), [asdict(finding) for finding in waived.findings]]
                for waived in each.waived
            ],
            "about": sorted(each.about),
        }
        for each in outcomes
    ]


def outcomes(plain: Plain, rules: Sequence[Rule], granted: Sequence[Waiver]) -> tuple[RuleResult, ...]:
    """Return the outcomes again. Raises ValueError, KeyError, TypeError, IndexError for what `plain` never returns."""
    return tuple(_outcome(each, rule, granted) for each, rule in zip(plain, rules, strict=True))


def _outcome(plain: Mapping[str, Any], rule: Rule, granted: Sequence[Waiver]) -> RuleResult:
    if plain["rule"] != rule.id:
        raise ValueError(plain["rule"])
    waived = (Waived(granted[at], failed, _findings(found)) for at, failed, found in plain["waived"])
    found, about = _findings(plain["findings"]), frozenset(map(str, plain["about"]))
    numbers = plain["evaluated"], plain["failed"]
    return RuleResult(rule, plain["status"], *numbers, found, plain["reason"], tuple(waived), about)


def _findings(plain: Sequence[Mapping[str, Any]]) -> tuple[Finding, ...]:
    lists = ({"evidence": tuple(map(tuple, each["evidence"])), "explains": tuple(each["explains"])} for each in plain)
    return tuple(Finding(**{**each, **own}) for each, own in zip(plain, lists, strict=True))


def is_one(found: object, rules: Sequence[Rule], granted: Sequence[Waiver]) -> bool:
    """Return whether something read back is a verdict on these rules."""
    try:
        return isinstance(found, list) and bool(outcomes(found, rules, granted))
    except (ValueError, KeyError, TypeError, IndexError, AttributeError):
        return False
