"""Areas are one hierarchy on every day, or the line that breaks it is named; no unit is left out of a sum."""

from datetime import date

import pytest
from conftest import AREAS

from hotich.data import areas
from hotich.errors import InputRefused
from hotich.language import LANGUAGES
from hotich.storage.paths import PROJECT

AN = "111,2024-01-01,,commune,xã,Xã An,An Commune,11,,\n"
OLD = "122,2024-01-01,2024-08-31,commune,xã,Xã Cũ,Old Commune,12,121,merged\n"


@pytest.fixture
def read(tmp_path):
    def reading(old, new):
        assert old in AREAS
        (tmp_path / "areas.csv").write_text(AREAS.replace(old, new), encoding="utf-8")
        return areas.read(tmp_path)

    return reading


def refused(read, old, new):
    with pytest.raises(InputRefused) as caught:
        read(old, new)
    for language in LANGUAGES:
        assert caught.value.message(language).startswith("areas.csv, ")
        assert caught.value.message(language).isprintable()
    return caught.value


UNSOUND = [
    ("a parent that is nowhere", AN, AN.replace(",11,,", ",19,,"), "areas.parent", 6),
    ("a parent that ends before", "11,2024-01-01,,", "11,2024-01-01,2024-06-30,", "areas.parent", 5),
    ("a parent that begins later", "12,2024-01-01,,", "12,2024-02-01,,", "areas.parent", 9),
    (
        "a parent gone for one day",
        "11,2024-01-01,,district,huyện,Huyện Một,One District,1,,\n",
        "11,2024-01-01,2024-05-30,district,huyện,Huyện Một,One District,1,,\n"
        "11,2024-06-01,,district,huyện,Huyện Một,One District,1,,\n",
        "areas.parent",
        6,
    ),
    (
        "its own parent",
        "11,2024-01-01,,district,huyện,Huyện Một,One District,1,,",
        "11,2024-01-01,,district,huyện,Huyện Một,One District,11,,",
        "areas.below",
        4,
    ),
    (
        "a circle of two",
        "1,2024-01-01,,province,tỉnh,Tỉnh Thử,Test Province,,,",
        "1,2024-01-01,,province,tỉnh,Tỉnh Thử,Test Province,11,,",
        "areas.below",
        2,
    ),
    ("a commune below a commune", AN, AN.replace(",11,,", ",112,,"), "areas.below", 6),
    ("a commune below an office", AN, AN.replace(",11,,", ",11-PTP,,"), "areas.below", 6),
    ("a district below a district", "Huyện Hai,Two District,1,", "Huyện Hai,Two District,11,", "areas.below", 8),
    (
        "an office of a commune",
        "huyện Hai,Justice Office of Two District,12,",
        "huyện Hai,Justice Office of Two District,121,",
        "areas.below",
        9,
    ),
    (
        "an office without an area",
        "huyện Hai,Justice Office of Two District,12,",
        "huyện Hai,Justice Office of Two District,,",
        "areas.second_root",
        9,
    ),
    ("a second root", AN, AN.replace(",11,,", ",,,"), "areas.second_root", 6),
    ("a code twice", AN, AN + AN.replace("Xã An,An", "Xã Ân,Ân"), "areas.overlap", 7),
    ("a code twice but for the case of a letter", "12-PTP,2024", "11-ptp,2024", "areas.overlap", 9),
    ("a name twice", "Xã Bình,Bình Commune", "Xã  AN,Bình Commune", "areas.same_name", 7),
    ("a name twice in English", "Xã Bình,Bình Commune", "Xã Bình,An commune", "areas.same_name", 7),
    ("a name twice on some days", OLD, OLD.replace("Xã Cũ,Old", "Xã Cát,Old"), "areas.same_name", 11),
    ("a successor that is nowhere", OLD, OLD.replace(",121,", ",129,"), "areas.successor", 11),
    ("a successor that has ended, too", OLD, OLD.replace(",121,", ",122,"), "areas.successor", 11),
    ("a successor of what has not ended", AN, AN.replace(",11,,", ",11,112,"), "areas.not_ended", 6),
    ("an end before the beginning", OLD, OLD.replace("2024-08-31", "2023-08-31"), "areas.backwards", 11),
    ("a day as others write it", OLD, OLD.replace("2024-08-31", "31/08/2024"), "areas.date", 11),
    ("a day without its marks", OLD, OLD.replace("2024-08-31", "20240831"), "areas.date", 11),
    ("an end that never comes", AN, AN.replace("-01,,com", "-01,9999-12-31,com"), "areas.date", 6),
    ("an empty name", AN, AN.replace("Xã An", " "), "table.name", 6),
    ("a name that no font has", AN, AN.replace("Xã An", "Xã \ue000"), "table.name", 6),
    ("a name that turns around", AN, AN.replace("Xã An", "Xã \u202eAn"), "table.unseen", 6),
    ("a name with a control", AN, AN.replace("An Commune", "An\x1b[31m"), "table.unseen", 6),
    ("a name with what nobody sees", AN, AN.replace("Xã An", "Xã\u200bAn"), "table.unseen", 6),
    ("an empty code", AN, AN.replace("111,", ","), "table.code", 6),
    ("a code that leads elsewhere", AN, AN.replace("111,", "../111,"), "table.code", 6),
    ("a code that stands in no name", AN, AN.replace("111,", "1/1,"), "table.code", 6),
    ("an unknown level", AN, AN.replace("commune,xã", "ward,xã"), "areas.level", 6),
]


@pytest.mark.parametrize(("old", "new", "key", "line"), [c[1:] for c in UNSOUND], ids=[c[0] for c in UNSOUND])
def test_a_line_that_breaks_the_hierarchy_is_refused_with_its_number(read, old, new, key, line):
    found = refused(read, old, new)
    assert (found.key, found.values["line"]) == (key, line)


def test_a_table_without_a_line_is_refused(read):
    with pytest.raises(InputRefused) as caught:
        read(AREAS, AREAS.splitlines(keepends=True)[0])
    assert caught.value.key == "table.empty"


def test_a_name_may_pass_to_another_area_and_a_code_to_another_name_on_another_day(read):
    found = read(
        AN,
        AN.replace("01-01,,", "01-01,2024-05-31,")
        + AN.replace("2024-01-01", "2024-06-01").replace("Xã An,An", "Xã Mới,New"),
    )
    assert [found.on(day)["111"].name_vi for day in (date(2024, 5, 31), date(2024, 6, 1))] == ["Xã An", "Xã Mới"]


def test_an_area_may_have_one_parent_after_another(read):
    found = read(
        "11,2024-01-01,,district,huyện,Huyện Một,One District,1,,\n",
        "11,2024-01-01,2024-05-31,district,huyện,Huyện Một,One District,1,11,\n"
        "11,2024-06-01,,district,thị xã,Thị xã Một,One Town,1,,\n",
    )
    for day in (date(2024, 5, 31), date(2024, 6, 1)):
        assert len(found.on(day).units("1")) == 7


def test_every_unit_of_the_example_counts_in_the_province_on_each_of_its_days():
    found = areas.read(PROJECT / "data")
    for area in found.all:
        for day in (area.valid_from, area.valid_to or area.valid_from):
            assert found.on(day).within(area.code, "15")


@pytest.mark.parametrize(
    ("root", "key"), [("9", "areas.root_gone"), ("111", "areas.root_unit"), ("11-PTP", "areas.root_unit")]
)
def test_a_root_that_no_report_can_be_about_is_refused(read, root, key):
    found = read(AN, AN).on(date(2024, 10, 22))
    with pytest.raises(InputRefused) as caught:
        found.require(root)
    assert caught.value.key == key
    assert "office.toml" in caught.value.message("vi")


def test_names_are_read_with_single_spaces_and_an_empty_english_one_is_the_vietnamese(read):
    found = read("Xã An,An Commune", "Xã\u00a0 An ,").on(date(2024, 10, 22))["111"]
    assert (found.name_vi, found.name_en) == ("Xã An", "Xã An")


def addressed(folder, name):
    """The list with a name under which papers address An."""
    head, *lines = AREAS.splitlines()
    more = [line + (f",{name}," if line.startswith("111,") else ",,") for line in lines]
    (folder / "areas.csv").write_text("\n".join([f"{head},official_vi,official_en", *more]) + "\n", encoding="utf-8")
    return {area.code: area for area in areas.read(folder).all}


def test_an_area_may_be_addressed_by_another_name_than_the_lists_give_it(tmp_path):
    found = addressed(tmp_path, "Xã Ân")
    assert (found["111"].official("vi"), found["111"].name("vi")) == ("Xã Ân", "Xã An")
    assert found["111"].official("en") == "An Commune"
    assert found["112"].official("vi") == "Xã Bình"


def test_a_name_to_address_an_area_by_that_nobody_sees_is_refused_with_its_line(tmp_path):
    with pytest.raises(InputRefused) as caught:
        addressed(tmp_path, "Xã \u200bÂn")
    assert "areas.csv, " in caught.value.message("vi")
    assert "6" in caught.value.message("vi")


def test_a_mistyped_parent_is_told_with_the_area_s_name_and_the_nearest_code(read):
    error = refused(read, AN, AN.replace(",11,,", ",11 ,,"))
    for language in LANGUAGES:
        assert "111 (Xã An)" in error.message(language)
        assert "Huyện Một (11)" in error.message(language)
