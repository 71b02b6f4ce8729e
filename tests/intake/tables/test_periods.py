"""What month a file states, in whatever manner, and that another month's file is never taken for this one's."""

import itertools
from datetime import date

import pytest

from hotich.intake.tables import periods
from hotich.month import Month

OCTOBER = Month(2024, 10)
OTHER = [
    "BÁO CÁO SỐ HÓA THÁNG CHÍN NĂM 2024",
    "BÁO CÁO SỐ HÓA THÁNG 9, NĂM 2024",
    "Kỳ báo cáo: 09/2024",
    "Kỳ 9/2024",
    "Tháng: 9 Năm: 2024",
    "Tháng 01/09/2024",
    "Số liệu tính đến 22/9/2024",
    "Số liệu tính đến ngày 22.9.2024",
    "đến hết ngày 22-9-24",
    "đến ngày 22 tháng 9 năm 2024",
    "BÁO CÁO SỐ HÓA T9/2024",
    "T09-24",
    "9 THÁNG ĐẦU NĂM 2024",
    "6 tháng đầu năm",
    "QUÝ III NĂM 2024",
    "Quý 4/2024",
    "THÁNG 9",
    "tháng 9/24",
    "tháng năm năm 2024",
    "tháng mười hai năm 2024",
    "Tháng giêng",
    "tháng 10/2023",
    "September 2024",
    "Report for Sep 2024",
    "2024-09",
]
SAME = [
    "BÁO CÁO SỐ HÓA THÁNG MƯỜI NĂM 2024",
    "Kỳ báo cáo: 10/2024",
    "Số liệu tính đến 22/10/2024",
    "10 tháng đầu năm 2024",
    "T10/24",
    "Tháng 10",
    "October 2024",
    "2024-10",
]
SILENT = [
    "Báo cáo số hóa sổ hộ tịch",
    "Yên Bái, ngày 25 tháng 9 năm 2024",
    "(Kèm theo Công văn số 12/STP ngày 3 tháng 9 năm 2024)",
    "Theo Quyết định số 101/QĐ-TTg ngày 12/3/2020",
    "Phát sinh trong tháng",
    "Đơn vị tính: nghìn sổ",
    "Các tháng năm 2024",
    "Tổng số 9",
    "",
]


@pytest.mark.parametrize("text", OTHER)
def test_another_period_is_heard_however_it_is_written(text):
    found = list(periods.stated(text))
    assert found
    assert not any(period.is_of(OCTOBER) for period in found)


@pytest.mark.parametrize("text", SAME)
def test_the_reported_month_is_heard_however_it_is_written(text):
    found = list(periods.stated(text))
    assert found
    assert all(period.is_of(OCTOBER) for period in found)


@pytest.mark.parametrize("text", SILENT)
def test_what_states_no_period_of_its_counts_is_heard_as_none(text):
    assert list(periods.stated(text)) == []


def test_every_month_is_known_by_every_manner_of_writing_it():
    manners = (
        "tháng {}/2024",
        "Tháng {} năm 2024",
        "THÁNG {}, NĂM 2024",
        "kỳ báo cáo: {:02}/2024",
        "T{}/2024",
        "T{:02}.24",
        "tính đến ngày 22/{}/2024",
        "đến hết ngày 22.{:02}.2024",
        "2024-{:02}",
        "{} tháng đầu năm 2024",
    )
    for manner, number in itertools.product(manners, range(1, 13)):
        heard = [period.is_of(Month(2024, number)) for period in periods.stated(manner.format(number))]
        assert heard == [True], manner.format(number)
        assert not any(p.is_of(Month(2024, number % 12 + 1)) for p in periods.stated(manner.format(number)))
        assert not any(p.is_of(Month(2025, number)) for p in periods.stated(manner.format(number)))


@pytest.mark.parametrize(
    ("name", "months"),
    [
        ("bao-cao-thang-9.xlsx", [9]),
        ("Biểu T9.xlsx", [9]),
        ("bc_thang_09_2024.xlsx", [9]),
        ("138 Trấn Yên 2024-09.xlsx", [9]),
        ("Huyện Trạm Tấu - tháng 10.xlsx", [10]),
        ("báo cáo t9.2024.xlsx", [9]),
        ("bc quy 3.xlsx", [9]),
        ("tram-tau.xlsx", []),
        ("20241022.xlsx", []),
        ("138.xlsx", []),
    ],
)
def test_a_file_name_states_its_month(name, months):
    assert sorted({period.last for period in periods.in_file_name(name)}) == months


def test_a_row_is_read_along_its_cells_and_a_date_as_a_day():
    assert periods.row_text(["Tháng", date(2024, 9, 1), "", 3.0]) == "Tháng 1/9/2024 3"


@pytest.mark.parametrize("text", ["Tháng 10 năm 2024", "Lũy kế đến 22/10/2024", "Số liệu tính đến hết ngày 22/10/2024"])
def test_a_heading_that_only_states_the_month_is_known_as_such(text):
    assert [period.is_of(OCTOBER) for period in periods.only(text)] == [True]


@pytest.mark.parametrize(
    "text", ["Phát sinh trong tháng", "Ước thực hiện tháng 10", "Tháng 10, nghìn sổ", "Kế hoạch 2025"]
)
def test_a_heading_that_says_more_than_the_month_is_not(text):
    assert periods.only(text) == []
