"""Files of every kind give the same text; what cannot be read is named, never a traceback."""

import io
import sys
import zipfile

import docx
import pypdf
import pytest

from hotich.errors import InputRefused, WrongUsage
from hotich.text.documents import docx as word
from hotich.text.documents import open_file
from hotich.text.documents.document import Block

PARAGRAPHS = ("Kết quả của tỉnh", "Đã số hóa 519.537 thông tin, đạt 81,5%.", "Có 60/173 xã hoàn thành.")


def texts(content, suffix):
    return [block.text for block in open_file.parsed(f"a{suffix}", content, suffix).blocks]


def word_file(*paragraphs, rows=()):
    made = docx.Document()
    for paragraph in paragraphs:
        made.add_paragraph(paragraph)
    if rows:
        table = made.add_table(len(rows), len(rows[0]))
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                table.cell(at, column).text = cell
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def packed(**parts):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return target.getvalue()


def pdf(*, pages=1, password=""):
    made = pypdf.PdfWriter()
    for _ in range(pages):
        made.add_blank_page(200, 200)
    if password:
        made.encrypt(password)
    target = io.BytesIO()
    made.write(target)
    return target.getvalue()


def test_text_markdown_html_and_word_give_the_same_paragraphs():
    html = (
        "<html><head><title>1</title></head><body>"
        + "".join(f"<p>{each}</p>" for each in PARAGRAPHS)
        + "</body></html>"
    )
    marked = "# " + "\n\n".join(PARAGRAPHS).replace("519.537", "**519.537**")
    assert texts("\n".join(PARAGRAPHS).encode(), ".txt") == [*PARAGRAPHS]
    assert texts("\r\n".join(PARAGRAPHS).encode("utf-16"), ".txt") == [*PARAGRAPHS]
    assert texts(marked.encode(), ".md") == [*PARAGRAPHS]
    assert texts(html.encode(), ".html") == [*PARAGRAPHS]
    assert texts(html.encode(), "") == [*PARAGRAPHS]
    assert texts(word_file(*PARAGRAPHS), ".docx") == [*PARAGRAPHS]


def test_a_pdf_with_text_is_read(browser, tmp_path):
    page = browser.new_page()
    page.set_content("".join(f"<p>{each}</p>" for each in PARAGRAPHS))
    page.pdf(path=tmp_path / "a.pdf")
    page.close()
    assert " ".join(texts((tmp_path / "a.pdf").read_bytes(), ".pdf")).split() == " ".join(PARAGRAPHS).split()


def test_lines_broken_to_a_width_are_joined_and_headings_are_not():
    broken = "Đến ngày 22/10, tỉnh Yên Bái đã số hóa được 519.537\nthông tin trên tổng số 637.469 thông tin phải làm."
    text = f"Tin trong ngày\n{broken}\n"
    assert texts(text.encode(), ".txt") == ["Tin trong ngày", broken.replace("\n", " ")]


def test_rows_of_tables_are_told_from_paragraphs():
    rows = (("Huyện", "Đã số hóa"), ("Trạm Tấu", "12.345"))
    row = Block("Trạm Tấu | 12.345", row=True)
    html = "<table><tr><th>Huyện</th><td>Đã số hóa</td></tr><tr><th>Trạm Tấu</th><td>12.345</td></tr></table><p>Hết</p>"
    assert row in open_file.parsed("a.docx", word_file("x", rows=rows), ".docx").blocks
    assert row in open_file.parsed("a.html", html.encode(), ".html").blocks
    assert Block("Hết") in open_file.parsed("a.html", html.encode(), ".html").blocks


def test_scripts_menus_and_marks_of_footnotes_are_no_text():
    html = (
        "<p>Có 5<sup>1</sup> xã</p><script>var x = 7</script><nav>8</nav><!-- 9 --><p onclick='x()'>Hết &lt;b&gt;</p>"
    )
    assert texts(html.encode(), ".html") == ["Có 5 xã", "Hết <b>"]


def test_figures_that_our_own_pages_quote_as_printed_are_marked():
    html = (
        '<p>In là <data value="1" data-fact="15/all/published_required">637.469</data> và 5 xã</p>'
        '<p>Có <span data-name>60</span>/<data value="173" data-fact="15/all/communes_total">173</data> xã</p>'
    )
    blocks = open_file.parsed("a.html", html.encode(), ".html").blocks
    quoted = [[block.text[start:end] for start, end in block.quoted] for block in blocks]
    assert quoted == [["637.469"], ["60"]]


def test_text_that_was_deleted_in_word_is_not_read():
    deleted = "<w:del><w:r><w:delText>7</w:delText></w:r></w:del>"
    body = f'<w:document xmlns:w="w"><w:p>{deleted}<w:r><w:t>8 xã</w:t></w:r></w:p></w:document>'
    assert texts(packed(word__document_xml=body), ".docx") == ["8 xã"]


def test_a_paragraph_longer_than_any_is_read_in_pieces():
    pieces = texts(("xã " * 3000).encode(), ".txt")
    assert len(pieces) == 3
    assert "".join(pieces).split() == ["xã"] * 3000


@pytest.mark.parametrize(
    ("content", "suffix", "key"),
    [
        (b"", ".txt", "text.empty"),
        (b"\xef\xbb\xbf \n", ".txt", "text.empty"),
        (b"<html><script>1</script>", ".html", "text.empty"),
        (b"a" * (open_file.MOST_BYTES + 1), ".txt", "text.size"),
        (b"a " * 150_000, ".txt", "text.long"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", ".png", "text.kind"),
        (b"a\x00b\x01", ".txt", "text.kind"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, ".doc", "text.kind"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), ".docx", "text.password"),
        (b"{\\rtf1 5 x\\'e3}", ".rtf", "text.kind"),
        ("Có 5 xã".encode("cp1258", "replace") + b"\xe3 \xb5", ".txt", "text.encoding"),
        (word_file("5 xã")[:400], ".docx", "text.damaged"),
        (packed(word__document_xml="<w:document"), ".docx", "text.damaged"),
        (packed(word__document_xml='<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), ".docx", "text.damaged"),
        (packed(xl__workbook_xml="<a/>"), ".xlsx", "text.no_word"),
        (b"%PDF-1.7 nothing", ".pdf", "text.damaged"),
        (pdf(), ".pdf", "text.scanned"),
        (pdf(password="x"), ".pdf", "text.password"),
        (pdf(pages=301), ".pdf", "text.pages"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(content, suffix, key):
    with pytest.raises(InputRefused) as refused:
        open_file.parsed(f"a{suffix}", content, suffix)
    assert refused.value.key == key
    assert f"a{suffix}" in refused.value.message("vi")


def test_a_word_file_that_unpacks_to_more_than_any_text_is_refused(monkeypatch):
    monkeypatch.setattr(word, "MOST_UNPACKED", 1024)
    with pytest.raises(InputRefused) as refused:
        open_file.parsed("a.docx", packed(word__document_xml=f"<a>{'1' * 5000}</a>"), ".docx")
    assert refused.value.key == "text.bomb"


def test_a_file_that_is_not_there_a_folder_and_an_address_are_named(tmp_path):
    for path in (tmp_path / "none.txt", tmp_path):
        with pytest.raises(InputRefused) as refused:
            open_file.read(str(path))
        assert refused.value.key == "text.unreadable"
    with pytest.raises(WrongUsage):
        open_file.read("https://example.org/a.html")


def test_a_dash_is_standard_input(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("Có 5 xã".encode())))
    assert open_file.read("-").blocks == (Block("Có 5 xã"),)
