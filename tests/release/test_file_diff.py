"""Whatever an altered file holds, its comparison ends soon and says that it differs."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from hotich.release import file_diff
from hotich.release.file_diff import DIFFERENT, FIGURES, SAME

PAGE = (
    '<style>p{}</style><p>Đạt <data value="71.8" data-fact="1/all/share"><b>71,8</b>%</data> và '
    '<data value="3" data-fact="1/all/rank">3</data></p><svg><path d="M0"/></svg>'
)


def compared(tmp_path, name, one, two):
    for folder, content in (("sealed", one), ("again", two)):
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return file_diff.compare(name, tmp_path / "sealed" / name, tmp_path / "again" / name)


@pytest.mark.parametrize(
    ("old", "new", "result", "part"),
    [
        ("", "", SAME, ""),
        ("M0", "M1", FIGURES, "drawing"),
        ("p{}", "q{}", FIGURES, "style"),
        ("<b>71,8</b>", "<i>71,8</i>", FIGURES, "markup"),
    ],
)
def test_what_differs_beside_figures_and_words_is_named(tmp_path, old, new, result, part):
    diff = compared(tmp_path, "report.vi.html", PAGE, PAGE.replace(old, new))
    assert (diff.result, diff.part) == (result, part)


@pytest.mark.parametrize(
    ("old", "new", "what", "sealed", "again"),
    [
        ('"71.8"', '"71.9"', "1/all/share", "71.8 (71,8%)", "71.9 (71,8%)"),
        (">3<", ">4<", "1/all/rank", "3 (3)", "3 (4)"),
        (" và ", " hay ", "text", "Đạt 71,8 % và 3", "Đạt 71,8 % hay 3"),
    ],
)
def test_a_figure_or_a_word_that_differs_is_shown_in_both_versions(tmp_path, old, new, what, sealed, again):
    (found,) = compared(tmp_path, "report.vi.html", PAGE, PAGE.replace(old, new)).differences
    assert (found.what, found.sealed, found.again) == (what, sealed, again)


@pytest.mark.parametrize(
    "hostile", ["<style", "<script>", "<svg", "<", '<data value="1" data-fact="a">', '<data value="']
)
def test_a_page_of_openings_without_an_end_is_read_to_its_end(tmp_path, hostile):
    # Where the time grew with the square of its length, this would take hours.
    assert compared(tmp_path, "report.vi.html", PAGE + hostile * 200_000, PAGE).result in (FIGURES, DIFFERENT)


def workbook(cell="A1"):
    book, content = Workbook(), io.BytesIO()
    book.active[cell] = 1
    book.save(content)
    return content.getvalue()


def bomb():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b" " * (file_diff._MOST + 1))
    return content.getvalue()


@pytest.mark.parametrize(
    "hostile",
    [
        bomb,
        lambda: workbook("XFD1048576"),
        lambda: workbook()[:-30],
        lambda: b"",
        lambda: workbook().replace(b"PK", b"QK"),
    ],
    ids=["bomb", "far-cell", "cut", "empty", "no-zip"],
)
def test_a_workbook_that_is_none_or_far_too_large_differs(tmp_path, hostile):
    assert compared(tmp_path, "annex.xlsx", hostile(), workbook()).result == DIFFERENT


def test_a_workbook_with_broken_xml_differs(tmp_path):
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook())) as old, zipfile.ZipFile(content, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"<broken" if "sheet1" in name else old.read(name))
    assert compared(tmp_path, "annex.xlsx", content.getvalue(), workbook()).result == DIFFERENT


@pytest.mark.parametrize("name", ["validation.json", "report.ipynb"])
def test_json_that_is_nested_beyond_all_reason_differs(tmp_path, name):
    assert compared(tmp_path, name, "[" * 100_000, "{}").result == DIFFERENT
