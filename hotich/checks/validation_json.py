"""`validation.json`: everything that the quality page says, for machines; docs/validation.schema.json is its schema.

Whoever changes what it holds changes FORMAT and the schema with it. The same inputs always give the same bytes.
"""

from dataclasses import asdict
from typing import Final

from hotich.checks import ERROR, FAILED, NOT_EVALUATED, PASSED, WAIVED, Checked, RuleResult, Waived
from hotich.checks.earlier_months import Past
from hotich.checks.findings import Finding
from hotich.checks.merging import Found
from hotich.checks.waivers import ANY, Waiver

FORMAT: Final = "hotich-validation/1"
STATUSES: Final = (PASSED, FAILED, WAIVED, ERROR, NOT_EVALUATED)


def verdict(checked: Checked) -> str:
    """Return `rejected` where no report may be built, else `warned` for a warning or a part set aside, or `passed`."""
    if checked.stopped:
        return "rejected"
    return "warned" if checked.having(FAILED, "warning") or checked.set_aside else "passed"


def record(checked: Checked, history: tuple[Past, ...]) -> dict[str, object]:
    """Return every rule with its outcome and failing rows, the verdict, waivers, edits of the rules, and history."""
    delivered = checked.data.counts
    return {
        "format": FORMAT,
        "month": str(checked.data.month),
        "as_of": delivered.delivery.as_of.isoformat(),
        "origin": "synthetic" if checked.data.synthetic else "reported",
        "verdict": verdict(checked),
        "counts": {"file": delivered.file, "sha256": delivered.sha256, "lines": delivered.size},
        "rules": {status: len(checked.having(status)) for status in STATUSES},
        "outcomes": [_outcome(each) for each in checked.outcomes],
        "found": [_found(each) for each in checked.found],
        "waivers": [_waiver(each, checked) for each in checked.waivers],
        "edits": [asdict(each) for each in checked.edits],
        "history": [_past(each) for each in history],
    }


def _outcome(outcome: RuleResult) -> dict[str, object]:
    return {
        "rule": outcome.rule.id,
        "suite": outcome.rule.suite,
        "severity": outcome.rule.severity,
        "status": outcome.status,
        "evaluated": outcome.evaluated,
        "failed": outcome.failed,
        "reason": outcome.reason,
        "title": outcome.rule.texts["title"],
        "findings": [_finding(each) for each in outcome.findings],
        "waived": [_waived(each) for each in outcome.waived],
    }


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "area": finding.area,
        "register": finding.register,
        "file": finding.file,
        "line": finding.line,
        "values": finding.values,
        "before": finding.before,
        "evidence": [list(each) for each in finding.evidence],
        "message": finding.message,
    }


def _waived(waived: Waived) -> dict[str, object]:
    listed = [_finding(each) for each in waived.findings]
    return {"line": waived.waiver.line, "failed": waived.failed, "findings": listed}


def _found(found: Found) -> dict[str, object]:
    """Return the findings about one place, by the rules that speak of it, the best explanation first."""
    main = found.main
    place = {"area": main.area, "register": main.register, "file": main.file, "line": main.line}
    return {"severity": found.severity, "rules": list(found.rules), **place, "message": main.message}


def _waiver(waiver: Waiver, checked: Checked) -> dict[str, object]:
    covered = (each.failed for outcome in checked.outcomes for each in outcome.waived if each.waiver == waiver)
    return {
        "line": waiver.line,
        "rule": waiver.rule,
        "area": waiver.area,
        "register": waiver.register,
        "months": [str(each) for each in waiver.months] or [ANY],
        "reason": waiver.reason,
        "approved_by": waiver.approved_by,
        "expires": waiver.expires.isoformat(),
        "in_force": waiver.in_force(checked.data.counts.delivery.as_of),
        "covers": sum(covered),
    }


def _past(past: Past) -> dict[str, object]:
    return {"month": str(past.month), "broken": dict(past.broken), "unreadable": list(past.unreadable)}
