"""Waivers: what they cover, when they end, and which lines are refused."""

import pytest
from conftest import cells

from hotich import checks
from hotich.checks import FAILED, NOT_EVALUATED, PASSED, WAIVED
from hotich.data import dataset
from hotich.errors import InputRefused
from hotich.language import LANGUAGES

HEAD = "rule,area,register,months,reason,approved_by,expires\n"
FALL = "S01,111,KS,2024-10,recounted,Giám đốc,2024-12-31\n"


def waive(office, *lines):
    (office.at.data / "waivers.csv").write_text(HEAD + "".join(lines), encoding="utf-8")


def fallen(office, *units):
    """Births of these units fall below the month before."""
    office.write("2024-10", cells(30) | {(unit, "KS"): (cells()[unit, "KS"][0], "1", "") for unit in units})


def outcomes(office, month="2024-10"):
    return {outcome.rule.id: outcome for outcome in checks.run(dataset.read(month, office.at)).outcomes}


def refusal(office, *lines):
    waive(office, *lines)
    with pytest.raises(InputRefused) as refused:
        checks.run(dataset.read("2024-10", office.at))
    assert refused.value.exit_code == 3
    return refused.value


def test_a_waived_finding_neither_warns_nor_vanishes(office):
    fallen(office, "111")
    waive(office, FALL)
    found = outcomes(office)
    assert (found["S01"].status, found["S01"].failed, found["S01"].findings) == (WAIVED, 0, ())
    (waived,) = found["S01"].waived
    assert (waived.waiver.reason, waived.waiver.approved_by, waived.failed) == ("recounted", "Giám đốc", 1)
    assert [(f.area, f.register) for f in waived.findings] == [("111", "KS")]
    assert {found[rule].status for rule in ("W01", "W02")} == {PASSED}


def test_a_waiver_covers_its_own_cell_and_no_other(office):
    fallen(office, "111", "121")
    waive(office, FALL)
    found = outcomes(office)["S01"]
    assert (found.status, found.failed) == (FAILED, 1)
    assert [f.area for f in found.findings] == ["121"]
    assert len(found.waived) == 1


@pytest.mark.parametrize(
    ("area", "register", "left"),
    [("11", "KS", ["121"]), ("11", "*", ["121"]), ("*", "KS", []), ("1", "*", []), ("*", "XN", ["111", "121"])],
)
def test_a_waiver_for_a_district_covers_its_units_and_a_star_everything(office, area, register, left):
    fallen(office, "111", "121")
    waive(office, f"S01,{area},{register},2024-10,r,a,2024-12-31\n")
    assert [f.area for f in outcomes(office)["S01"].findings] == left


def test_without_the_file_there_are_no_waivers_and_nothing_to_test(office):
    assert {outcomes(office)[rule].status for rule in ("W01", "W02")} == {NOT_EVALUATED}


def test_a_waiver_of_another_month_changes_nothing(office):
    fallen(office, "111")
    waive(office, FALL.replace("2024-10", "2024-09"))
    found = outcomes(office)
    assert found["S01"].status == FAILED
    assert found["W02"].status == NOT_EVALUATED


@pytest.mark.parametrize("months", ["2024-09 2024-10", "*"])
def test_a_waiver_may_be_for_several_months_or_all(office, months):
    fallen(office, "111")
    waive(office, FALL.replace("2024-10", months))
    assert outcomes(office)["S01"].status == WAIVED


def test_an_expired_waiver_covers_nothing_and_is_itself_a_warning(office):
    fallen(office, "111")
    waive(office, FALL.replace("2024-12-31", "2024-10-21"))
    found = outcomes(office)
    assert found["S01"].status == FAILED
    assert (found["W01"].status, found["W01"].rule.severity) == (FAILED, "warning")
    assert found["W01"].findings[0].line == 2
    for word in ("S01", "Xã An", "Giám đốc", "21/10/2024"):
        assert word in found["W01"].findings[0].message["vi"]


def test_a_waiver_is_in_force_on_its_last_day(office):
    fallen(office, "111")
    waive(office, FALL.replace("2024-12-31", "2024-10-22"))
    assert outcomes(office)["S01"].status == WAIVED


def test_a_waiver_that_covers_nothing_is_itself_a_warning(office):
    waive(office, FALL)
    found = outcomes(office)
    assert (found["W02"].status, found["W02"].failed, found["W01"].status) == (FAILED, 1, PASSED)
    assert "Xã An" in found["W02"].findings[0].message["vi"]


def test_a_finding_about_the_whole_month_is_waived_by_stars_alone(office):
    path = office.at.data / "counts" / "2024-10.csv"
    path.write_text(path.read_text().replace("111,KS,200,130", "111,KS,200,131"))
    waive(office, "C14,1-STP,*,2024-10,r,a,2024-12-31\n")
    assert outcomes(office)["C14"].status == FAILED
    waive(office, "C14,*,*,2024-10,r,a,2024-12-31\n")
    assert outcomes(office)["C14"].status == WAIVED


def test_a_printed_figure_is_waived_by_its_scope(yen_bai):
    (yen_bai.data / "waivers.csv").write_text(HEAD + "P01,15,all,2024-10,r,a,2024-12-31\n", encoding="utf-8")
    found = {o.rule.id: o for o in checks.run(dataset.read("2024-10", yen_bai)).outcomes}
    assert (found["P01"].status, found["P02"].status) == (WAIVED, FAILED)


@pytest.mark.parametrize("rule", ["C01", "C02", "C04", "C07", "C12"])
def test_a_critical_rule_about_structure_cannot_be_waived(office, rule):
    refused = refusal(office, FALL, f"{rule},111,KS,2024-10,r,a,2024-12-31\n")
    for language in LANGUAGES:
        assert all(word in refused.message(language) for word in ("waivers.csv", "3", rule))


def test_a_critical_rule_about_arithmetic_can_be_waived_and_no_longer_stops(office):
    office.write("2024-10", cells(30) | {("111", "KS"): ("200", "201", "")})
    waive(office, "C09,111,KS,2024-10,r,a,2024-12-31\n")
    checked = checks.run(dataset.read("2024-10", office.at))
    assert checked.stopped == ()
    assert [o.rule.id for o in checked.having(WAIVED)] == ["C09"]


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("X99,111,KS,2024-10,r,a,2024-12-31\n", "rule"),
        ("W01,111,KS,2024-10,r,a,2024-12-31\n", "rule"),
        ("S01,999,KS,2024-10,r,a,2024-12-31\n", "area"),
        ("S01,,KS,2024-10,r,a,2024-12-31\n", "area"),
        ("S01,111,ZZ,2024-10,r,a,2024-12-31\n", "register"),
        ("S01,111,,2024-10,r,a,2024-12-31\n", "register"),
        ("S01,111,KS,,r,a,2024-12-31\n", "months"),
        ("S01,111,KS,10,r,a,2024-12-31\n", "months"),
        ("S01,111,KS,2024-13,r,a,2024-12-31\n", "months"),
        ('S01,111,KS,"2024-10,2024-11",r,a,2024-12-31\n', "months"),
        ("S01,111,KS,2024-10, ,a,2024-12-31\n", "reason"),
        ("S01,111,KS,2024-10,r,,2024-12-31\n", "approved_by"),
        ("S01,111,KS,2024-10,r,a,\n", "expires"),
        ("S01,111,KS,2024-10,r,a,31/12/2024\n", "expires"),
        ("S01,111,KS,2024-10,r,a,20241231\n", "expires"),
    ],
)
def test_a_line_that_is_no_waiver_is_refused_with_line_and_column(office, line, column):
    refused = refusal(office, FALL, line)
    for language in LANGUAGES:
        assert all(word in refused.message(language) for word in ("waivers.csv", "3", column))


def test_two_waivers_of_the_same_are_refused(office):
    assert "2" in refusal(office, FALL, FALL).message("en")
