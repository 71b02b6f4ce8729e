"""An area is known by its code, or by its name with or without accents and kind where only one has it."""

import pytest
from conftest import AREAS
from offices import OCTOBER, new_office

from hotich.data import areas, find_area
from hotich.errors import WrongUsage


@pytest.fixture
def every(tmp_path):
    more = "123,2024-01-01,,commune,xã,Xã Hoà An,Hoà An Commune,12,,\n113,2024-01-01,,commune,xã,Phường Cát,,11,,\n"
    (tmp_path / "areas.csv").write_text(AREAS + more, encoding="utf-8")
    return areas.read(tmp_path).all


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("111", "111"),
        ("Huyện Một", "11"),
        ("huyen  mot", "11"),
        ("mot", "11"),
        ("One District", "11"),
        ("xa hoa an", "123"),
        ("Xã Cát", "121"),
        ("An", "111"),
    ],
)
def test_a_name_of_one_area_is_its_code(every, written, code):
    assert find_area.meant(written, every) == code


@pytest.mark.parametrize("written", ["Nowhere", "", "999"])
def test_what_is_no_area_s_stays_as_it_is(every, written):
    assert find_area.meant(written, every) == written


def test_a_name_of_two_areas_is_refused_with_both_codes(tmp_path):
    text = AREAS.replace("Xã Bình,Bình Commune,11", "Xã Cát,Cát Commune,11")
    (tmp_path / "areas.csv").write_text(text, encoding="utf-8")
    with pytest.raises(WrongUsage) as caught:
        find_area.meant("xã cát", areas.read(tmp_path).all)
    assert "2 areas: Xã Cát (112), Xã Cát (121)" in caught.value.message("en")
    assert "2 địa bàn: Xã Cát (112), Xã Cát (121)" in caught.value.message("vi")


def test_at_most_ten_are_named_the_nearest_first_with_their_codes(tmp_path):
    at = new_office(tmp_path, "Cà Mau")
    assert find_area.of_notice("dat mui", OCTOBER, at) == "32248"
    assert find_area.of_report("Cà Mau", OCTOBER, at) == "96"
    near = find_area.near_notices("dat mui ca", OCTOBER, at)
    assert near.startswith("Xã Đất Mũi (32248), ")
    assert near.count("(") == 10


def test_a_district_without_communes_has_neither_a_report_nor_a_notice(tmp_path):
    island = "13,2024-01-01,,district,huyện,Huyện Đảo,Island District,1,,\n"
    office = "13-PTP,2024-01-01,,office,phòng tư pháp,Phòng Tư pháp huyện Đảo,Justice Office of the Island,13,,\n"
    (tmp_path / "areas.csv").write_text(AREAS + island + office, encoding="utf-8")
    known = areas.read(tmp_path).on(OCTOBER.first_day)
    assert [unit.code for unit in known.units("13")] == ["13-PTP"]
    for of in (find_area.reportable, find_area.notifiable):
        assert "11" in {area.code for area in of(known, "1")}
        assert "13" not in {area.code for area in of(known, "1")}
