"""Findings about the same cell, unit or printed figure become one, with every rule that speaks of it as evidence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hotich.checks.findings import Finding
from hotich.checks.suites import SEVERITIES


@dataclass(frozen=True)
class Found:
    """One thing that is wrong: the finding that explains it best, and what other rules say about the same place."""

    main: Finding
    others: tuple[Finding, ...] = ()

    @property
    def severity(self) -> str:
        """The gravest of all its findings."""
        return min((each.severity for each in self.all), key=SEVERITIES.index)

    @property
    def all(self) -> tuple[Finding, ...]:
        """The best explanation first."""
        return (self.main, *self.others)

    @property
    def rules(self) -> tuple[str, ...]:
        """Ids of all the rules that speak of it."""
        return tuple(dict.fromkeys(each.rule for each in self.all))


def merged(findings: Iterable[Finding]) -> tuple[Found, ...]:
    """Return findings grouped by what they are about, the gravest first; within one severity in the order they came."""
    by_place: dict[tuple[str, ...], list[Finding]] = {}
    for each in findings:
        by_place.setdefault(each.place, []).append(each)
    found = [Found(*_led(group)) for group in _absorbed(by_place)]
    return tuple(sorted(found, key=lambda each: SEVERITIES.index(each.severity)))


def _absorbed(by_place: dict[tuple[str, ...], list[Finding]]) -> list[list[Finding]]:
    """Return the groups of findings; those on cells that a finding on their unit explains are in its group."""
    groups = dict(by_place)
    for place, group in by_place.items():
        explained = dict.fromkeys((each.area, register) for each in group for register in each.explains)
        for cell in (each for each in explained if each != place):
            groups[place] = groups[place] + groups.pop(cell, [])
    return list(groups.values())


def _led(group: Sequence[Finding]) -> tuple[Finding, tuple[Finding, ...]]:
    """Return the finding that leads, which names the slip or else is the gravest, and the others."""
    first, *others = sorted(group, key=lambda each: (not each.cause, SEVERITIES.index(each.severity)))
    return first, tuple(others)
