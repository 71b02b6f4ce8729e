"""What every page of a month rests on, computed once in a child process: checks, facts, annex, provenance."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hotich import (
    annex,
    checks,
    dataset,
    formats,
    measures,
    names,
    narrative,
    notice,
    once,
    provenance,
    reuse,
    validation,
)
from hotich.areas import Area
from hotich.checks import FAILED, PASSED, Checked, past
from hotich.dataset import Dataset
from hotich.errors import WrongUsage
from hotich.language import LANGUAGES, say
from hotich.measures import Measures
from hotich.month import exact
from hotich.places import ANNEX, MEASURES, PROVENANCE, VALIDATION, Places


@dataclass(frozen=True)
class Prepared:
    """What the driver needs to know of a month: plain values, for they come from another process."""

    stopped: bool
    refusal: dict[str, str]
    rows: int
    rules: dict[str, int]
    synthetic: bool
    as_of: dict[str, str]
    headline: dict[str, str]
    titles: dict[str, dict[str, str]]
    names: tuple[str, ...]
    receivers: tuple[str, ...]
    notice_titles: dict[str, dict[str, str]]
    differing: frozenset[str] | None


def prepare(month: str, area: str, data: str, reports: str, folder: str, last: str) -> Prepared:
    """Check the month and write validation, facts, annex and provenance into `folder`.

    `last` is the folder of the last draft: where its provenance tells that a page's inputs are the same, the page is
    still right. When a critical rule is broken only validation and provenance are written. Raises what reading the
    data raises.
    """
    at = Places(Path(data), Path(reports))
    inputs = once.key(at, exact(month))
    data_set = dataset.read(month, at)
    checked = checks.run(data_set)
    history = past.of(checked)
    target = Path(folder)
    _json(target / VALIDATION, validation.record(checked, history))
    record = provenance.record(data_set, {"month": month, "area": area})
    _json(target / PROVENANCE, record)
    differing = _differing(Path(last) / PROVENANCE, record)
    if checked.stopped:
        once.keep(inputs, data=data_set, checked=checked, past=history)
        return _prepared(checked, None, None)
    m = measures.read(checked, area, LANGUAGES[0])
    if data_set.areas[m.root].level == "commune":
        raise WrongUsage("areas.no_root", value=area, root=data_set.office.root)
    once.keep(inputs, data=data_set, checked=checked, past=history, measures=m)
    measures.write(m, target / MEASURES)
    annex.write(m, target / ANNEX)
    return _prepared(checked, m, differing)


def _prepared(checked: Checked, m: Measures | None, differing: frozenset[str] | None) -> Prepared:
    rules = {
        "passed": len(checked.having(PASSED)),
        "warned": len(checked.having(FAILED, "warning")),
        "failed": len(checked.stopped),
    }
    refusal = checks.Failed(checked) if checked.stopped else None
    return Prepared(
        stopped=bool(checked.stopped),
        refusal={language: refusal.message(language) if refusal else "" for language in LANGUAGES},
        rows=len(checked.data.counts.rows),
        rules=rules,
        synthetic=checked.data.synthetic,
        as_of={language: formats.day(checked.data.counts.delivery.as_of, language) for language in LANGUAGES},
        headline={
            language: str(narrative.finding(m.seen_in(language)).striptags()) if m else "" for language in LANGUAGES
        },
        titles={"quality": _quality_titles(checked.data), "report": _report_titles(m)},
        names=names.with_digits(checked.data),
        receivers=tuple(area.code for area in _receivers(checked.data)),
        notice_titles=_notice_titles(m),
        differing=differing,
    )


def _quality_titles(data: Dataset) -> dict[str, str]:
    return {
        language: say(language, "quality.title", month=formats.month(data.month, language)) for language in LANGUAGES
    }  # fmt: skip


def _report_titles(m: Measures | None) -> dict[str, str]:
    if m is None:
        return {}
    return {language: str(narrative.title(m.seen_in(language)).striptags()) for language in LANGUAGES}


def _receivers(data: Dataset) -> tuple[Area, ...]:
    return notice.receivers(data.areas, data.office.root) if data.office.root in data.areas else ()


def _notice_titles(m: Measures | None) -> dict[str, dict[str, str]]:
    """By area and language."""
    if m is None:
        return {}
    return {
        area.code: {language: notice.title(m.seen_from(area.code).seen_in(language)) for language in LANGUAGES}
        for area in _receivers(m.checked.data)
    }


def _json(path: Path, content: Any) -> None:  # noqa: ANN401 - whatever JSON holds
    text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8")


def _differing(last: Path, record: dict[str, object]) -> frozenset[str] | None:
    """The inputs that have changed since the last draft; None where there is none to compare with."""
    try:
        return reuse.changed(json.loads(last.read_text(encoding="utf-8")), record)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):  # no draft, or its record was tampered with
        return None
