"""Word files that the office finishes in Word, filled into a template that it may replace by its own."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from markupsafe import Markup, escape

from hotich.errors import InputRefused
from hotich.language import say
from hotich.language.unseen import visible
from hotich.measures import Measures
from hotich.month import Month
from hotich.storage import regular, reproducible_zip
from hotich.views.markup import Table, what_is_made_up
from hotich.views.saved_table import Cell

if TYPE_CHECKING:
    from docx.document import Document
    from docxtpl import RichText

LANGUAGE: Final = "vi"
"""Word files are in Vietnamese: it is the paper that is signed."""
_QUOTED: Final = re.compile(r"'([^']*)'")
_BOLD: Final = re.compile(r"(<b>.*?</b>)", re.DOTALL)


class Said(str):
    """A text of a paper: plain as `{{ text }}`, with what is bold in it as `{{r text.rich }}`."""

    rich: "RichText"


def said(text: str) -> Said:
    """Return text for Word: no markup but its bold, and no character that XML cannot hold."""
    from docxtpl import RichText

    made = Said(plain(text))
    made.rich = RichText()
    for part in _BOLD.split(text) if isinstance(text, Markup) else [text]:
        shown = visible(Markup(f"|{part}|").striptags()[1:-1] if isinstance(text, Markup) else part)  # noqa: S704
        if shown:
            made.rich.add(shown, bold=part.startswith("<b>"))
    return made


def plain(text: str) -> str:
    """Return text for Word without any markup, and without a character that XML cannot hold."""
    return visible(text.striptags() if isinstance(text, Markup) else text)


def listed(table: Table, columns: Sequence[str]) -> dict[str, Any]:
    """Return a table as a template takes it: its rows and headings by the names of the columns."""
    rows = [_row(cells, columns, cells in table.foot) for cells in (*table.rows, *table.foot)]
    heads = dict(zip(columns, (plain(column.label) for column in table.columns), strict=True))
    return {"caption": plain(table.caption), "note": plain(table.note), "heads": heads, "rows": rows}


def _row(cells: Sequence[Cell], columns: Sequence[str], foot: bool) -> dict[str, Any]:
    """Return the cells by the names of their columns; `strong` marks sums."""
    shown = [escape(cell) for cell in cells]
    return {**dict(zip(columns, map(plain, shown), strict=True)), "strong": foot or shown[0].startswith("<b>")}


def template(m: Measures, ours: Path) -> Path:
    """Return the office's own template of that name in its data folder, or ours where it has none."""
    own = m.checked.data.folders.data / ours.name
    return own if regular.present(own) else ours


def write(m: Measures, source: Path, values: Mapping[str, Any], path: Path, *, title: str, remark: str = "") -> None:
    """Write a Word file with these fields; the same facts and template give the same bytes.

    Its properties hold title, office, day and a remark. On made-up figures the mark stands at the top and in every
    footer, whatever the template holds. Raises InputRefused naming the field of the template that we do not know, or
    what is wrong with the template.
    """
    document = _filled(source, dict(values))
    _describe(document, m, title, remark)
    if m.synthetic:
        _stamp(document, m.checked.data.reported_after_synthetic)
    written = BytesIO()
    document.save(written)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(reproducible_zip.timeless(written.getvalue()))


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


def _describe(document: "Document", m: Measures, title: str, remark: str) -> None:
    """Set the properties of the file, whatever those of the template are."""
    about = document.core_properties
    about.title, about.author, about.comments = (visible(text)[:255] for text in (title, m.office.name_vi, remark))
    about.created = about.modified = datetime(*m.as_of.timetuple()[:3])
    about.last_modified_by, about.language = "", "vi-VN"


def _stamp(document: "Document", reported: Month | None) -> None:
    """Mark the paper as made-up figures, at its top and at the foot of every page."""
    title, text = say(LANGUAGE, "page.synthetic"), what_is_made_up(LANGUAGE, reported)
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
    """Draw a frame around a paragraph, within the margins: Word draws it outside of the text."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls
    from docx.shared import Pt

    sides = "".join(f'<w:{side} w:val="single" w:sz="8" w:space="4"/>' for side in ("top", "left", "bottom", "right"))
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = Pt(5)
    form.space_after = Pt(12)
    after = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")  # the order that the format asks for
    box = parse_xml(f"<w:pBdr {nsdecls('w')}>{sides}</w:pBdr>")
    paragraph._p.get_or_add_pPr().insert_element_before(box, *after)
