"""The facts: recomputed with plain csv and integers for the real month, by hand for the small office."""

import csv
import pickle
from collections import defaultdict
from decimal import Decimal
from fractions import Fraction

import pytest
from conftest import cells

from hotich import checks, measures
from hotich.data import dataset
from hotich.errors import WrongUsage
from hotich.measures import levels
from hotich.measures.facts import cut

GROUPS = {"population": "population", "civil_status": "civil_status"}


def of(at, month="2024-10", area=""):
    return measures.read(checks.require(dataset.read(month, at)), area)


@pytest.fixture(scope="module")
def october():
    return measures.read(checks.require(dataset.read("2024-10")))


def plain_csv(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_october_gives_the_published_figures_again(october):
    assert october.get("required").value == 637_356
    assert october.get("digitised").value == 519_573
    assert october.get("percent").value == Decimal("81.52")
    for scope, required, digitised in (("population", 529_694, 419_447), ("civil_status", 107_662, 100_126)):
        assert (october.get("required", scope=scope).value, october.get("digitised", scope=scope).value) == (
            required,
            digitised,
        )
    assert (october.get("communes_completed").value, october.get("communes_total").value) == (59, 173)
    assert october.get("offices_completed").value == 1
    assert (october.get("districts_over_threshold").value, october.get("districts_total").value) == (4, 9)
    assert october.get("percent", "139").value == 100
    assert (october.get("difference_required").value, october.get("difference_digitised").value) == (113, -36)
    assert october.get("discrepancies").value == 3


def test_every_total_in_measures_csv_is_the_sum_of_the_counts_by_plain_integers(october, tmp_path):
    data = october.checked.data.folders.data
    parents = {row["code"]: row["parent"] for row in plain_csv(data / "areas.csv") if row["valid_from"] == "2024-01-01"}
    groups = {row["code"]: row["group"] for row in plain_csv(data / "registers.csv")}
    totals = defaultdict(lambda: [0, 0])
    for row in plain_csv(data / "counts" / "2024-10.csv"):
        if row["status"]:
            continue
        area = row["area"]
        while area:
            for scope in ("all", groups[row["register"]], row["register"]):
                totals[area, scope][0] += int(row["required"])
                totals[area, scope][1] += int(row["digitised"])
            area = parents[area]
    measures.write(october, tmp_path / "measures.csv")
    found = 0
    for row in plain_csv(tmp_path / "measures.csv"):
        if row["measure"] in ("required", "digitised", "left") and row["month"] == "2024-10":
            required, digitised = totals[row["area"], row["scope"]]
            expected = {"required": required, "digitised": digitised, "left": required - digitised}
            assert int(row["value"]) == expected[row["measure"]], row
            found += 1
    assert found > 1_500


def test_every_row_of_measures_csv_says_that_the_data_is_made_up_or_published(october, tmp_path):
    measures.write(october, tmp_path / "measures.csv")
    origins = {row["origin"] for row in plain_csv(tmp_path / "measures.csv")}
    assert origins == {"synthetic", "published"}


def test_no_fact_is_about_one_register_of_one_commune(october):
    scopes = {"all", "population", "civil_status"}
    communes = {area.code for area in october.communes()}
    assert not [f.key for f in october.facts.values() if f.area in communes and f.scope not in scopes]


def test_ranks_compare_exact_fractions_and_the_rank_order_is_that_of_the_shares(october):
    shares = {
        a.code: Fraction(int(october.get("digitised", a.code).number), int(october.get("required", a.code).number))
        for a in october.districts
    }
    ordered = sorted(shares, key=lambda code: -shares[code])
    assert [october.get("rank", code).value for code in ordered] == list(range(1, 10))


def test_equal_shares_share_a_rank_and_the_next_one_is_left_out(october):
    ranks = sorted(int(october.get("rank", a.code).number) for a in october.communes())
    assert ranks[:59] == [1] * 59
    assert ranks[59] == 60


def test_the_small_office_adds_up(office):
    m = of(office.at)
    # births 70+60+130+300+50+130, certificates 7+6+13+30+5+13, divorces 5+10+5
    assert m.get("digitised").value == 740 + 74 + 20
    assert m.get("required").value == 1140 + 114 + 30
    assert m.get("digitised_change").value == (740 + 74 + 20) - (620 + 62 + 20)
    assert m.get("days").value == 30
    assert m.get("pace").value == cut(Fraction(132, 30))
    assert m.get("days_left").value == 70
    assert m.get("pace_needed").value == cut(Fraction(450, 70))


def test_a_unit_is_complete_only_when_every_register_it_keeps_is(office):
    m = of(office.at)
    assert m.get("completed", "112").value == 1
    assert m.get("completed", "11-PTP").value == 1
    assert m.get("completed", "111").value == 0
    assert m.find("completed_since", "112") is None, "it was complete when counts began"
    rows = cells(30)
    rows["112", "XN"] = ("", "", "not_reported")
    office.write("2024-10", rows)
    assert of(office.at).get("completed", "112").value == 0


def test_a_register_with_a_reported_zero_does_not_hold_a_unit_back(office):
    rows = cells(30)
    rows["112", "XN"] = ("0", "0", "")
    office.write("2024-10", rows)
    assert of(office.at).get("completed", "112").value == 1


def test_a_unit_that_requires_nothing_is_not_complete(office):
    rows = cells(30)
    rows["112", "KS"] = rows["112", "XN"] = ("0", "0", "")
    office.write("2024-10", rows)
    assert of(office.at).get("completed", "112").value == 0


def test_a_unit_that_did_not_report_does_not_count_as_work_or_as_loss(office):
    rows = cells(30)
    rows["121", "KS"] = rows["121", "XN"] = ("", "", "not_reported")
    office.write("2024-10", rows)
    m = of(office.at)
    assert m.get("units_missing").value == 1
    assert m.get("digitised_change").value == 132 - 33
    assert m.find("percent_change", "121") is None


def test_there_is_no_percentage_on_a_base_under_fifty(office):
    m = of(office.at)
    assert m.find("percent", "1", "LH") is None
    assert m.get("required", "1", "LH").value == 30


def test_the_first_month_has_no_changes_and_no_pace(office):
    m = of(office.at, "2024-09")
    assert m.find("digitised_change") is None
    assert m.find("pace_recent") is None
    assert m.previous is None


def test_a_passed_deadline_has_no_days_left(office):
    office.write("2025-01", cells(60))
    m = of(office.at, "2025-01")
    assert m.find("days_left") is None
    assert m.find("pace_needed") is None


def test_the_threshold_is_compared_exactly_and_ninety_is_not_over_ninety(office):
    rows = cells(30)
    for unit in ("11-PTP", "111", "112"):
        for register in ("KS", "XN", "LH"):
            if rows[unit, register][2] == "":
                rows[unit, register] = ("100", "90", "")
    office.write("2024-10", rows)
    assert of(office.at).get("districts_over_threshold").value == 0


def test_another_root_sees_the_same_facts(yen_bai, october):
    m = of(yen_bai, area="138")
    assert m.get("required").value == october.get("required", "138").value
    assert m.get("as_of").value == october.get("as_of").value
    assert m.districts == ()


@pytest.mark.parametrize("area", ["999", "139-PTP", "../138"])
def test_an_area_that_no_report_can_be_about_is_refused(yen_bai, area):
    with pytest.raises(WrongUsage, match="AREA="):
        of(yen_bai, area=area)


@pytest.mark.parametrize(
    ("exact", "shown"), [(Fraction(2, 3), "0.6666"), (Fraction(-2, 3), "-0.6666"), (Fraction(1, 10**9), "0.0001")]
)
def test_shares_are_cut_and_never_become_nothing(exact, shown):
    assert cut(exact) == Decimal(shown)


def test_facts_are_the_same_after_a_journey_to_another_process(october):
    assert pickle.loads(pickle.dumps(october.facts)) == october.facts


def test_of_equal_ranks_the_one_with_more_left_is_slower_and_nobody_loses_a_tie_by_chance():
    placed = {"d": (2, 5), "a": (4, 10), "b": (3, 7), "c": (3, 9), "e": (3, 7)}
    assert levels.slowest(placed) == ["a", "c", "b", "e", "d"]
    assert levels.slowest(placed, 2) == ["a", "c"]
    assert levels.slowest(placed, 3) == ["a", "c", "b", "e"], "b and e are equal in both"
    assert levels.slowest(placed, 9) == levels.slowest(placed)


def test_communes_that_share_the_tenth_place_are_all_furthest_behind_and_their_districts_are_counted(yen_bai):
    m = of(yen_bai)
    tenth, *others = m.slowest(m.communes())[9:]
    other = next(area for area in others if area.parent not in {each.parent for each in m.furthest_behind()})
    share_counts(yen_bai.data / "counts" / "2024-10.csv", tenth.code, other.code)
    m = of(yen_bai)
    behind = m.furthest_behind()
    assert {tenth, other} <= set(behind)
    assert len(behind) == 11
    assert len({area.parent for area in behind}) == m.get("behind_districts").value


def share_counts(path, one, two):
    """Give the second commune the counts of the first."""
    rows = plain_csv(path)
    given = {row["register"]: row for row in rows if row["area"] == one}
    shared = [given[row["register"]] | {"area": two} if row["area"] == two else row for row in rows]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(shared)


def test_the_district_that_gained_most_may_have_finished_the_one_that_gained_least_has_not(october):
    open_ones = [area for area in october.districts if not october.get("completed", area.code).value]
    points = {area: october.get("percent_change", area.code).number for area in october.districts}
    assert points[october.gained_most()] == max(points.values())
    assert points[october.gained_least()] == min(points[area] for area in open_ones)
    assert october.gained_least() in open_ones


def test_data_checks_and_measures_show_themselves_in_a_line(october):
    shown = [repr(each) for each in (october.checked.data, october.checked, october)]
    assert shown[0] == "<Dataset of 2024-10: 1830 rows, 10 months>"
    assert all("2024-10" in each and len(each) < 100 for each in shown)
