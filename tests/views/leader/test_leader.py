"""The leader's papers: what they say, that it is what the facts say, and the Word files."""

import re
from dataclasses import replace

import pytest
from conftest import cells
from docx import Document
from markupsafe import Markup
from pages import page_names
from word_template import own_template

from hotich import checks, measures
from hotich.data import dataset
from hotich.errors import Contradicted, InputRefused
from hotich.language import LANGUAGES, say
from hotich.page import figure_gate
from hotich.storage.paths import NOTEBOOKS, OFFICIAL_REPORT, SUMMARY
from hotich.views import leader
from hotich.views.leader import content, word_files
from hotich.views.narrative import points

VIEWS = ("heading", "results", "districts", "difficulties", "tasks", "proposals", "end")
COMMENT = """## Đánh giá

Máy quét hỏng ở 3 xã.

## Nhiệm vụ tháng tới

Sửa 3 máy.

## Kiến nghị

Mua 2 máy.

— Người lập báo cáo, 23/10/2024
"""


def of(office, month="2024-10", area="", language="vi"):
    return measures.read(checks.require(dataset.read(month, office.at)), area, language)


def html(m):
    return "".join(getattr(leader, view)(m)._repr_html_() for view in VIEWS)


def said(m, name):
    return [str(Markup(text).striptags()) for part in content.parts(m) if part.name == name for text in part.texts]


def lines(path):
    return [paragraph.text for paragraph in Document(str(path)).paragraphs]


@pytest.fixture
def commented(office):
    folder = office.at.data / "comments"
    folder.mkdir()
    (folder / "2024-10.vi.md").write_text(COMMENT, encoding="utf-8")
    return office


def test_the_notebook_shows_every_view_once_and_keeps_no_output():
    import nbformat

    code = [c for c in nbformat.read(NOTEBOOKS / "summary.ipynb", as_version=4).cells if c.cell_type == "code"]
    assert tuple(c.source for c in code[3:]) == tuple(f"leader.{view}(m)" for view in VIEWS)
    assert not [c.id for c in code if c.outputs]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_of_the_summary_is_a_fact(commented, language):
    m = of(commented, language=language)
    page = f"<html><body>{html(m)}</body></html>"
    figure_gate.check(page, "summary", language, m.facts, page_names(m))
    assert len(re.findall(r"<data ", page)) > 20


def test_the_official_report_passes_the_same_gate_and_a_wrong_figure_does_not(commented):
    m = of(commented)
    whole = word_files.html(m)
    figure_gate.check(whole, OFFICIAL_REPORT, "vi", m.facts, page_names(m))
    level = m.get("digitised").raw
    wrong = whole.replace(f'value="{level}"', f'value="{level}1"')
    with pytest.raises(Contradicted):
        figure_gate.check(wrong, OFFICIAL_REPORT, "vi", m.facts, page_names(m))


def test_both_papers_say_the_main_points_of_the_report(office, tmp_path):
    m = of(office)
    word_files.write(m, tmp_path)
    wanted = [str(point.said.striptags()) for point in points.chosen(m)]
    assert wanted
    for name in (OFFICIAL_REPORT, SUMMARY):
        assert set(wanted) <= set(lines(tmp_path / name))
    assert set(wanted) <= set(said(m, "results"))


def test_the_office_s_own_words_fill_the_parts_after_the_results(commented, tmp_path):
    m = of(commented)
    assert said(m, "difficulties")[0] == "Máy quét hỏng ở 3 xã."
    assert said(m, "tasks") == ["Sửa 3 máy.", "Số liệu kỳ tới chốt ngày 22/11/2024."]
    assert said(m, "proposals") == ["Mua 2 máy."]
    word_files.write(m, tmp_path)
    assert {"Máy quét hỏng ở 3 xã.", "Sửa 3 máy.", "Mua 2 máy./."} <= set(lines(tmp_path / OFFICIAL_REPORT))


def test_without_a_comment_it_says_that_nothing_was_named(office):
    m = of(office)
    assert said(m, "difficulties") == ["Kỳ này chưa có đơn vị nào nêu khó khăn."]
    assert said(m, "proposals") == ["Không có kiến nghị."]


def test_an_official_report_has_the_parts_of_one_in_order(office, tmp_path):
    word_files.write(of(office), tmp_path)
    found = lines(tmp_path / OFFICIAL_REPORT)
    headings = ["I. Kết quả", "II. Khó khăn, vướng mắc", "III. Nhiệm vụ", "IV. Kiến nghị", "Phụ lục"]
    assert [line for line in found if line in headings] == headings
    document = Document(str(tmp_path / OFFICIAL_REPORT))
    head = [p.text for p in document.tables[0]._cells[0].paragraphs]
    assert {"UBND TỈNH THỬ", "SỞ TƯ PHÁP", "Số: ……/BC-STP"} <= set(head)
    assert "(Kèm theo Báo cáo số ……/BC-STP" in next(line for line in found if line.startswith("(Kèm"))
    assert document.core_properties.title.startswith("Báo cáo: Kết quả số hóa sổ hộ tịch của tỉnh Thử")


def test_the_sign_of_a_report_follows_that_of_the_office_s_dispatches(office):
    head = replace(of(office).office.letterhead, symbol="STP-HCTP")
    assert word_files._symbol(head) == "BC-STP"
    assert word_files._symbol(replace(head, symbol="TB-STP")) == "BC-STP"


def test_the_annex_of_the_report_lists_every_commune_by_rank(office, tmp_path):
    word_files.write(of(office), tmp_path)
    table = Document(str(tmp_path / OFFICIAL_REPORT)).tables[-1]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert [row[0] for row in rows] == ["Đơn vị", "Xã Bình", "Xã An", "Xã Cát"]
    assert rows[1][1:] == ["Một", "1", "330", "330", "100,0%", "0"]


def test_the_districts_stand_by_rank_above_the_whole(office):
    table = content.districts(of(office))
    shown = [[str(Markup(cell).striptags()) for cell in row] for row in (*table.rows, *table.foot)]
    assert [row[:2] for row in shown] == [["Huyện Một", "1"], ["Huyện Hai", "2"], ["Tỉnh Thử", ""]]


def test_a_page_has_room_for_twelve_districts_and_shows_the_lowest(office, monkeypatch):
    monkeypatch.setattr(content, "MOST", 1)
    table = content.districts(of(office))
    assert [str(Markup(row[0]).striptags()) for row in table.rows] == ["Huyện Hai"]
    assert "tỷ lệ thấp nhất" in table.caption


def test_an_area_of_which_little_reported_is_told_no_end(office):
    silent = {k: ("", "", "not_reported") for k, r in cells().items() if k[0] != "111" and not r[2]}
    office.write("2024-10", cells(30) | silent)
    m = of(office)
    assert not [line for line in said(m, "results") if "giữ tốc độ" in line]


def test_the_same_papers_twice_are_the_same_bytes(commented, tmp_path):
    m = of(commented)
    for folder in ("a", "b"):
        word_files.write(m, tmp_path / folder)
    for name in (OFFICIAL_REPORT, SUMMARY):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_made_up_figures_are_marked_in_both_papers(office, tmp_path):
    for month, more in (("2024-09", 0), ("2024-10", 30)):
        office.write(month, cells(more), "synthetic")
    word_files.write(of(office), tmp_path)
    for name in (OFFICIAL_REPORT, SUMMARY):
        assert lines(tmp_path / name)[0].startswith("SỐ LIỆU MINH HỌA.")


@pytest.mark.parametrize("name", [OFFICIAL_REPORT, SUMMARY])
def test_an_office_may_bring_its_own_template_and_is_told_what_is_wrong_in_it(office, tmp_path, name):
    own_template(office, "{{ subject }}", name=name)
    word_files.write(of(office), tmp_path)
    assert lines(tmp_path / name) == ["Kết quả số hóa sổ hộ tịch của tỉnh Thử, tính đến ngày 22/10/2024"]
    own_template(office, "{{ subjekt }}", name=name)
    with pytest.raises(InputRefused, match="subjekt"):
        word_files.write(of(office), tmp_path)


def test_a_district_has_papers_of_its_own(office, tmp_path):
    m = of(office, area="11")
    assert content.districts(m) is None
    word_files.write(m, tmp_path)
    assert "Kết quả số hóa sổ hộ tịch của huyện Một," in lines(tmp_path / SUMMARY)


def test_in_a_first_month_no_column_is_about_a_change(office, tmp_path):
    for month, named in (("2024-09", False), ("2024-10", True)):
        m = of(office, month)
        assert ("[z]" in str(content.districts(m).html("vi"))) is False
        word_files.write(m, tmp_path)
        for name in (OFFICIAL_REPORT, SUMMARY):
            heads = [cell.text for table in Document(str(tmp_path / name)).tables for cell in table.rows[0].cells]
            assert (say("vi", "leader.column.percent_change") in heads) is named
            assert say("vi", "leader.column.rank") in heads
