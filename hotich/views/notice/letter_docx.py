"""The notice as a Word file that the office finishes in Word, filled into a template that it edits in Word."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from hotich import checks, measures
from hotich.data import dataset
from hotich.measures import Measures
from hotich.month import Month
from hotich.storage.paths import Folders
from hotich.views import word
from hotich.views.notice import content, letter_html, listed
from hotich.views.sentences import sentence

TEMPLATE: Final = "notice.docx"
_OURS: Final = Path(__file__).parent / TEMPLATE


def write_all(month: Month, folders: Folders, folder: Path, areas: Sequence[str]) -> None:
    """Write the Word file of each area, `138.docx`, into `folder`; everything is read and computed once.

    Raises what reading raises, checks.Failed when a critical rule is broken.
    """
    m = measures.read(checks.require(dataset.read(str(month), folders)), "", word.LANGUAGE)
    for area in areas:
        write(m.seen_from(area), folder / f"{area}.docx")


def write(m: Measures, path: Path) -> None:
    """Write the Vietnamese notice of `m.root`; its properties name the release before. Raises as `word.write` does."""
    m = m.seen_in(word.LANGUAGE)
    remark = word.plain(content.anchor(m))
    word.write(m, word.template(m, _OURS), context(m), path, title=str(content.subject(m).striptags()), remark=remark)


def context(m: Measures) -> dict[str, Any]:
    """Return the fields that a template may use."""
    first, *rest = content.parts(m)
    table = listed.annex(m)
    return {
        **framed(letter_html.frame(m)),
        "subject": word.plain(content.subject(m)),
        "subject_lines": [word.plain(line) for line in content.subject_lines(m)],
        "about": word.plain(sentence(m, "notice.letter.about", subject=content.subject(m))),
        "to": word.plain(sentence(m, "notice.letter.to", place=listed.place(m))),
        "lead": word.plain(content.lead(m)),
        "result": fields(first),
        "ledger": word.listed(first.table, listed.LEDGER) if first.table else None,
        "parts": [fields(each) for each in rest],
        "annex": word.listed(table, listed.COMMUNES) if table else None,
    }


def framed(frame: letter_html.Frame) -> dict[str, Any]:
    """Return what stands around the text of an official paper, as fields of a template."""
    texts = {name: word.plain(value) for name, value in asdict(frame).items() if isinstance(value, str)}
    return {**texts, "recipients": [word.plain(name) for name in frame.recipients]}


def fields(part: content.Part) -> dict[str, Any]:
    """Return a part of a paper, as fields of a template."""
    texts = [word.said(text) for text in part.texts]
    return {"heading": word.plain(part.heading), "texts": texts, "note": word.plain(part.note)}
