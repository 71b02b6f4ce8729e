"""The table of the proof, as Markdown."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from proof.clean import Book, Broken
from proof.faults import CRITICAL, LIFE

if TYPE_CHECKING:
    from proof.run import Result

TRUE_OF_LIFE: Final = ("C13", "C23")
"""Warnings that are right in a clean month: two units of every series send nothing in time in one of its months."""
LEAST: Final = {"critical": 1.0, "other": 0.95}
MOST: Final = 1
"""Units that a warning may wrongly name in any one clean month."""


def line(result: "Result") -> str:
    """One kind of fault as a row."""
    share = f"{result.caught / result.places:.0%}" if result.places else "–"
    found = ", ".join(f"{rule} {count}" for rule, count in result.rules.most_common(4)) or "–"
    return f"| {result.fault.name} | {result.fault.group} | {result.places} | {share} | {found} |"


def false(quiet: Sequence[Broken], severity: str) -> list[int]:
    """How many places are called wrong in each clean month; findings of several rules about a unit are one."""
    return [
        len({area for (rule, area, _), grave in each.items() if grave == severity and rule not in TRUE_OF_LIFE})
        for each in quiet
    ]


def good(results: Sequence["Result"], quiet: Sequence[Broken]) -> bool:
    """Whether every target is met."""
    kinds = [each for each in results if each.fault.group != LIFE]
    reached = all(each.places and each.caught >= LEAST[each.fault.group] * each.places for each in kinds)
    return reached and not any(false(quiet, CRITICAL)) and max(false(quiet, "warning")) <= MOST


def written(results: Sequence["Result"], quiet: Sequence[Broken], rules: Book, seeds: int, places: int) -> str:
    """The whole document."""
    warnings, criticals = false(quiet, "warning"), false(quiet, CRITICAL)
    by_rule = Counter(rule for each in quiet for rule, _, _ in each)
    kinds = [each for each in results if each.fault.group != LIFE]
    count = sum(len(suite.rules) for suite in rules)
    return "\n".join(
        [
            "# Proof of the checks",
            "",
            "Written by `make prove-checks`; not to be edited. Faults of many kinds are put, one by one, into clean",
            f"months of the illustrative series at {seeds} other seeds, and {count} rules are run on each. Places,",
            "months and sizes are drawn; sizes go down to one entry. A critical fault is caught when a critical rule",
            "names its place, another one when a warning does; what fails in the clean month does not count.",
            "",
            "## Faults",
            "",
            f"{len(kinds)} kinds, {places} places each. The last column: which rules named the place, how often.",
            "",
            "| fault | kind | places | caught | by |",
            "|---|---|---:|---:|---|",
            *(line(each) for each in kinds),
            "",
            "## What cannot be told from real life",
            "",
            "Not counted: the clean series has the same, as real offices do.",
            "",
            "| fault | why | places | caught |",
            "|---|---|---:|---:|",
            *(
                f"| {each.fault.name} | {each.fault.reason} | {each.places} | {each.caught} |"
                for each in results
                if each.fault.group == LIFE
            ),
            "",
            "## Clean months",
            "",
            f"{len(quiet)} clean months, {seeds} seeds × 10. Units that are called wrong although nothing is:",
            "",
            f"- critical: {sum(criticals)}",
            f"- warnings: {sum(warnings)}, that is {sum(warnings) / len(warnings):.2f} in a month; "
            f"{sum(each > 0 for each in warnings)} months have any, the most in one is {max(warnings)}",
            f"- {', '.join(TRUE_OF_LIFE)} are not among them: two units of each series really are late in one month",
            "",
            "Cells and units named in all clean months, by rule: "
            + ", ".join(f"{rule} {count}" for rule, count in sorted(by_rule.items()))
            + ".",
            "",
        ]
    )
