"""How a user names a province and a day, and what is said to one that cannot be."""

from datetime import date

import pytest
from offices import TODAY

from hotich import gazetteer
from hotich.errors import InputRefused, WrongUsage
from hotich.scaffold import find_province

OLD, NEW = gazetteer.countries()


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Lào Cai", "15"),
        ("lao cai", "15"),
        ("Tỉnh Lào Cai", "15"),
        ("  LAO   CAI province", "15"),
        ("15", "15"),
        ("TP. Hồ Chí Minh", "79"),
        ("tp hcm", "79"),
        ("TP.HCM", "79"),
        ("Ho Chi Minh City", "79"),
        ("Thành phố Huế", "46"),
        ("Thừa Thiên Huế", "46"),
        ("Thanh Hóa", "38"),
        ("Thanh Hoá", "38"),
        ("dak lak", "66"),
        ("Đắk Lắk", "66"),
    ],
)
def test_a_province_is_known_by_its_name_with_or_without_accents_and_by_its_code(written, code):
    assert find_province.find(written, NEW) == code


@pytest.mark.parametrize(("written", "code"), [("Yên Bái", "15"), ("ba ria vung tau", "77"), ("Lào Cai", "10")])
def test_before_july_2025_the_older_provinces_are_meant(written, code):
    assert find_province.find(written, OLD) == code


@pytest.mark.parametrize("written", ["cả nước", "Ca nuoc", "Toàn quốc", "Việt Nam", "Viet Nam", "VIETNAM", "vn"])
def test_the_country_is_known_by_its_names(written):
    assert {find_province.find(written, country) for country in (OLD, NEW)} == {gazetteer.COUNTRY}


def test_every_name_of_both_lists_means_its_own_province():
    for country in (OLD, NEW):
        for code, name in country.provinces.items():
            assert find_province.find(name, country) == code
            assert find_province.find(name.removeprefix("Tỉnh ").removeprefix("Thành phố ").upper(), country) == code


@pytest.mark.parametrize(
    ("written", "now"), [("Yên Bái", "Tỉnh Lào Cai"), ("10", "Tỉnh Lào Cai"), ("bac giang", "Tỉnh Bắc Ninh")]
)
def test_a_province_that_ended_is_told_with_what_it_belongs_to_now(written, now):
    with pytest.raises(InputRefused) as refused:
        find_province.find(written, NEW)
    assert refused.value.key == "new_office.ended"
    assert refused.value.values["successor"] == now
    assert "2025-06-30" in refused.value.message("en")


@pytest.mark.parametrize(
    ("written", "near"), [("Lào Kai", "Tỉnh Lào Cai (15)"), ("Ha Tinhh", "Tỉnh Hà Tĩnh (42)"), ("999", "(")]
)
def test_an_unknown_one_gets_the_three_nearest(written, near):
    with pytest.raises(InputRefused) as refused:
        find_province.find(written, NEW)
    assert refused.value.key == "new_office.unknown"
    assert near in refused.value.values["near"]
    assert refused.value.values["near"].count("(") == 3


@pytest.mark.parametrize(
    ("written", "day"),
    [("", TODAY), ("2026-11", date(2026, 11, 1)), ("2026-11-26", TODAY), ("2025-06", date(2025, 6, 1))],
)
def test_a_day_is_a_month_s_first_or_itself(written, day):
    assert find_province.day_of(written, TODAY) == day


@pytest.mark.parametrize("written", ["2026", "11/2026", "2026-13", "2026-11-31", "nay", "20261126"])
def test_a_day_that_is_none_is_named(written):
    with pytest.raises(WrongUsage, match=written):
        find_province.day_of(written, TODAY)


@pytest.mark.parametrize("written", ["2026-12", "2026-11-27", "2099-01"])
def test_nobody_knows_the_areas_of_a_day_to_come(written):
    with pytest.raises(WrongUsage) as refused:
        find_province.day_of(written, TODAY)
    assert refused.value.key == "new_office.future"


def test_a_day_before_the_first_list_is_refused():
    with pytest.raises(InputRefused) as refused:
        find_province.country_on(date(2024, 8, 31))
    assert refused.value.key == "new_office.before"
