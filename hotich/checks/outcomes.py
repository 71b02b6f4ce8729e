"""What came of a rule: passed, failed, waived, not evaluated, or an error of ours."""

from dataclasses import dataclass

from hotich.checks import gx
from hotich.checks.findings import Finding
from hotich.checks.suites import Rule
from hotich.checks.waivers import Waiver
from hotich.language import say

PASSED, FAILED, WAIVED, ERROR, NOT_EVALUATED = "passed", "failed", "waived", "error", "not_evaluated"
REASONS = frozenset(
    {
        "first_month",
        "nothing_published",
        "nothing_printed",
        "nothing_in_both",
        "nothing_of_the_kind",
        "nothing_evaluated",
        "no_waivers",
        "disagree",
        gx.UNSEEN,
    }
)


@dataclass(frozen=True)
class Waived:
    """Findings of one rule that a waiver covers, and how many rows they are."""

    waiver: Waiver
    failed: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class RuleResult:
    """The result of one rule. `failed` counts the rows that break it, without waived ones; `about` are their areas.

    `reason` tells why it was not evaluated, or what went wrong in evaluating it: one of REASONS, or what Great
    Expectations said.
    """

    rule: Rule
    status: str
    evaluated: int
    failed: int
    findings: tuple[Finding, ...] = ()
    reason: str = ""
    waived: tuple[Waived, ...] = ()
    about: frozenset[str] = frozenset()

    def why(self, language: str) -> str:
        """Return the reason in words."""
        return say(language, f"checks.reason.{self.reason}") if self.reason in REASONS else self.reason

    @property
    def stops(self) -> bool:
        """Whether no report may be built: a critical rule is broken, or a rule could not be evaluated."""
        return self.status == ERROR or (self.status == FAILED and self.rule.severity == "critical")
