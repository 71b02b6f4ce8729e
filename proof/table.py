"""The table of the proof, as Markdown."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from proof.clean import Book, Broken
from proof.faults import CRITICAL, LIFE
from proof.result import Result

TRUE_OF_LIFE: Final = ("C13", "C23")
"""Rules whose warnings are right in a clean month: two units of every series really are late in one month."""
LEAST: Final = {"critical": 1.0, "other": 0.95}
"""The share of each group's faults that must be caught."""
MOST: Final = 1
"""The most units that warnings may wrongly name in one clean month."""


def line(result: Result) -> str:
    """Return one kind of fault as a row."""
    share = f"{result.caught / result.places:.0%}" if result.places else "–"
    most = sorted(result.rules.items(), key=lambda each: (-each[1], each[0]))[:4]
    found = ", ".join(f"{rule} {count}" for rule, count in most) or "–"
    return f"| {result.fault.name} | {result.fault.group} | {result.places} | {share} | {found} |"


def false_alarms(clean_months: Sequence[Broken], severity: str) -> list[int]:
    """Count the units wrongly named in each clean month; failures of several rules about a unit count once."""
    return [
        len({area for (rule, area, _), grave in each.items() if grave == severity and rule not in TRUE_OF_LIFE})
        for each in clean_months
    ]


def targets_met(results: Sequence[Result], clean_months: Sequence[Broken]) -> bool:
    """Return whether every target is met."""
    kinds = [each for each in results if each.fault.group != LIFE]
    reached = all(each.places and each.caught >= LEAST[each.fault.group] * each.places for each in kinds)
    alarms = false_alarms(clean_months, "warning")
    return reached and not any(false_alarms(clean_months, CRITICAL)) and max(alarms) <= MOST


DOCUMENT: Final = """# Proof of the checks

Written by `make prove-checks`; not to be edited. Faults of many kinds are put, one by one, into clean
months of the illustrative series at {seeds} other seeds, and {rules} rules are run on each. Places,
months and sizes are drawn; sizes go down to one entry. A critical fault is caught when a critical rule
names its place, another one when a warning does; what fails in the clean month does not count.

## Faults

{kinds} kinds, {places} places each. The last column: which rules named the place, how often.

| fault | kind | places | caught | by |
|---|---|---:|---:|---|
{faults}

## What cannot be told from real life

Not counted: the clean series has the same, as real offices do.

| fault | why | places | caught |
|---|---|---:|---:|
{life}

## Clean months

{months} clean months, {seeds} seeds × 10. Units that are called wrong although nothing is:

- critical: {criticals}
- warnings: {warnings}, that is {mean:.2f} in a month; {affected} months have any, the most in one is {most}
- {true_of_life} are not among them: two units of each series really are late in one month

Cells and units named in all clean months, by rule: {by_rule}.
"""


def document(results: Sequence[Result], clean_months: Sequence[Broken], rules: Book, seeds: int, places: int) -> str:
    """Return docs/checks-proof.md."""
    kinds = [each for each in results if each.fault.group != LIFE]
    life = [each for each in results if each.fault.group == LIFE]
    warnings = false_alarms(clean_months, "warning")
    by_rule = Counter(rule for each in clean_months for rule, _, _ in each)
    return DOCUMENT.format(
        seeds=seeds,
        rules=sum(len(suite.rules) for suite in rules),
        kinds=len(kinds),
        places=places,
        faults="\n".join(line(each) for each in kinds),
        life="\n".join(f"| {r.fault.name} | {r.fault.reason} | {r.places} | {r.caught} |" for r in life),
        months=len(clean_months),
        criticals=sum(false_alarms(clean_months, CRITICAL)),
        warnings=sum(warnings),
        mean=sum(warnings) / len(warnings),
        affected=sum(each > 0 for each in warnings),
        most=max(warnings),
        true_of_life=", ".join(TRUE_OF_LIFE),
        by_rule=", ".join(f"{rule} {count}" for rule, count in sorted(by_rule.items())),
    )
