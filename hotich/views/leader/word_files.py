"""`report.docx` and `summary.docx`: the papers for a leader as Word files that the office finishes in Word."""

from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from markupsafe import Markup

from hotich.data.office import Letterhead
from hotich.language import say
from hotich.measures import Measures
from hotich.storage.paths import OFFICIAL_REPORT, SUMMARY
from hotich.views import word
from hotich.views.leader import content, summary
from hotich.views.markup import Table
from hotich.views.notice import letter_docx, letter_html, listed
from hotich.views.notice.content import Part, subject, subject_lines
from hotich.views.sentences import sentence

_HERE: Final = Path(__file__).parent
_KIND: Final = "BC"
"""The sign of an official report in its number (NĐ 30/2020/NĐ-CP, Annex III)."""


def write(m: Measures, folder: Path) -> None:
    """Write both Word files into a folder, in Vietnamese. Raises as `word.write` does."""
    m = m.seen_in(word.LANGUAGE)
    for name, fields in ((OFFICIAL_REPORT, _report(m)), (SUMMARY, _summary(m))):
        kind = say(word.LANGUAGE, f"leader.{Path(name).stem}.name")
        title = f"{kind}: {word.plain(subject(m))}"
        word.write(m, word.template(m, _HERE / name), fields, folder / name, title=title)


def html(m: Measures) -> Markup:
    """Return all that the official report says of figures, as HTML whose figures can be compared with the facts."""
    texts = [text for part in content.parts(m) for text in part.texts]
    tables = [table.html(m.language) for table in _tables(m) if table]
    return Markup("<html><body>{}</body></html>").format(
        Markup("").join([_lead(m), *subject_lines(m), *texts, *tables])
    )


def _tables(m: Measures) -> tuple[Table | None, ...]:
    return listed.ledger(m), content.districts(m), content.communes(m)


def _lead(m: Measures) -> Markup:
    return sentence(m, "leader.report.lead", office=m.office.name(m.language), place=listed.place(m))


def _report(m: Measures) -> dict[str, Any]:
    ledger, districts, communes = _tables(m)
    frame = letter_html.frame(m)
    paper, head = say(m.language, "leader.report.paper"), m.office.letterhead
    number = frame.number.replace(head.symbol, _symbol(head))
    attached = letter_html.attached(m, _symbol(head), say(m.language, "leader.report.name"))
    return {
        **letter_docx.framed(replace(frame, number=number, attached=attached, paper=paper)),
        **_common(m),
        "parts": _closed(_common(m)["parts"]),
        "recipients": letter_html.ended([name for name in head.recipients if name != letter_html.AS_ABOVE]),
        "lead": [word.said(_lead(m))],
        "ledger": word.listed(ledger, listed.LEDGER) if ledger else None,
        "districts": _districts(m, districts) if districts else None,
        "annex": _annex(m, communes) if communes else None,
    }


def _annex(m: Measures, communes: Table) -> dict[str, Any]:
    return _filled(communes, content.annex_columns(m), content.COMMUNES)


def _districts(m: Measures, districts: Table) -> dict[str, Any]:
    return _filled(districts, content.district_columns(m), content.DISTRICTS)


def _filled(shown: Table, columns: tuple[str, ...], known: tuple[str, ...]) -> dict[str, Any]:
    """Return a table for Word; columns that templates know and leave out are empty."""
    table, none = word.listed(shown, columns), dict.fromkeys(known, "")
    return {**table, "heads": none | table["heads"], "rows": [none | row for row in table["rows"]]}


def _closed(parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the parts with the sign that ends the text of an official paper."""
    *texts, last = parts[-1]["texts"]
    ended = word.said(f"{last.removesuffix('.')}./.")
    return [*parts[:-1], {**parts[-1], "texts": [*texts, ended]}]


def _symbol(head: Letterhead) -> str:
    """Return the sign of the office's reports: BC-STP where its notices have TB-STP and its dispatches STP-HCTP."""
    return f"{_KIND}-{head.issuer}"


def _summary(m: Measures) -> dict[str, Any]:
    districts = content.districts(m)
    return {
        **_common(m),
        "parts": [{**part, "texts": _joined(part)} for part in _common(m)["parts"]],
        "office": m.office.name(m.language),
        "paper": word.plain(sentence(m, "leader.summary.paper")),
        "districts": _districts(m, districts) if districts else None,
        "note": word.plain(summary.note(m)),
    }


def _joined(part: dict[str, Any]) -> list[str]:
    """Return the texts of a part of the summary: results apart, all else as one paragraph."""
    return part["texts"] if part["name"] == "results" else [" ".join(part["texts"])]


def _common(m: Measures) -> dict[str, Any]:
    return {
        "subject": word.plain(subject(m)),
        "subject_lines": [word.plain(line) for line in subject_lines(m)],
        "parts": [_part(part) for part in content.parts(m)],
    }


def _part(part: Part) -> dict[str, Any]:
    return {**letter_docx.fields(part), "name": part.name}
