"""Figures over a change of areas are those of units that can be followed; no code is taken for what it meant before."""

import pytest
from reorganised import JULY, JUNE, reorganised, rows

from hotich import measures
from hotich.checks import Checked
from hotich.data import dataset
from hotich.measures.completion import facts as completion
from hotich.measures.monthly_sums import Basis
from hotich.month import Month


@pytest.fixture
def at(tmp_path):
    return reorganised(tmp_path)


def read(office, month="2025-07"):
    return measures.read(Checked(dataset.read(month, office.at), ()))


def value(m, measure, area="", month=None):
    found = m.find(measure, area, month=Month(2025, 6) if month else None)
    return found and found.number


def test_what_can_be_followed_is_told_with_what_cannot(at):
    m = read(at)
    told = {name: value(m, f"units_{name}") for name in ("before", "followed_before", "followed", "ended", "anew")}
    assert told == {"before": 7, "followed_before": 3, "followed": 2, "ended": 4, "anew": 4}
    assert str(m.get("changed_on").value) == "2025-07-01"
    assert (value(m, "required_followed_before"), value(m, "required_followed")) == (990, 990)
    assert (value(m, "digitised_followed_before"), value(m, "digitised_followed")) == (440, 495)
    assert value(m, "required_ended") == 120 + 76 + 165 + 275
    assert value(m, "digitised_anew") == 90 + 9 + 5 + 33 + 5 + 302 + 5 + 770 + 5


def test_a_commune_that_others_went_into_is_compared_with_all_of_them(at):
    m = read(at)
    assert value(m, "digitised_change", "111") == 320 + 32 - (100 + 10 + 200 + 20)
    assert m.find("digitised", "111", month=Month(2025, 6)) is None, "it was handed the divorces of a district's office"
    assert value(m, "units_merged", "111") == 2
    assert m.find("pace", "111") is not None


def test_what_the_parts_of_a_commune_had_is_told_where_they_kept_the_same_registers(tmp_path):
    m = read(reorganised(tmp_path, divorces=False))
    assert [value(m, measure, "111", month=True) for measure in ("required", "digitised")] == [550, 330]
    assert value(m, "digitised_change", "111") == 22


def test_what_was_divided_or_is_new_has_nothing_of_before(at):
    m = read(at)
    for unit in ("113", "114", "116", "1-STP"):
        assert m.find("digitised_change", unit) is None
        assert m.find("digitised", unit, month=Month(2025, 6)) is None
        assert value(m, "units_merged", unit) == 0


def test_a_province_is_not_compared_with_another_of_the_same_code(at):
    m = read(at)
    for measure in ("required", "percent", "communes_completed", "communes_over_threshold", "units_expected"):
        assert m.find(measure, month=Month(2025, 6)) is None
    for measure in ("percent_change", "pace", "pace_recent"):
        assert m.find(measure) is None
    assert m.own_months == (Month(2025, 7),)
    assert value(m, "communes_completed_change") == 0


def test_who_gained_most_is_not_told_where_some_have_nothing_of_before(at):
    m = read(at)
    assert (m.gained_most(), m.gained_least(), m.commune_gained_most()) == (None, None, None)


def test_a_unit_that_was_complete_in_all_its_parts_was_complete_before(tmp_path):
    june = JUNE | {"111": (200, 200), "112": (300, 300)}
    at = reorganised(tmp_path, june=june, july=JULY | {"111": (500, 500), "116": (700, 690)})
    at.write("2025-05", rows(june | {"112": (300, 290)}))
    m = read(at)
    assert value(m, "communes_completed_change") == 0
    assert m.find("completed_since", "111") is None, "it was handed the divorces of a district's office"
    handed = rows(JULY | {"111": (500, 500)}, districts=False)
    at.write("2025-07", handed | {("111", "LH"): ("10", "10", "")})
    assert read(at).get("completed_since", "111").value == Month(2025, 6)


def test_a_code_of_before_that_was_complete_says_nothing_of_the_unit_that_has_it_now(tmp_path):
    at = reorganised(tmp_path, july=JULY | {"114": (310, 310)})
    assert read(at).find("completed_since", "114") is None


def test_a_month_of_before_the_change_says_nothing_of_it(at):
    at.write("2025-05", rows(JUNE))
    m = read(at, "2025-06")
    assert m.find("changed_on") is None
    assert m.find("percent", month=Month(2025, 5)) is not None


def test_a_merger_within_a_district_leaves_its_totals_comparable(at):
    before = {unit: counts for unit, counts in JUNE.items() if unit != "111"} | {"110": (80, 40), "111": (120, 60)}
    at.write("2024-11", rows(before))
    at.write("2024-12", rows(JUNE | {"111": (200, 110)}))
    m = read(at, "2024-12")
    assert [value(m, f"units_{name}") for name in ("before", "followed", "ended", "anew")] == [8, 7, 0, 0]
    assert m.get("digitised_change").number == 11
    assert m.get("percent", "11", month=Month(2024, 11)) is not None
    basis = Basis.of(dataset.read("2024-12", at.at))
    assert {fact.measure for fact in completion(basis)} >= {"communes_completed_change"}
