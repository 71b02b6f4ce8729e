"""What every page of a month rests on, computed once in a child process: facts, annex, validation, provenance.

The process is asked three times: to `begin`, while another one that has loaded Great Expectations checks the month; to
`prepare` what the pages need, once it is checked; and for the annex, while the pages are made.
"""

import json
import pickle
from pathlib import Path
from typing import Any

from hotich import checks, formats, measures
from hotich.checks import FAILED, PASSED, Checked, earlier_months, validation_json
from hotich.data import cache, dataset, provenance
from hotich.data.areas import Area
from hotich.data.dataset import Dataset
from hotich.errors import WrongUsage
from hotich.language import LANGUAGES, say
from hotich.measures import Measures
from hotich.month import exact
from hotich.page import names_with_digits
from hotich.pipeline import reuse
from hotich.pipeline.check_month import Verdict
from hotich.pipeline.month_summary import Prepared
from hotich.storage.paths import ANNEX, MEASURES, PROVENANCE, VALIDATION, Folders
from hotich.views import annex_xlsx, narrative, notice


def begin(month: str, data: str, reports: str) -> None:
    """Work out what does not hang on the verdict. Raises what reading the data raises."""
    folders = Folders(Path(data), Path(reports))
    inputs = cache.key(folders, exact(month))
    data_set = dataset.read(month, folders)
    if cache.part(data_set, "checked") is None:
        cache.remember(inputs, data=data_set, earlier=earlier_months.earlier(data_set), sums=measures.summed(data_set))


def prepare(month: str, area: str, data: str, reports: str, folder: str, last: str, judged: bytes = b"") -> Prepared:
    """Write validation, facts and provenance of a month into `folder`; `judged` is what `judge` said of it.

    `last` is the folder of the last draft: where its provenance tells that a page's inputs are the same, the page is
    still right. When a critical rule is broken only validation and provenance are written. Raises what reading the
    data raises.
    """
    folders = Folders(Path(data), Path(reports))
    inputs = cache.key(folders, exact(month))
    data_set = dataset.read(month, folders)
    cache.remember(inputs, data=data_set)
    if judged:
        _accept(judged, inputs, data_set)
    checked = checks.run(data_set)
    history = earlier_months.of(checked)
    cache.remember(inputs, checked=checked, past=history)
    target = Path(folder)
    _json(target / VALIDATION, validation_json.record(checked, history))
    record = provenance.record(data_set, {"month": month, "area": area})
    _json(target / PROVENANCE, record)
    differing = _differing(Path(last) / PROVENANCE, record)
    if checked.stopped:
        cache.keep(inputs, "data", "checked", "past")
        return _prepared(checked, None, None)
    m = measures.read(checked, area, LANGUAGES[0])
    if data_set.areas[m.root].level == "commune":
        raise WrongUsage("areas.no_root", value=area, root=data_set.office.root)
    cache.remember(inputs, measures=m)
    cache.keep(inputs, "data", "checked", "past", "measures")
    measures.write(m, target / MEASURES)
    return _prepared(checked, m, differing)


def _accept(judged: bytes, inputs: str, data_set: Dataset) -> None:
    """Take the verdict over, unless somebody has changed the data meanwhile."""
    verdict: Verdict = pickle.loads(judged)  # noqa: S301 - our own process wrote it
    if verdict.inputs == inputs:
        cache.remember(inputs, checked=verdict.of(data_set))


def write_annex(month: str, area: str, data: str, reports: str, folder: str) -> None:
    """The annex of a prepared month, into `folder`."""
    data_set = dataset.read(month, Folders(Path(data), Path(reports)))
    annex_xlsx.write(measures.read(checks.run(data_set), area, LANGUAGES[0]), Path(folder) / ANNEX)


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
        names=names_with_digits.with_digits(checked.data),
        receivers=tuple(area.code for area in _receivers(checked.data)),
        notice_titles=_notice_titles(m),
        differing=differing,
    )


def _quality_titles(data: Dataset) -> dict[str, str]:
    return {
        language: say(language, "quality.title", month=formats.month(data.month, language)) for language in LANGUAGES
    }


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
