"""The gate: every rule is run by Great Expectations and every result recorded; critical findings stop a report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hotich import once
from hotich.checks import findings, gx, rules, suites, tables, waivers
from hotich.checks.findings import Finding
from hotich.checks.suites import Rule, Suite
from hotich.checks.waivers import Waiver
from hotich.dataset import Dataset
from hotich.errors import Contradicted
from hotich.language import LANGUAGES, say

if TYPE_CHECKING:
    import pandas as pd

PASSED, FAILED, WAIVED, ERROR, NOT_EVALUATED = "passed", "failed", "waived", "error", "not_evaluated"
REASONS = frozenset(
    {
        "first_month",
        "nothing_published",
        "nothing_printed",
        "nothing_in_both",
        "nothing_evaluated",
        "no_waivers",
        "disagree",
        gx.UNSEEN,
    }
)
NAMED_IN_A_MESSAGE = 10
"""Critical findings that a message on the terminal writes out; the quality page has them all."""


@dataclass(frozen=True)
class Waived:
    """Findings of one rule that a waiver covers, and how many rows they are."""

    waiver: Waiver
    failed: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Outcome:
    """What came of one rule. `failed` counts the rows that break it and that nobody has waived.

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

    def why(self, language: str) -> str:
        """The reason in words."""
        return say(language, f"checks.reason.{self.reason}") if self.reason in REASONS else self.reason

    @property
    def stops(self) -> bool:
        """Whether no report may be built: a critical rule is broken, or a rule could not be evaluated."""
        return self.status == ERROR or (self.status == FAILED and self.rule.severity == "critical")


@dataclass(frozen=True)
class Checked:
    """A dataset and the outcome of every rule, in the order of the suites."""

    data: Dataset
    outcomes: tuple[Outcome, ...]
    waivers: tuple[Waiver, ...] = ()

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
        say(language, "errors.checks.error_line", rule=outcome.rule.id, reason=outcome.why(language))
        for outcome in stopped
        if outcome.status == ERROR
    ]
    more = len(lines) - NAMED_IN_A_MESSAGE
    rest = [say(language, "errors.checks.more", more=more)] if more > 0 else []
    return "\n".join(lines[:NAMED_IN_A_MESSAGE] + rest)


def run(data: Dataset) -> Checked:
    """Run every suite on the month; that of the waivers last, when it is known which of them were used.

    Raises WrongUsage for a suite that is not exactly one, InputRefused for a waiver that is not.
    """
    kept: Checked | None = once.part(data, "checked")
    if kept:
        return kept
    book = suites.load()
    granted = waivers.read(data, [rule for suite in book for rule in suite.rules])
    outcomes: list[Outcome] = []
    for suite in book:
        outcomes += _suite(data, suite, granted, outcomes)
    return Checked(data, tuple(outcomes), granted)


def require(data: Dataset) -> Checked:
    """Run every suite and raise Failed when a critical rule is broken or a rule could not be evaluated."""
    checked = run(data)
    if checked.stopped:
        raise Failed(checked)
    return checked


def _suite(data: Dataset, suite: Suite, granted: Sequence[Waiver], before: Sequence[Outcome]) -> list[Outcome]:
    idle = "no_waivers" if suite.name == "waivers" and not granted else _nothing_to_test(data, suite)
    if idle:
        return [Outcome(rule, NOT_EVALUATED, 0, 0, reason=idle) for rule in suite.rules]
    if suite.name == "waivers":
        table = waivers.table(data, granted, [each.waiver for outcome in before for each in outcome.waived])
    else:
        table = tables.prepared(data, suite.name)
    parameters = {
        "areas": sorted({area.code for area in data.all_areas.all}),
        "registers": [register.code for register in data.registers],
    }
    ran = gx.run(suite, table, parameters)
    return [_outcome(data, rule, table, ran[rule.id], parameters, granted) for rule in suite.rules]


def _nothing_to_test(data: Dataset, suite: Suite) -> str:
    """Why a whole suite does not apply to this month, if it does not."""
    if suite.name == "series" and len(data.deliveries) < 2:
        return "first_month"
    if suite.name == "published" and not data.places.published(data.month).is_file():
        return "nothing_published"
    return ""


def _outcome(
    data: Dataset, rule: Rule, table: "pd.DataFrame", ran: gx.Ran, parameters: Mapping[str, Any],
    granted: Sequence[Waiver],
) -> Outcome:  # fmt: skip
    """GX decides; our functions name the rows. Where the two do not agree the rule is an error, never a pass."""
    if ran.problem:
        return Outcome(rule, ERROR, 0, 0, reason=ran.problem)
    arguments = {name: _resolved(value, parameters) for name, value in rule.kwargs.items()}
    failing = rules.failing(rule.type, table, arguments)
    count = int(failing.sum())
    if (len(failing), count, count == 0) != (ran.evaluated, ran.failed, ran.success):
        return Outcome(rule, ERROR, len(failing), count, reason="disagree")
    if not len(failing):
        idle = _nothing_to_look_at(rule, table)
        return Outcome(rule, NOT_EVALUATED if idle else ERROR, 0, 0, reason=idle or "nothing_evaluated")
    if not count:
        return Outcome(rule, PASSED, len(failing), 0)
    return _broken(data, rule, len(failing), table.loc[failing.index[failing]], granted)


def _broken(data: Dataset, rule: Rule, evaluated: int, rows: "pd.DataFrame", granted: Sequence[Waiver]) -> Outcome:
    """The failing rows as findings, those that a waiver covers apart from the others."""
    ours = [waiver for waiver in granted if waiver.rule == rule.id]
    if rule.type in rules.OF_THE_MONTH:
        rows = rows.assign(area="", register="")
    left, covered = waivers.split(data, rows, ours)
    waived = tuple(Waived(each, len(part), tuple(findings.of(data, rule, part))) for each, part in covered)
    found = tuple(findings.of(data, rule, left))
    return Outcome(rule, FAILED if len(left) else WAIVED, evaluated, len(left), found, waived=waived)


def _nothing_to_look_at(rule: Rule, table: "pd.DataFrame") -> str:
    """Why a rule may look at nothing; empty where that means that nothing was tested."""
    if rule.suite == "waivers":
        return "no_waivers"  # every one of them has expired
    if rule.suite == "published":
        return "nothing_printed"  # nobody has printed a figure of this kind
    return "nothing_in_both" if rule.suite == "series" and len(table) == 1 else ""


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
                "evidence": [list(each) for each in f.evidence], "message": f.message,
            }
            for f in outcome.findings
        ],
    }  # fmt: skip
