"""The notice as a Word file that the office finishes in Word, filled into a template that it edits in Word."""

import re
from collections.abc import Sequence
from dataclasses import asdict
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from markupsafe import Markup, escape

from hotich import checks, measures
from hotich.data import dataset
from hotich.errors import InputRefused
from hotich.language import say
from hotich.language.unseen import visible
from hotich.measures import Measures
from hotich.month import Month
from hotich.storage import regular, reproducible_zip
from hotich.storage.paths import Folders
from hotich.views.markup import Table
from hotich.views.notice import content, letter_html
from hotich.views.saved_table import Cell
from hotich.views.sentences import sentence

if TYPE_CHECKING:
    from docx.document import Document

LANGUAGE: Final = "vi"
"""Word files are in Vietnamese: it is the paper that is signed."""
TEMPLATE: Final = "notice.docx"
_OURS: Final = Path(__file__).parent / TEMPLATE
_QUOTED: Final = re.compile(r"'([^']*)'")


def write_all(month: Month, folders: Folders, folder: Path, areas: Sequence[str]) -> None:
    """Write the Word file of each area, `138.docx`, into `folder`; everything is read and computed once.

    Raises what reading raises, checks.Failed when a critical rule is broken.
    """
    m = measures.read(checks.require(dataset.read(str(month), folders)), "", LANGUAGE)
    folder.mkdir(parents=True, exist_ok=True)
    for area in areas:
        write(m.seen_from(area), folder / f"{area}.docx")


def template(m: Measures) -> Path:
    """Return the office's own template, `data/notice.docx`, or the one of this package where it has none."""
    own = m.checked.data.folders.data / TEMPLATE
    return own if regular.present(own) else _OURS


def write(m: Measures, path: Path) -> None:
    """Write the Vietnamese notice of `m.root`; the same facts and template give the same bytes.

    On made-up figures the mark stands at the top and in every footer, whatever the template holds. Raises InputRefused
    naming the field of the template that we do not know, or what is wrong with the template.
    """
    m = m.seen_in(LANGUAGE)
    document = _filled(template(m), context(m))
    if m.synthetic:
        _stamp(document)
    if said := content.anchor(m):
        _foot(document, _plain(said))
    written = BytesIO()
    document.save(written)
    path.write_bytes(reproducible_zip.timeless(written.getvalue()))


def context(m: Measures) -> dict[str, Any]:
    """Return the fields that a template may use."""
    first, *rest = content.parts(m)
    table = content.annex(m)
    return {
        **{name: _plain(value) for name, value in asdict(letter_html.frame(m)).items() if isinstance(value, str)},
        "recipients": [_plain(name) for name in letter_html.frame(m).recipients],
        "subject": _plain(content.subject(m)),
        "to": _plain(sentence(m, "notice.letter.to", place=content.place(m))),
        "lead": _plain(sentence(m, "notice.letter.lead", place=content.place(m))),
        "result": _part(first),
        "ledger": _table(first.table, content.LEDGER) if first.table else None,
        "parts": [_part(part) for part in rest],
        "annex": _table(table, content.COMMUNES) if table else None,
    }


def _part(part: content.Part) -> dict[str, Any]:
    return {"heading": _plain(part.heading), "texts": [_plain(text) for text in part.texts]}


def _table(table: Table, columns: tuple[str, ...]) -> dict[str, Any]:
    rows = [_row(cells, columns, cells in table.foot) for cells in (*table.rows, *table.foot)]
    return {"caption": _plain(table.caption), "note": _plain(table.note), "rows": rows}


def _row(cells: Sequence[Cell], columns: tuple[str, ...], foot: bool) -> dict[str, Any]:
    """Return the cells by the names of their columns; `strong` marks sums."""
    shown = [escape(cell) for cell in cells]
    return {**dict(zip(columns, map(_plain, shown), strict=True)), "strong": foot or shown[0].startswith("<b>")}


def _plain(text: str) -> str:
    """Return text for Word: no markup, and no character that XML cannot hold."""
    return visible(text.striptags() if isinstance(text, Markup) else text)


def _filled(source: Path, values: dict[str, Any]) -> "Document":
    from docxtpl import DocxTemplate
    from jinja2 import StrictUndefined, TemplateError, UndefinedError
    from jinja2.sandbox import SandboxedEnvironment

    try:
        word = DocxTemplate(str(source))
        word.render(values, SandboxedEnvironment(undefined=StrictUndefined), autoescape=True)
    except UndefinedError as error:
        named = _QUOTED.findall(str(error))
        raise InputRefused(
            "notice.field", file=source, field=named[-1] if named else error, known=", ".join(values)
        ) from None
    except TemplateError as error:
        raise InputRefused("notice.template", file=source, reason=error) from None
    except Exception as error:  # python-docx answers a file that is no Word file with errors of many kinds
        raise InputRefused("notice.template", file=source, reason=f"{type(error).__name__}: {error}") from error
    filled: Document = word.docx
    return filled


def _stamp(document: "Document") -> None:
    """Mark the paper as made-up figures, at its top and at the foot of every page."""
    title, text = (say(LANGUAGE, f"page.{key}") for key in ("synthetic", "synthetic_text"))
    top = document.add_paragraph()
    _centred(top, f"{title} {text}", len(title))
    _boxed(top)
    document.element.body.insert(0, top._p)
    _foot(document, say(LANGUAGE, "page.synthetic_print"))


def _foot(document: "Document", text: str) -> None:
    """Add a line at the foot of every page, whatever the template holds."""
    for section in document.sections:
        for footer in (section.footer, section.first_page_footer, section.even_page_footer):
            footer.is_linked_to_previous = False
            _centred(footer.add_paragraph(), text, 0)


def _centred(paragraph: Any, text: str, bold: int) -> None:  # noqa: ANN401 - python-docx is untyped
    """Format a centred line in small print that no style of the template hides; its first `bold` letters are bold."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt, RGBColor

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.first_line_indent = Pt(0)
    for part, heavy in ((text[:bold], True), (text[bold:], False)):
        run = paragraph.add_run(part)
        run.bold, run.italic, run.font.hidden = heavy, not bold, False
        run.font.size, run.font.color.rgb = Pt(10.5), RGBColor(0, 0, 0)


def _boxed(paragraph: Any) -> None:  # noqa: ANN401 - python-docx is untyped
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls
    from docx.shared import Pt

    sides = "".join(f'<w:{side} w:val="single" w:sz="8" w:space="4"/>' for side in ("top", "left", "bottom", "right"))
    paragraph.paragraph_format.space_after = Pt(12)
    after = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")  # the order that the format asks for
    box = parse_xml(f"<w:pBdr {nsdecls('w')}>{sides}</w:pBdr>")
    paragraph._p.get_or_add_pPr().insert_element_before(box, *after)
