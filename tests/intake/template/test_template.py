"""Workbooks for the offices: what they ask, what they carry over, what they keep apart."""

import io

import openpyxl
import pytest
from conftest import cells

from hotich.errors import CannotNow, WrongUsage
from hotich.intake import template
from hotich.intake.template import sheets
from hotich.intake.template.form import COLUMNS
from hotich.intake.template.sheets import HEAD
from hotich.language import LANGUAGES, say
from hotich.month import Month

NOVEMBER = Month(2024, 11)


def book(written, code):
    file = next(name for name in written.files if name.startswith(f"2024-11-{code}-"))
    return openpyxl.load_workbook(written.folder / file)


def rows(sheet):
    return [tuple(cell.value for cell in row) for row in sheet.iter_rows(min_row=HEAD + 1)]


def asked(sheet):
    return [(row[0], row[2]) for row in rows(sheet)]


def test_there_is_a_workbook_for_each_district_and_one_for_the_office_itself(office):
    written = template.write(office.at, NOVEMBER)
    assert written.files == (
        "2024-11-1-stp-so-tu-phap-tinh-thu.xlsx",
        "2024-11-11-huyen-mot.xlsx",
        "2024-11-12-huyen-hai.xlsx",
    )
    assert sorted(path.name for path in written.folder.iterdir()) == sorted(written.files)


def test_a_workbook_asks_each_unit_for_the_registers_that_it_keeps_and_for_no_other(office):
    written = template.write(office.at, NOVEMBER)
    assert asked(book(written, "11").worksheets[0]) == [
        ("11-PTP", "KS"),
        ("11-PTP", "XN"),
        ("11-PTP", "LH"),
        ("111", "KS"),
        ("111", "XN"),
        ("112", "KS"),
        ("112", "XN"),
    ]
    assert asked(book(written, "12").worksheets[0])[-1] == ("121", "XN"), "122 was merged in September"
    assert asked(book(written, "1-stp").worksheets[0]) == [("1-STP", "KS"), ("1-STP", "XN"), ("1-STP", "LH")]


def test_where_no_districts_are_left_each_commune_has_a_workbook_of_its_own(office):
    table = office.at.data / "areas.csv"
    lines = [line for line in table.read_text().splitlines() if ",office," not in line and ",district," not in line]
    table.write_text("\n".join(lines).replace(",11,,", ",1,,").replace(",12,", ",1,") + "\n")
    written = template.write(office.at, NOVEMBER)
    assert [asked(book(written, code).worksheets[0])[0][0] for code in ("111", "112", "121")] == ["111", "112", "121"]


def test_required_is_carried_over_from_what_was_reported_last_month(office):
    sheet = book(template.write(office.at, NOVEMBER), "11").worksheets[0]
    assert [(row[4], row[5]) for row in rows(sheet)][:3] == [(60, None), (6, None), (10, None)]
    assert "10/2024" in sheet["A4"].value


def test_a_unit_that_did_not_report_last_month_gets_an_empty_cell_and_no_zero(office):
    office.write("2024-10", cells(30) | {("111", "KS"): ("", "", "not_reported")})
    sheet = book(template.write(office.at, NOVEMBER), "11").worksheets[0]
    assert rows(sheet)[3][4] is None


def test_a_code_that_lives_on_as_another_unit_carries_nothing_over(office):
    table = office.at.data / "areas.csv"
    ended = table.read_text().replace("111,2024-01-01,,", "111,2024-01-01,2024-10-31,")
    table.write_text(ended + "111,2024-11-01,,commune,xã,Xã An Bình,An Bình Commune,11,,merged\n")
    sheet = book(template.write(office.at, NOVEMBER), "11").worksheets[0]
    given = {(row[1], row[2]): row[4] for row in rows(sheet)}
    assert given["Xã An Bình", "KS"] is None
    assert given["Xã Bình", "KS"] == 300


def test_made_up_counts_are_never_carried_over(office):
    office.write("2024-10", cells(30), origin="synthetic")
    written = template.write(office.at, NOVEMBER)
    assert {row[4] for code in ("1-stp", "11", "12") for row in rows(book(written, code).worksheets[0])} == {None}
    assert (written.carried, written.last_is_synthetic) == (0, True)


def test_only_what_is_to_be_filled_in_is_unlocked(office):
    written = template.write(office.at, NOVEMBER)
    made = book(written, "11")
    assert all(sheet.protection.sheet for sheet in made.worksheets)
    for row in made.worksheets[0].iter_rows():
        for cell in row:
            open_ = cell.row > HEAD and COLUMNS[cell.column - 1] in ("required", "digitised", "difficulty", "note")
            assert cell.protection.locked is not open_, cell.coordinate


def test_counts_must_be_whole_numbers_and_difficulties_come_from_the_list(office):
    made = book(template.write(office.at, NOVEMBER), "11")
    whole, kinds = made.worksheets[0].data_validations.dataValidation
    assert (whole.type, whole.formula1, str(whole.sqref)) == ("whole", "0", "E7:F13")
    assert (kinds.type, str(kinds.sqref)) == ("list", "G7:G13")
    sheet, _, place = kinds.formula1.partition("!")
    listed = [cell.value for (cell,) in made[sheet.strip("'")][place.replace("$", "")]]
    assert listed[:2] == ["Thiếu máy quét khổ A3", "Sổ cũ, chữ mờ"]
    assert len(listed) == 6


def test_month_and_area_stand_in_the_workbook_for_people_and_for_programs(office):
    made = book(template.write(office.at, NOVEMBER), "12")
    data, _, about = made.worksheets
    assert "Huyện Hai" in data["A2"].value
    assert "11/2024" in data["A3"].value
    assert "22/11/2024" in data["A3"].value
    assert [[cell.value for cell in row] for row in about["A1:B5"]] == [
        [template.MARK, "1"],
        ["month", "2024-11"],
        ["area", "12"],
        ["as_of", "2024-11-22"],
        ["sheet", data.title],
    ]
    assert {prop.name: prop.value for prop in made.custom_doc_props.props} == {
        "hotich-month": "2024-11",
        "hotich-area": "12",
    }


def test_the_guide_is_in_both_languages(office):
    guide = book(template.write(office.at, NOVEMBER), "12").worksheets[1]
    texts = [cell.value for cell in guide["A"]]
    assert all(say(language, "template.guide.title") in texts for language in LANGUAGES)


def test_a_table_too_long_for_one_sheet_goes_on_and_no_unit_is_torn_apart(office, monkeypatch):
    monkeypatch.setattr(sheets, "SHEET_ROWS", 4)
    made = book(template.write(office.at, NOVEMBER), "11")
    assert [sheet.title for sheet in made.worksheets] == ["Số liệu", "Số liệu 2", "Hướng dẫn", "Thông tin"]
    assert [[unit for unit, _ in asked(sheet)] for sheet in made.worksheets[:2]] == [
        ["11-PTP"] * 3,
        ["111", "111", "112", "112"],
    ]
    assert len(made.worksheets[1].data_validations.dataValidation) == 2


def test_the_same_lists_give_the_same_bytes(office):
    def made():
        written = template.write(office.at, NOVEMBER)
        return {name: (written.folder / name).read_bytes() for name in written.files}

    assert made() == made()


@pytest.mark.parametrize("start", ["=1+1", "+A1", "-A1", "@SUM(A1)"])
def test_a_name_that_looks_like_a_formula_stays_text(office, start):
    table = office.at.data / "areas.csv"
    table.write_text(table.read_text().replace("Xã An", start))
    sheet = book(template.write(office.at, NOVEMBER), "11").worksheets[0]
    assert (sheet["B10"].value, sheet["B10"].data_type) == ("'" + start, "s")


def test_one_area_is_written_beside_the_others(office):
    template.write(office.at, NOVEMBER)
    written = template.write(office.at, NOVEMBER, area="12")
    assert written.files == ("2024-11-12-huyen-hai.xlsx",)
    assert len(list(written.folder.iterdir())) == 3


def test_an_area_may_be_named_without_accents(office):
    assert template.write(office.at, NOVEMBER, area="huyen hai").files == ("2024-11-12-huyen-hai.xlsx",)


def test_an_area_that_fills_in_nothing_is_refused_with_those_that_do(office):
    with pytest.raises(WrongUsage, match=r"Huyện Một \(11\), Huyện Hai \(12\), Sở Tư pháp tỉnh Thử \(1-STP\)"):
        template.write(office.at, NOVEMBER, area="111")


def test_a_workbook_that_was_filled_in_is_not_overwritten_unless_told_so(office):
    written = template.write(office.at, NOVEMBER)
    path = written.folder / written.files[1]
    made = openpyxl.load_workbook(path)
    made.worksheets[0]["F7"] = 60
    made.save(path)
    filled = path.read_bytes()
    with pytest.raises(CannotNow, match=written.files[1]):
        template.write(office.at, NOVEMBER)
    assert path.read_bytes() == filled
    template.write(office.at, NOVEMBER, force=True)
    assert openpyxl.load_workbook(io.BytesIO(path.read_bytes())).worksheets[0]["F7"].value is None
