"""The gate: every rule is run by Great Expectations and every result recorded; critical findings stop a report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from hotich import formats
from hotich.checks import edits, findings, gx, merging, set_aside, suites, waivers
from hotich.checks.edits import Edit
from hotich.checks.findings import Finding
from hotich.checks.merging import Found
from hotich.checks.suites import Rule, Suite
from hotich.checks.tables import Tables
from hotich.checks.waivers import Waiver
from hotich.data import dataset
from hotich.data.dataset import Dataset
from hotich.errors import Contradicted
from hotich.language import LANGUAGES, html, say, spoken
from hotich.language.unseen import Lines, one_line

if TYPE_CHECKING:
    import pandas as pd

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
NAMED_IN_A_MESSAGE = 10
"""Critical findings that a message on the terminal writes out; the quality page has them all."""


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


@dataclass(frozen=True)
class Checked:
    """A dataset and the outcome of every rule, in the order of the suites.

    `edits` are the rules that are not as shipped: taken away, added, of another severity or with other arguments.
    """

    data: Dataset
    outcomes: tuple[RuleResult, ...]
    waivers: tuple[Waiver, ...] = ()
    edits: tuple[Edit, ...] = ()

    def __repr__(self) -> str:
        return f"<Checked of {self.data.month}: {len(self.outcomes)} rules, {len(self.found)} findings>"

    def _repr_html_(self) -> str:
        language = spoken()
        counted = {
            "rules": len(self.outcomes),
            "passed": len(self.having(PASSED)),
            "failed": len(self.having(FAILED)) + len(self.having(ERROR)),
            "critical": len(self.stopped),
            "waived": len(self.having(WAIVED)),
            "idle": len(self.having(NOT_EVALUATED)),
            "found": len(self.found),
        }
        month = formats.month(self.data.month, language)
        verdict = say(language, "objects.stop" if self.stopped else "objects.go")
        return html(language, "objects.checked", month=month, verdict=verdict, **counted)

    @cached_property
    def found(self) -> tuple[Found, ...]:
        """Everything that is wrong, the gravest first; findings about the same cell, unit or figure are one."""
        return merging.merged(finding for outcome in self.outcomes for finding in outcome.findings)

    def having(self, status: str, severity: str = "") -> tuple[RuleResult, ...]:
        """Return the outcomes of one status, and of one severity if it is given."""
        return tuple(o for o in self.outcomes if o.status == status and severity in ("", o.rule.severity))

    @property
    def stopped(self) -> tuple[RuleResult, ...]:
        """The outcomes that forbid any report: none where what they are about is set aside."""
        return () if self.set_aside else self.broken

    @property
    def broken(self) -> tuple[RuleResult, ...]:
        """The outcomes that forbid a report on what they are about."""
        return tuple(outcome for outcome in self.outcomes if outcome.stops)

    @cached_property
    def set_aside(self) -> tuple[str, ...]:
        """The parts of the office's country on which no report may be built, while it may on the others."""
        ours = [outcome.rule.suite in set_aside.SUITES and outcome.status == FAILED for outcome in self.broken]
        return set_aside.parts(self.data, [outcome.about for outcome in self.broken]) if all(ours) else ()

    def aside(self, area: str) -> str:
        """Return the part set aside that an area is or lies in; empty for none."""
        return set_aside.part_of(self.data.areas, area, self.set_aside)

    @cached_property
    def reported(self) -> Dataset:
        """The dataset that figures are computed from: parts that are set aside have reported nothing."""
        return set_aside.without(self.data, self.set_aside) if self.set_aside else self.data


class Failed(Contradicted):
    """Critical findings: no report may be built on these counts, or on those of a part that is set aside."""

    def __init__(self, checked: Checked, part: str = "") -> None:
        critical = _critical(checked, part)
        super().__init__(
            "checks.failed",
            month=checked.data.month,
            count=len(critical) + len(_errors(checked)),
            folder=f"{checked.data.month}.{part}" if part else str(checked.data.month),
            listed={language: _listed(checked, critical, language) for language in LANGUAGES},
        )
        self.checked = checked


def _critical(checked: Checked, part: str) -> list[Found]:
    every = [found for found in checked.found if found.severity == "critical"]
    return [found for found in every if checked.aside(found.main.area) == part] if part else every


def _errors(checked: Checked) -> list[RuleResult]:
    return [outcome for outcome in checked.stopped if outcome.status == ERROR]


def _listed(checked: Checked, critical: Sequence[Found], language: str) -> str:
    todo = {outcome.rule.id: outcome.rule.text("do", language) for outcome in checked.outcomes}
    lines = [f"  {', '.join(found.rules)} {found.main.message[language]} {todo[found.main.rule]}" for found in critical]
    lines += [
        say(language, "errors.checks.error_line", rule=outcome.rule.id, reason=outcome.why(language))
        for outcome in _errors(checked)
    ]
    more = len(lines) - NAMED_IN_A_MESSAGE
    rest = [say(language, "errors.checks.more", more=more)] if more > 0 else []
    return Lines("\n".join(map(one_line, lines[:NAMED_IN_A_MESSAGE] + rest)))


def run(data: Dataset) -> Checked:
    """Run every suite on the month; that of the waivers last, when it is known which of them were used.

    Raises WrongUsage for a suite that is not exactly one, InputRefused for a waiver that is not.
    """
    return Checked(data, *data.results.once("checked", lambda: _run(data)))


def _run(data: Dataset) -> tuple[tuple[RuleResult, ...], tuple[Waiver, ...], tuple[Edit, ...]]:
    """Evaluate every rule: the outcomes, the waivers and the edited rules."""
    book, tables = suites.load(), Tables(data)
    every = [rule for suite in book for rule in suite.rules]
    granted = waivers.read(data, every)
    outcomes: list[RuleResult] = []
    for suite in book:
        outcomes += (
            _waivers(data, suite, granted, outcomes) if suite.name == "waivers" else _suite(tables, suite, granted)
        )
    return tuple(outcomes), granted, tuple(edits.since_shipped(every))


def require(data: Dataset) -> Checked:
    """Run every suite and raise Failed when a critical rule is broken or a rule could not be evaluated."""
    checked = run(data)
    if checked.stopped:
        raise Failed(checked)
    return checked


def _suite(tables: Tables, suite: Suite, granted: Sequence[Waiver]) -> list[RuleResult]:
    idle = nothing_to_test(tables.data, suite)
    if idle:
        return [RuleResult(rule, NOT_EVALUATED, 0, 0, reason=idle) for rule in suite.rules]
    given = tables.parameters
    ran: dict[str, gx.Ran] = {}
    for name in dict.fromkeys(rule.kind.table for rule in suite.rules):
        ran |= gx.run([rule for rule in suite.rules if rule.kind.table == name], tables.table(suite.name, name), given)
    return [_outcome(tables, rule, ran[rule.id], granted) for rule in suite.rules]


def _waivers(data: Dataset, suite: Suite, granted: Sequence[Waiver], before: Sequence[RuleResult]) -> list[RuleResult]:
    """Return the outcomes of the rules about the waivers themselves."""
    if not granted:
        return [RuleResult(rule, NOT_EVALUATED, 0, 0, reason="no_waivers") for rule in suite.rules]
    table = waivers.table(data, granted, [each.waiver for outcome in before for each in outcome.waived])
    ran = gx.run(suite.rules, table, parameters(data))
    return [_judged(data, rule, ran[rule.id], table, (), "no_waivers") for rule in suite.rules]


def frames(month: str) -> dict[str, "pd.DataFrame"]:
    """Return the tables of a month such as `2024-10` that rules look at, by suite and name: `counts.cells`.

    Tables of a suite that has nothing to test are left out, and that of the waivers, which rests on all other results.
    Raises InputRefused for data that cannot be read.
    """
    tables = Tables(dataset.read(month))
    book = (suite for suite in suites.load() if suite.name != "waivers" and not nothing_to_test(tables.data, suite))
    named = {(suite.name, rule.kind.table) for suite in book for rule in suite.rules}
    return {f"{suite}.{name}": tables.table(suite, name) for suite, name in sorted(named)}


def parameters(data: Dataset) -> dict[str, list[str]]:
    """Return the lists that a suite may name, by their names."""
    return Tables(data).parameters


def nothing_to_test(data: Dataset, suite: Suite) -> str:
    """Return why a whole suite does not apply to this month (one of REASONS); empty where it does."""
    if suite.name == "series" and len(data.deliveries) < 2:
        return "first_month"
    if suite.name == "published" and not data.folders.published(data.month).is_file():
        return "nothing_published"
    return ""


def failing(tables: Tables, rule: Rule) -> "pd.Series":
    """Return the rows that a rule looks at and whether they break it, found without Great Expectations."""
    given = tables.parameters
    arguments = {name: _resolved(value, given) for name, value in rule.kwargs.items()}
    return rule.kind.failing(tables.table(rule.suite, rule.kind.table), arguments)


def _outcome(tables: Tables, rule: Rule, ran: gx.Ran, granted: Sequence[Waiver]) -> RuleResult:
    table, idle = tables.table(rule.suite, rule.kind.table), _nothing_to_look_at(tables, rule)
    return _judged(tables.data, rule, ran, table, granted, idle)


def _judged(
    data: Dataset, rule: Rule, ran: gx.Ran, table: "pd.DataFrame", granted: Sequence[Waiver], idle: str
) -> RuleResult:
    """Return the result of a rule as Great Expectations gives it; an error where that contradicts itself."""
    if ran.problem or (ran.success, len(ran.rows)) != (ran.failed == 0, ran.failed):
        return RuleResult(rule, ERROR, ran.evaluated, ran.failed, reason=ran.problem or "disagree")
    if not ran.evaluated:
        return RuleResult(rule, NOT_EVALUATED if idle else ERROR, 0, 0, reason=idle or "nothing_evaluated")
    if not ran.failed:
        return RuleResult(rule, PASSED, ran.evaluated, 0)
    return _broken(data, rule, ran.evaluated, table.loc[list(ran.rows)], granted)


def _broken(data: Dataset, rule: Rule, evaluated: int, rows: "pd.DataFrame", granted: Sequence[Waiver]) -> RuleResult:
    """Return the result of a rule with failing rows: `waived` if waivers cover all of them, else `failed`."""
    ours = [waiver for waiver in granted if waiver.rule == rule.id]
    left, covered = waivers.split(data, rows, ours)
    waived = tuple(Waived(each, len(part), tuple(findings.of(data, rule, part))) for each, part in covered)
    found = tuple(findings.of(data, rule, left))
    about = frozenset(left["area"].astype(str)) if "area" in left else frozenset({""})
    status = FAILED if len(left) else WAIVED
    return RuleResult(
        rule, status, evaluated, len(left), found, waived=waived, about=about if len(left) else frozenset()
    )


def _nothing_to_look_at(tables: Tables, rule: Rule) -> str:
    """Return why a rule may look at no row; empty where that means that nothing was tested."""
    if rule.suite == "published":
        return "nothing_printed"  # nobody has printed a figure of this kind
    if rule.suite == "series":
        return "nothing_of_the_kind" if len(tables.series_cells) else "nothing_in_both"
    return "nothing_of_the_kind" if rule.kind.table == "units" and len(tables.counts_units) else ""


def _resolved(value: object, given: Mapping[str, list[str]]) -> object:
    if isinstance(value, dict) and set(value) == {"$PARAMETER"}:
        return given[value["$PARAMETER"]]
    return value
