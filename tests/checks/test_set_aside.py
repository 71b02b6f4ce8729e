"""A province of a country whose counts contradict themselves keeps none of the others waiting."""

import countries
import pytest
from conftest import cells as small_cells

from hotich import checks, measures
from hotich.checks import Failed, set_aside, validation_json
from hotich.data import dataset


@pytest.fixture
def country(tmp_path):
    return countries.country(tmp_path / "data")


def read(office):
    return checks.run(dataset.read("2024-10", office.at))


def broken(country, *units, **more):
    rows = countries.cells(10) | {(unit, "KS"): ("300", "301", "") for unit in units} | more.get("rows", {})
    country.write("2024-10", rows)
    return read(country)


def test_of_a_clean_country_nothing_is_set_aside(country):
    checked = read(country)
    assert (checked.set_aside, checked.stopped) == ((), ())
    assert checked.reported is checked.data


def test_a_province_with_critical_counts_is_set_aside_and_stops_nobody_else(country):
    checked = broken(country, "1511", "15-STP")
    assert checked.set_aside == ("15",)
    assert checked.broken
    assert checked.stopped == ()
    assert validation_json.verdict(checked) == "warned"
    assert [checked.aside(area) for area in ("15", "151", "1511", "17", "VN", "")] == ["15", "15", "15", "", "", ""]


def test_its_units_count_as_not_reported_and_the_others_as_before(country):
    whole = measures.read(read(country))
    m = measures.read(broken(country, "1511"))
    assert m.get("units_missing").value == m.get("units_missing", "15").value == 5
    assert m.find("digitised", "15") is None
    assert m.get("digitised").number == whole.get("digitised").number - whole.get("digitised", "15").number
    assert m.get("digitised", "17").value == whole.get("digitised", "17").value


def test_nothing_can_be_said_of_it_or_of_what_lies_in_it(country):
    checked = broken(country, "1511")
    for area in ("15", "151"):
        with pytest.raises(Failed, match="Xã A11"):
            measures.read(checked, area)
    assert measures.read(checked, "17").root == "17"


def test_every_province_stops_the_month_and_so_does_an_area_that_is_none(country):
    assert broken(country, "1511", "1711", "1911").stopped
    assert broken(country, "1511", rows={("9999", "KS"): ("1", "1", "")}).stopped


def test_in_the_folder_of_a_province_nothing_is_set_aside(office):
    office.write("2024-10", small_cells(30) | {("111", "KS"): ("200", "201", "")})
    checked = read(office)
    assert checked.set_aside == ()
    assert checked.stopped


def test_a_part_is_found_from_any_area_in_it(country):
    areas = read(country).data.areas
    found = [set_aside.part_of(areas, code, ("15", "17")) for code in ("15", "1722", "1911", "VN", "nobody")]
    assert found == ["15", "17", "", "", ""]
