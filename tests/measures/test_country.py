"""A country: what is known of each area above the communes is what the area's own folder says of it."""

import pytest
from conftest import AREAS

from hotich import measures
from hotich.checks import Checked
from hotich.data import dataset


def read(at, area=""):
    return measures.read(Checked(dataset.read("2024-10", at), ()), area)


@pytest.fixture
def country(office):
    """The small office's province as one of two of a country, the other of which has sent nothing."""
    own = dict(read(office.at).facts)
    head, *lines = AREAS.splitlines()
    lines = [line.replace("Province,,,", "Province,VN,,") for line in lines]
    more = [
        "VN,2024-01-01,,country,nước,Cả nước,Viet Nam,,,",
        "2,2024-01-01,,province,tỉnh,Tỉnh Khác,Other Province,VN,,",
        "21,2024-01-01,,district,huyện,Huyện Khác,Other District,2,,",
        "211,2024-01-01,,commune,xã,Xã Khác,Other Commune,21,,",
    ]
    (office.at.data / "areas.csv").write_text("\n".join([head, *more, *lines, ""]), encoding="utf-8")
    settings = office.at.data / "office.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace('root = "1"', 'root = "VN"'), encoding="utf-8")
    return office.at, own


def test_a_country_knows_of_a_province_and_its_districts_what_the_provinces_own_folder_knows(country):
    at, own = country
    m = read(at)
    office_only = {key for key, fact in own.items() if fact.area == "1" and m.seen_from("1").find(fact.measure)}
    missing = {key: fact for key, fact in own.items() if key not in m.facts}
    assert missing.keys() <= office_only
    differing = {key for key, fact in own.items() if key in m.facts and m.facts[key] != fact}
    communes = {area.code for area in m.communes("1")}
    assert {(m.facts[key].area in communes, m.facts[key].measure) for key in differing} <= {(True, "rank")}
    assert m.get("percent", "11") == own["11/all/percent"]
    assert m.get("districts_total", "1").value == 2


def test_a_report_can_be_about_every_area_above_the_communes(country):
    at, _ = country
    m = read(at)
    above = [area.code for area in m.checked.data.areas.by_code.values() if area.level not in ("commune", "office")]
    assert above == ["VN", "2", "21", "1", "11", "12"]
    for area in above:
        seen = m.seen_from(area)
        assert seen.get("units_expected").number == len(m.checked.data.areas.units(area))
        assert not seen.parts or seen.of_parts("total").number == len(seen.parts)


def test_each_area_is_ranked_among_its_siblings_and_told_among_how_many(country):
    at, _ = country
    m = read(at)
    assert (m.get("rank", "1").value, m.find("rank", "2")) == (1, None)
    assert m.seen_from("1").of_ranked() == m.get("districts_ranked", "VN")
    assert m.get("districts_ranked", "VN").value == 1
    assert sorted(m.get("rank", area).number for area in ("11", "12")) == [1, 2]
    assert m.seen_from("11").of_ranked() == m.get("districts_total", "1")
    assert m.seen_from("1").parts_ranked() == m.get("districts_total", "1")
