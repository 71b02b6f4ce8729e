"""The gate: every rule is run by Great Expectations and every result recorded; critical findings stop a report."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hotich.checks import findings, rules, suites, tables
from hotich.checks.findings import Finding
from hotich.checks.suites import Rule, Suite
from hotich.dataset import Dataset
from hotich.errors import Contradicted
from hotich.language import LANGUAGES, say

if TYPE_CHECKING:
    import pandas as pd

PASSED, FAILED, ERROR, NOT_EVALUATED = "passed", "failed", "error", "not_evaluated"
NAMED_IN_A_MESSAGE = 10
"""Critical findings that a message on the terminal writes out; the quality page has them all."""


@dataclass(frozen=True)
class Outcome:
    """What came of one rule. `reason` tells why it was not evaluated, or what went wrong in evaluating it."""

    rule: Rule
    status: str
    evaluated: int
    failed: int
    findings: tuple[Finding, ...] = ()
    reason: str = ""

    @property
    def stops(self) -> bool:
        """Whether no report may be built: a critical rule is broken, or a rule could not be evaluated."""
        return self.status == ERROR or (self.status == FAILED and self.rule.severity == "critical")


@dataclass(frozen=True)
class Checked:
    """A dataset and the outcome of every rule, in the order of the suites."""

    data: Dataset
    outcomes: tuple[Outcome, ...]

    def having(self, status: str, severity: str = "") -> tuple[Outcome, ...]:
        """The outcomes of one status, of one severity if given."""
        return tuple(o for o in self.outcomes if o.status == status and severity in ("", o.rule.severity))

    @property
    def stopped(self) -> tuple[Outcome, ...]:
        """The outcomes that forbid a report."""
        return tuple(outcome for outcome in self.outcomes if outcome.stops)


class Failed(Contradicted):
    """Critical findings: no report may be built on these counts."""

    def __init__(self, checked: Checked) -> None:
        stopped = checked.stopped
        super().__init__(
            "checks.failed",
            month=checked.data.month,
            count=sum(max(outcome.failed, 1) for outcome in stopped),
            listed={language: _listed(stopped, language) for language in LANGUAGES},
        )
        self.checked = checked


def _listed(stopped: tuple[Outcome, ...], language: str) -> str:
    lines = [
        f"  {outcome.rule.id} {finding.message[language]} {outcome.rule.text('do', language)}"
        for outcome in stopped
        for finding in outcome.findings
    ]
    lines += [
        say(language, "errors.checks.error_line", rule=outcome.rule.id, reason=outcome.reason)
        for outcome in stopped
        if outcome.status == ERROR
    ]
    more = len(lines) - NAMED_IN_A_MESSAGE
    rest = [say(language, "errors.checks.more", more=more)] if more > 0 else []
    return "\n".join(lines[:NAMED_IN_A_MESSAGE] + rest)


def run(data: Dataset) -> Checked:
    """Run every suite on the month. Raises WrongUsage for a suite that is not exactly one."""
    return Checked(data, tuple(outcome for suite in suites.load() for outcome in _suite(data, suite)))


def require(data: Dataset) -> Checked:
    """Run every suite and raise Failed when a critical rule is broken or a rule could not be evaluated."""
    checked = run(data)
    if checked.stopped:
        raise Failed(checked)
    return checked


def _suite(data: Dataset, suite: Suite) -> list[Outcome]:
    idle = _nothing_to_test(data, suite)
    if idle:
        return [Outcome(rule, NOT_EVALUATED, 0, 0, reason=idle) for rule in suite.rules]
    from hotich.checks import gx

    table = {"counts": tables.counts, "series": tables.series, "published": tables.printed}[suite.name](data)
    parameters = {
        "areas": sorted({area.code for area in data.all_areas.all}),
        "registers": [register.code for register in data.registers],
    }
    ran = gx.run(suite, table, parameters)
    return [_outcome(data, rule, table, ran[rule.id], parameters) for rule in suite.rules]


def _nothing_to_test(data: Dataset, suite: Suite) -> str:
    """Why a whole suite does not apply to this month, if it does not."""
    if suite.name == "series" and len(data.deliveries) < 2:
        return "first_month"
    if suite.name == "published" and not data.places.published(data.month).is_file():
        return "nothing_published"
    return ""


def _outcome(data: Dataset, rule: Rule, table: "pd.DataFrame", ran: Any, parameters: Mapping[str, Any]) -> Outcome:  # noqa: ANN401
    """GX decides; our functions name the rows. Where the two do not agree the rule is an error, never a pass."""
    if ran.problem:
        return Outcome(rule, ERROR, 0, 0, reason=ran.problem)
    arguments = {name: _resolved(value, parameters) for name, value in rule.kwargs.items()}
    failing = rules.failing(rule.type, table, arguments)
    if not len(failing):
        if rule.type == "expect_printed_to_be_as_expected":
            return Outcome(rule, NOT_EVALUATED, 0, 0, reason="nothing_published")
        return Outcome(rule, ERROR, 0, 0, reason="nothing_evaluated")
    count = int(failing.sum())
    if count != ran.failed or ran.success != (count == 0):
        return Outcome(rule, ERROR, len(failing), count, reason=f"GX {ran.failed}, rows {count}")
    found = tuple(findings.of(data, rule, table.loc[failing.index[failing]])) if count else ()
    return Outcome(rule, FAILED if count else PASSED, len(failing), count, found)


def _resolved(value: object, parameters: Mapping[str, Any]) -> object:
    if isinstance(value, dict) and set(value) == {"$PARAMETER"}:
        return parameters[value["$PARAMETER"]]
    return value


def record(checked: Checked) -> dict[str, Any]:
    """`validation.json`: every rule, its outcome, its failing rows; for machines, the same order every time."""
    return {
        "month": str(checked.data.month),
        "origin": "synthetic" if checked.data.synthetic else "reported",
        "outcomes": [_recorded(outcome) for outcome in checked.outcomes],
    }


def _recorded(outcome: Outcome) -> dict[str, Any]:
    return {
        "rule": outcome.rule.id,
        "suite": outcome.rule.suite,
        "severity": outcome.rule.severity,
        "status": outcome.status,
        "evaluated": outcome.evaluated,
        "failed": outcome.failed,
        "reason": outcome.reason,
        "title": outcome.rule.texts["title"],
        "findings": [
            {
                "area": f.area, "register": f.register, "file": f.file, "line": f.line, "values": f.values,
                "message": f.message,
            }
            for f in outcome.findings
        ],
    }  # fmt: skip
