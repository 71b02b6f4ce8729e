"""The packed lists and shapes of Vietnam's areas: all there, each below its parent, neighbours with one border."""

import gzip
from collections import Counter
from datetime import date
from itertools import pairwise

import pytest

from hotich import gazetteer
from hotich.data import outlines
from hotich.storage.paths import PACKAGE

OLD, NEW = gazetteer.countries()


def edges(feature):
    for ring in outlines.rings(feature):
        yield from (frozenset(side) for side in pairwise(ring) if side[0] != side[1])


def test_the_lists_have_as_many_provinces_districts_and_communes_as_the_country():
    assert (len(OLD.provinces), len(NEW.provinces)) == (63, 34)
    assert len({unit.district for unit in OLD.units}) == 704
    assert len({unit.unit for unit in OLD.units if unit.unit}) == 10_542
    assert len({unit.unit for unit in NEW.units}) == 3_321
    kinds = Counter(unit.unit_name.split()[0] for unit in NEW.units)
    assert kinds == {"Xã": 2_611, "Phường": 697, "Đặc": 13}


def test_a_code_has_one_parent_and_one_name():
    for country in (OLD, NEW):
        units = [unit for unit in country.units if unit.unit]
        assert len({unit.unit for unit in units}) == len(units)
        assert len({(unit.province, unit.province_name) for unit in units}) == len(country.provinces)
        assert len({(unit.district, unit.province, unit.district_name) for unit in country.units}) == len(
            {unit.district or unit.province for unit in country.units}
        )


def test_districts_ended_with_the_older_list():
    assert all(unit.district for unit in OLD.units)
    assert not any(unit.district for unit in NEW.units)
    assert gazetteer.on(date(2025, 6, 30)) is OLD
    assert gazetteer.on(date(2025, 7, 1)) is NEW
    assert gazetteer.on(date(2024, 8, 31)) is None


def test_each_line_of_the_crosswalk_leads_to_a_commune_of_the_newer_list_but_for_one_code_that_changed_later():
    known = {unit.unit for unit in NEW.units}
    assert {row["new_unit_code"] for row in gazetteer.crosswalk()} - known == {"06970"}
    assert {row["share"] for row in gazetteer.crosswalk()} == {"whole", "part", "part (main)"}


def test_what_became_of_yen_bai():
    codes = {row["new_unit_code"] for row in gazetteer.crosswalk() if row["old_province_code"] == "15"}
    lao_cai = {unit.unit for unit in NEW.of("15")}
    assert (len(codes), len(codes & lao_cai), len(lao_cai)) == (51, 51, 99)


SHAPES = {
    **{code: {unit.unit for unit in NEW.of(code)} for code in NEW.provinces},
    **{f"districts-{code}": {unit.district for unit in OLD.of(code)} for code in OLD.provinces},
    "provinces": set(NEW.provinces),
    "provinces-2024": set(OLD.provinces),
}


@pytest.mark.parametrize("name", SHAPES)
def test_every_area_has_a_shape_with_its_label_inside_and_no_line_crosses_itself(name):
    features = gazetteer.shapes(name)
    assert sorted(feature["properties"]["code"] for feature in features) == sorted(SHAPES[name])
    for feature in features:
        rings = outlines.rings(feature)
        assert all(ring[0] == ring[-1] and len(ring) >= 4 for ring in rings)
        assert not any(map(outlines.crossing, rings))
        place = feature["properties"]["label_lon"], feature["properties"]["label_lat"]
        assert sum(inside(place, ring) for ring in rings) % 2 == 1, feature["properties"]["code"]


def inside(place, ring):
    """Whether a place lies in a ring: a ray to the east crosses it an odd number of times."""
    x, y = place
    sides = ((a, b) for a, b in pairwise(ring) if (a[1] > y) != (b[1] > y))
    return sum(x < a[0] + (y - a[1]) * (b[0] - a[0]) / (b[1] - a[1]) for a, b in sides) % 2 == 1


def test_neighbours_have_one_border_between_them():
    """Hardly any line of a border is drawn more than twice, and inland most lines are the border of two communes."""
    for name in ("01", "15", "66"):
        drawn = Counter(edge for feature in gazetteer.shapes(name) for edge in edges(feature))
        assert sum(number > 2 for number in drawn.values()) < 0.002 * len(drawn)
        assert sum(number == 2 for number in drawn.values()) > 0.6 * len(drawn)


def test_the_districts_of_before_are_the_land_of_the_communes_of_today():
    def land(names):
        return sum(
            abs(area(ring)) for name in names for each in gazetteer.shapes(name) for ring in outlines.rings(each)
        )

    of_districts = land(name for name in SHAPES if name.startswith("districts"))
    assert of_districts == pytest.approx(land(NEW.provinces), rel=0.001)


def area(ring):
    return sum(x * v - u * y for (x, y), (u, v) in pairwise(ring)) / 2


@pytest.mark.parametrize(
    ("province", "code", "east"),
    [("48", "20333", 112), ("56", "22736", 114), ("91", "31078", 104), ("79", "26732", 106)],
    ids=["Hoàng Sa", "Trường Sa", "Phú Quốc", "Côn Đảo"],
)
def test_the_islands_are_there(province, code, east):
    feature = next(each for each in gazetteer.shapes(province) if each["properties"]["code"] == code)
    assert int(max(longitude for ring in outlines.rings(feature) for longitude, _ in ring)) >= east


def test_the_gazetteer_stays_small_and_has_its_notices():
    files = [path for path in gazetteer.FOLDER.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    assert sum(path.stat().st_size for path in files) < 2_500_000
    assert "Copyright (c) 2021 Thang Le Quoc" in (gazetteer.FOLDER / "NOTICE").read_text()
    assert "hotich/gazetteer/" in (PACKAGE.parent / "NOTICE").read_text()


def test_a_packed_file_has_no_time_in_it():
    for path in gazetteer.FOLDER.rglob("*.gz"):
        with gzip.open(path) as file:
            file.read(1)
            assert file.mtime == 0, path
