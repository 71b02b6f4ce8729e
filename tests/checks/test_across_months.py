"""Rules beside the months before: what is usual for a unit, and what is beyond it."""

import numpy as np
import pandas as pd
import pytest
from conftest import cells
from reorganised import JULY, reorganised

from hotich import checks
from hotich.checks import ERROR, FAILED, PASSED, across_months, edits, history, suites
from hotich.checks.merging import merged
from hotich.checks.tables import Tables
from hotich.data import dataset


def moves(*increments, required=1000):
    """One row that began at 0 and grew so in each month."""
    rows = np.array([increments], dtype="float64")
    return history.Moves(rows, np.full(rows.shape, required), np.ones(rows.shape), np.array([0]))


def test_the_band_is_the_median_of_a_units_own_months_and_at_least_three_tenths_of_it_wide():
    band = moves(50, 50, 60, 40, 50, 90).own
    assert band.usual[0] == pytest.approx(0.05)
    assert band.spread[0] == pytest.approx(0.015)


def test_one_wrong_month_does_not_widen_the_band():
    assert moves(50, 50, 60, 900, 50, 90).own.usual[0] == pytest.approx(0.05)


def test_with_fewer_than_four_months_of_its_own_a_unit_has_no_band():
    assert np.isnan(moves(50, 50, 50, 90).own.usual[0])


def test_who_entered_nothing_last_month_had_two_months_for_this_one():
    assert list(moves(50, 0, 100).elapsed[0]) == [1, 1, 2]
    assert moves(50, 0, 100).pace[0][2] == pytest.approx(0.05)


def test_what_a_unit_stayed_behind_last_month_is_no_jump_when_it_is_made_up_for():
    assert moves(50, 50, 60, 50, 20, 130).behind[0] == pytest.approx(0.03)
    assert moves(50, 50, 60, 50, 90, 130).behind[0] == 0
    assert moves(50, 50, 60, 50, 0, 130).behind[0] == 0, "it had two months then"
    table = series(digitised_number=[670], behind=[30.0])
    assert not across_months.within_band(table, spreads=6, share=0.25, at_least=20)[0]


def series(**columns):
    usual = {
        "required_before": 1000,
        "digitised_before": 500,
        "usual": 50.0,
        "spread": 15.0,
        "behind": 0.0,
        "own": True,
        "months": 1.0,
    }
    return pd.DataFrame({"required_number": [1000], "digitised_number": [550], **usual, **columns})


@pytest.mark.parametrize(("digitised", "beyond"), [(550, False), (640, False), (641, True), (499, False)])
def test_growth_beyond_the_usual_and_six_spreads_is_out_of_the_band(digitised, beyond):
    table = series(digitised_number=[digitised])
    assert list(across_months.within_band(table, spreads=6, share=0.25, at_least=20)) == [beyond]


def test_a_unit_without_months_of_its_own_may_do_a_quarter_in_a_month():
    table = series(digitised_number=[740], own=[False])
    assert not across_months.within_band(table, spreads=6, share=0.25, at_least=20)[0]


@pytest.mark.parametrize(
    ("now", "before", "found"),
    [(1231, 1213, True), (1213, 1213, False), (2113, 1213, True), (1312, 1213, False), (1000, 1213, False)],
)
def test_two_neighbouring_digits_of_required_are_recognised(now, before, found):
    table = series(required_number=[now], required_before=[before], digitised_number=[500])
    assert list(across_months.no_swapped_digits(table, spreads=6, share=0.25, at_least=20)) == [found]


@pytest.mark.parametrize(("now", "found"), [(10000, True), (100, True), (1000, False), (3000, False)])
def test_a_factor_of_ten_is_recognised_in_either_direction(now, found):
    table = series(required_number=[now], digitised_number=[50])
    assert across_months.no_factor(table.assign(digitised_before=50, usual=0.0, spread=0.0), 0.02, 9)[0] == found


def test_a_completed_unit_that_is_no_longer_is_one_finding_with_the_fall_as_evidence(office):
    rows = cells(30)
    rows["112", "KS"] = ("300", "299", "")
    office.write("2024-10", rows)
    (found,) = [each for each in checks.run(dataset.read("2024-10", office.at)).found if each.severity == "warning"]
    assert (found.main.area, set(found.rules)) == ("112", {"S01", "S04"})
    assert found.main.before == {"required": "330", "digitised": "330"}


def test_findings_about_different_cells_stay_apart(office):
    rows = cells(30)
    rows["111", "KS"], rows["121", "KS"] = ("200", "90", ""), ("400", "90", "")
    office.write("2024-10", rows)
    found = checks.run(dataset.read("2024-10", office.at)).found
    assert {each.main.area for each in found} == {"111", "121"}
    assert merged(()) == ()


def test_what_one_finding_takes_in_stands_in_the_order_of_the_registers_in_every_run(yen_bai):
    path = yen_bai.data / "counts" / "2024-10.csv"
    lines = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()]
    silent = [
        ",".join([*line[:2], "", "", "not_reported"]) if line[0] == "04252" and line[2] else ",".join(line)
        for line in lines
    ]
    path.write_text("\n".join(silent) + "\n", encoding="utf-8")
    found = next(each for each in checks.run(dataset.read("2024-10", yen_bai)).found if each.main.area == "04252")
    kept = [line[1] for line in lines if line[0] == "04252" and line[2]]
    assert [each.register for each in found.others if each.rule == "C13"] == kept


def test_a_merger_must_keep_what_was_required(office):
    rows = cells() | {("122", "KS"): ("50", "20", ""), ("122", "XN"): ("5", "2", "")}
    rows["122", "LH"] = ("", "", "not_applicable")
    office.write("2024-08", rows)
    office.forget("2024-09")
    office.write("2024-10", cells(30))
    checked = checks.run(dataset.read("2024-10", office.at))
    broken = {(f.area, f.register) for o in checked.outcomes if o.rule.id == "S15" for f in o.findings}
    assert broken == {("121", "KS"), ("121", "XN")}


def merger_findings(office):
    checked = checks.run(dataset.read("2025-07", office.at))
    outcome = next(outcome for outcome in checked.outcomes if outcome.rule.id == "S15")
    return {(each.area, each.register): each.message["en"] for each in outcome.findings}


def test_counts_that_merged_or_were_divided_make_up_what_there_was(tmp_path):
    assert merger_findings(reorganised(tmp_path)) == {}


@pytest.mark.parametrize(
    ("july", "area"),
    [
        ({"111": (200, 120)}, "111"),
        ({"111": (800, 520)}, "111"),
        ({"111": (300, 210), "115": (600, 240)}, "111"),
        ({"113": (0, 0)}, "113"),
        ({"113": (150, 50), "114": (400, 300)}, "113"),
    ],
    ids=["forgotten", "twice", "elsewhere", "division loses", "division twice"],
)
def test_a_merger_or_division_that_loses_or_doubles_counts_is_named(tmp_path, july, area):
    found = merger_findings(reorganised(tmp_path, july=JULY | july))
    assert (area, "KS") in found
    names = {"111": "An Bình Commune", "113": "Divided One Commune, Divided Two Commune"}
    assert found[area, "KS"].startswith(f"{names[area]}, Birth registers: ")
    assert {"111": "An Xưa Commune, Bình Commune", "113": "Divided Commune, Dung Commune"}[area] in found[area, "KS"]


def outcomes(office, month="2024-10"):
    return {outcome.rule.id: outcome for outcome in checks.run(dataset.read(month, office.at)).outcomes}


def test_a_month_alone_has_every_rule_but_those_of_the_series(office):
    office.forget("2024-09")
    found = outcomes(office)
    assert {o.status for o in found.values() if o.rule.suite == "counts"} >= {PASSED}
    assert not [o for o in found.values() if o.status in (FAILED, ERROR)]


def test_three_years_of_history_are_read_and_the_last_year_is_looked_at(office):
    for year in (2022, 2023):
        for number in range(1, 13):
            office.write(f"{year}-{number:02}", cells(number + 12 * (year - 2022)))
    data = dataset.read("2024-10", office.at)
    assert Tables(data).history.required.shape[2] == history.LONGEST
    assert {o.status for o in checks.run(data).outcomes} <= {PASSED, FAILED, "not_evaluated"}


def test_one_unit_with_one_register_is_checked_like_a_province(office):
    lists = office.at.data
    (lists / "areas.csv").write_text(
        "code,valid_from,valid_to,level,type,name_vi,name_en,parent,successor,note\n"
        "1,2024-01-01,,province,tỉnh,Tỉnh,Province,,,\n11,2024-01-01,,commune,xã,Xã,Commune,1,,\n",
        encoding="utf-8",
    )
    registers = (lists / "registers.csv").read_text(encoding="utf-8").splitlines()
    (lists / "registers.csv").write_text("\n".join(registers[:2]) + "\n", encoding="utf-8")
    office.write("2024-09", {("11", "KS"): ("100", "50", "")})
    office.write("2024-10", {("11", "KS"): ("100", "49", "")})
    found = outcomes(office)
    assert [rule for rule, o in found.items() if o.status == FAILED] == ["S01"]
    assert not [o for o in found.values() if o.status == ERROR]


def test_a_rule_that_was_taken_away_or_loosened_is_told():
    rules = [rule for suite in suites.load() for rule in suite.rules]
    assert list(edits.since_shipped(rules)) == []
    (first, second, *others) = rules
    loosened = type(second)(second.id, second.suite, second.type, second.kwargs, "info", second.texts)
    told = {(edit.rule, edit.field, edit.now) for edit in edits.since_shipped([loosened, *others])}
    assert told == {(first.id, "removed", ""), (second.id, "severity", '"info"')}
