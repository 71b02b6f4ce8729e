"""Words, charts, tables and the annex: they say what the facts say, in every kind of month."""

import base64
import csv
import io
import re
import zipfile
from dataclasses import replace
from decimal import Decimal
from importlib import import_module

import openpyxl
import pytest
from conftest import cells

from hotich import checks, measures
from hotich.data import dataset, provenance, registers
from hotich.language import LANGUAGES, say
from hotich.views import annex_xlsx, charts, narrative, tables
from hotich.views.markup import Column, Table
from hotich.views.narrative import points
from hotich.views.saved_table import Coded, Vintage

CHARTS = ("progress", "pace", "by_register", "by_area", "communes", "completed")
OTHERS = ("discrepancies",)
SECTIONS = [getattr(narrative, name) for name in narrative.__all__ if name not in ("finding", "title")]
TABLES = [tables.districts, tables.completed, tables.behind, tables.published, tables.difficulties]


def of(at, month="2024-10", area="", language="vi"):
    return measures.read(checks.require(dataset.read(month, at)), area, language)


@pytest.fixture(scope="module")
def october():
    return measures.read(checks.require(dataset.read("2024-10")))


def nothing_digitised():
    return {key: (row[0], "0" if row[1] else "", row[2]) for key, row in cells().items()}


def everything_digitised():
    return {key: (row[0], row[0], row[2]) for key, row in cells().items()}


def one_district_missing():
    return {
        key: ("", "", "not_reported") if row[2] == "" and key[0] in ("12-PTP", "121") else row
        for key, row in cells(30).items()
    }


KINDS = {
    "none started": nothing_digitised,
    "all complete": everything_digitised,
    "one district missing": one_district_missing,
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_at_most_six_main_points_of_under_25_words(october, language):
    chosen = points.chosen(october.seen_in(language))
    assert 4 <= len(chosen) <= 6
    for point in chosen:
        assert len(point.said.striptags().split()) < (25 if language == "en" else 36), point.said.striptags()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("month", ["2024-09", "2024-10"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_month_gives_a_whole_page(office, kind, month, language):
    if month == "2024-09":
        office.write("2024-09", KINDS[kind]())
        office.forget("2024-10")
    else:
        before = nothing_digitised() if kind == "none started" else cells()
        office.write("2024-09", before)
        office.write("2024-10", KINDS[kind]())
    whole_page(of(office.at, month, language=language))


def whole_page(m):
    shown = [view(m)._repr_html_() for view in (*SECTIONS, *TABLES)] + [
        getattr(charts, c)(m)._repr_html_() for c in (*CHARTS, *OTHERS)
    ]
    marked = [pair for html in shown for pair in re.findall(r'<data value="([^"]*)" data-fact="([^"]*)"', html)]
    assert marked
    assert [(value, fact) for value, fact in marked if m.facts[fact].raw != value] == []


def test_a_report_about_one_district_is_a_whole_page(office):
    whole_page(of(office.at, area="11"))


def test_a_report_about_a_real_district_is_a_whole_page(october):
    whole_page(october.seen_from("138").seen_in("en"))


def test_a_province_without_districts_is_a_whole_page(office):
    path = office.at.data / "areas.csv"
    lines = [line for line in path.read_text().splitlines() if not line.startswith(("11,", "12,", "11-", "12-"))]
    path.write_text("\n".join(line.replace(",11,,", ",1,,").replace(",12,", ",1,") for line in lines) + "\n")
    lists = office.at.data / "registers.csv"
    lists.write_text(lists.read_text().replace("Divorce registers,district_office ", "Divorce registers,"))
    for month, more in (("2024-09", 0), ("2024-10", 30)):
        rows = {key: row for key, row in cells(more).items() if "PTP" not in key[0]}
        office.write(month, rows)
    m = of(office.at)
    assert m.districts == ()
    assert len(m.communes()) == 3
    whole_page(m)
    assert "xã, phường hoàn thành" in narrative.completed(m)._repr_html_()
    assert "đặc khu" not in "".join(view(m)._repr_html_() for view in SECTIONS)
    path.write_text(path.read_text().replace("commune,xã,Xã An", "commune,đặc khu,Đặc khu An"))
    assert "xã, phường, đặc khu hoàn thành" in narrative.completed(of(office.at))._repr_html_()


def test_every_number_of_the_headline_figures_is_bound_to_a_fact(october):
    html = narrative.opening(october)._repr_html_() + narrative.main_points(october)._repr_html_()
    bare = re.sub(r"<data[^>]*>[^<]*</data>", "", html)
    assert re.findall(r"\d+", re.sub(r"<[^>]+>", "", bare)) == []


def test_direction_words_follow_the_sign_of_the_change(october, office):
    assert "tăng" in points.chosen(october)[0].said
    office.write("2024-10", {k: (r[0], str(int(r[1]) // 2) if r[1] else "", r[2]) for k, r in cells().items()})
    fallen = points.chosen(of(office.at))[0].said
    assert "giảm" in fallen
    assert "tăng" not in fallen


@pytest.mark.parametrize("chart", CHARTS)
def test_a_chart_is_drawn_twice_says_that_it_is_illustrative_and_is_the_same_every_time(october, chart):
    html = getattr(charts, chart)(october)._repr_html_()
    assert html.count("<svg") in (2, 4)
    assert html.count('role="img"') == html.count("<svg")
    assert "minh họa" in html
    assert re.search(r'aria-label="[^"]*số liệu minh họa', html)
    assert html == getattr(charts, chart)(october)._repr_html_()


def test_the_annex_holds_every_commune_marked_and_the_same_bytes_each_time(october, tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        annex_xlsx.write(october, tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert [sheet.max_row for sheet in book][:2] == [3 + 9 + 1, 3 + 173 + 1]
    districts = book.worksheets[0]
    assert districts.cell(districts.max_row, 6).value == 519_573
    for sheet in book:
        assert "MINH HỌA" in sheet["A2"].value or "ILLUSTRATIVE" in sheet["A2"].value
        assert sheet.cell(4, sheet.max_column).value in ("minh họa", "illustrative")
        assert sheet.print_area
        assert sheet.freeze_panes == "B4"
    names = zipfile.ZipFile(io.BytesIO((tmp_path / "a.xlsx").read_bytes())).infolist()
    assert {info.date_time for info in names} == {(1980, 1, 1, 0, 0, 0)}


def column(sheet, name):
    heads = {cell.value: cell.column for cell in sheet[annex_xlsx.HEAD]}
    rows = range(annex_xlsx.HEAD + 1, sheet.max_row + 1)
    return [sheet.cell(row, heads[say("vi", f"tables.column.{name}")]) for row in rows]


def test_each_sheet_of_the_annex_has_its_title_in_both_languages(october, tmp_path):
    annex_xlsx.write(october, tmp_path / "annex.xlsx")
    book = openpyxl.load_workbook(tmp_path / "annex.xlsx")
    titles = [sheet["A1"].value for sheet in book]
    assert len(set(titles)) == len(book.sheetnames) == 8
    assert all("tỉnh Yên Bái, tính đến ngày 22/10/2024" in title for title in titles[:4])
    assert all("Yên Bái Province, as of 22 October 2024" in title for title in titles[4:])


def test_the_annex_is_sorted_by_rank_beside_the_rank_before_and_percentages_are_percentages(october, tmp_path):
    annex_xlsx.write(october, tmp_path / "annex.xlsx")
    for sheet in openpyxl.load_workbook(tmp_path / "annex.xlsx").worksheets[:2]:
        ranks = [cell.value for cell in column(sheet, "rank")][:-1]
        assert ranks == sorted(ranks)
        codes = [cell.value for cell in column(sheet, "code")]
        for code, cell in zip(codes, column(sheet, "percent"), strict=True):
            assert cell.value * 100 == pytest.approx(float(october.get("percent", code).number))
            assert cell.number_format.endswith("%") or "%" in cell.number_format


def test_districts_in_the_annex_have_their_rank_of_the_month_before(october, tmp_path):
    annex_xlsx.write(october, tmp_path / "annex.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "annex.xlsx").worksheets[0]
    codes = [cell.value for cell in column(sheet, "code")][:-1]
    before = [october.get("rank", code, month=october.previous).value for code in codes]
    assert [cell.value for cell in column(sheet, "rank_before")] == [*before, None]


def test_almost_all_is_not_shown_as_all_in_the_annex(october):
    fact = replace(october.get("percent"), value=Decimal("99.97"))
    assert annex_xlsx._value(fact, "vi") == (Decimal("0.9997"), '"99,9%"')
    assert annex_xlsx._value(replace(fact, value=Decimal(100)), "vi")[1] == "0.0%"


def test_the_registers_of_the_annex_stand_under_the_sums_of_their_groups(october, tmp_path):
    annex_xlsx.write(october, tmp_path / "annex.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "annex.xlsx").worksheets[3]
    required = {cell.row: cell.value for cell in column(sheet, "required")}
    sums = [row for row in required if sheet.cell(row, 2).value is None]
    assert all(sheet.cell(row, 1).font.bold for row in sums)
    assert sum(required[row] for row in sums[:-1]) == required[sums[-1]] == 637_356
    assert sum(value for row, value in required.items() if row not in sums) == 637_356


def test_a_row_of_the_annex_without_a_cell_for_each_column_is_named_by_its_sheet(october, tmp_path, monkeypatch):
    monkeypatch.setattr(annex_xlsx, "_district", lambda _m, _name, _code: (None,))
    with pytest.raises(ValueError, match="has 12 columns and a row of 1 cells"):
        annex_xlsx.write(october, tmp_path / "annex.xlsx")


def test_a_hostile_name_is_shown_as_text(office):
    path = office.at.data / "areas.csv"
    path.write_text(path.read_text().replace("Xã Cát,", "<img src=x onerror=alert(1)>&,"), encoding="utf-8")
    m = of(office.at)
    shown = "".join(view(m)._repr_html_() for view in (*SECTIONS, *TABLES)) + charts.communes(m)._repr_html_()
    assert "<img" not in shown
    assert "&lt;img src=x onerror" in shown


@pytest.mark.parametrize("name", ["=1+1", "+cmd|' /C calc'!A0", "-2+3+cmd", "@SUM(A1)", "\t=1"])
def test_no_saved_table_and_no_annex_holds_a_formula(office, tmp_path, name):
    heads = (Column("a", text=True, name="unit"), Column("b", text=True, name="words"))
    table = Table("c", heads, [(Coded("1", name), name), (Coded("2", "x"), "-36")], file="a.csv", vintage=Vintage({}))
    saved = base64.b64decode(re.search(r"base64,([^\"]+)", str(table.html("vi")))[1]).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(saved)))[1:]
    assert [(row[1][:1], row[2][:1]) for row in rows] == [("'", "'"), ("x", "-")]
    areas = office.at.data / "areas.csv"
    areas.write_text(areas.read_text().replace("Xã Cát,", f'"{name.strip()}",'))
    annex_xlsx.write(of(office.at), tmp_path / "annex.xlsx")
    sheets = openpyxl.load_workbook(tmp_path / "annex.xlsx").worksheets
    cells = [cell for sheet in sheets for row in sheet.iter_rows() for cell in row]
    assert any(name.strip() in str(cell.value) for cell in cells)
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []


def test_the_ranking_shows_each_group_beside_the_combined_share_and_ends_with_the_whole(october):
    shown = tables.districts(october).html
    order = re.findall(r'data-fact="(\d+)/all/rank"', shown)
    assert len(order) == 9
    assert [october.get("rank", code).number for code in order] == sorted(
        october.get("rank", code).number for code in order
    )
    assert all(f'data-fact="{code}/{group}/percent"' in shown for code in order for group in registers.GROUPS)
    assert 'data-fact="15/all/digitised"' in shown.split("<tfoot>")[1]


def test_the_last_line_of_an_input_counts_without_a_line_end(tmp_path):
    (tmp_path / "areas.geojson").write_text("{}", encoding="utf-8")
    assert provenance._input("areas.geojson", tmp_path / "areas.geojson").lines == 1


def test_the_table_of_those_behind_holds_whom_the_heading_counts_and_says_that_a_place_is_shared(yen_bai, monkeypatch):
    m = of(yen_bai, language="en")
    shown = re.findall(r'data-fact="(\w+)/all/percent"', tables.behind(m)._repr_html_())
    assert shown == [area.code for area in m.furthest_behind()]
    assert "share the last place" not in tables.behind(m)._repr_html_()
    monkeypatch.setattr(import_module("hotich.views.tables.behind"), "FURTHEST", len(shown) - 1)
    assert "share the last place" in tables.behind(m)._repr_html_()


def test_the_origin_of_a_row_of_the_annex_fits_on_one_line(office, tmp_path):
    annex_xlsx.write(measures.read(checks.run(dataset.read("2024-10", office.at))), tmp_path / "annex.xlsx")
    for sheet in openpyxl.load_workbook(tmp_path / "annex.xlsx").worksheets:
        origin = sheet.cell(annex_xlsx.HEAD + 1, sheet.max_column)
        assert origin.value in ("tính từ báo cáo", "computed from reports")
        assert sheet.column_dimensions[origin.column_letter].width > len(origin.value)
