"""What every page of a month rests on, computed once by a worker: facts, annex, validation, provenance."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hotich import checks, formats, measures
from hotich.checks import FAILED, PASSED, Checked, earlier_months, validation_json
from hotich.data import counts, dataset, provenance, quoted
from hotich.data.areas import Area
from hotich.data.dataset import Dataset
from hotich.errors import InputRefused
from hotich.language import LANGUAGES
from hotich.measures import Measures
from hotich.month import Month
from hotich.page import figure_gate, letters, names_with_digits
from hotich.pipeline import reuse
from hotich.pipeline.month_summary import MonthSummary
from hotich.storage import regular
from hotich.storage.paths import ANNEX, MEASURES, OFFICIAL_REPORT, PROVENANCE, VALIDATION, Folders
from hotich.views import annex_xlsx, data_files, narrative, notice
from hotich.views.charts import figure
from hotich.views.leader import word_files


def prepare(
    month: Month, area: str, folders: Folders, folder: Path, last: Path, notebooks: Mapping[str, str]
) -> MonthSummary:
    """Write validation, facts and provenance of a month into `folder`; `notebooks` are hashes of those from elsewhere.

    `last` is the folder of the last draft: where its provenance tells that a page's inputs are the same, the page is
    still right. When a critical rule is broken only validation and provenance are written. Raises InputRefused, also
    for a name with a letter that no page can show, and WrongUsage for an area that has no report.
    """
    checked = checks.run(dataset.read(str(month), folders))
    letters.require(checked.data)
    record = provenance.record(checked.data, {"month": str(month), "area": area}, notebooks)
    _json(folder / VALIDATION, validation_json.record(checked, earlier_months.of(checked)))
    _json(folder / PROVENANCE, record)
    if checked.stopped or checked.aside(area):
        return _summary(checked, area, None, None)
    _require_counts(checked.data, area)
    m = measures.read(checked, area, LANGUAGES[0])
    if m.area(m.root).level == "commune":
        raise measures.no_root(checked, area)
    measures.write(m, folder / MEASURES)
    return _summary(checked, area, m, _differing(last / PROVENANCE, record))


def _require_counts(data: Dataset, area: str) -> None:
    """Raise InputRefused if no unit of the area has reported anything: there is nothing to say of it."""
    root = area or data.office.root
    units = data.areas.unit_codes(root) if root in data.areas else frozenset()
    if units and not any(area in units and status == counts.REPORTED for area, status in data.counts.statuses):
        names = {language: data.areas[root].name(language) for language in LANGUAGES}
        raise InputRefused("nothing.reported", file=data.counts.file, month=data.month, area=names)


def write_annex(month: Month, area: str, folders: Folders, folder: Path) -> None:
    """Write the annex of a checked month into `folder`, and its figures as tidy data."""
    m = measures.read(checks.run(dataset.read(str(month), folders)), area, LANGUAGES[0])
    annex_xlsx.write(m, folder / ANNEX)
    data_files.write(m, folder)


def write_papers(month: Month, area: str, folders: Folders, folder: Path) -> None:
    """Write the official report and the summary of a checked month as Word files into `folder`.

    Raises Contradicted for a figure of the report that is no fact, InputRefused for a template that cannot be used.
    """
    m = measures.read(checks.run(dataset.read(str(month), folders)), area, LANGUAGES[0])
    names = names_with_digits.with_digits(m.checked.data)
    figure_gate.check(word_files.html(m), OFFICIAL_REPORT, m.language, m.facts, names)
    word_files.write(m, folder)


def _summary(checked: Checked, area: str, m: Measures | None, differing: frozenset[str] | None) -> MonthSummary:
    data = checked.data
    part = checked.aside(area)
    refusal = checks.Failed(checked, part) if checked.stopped or part else None
    return MonthSummary(
        stopped=refusal is not None,
        refusal={language: refusal.message(language) if refusal else "" for language in LANGUAGES},
        rows=data.counts.size,
        rules=_rules(checked),
        synthetic=data.synthetic,
        as_of={language: formats.day(data.counts.delivery.as_of, language) for language in LANGUAGES},
        headline={
            language: str(narrative.finding(m.seen_in(language)).striptags()) if m else "" for language in LANGUAGES
        },
        office=data.office.root,
        by={language: data.office.name(language) for language in LANGUAGES},
        source={language: str(figure.source_line(m.seen_in(language))) if m else "" for language in LANGUAGES},
        sources={language: _sources(data, language) for language in LANGUAGES},
        names=names_with_digits.with_digits(data),
        languages=data.office.languages,
        receivers=tuple(each.code for each in _receivers(data, area) if not checked.aside(each.code)),
        set_aside={code: _refused(checked, code) for code in checked.set_aside} if not area else {},
        differing=differing,
        reported=data.reported_after_synthetic,
    )


def _refused(checked: Checked, part: str) -> dict[str, str]:
    """Return why a part is set aside, by language."""
    return {language: checks.Failed(checked, part).message(language) for language in LANGUAGES}


def _rules(checked: Checked) -> dict[str, int]:
    warned = checked.having(FAILED, "warning")
    return {"passed": len(checked.having(PASSED)), "warned": len(warned), "failed": len(checked.broken)}


def _sources(data: Dataset, language: str) -> tuple[tuple[str, str], ...]:
    """Return where the figures from elsewhere were found, by their names."""
    return tuple((each.name, each.sources[language]) for each in quoted.read(data.folders, data.month))


def _receivers(data: Dataset, area: str) -> tuple[Area, ...]:
    return notice.receivers(data.areas, data.office.root, area) if data.office.root in data.areas else ()


def _json(path: Path, content: Any) -> None:  # noqa: ANN401 - whatever JSON holds
    text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8")


def _differing(last: Path, record: dict[str, object]) -> frozenset[str] | None:
    """Return the inputs that have changed since the last draft, None where there is none to compare with."""
    try:
        return reuse.changed(json.loads(regular.read(last)), record)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):  # no draft, or its record was tampered with
        return None
