"""Numbers in either style, what they count and how near they are; and numbers that are no figures."""

from decimal import Decimal

import pytest

from hotich.text import figures


def read(text, vietnamese=True):
    return figures.read(0, text, vietnamese)


def one(text, vietnamese=True):
    (figure,) = read(text, vietnamese)
    return figure


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("519.537 thông tin", 519537, "count"),
        ("519,537 entries", 519537, "count"),
        ("1\u00a0443\u00a0893 dữ liệu", 1443893, "count"),
        ("đạt 81,5%", Decimal("81.5"), "percent"),
        ("reaching 81.5 percent", Decimal("81.5"), "percent"),
        ("tăng 3,2 điểm phần trăm", Decimal("3.2"), "points"),
        ("1,44 triệu thông tin", 1440000, "count"),
        ("12.8 million records", 12800000, "count"),
        ("hai huyện", 2, "count"),
        ("Twelve communes", 12, "count"),
        ("twenty-one wards", 21, "count"),
    ],
)
def test_a_number_in_either_style_has_its_value(text, value, kind):
    figure = one(text, vietnamese="ạ" in text or "ô" in text or "đ" in text)
    assert (figure.value, figure.kind, figure.why) == (value, kind, "")


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("gần 70.000 thông tin", "nearly"),
        ("nearly 70,000 records", "nearly"),
        ("hơn 12,8 triệu thông tin", "over"),
        ("khoảng 500 hồ sơ", "about"),
        ("đạt 90% trở lên", "least"),
        ("90% or more", "least"),
        ("(+3,2 điểm)", "change"),
    ],
)
def test_an_approximation_is_kept_as_one(text, bound):
    figure = one(text)
    assert figure.bound == bound
    assert figure.low < figure.high


def test_a_plain_count_is_exact_and_one_with_many_zeros_may_be_rounded():
    assert one("519.537 thông tin").exact
    assert one("2.000 sổ").exact
    assert not one("70.000 thông tin").exact


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("60/173 xã, phường, thị trấn", ["communes", "communes"]),
        ("3/9 đơn vị cấp huyện", ["districts", "districts"]),
        ("321,405 of the 450,777 civil status records", ["entries", "entries"]),
        ("tăng từ 41 lên 60 xã", ["communes", "communes"]),
        ("12 cán bộ", ["people"]),
        ("7 chiếc máy", ["chiếc"]),
        ("đã có 45 được nhập", [""]),
    ],
)
def test_a_number_counts_what_follows_it_and_a_part_what_its_whole_counts(text, units):
    assert [each.unit for each in read(text)] == units


@pytest.mark.parametrize(
    "text",
    [
        "ngày 22/10",
        "tính đến 22/10/2024",
        "ngày 22 tháng 10 năm 2024",
        "October 22, 2024",
        "tháng 9/2024 và quý III năm 2024",
        "giai đoạn 2020-2025",
        "Quyết định số 06/QĐ-TTg",
        "Nghị định 123/2015/NĐ-CP",
        "Nghị quyết 57-NQ/TW",
        "Law 60/2014/QH13",
        "khổ A3",
        "cơn bão số 3",
        "Typhoon No. 3",
        "điện thoại 0216 3852 123, tổng đài 1900 1234",
        "lúc 14h30",
        "the 12th of 2024",
        "lần thứ 2",
        "Điều 5, khoản 2",
        "trang 12",
        "12",
        "– 3 –",
        "1. Kết quả",
        "Trước 7:30, xem https://a.vn/1234 hoặc viết a12@b.vn",
        "COVID-19",
        "phiên bản 2.0.1",
        "Một số xã",
    ],
)
def test_dates_numbers_of_papers_and_the_like_are_no_figures(text):
    assert read(text) == []


def test_the_ends_of_a_range_are_no_levels_but_those_of_a_change_are():
    assert [each.why for each in read("từ 80 đến 90%")] == ["range", "range"]
    assert [each.why for each in read("đạt 80–90%")] == ["range", "range"]
    assert [each.why for each in read("tăng từ 78,3% lên 81,5%")] == ["", ""]
    assert [each.why for each in read("rose from 78.3% to 81.5%", vietnamese=False)] == ["", ""]


def test_a_separator_that_can_be_read_in_two_ways_makes_no_sure_figure():
    assert one("1.234 triệu đồng").why == "ambiguous"


def test_a_word_with_another_meaning_makes_no_sure_figure():
    assert one("năm huyện").why == "word"
