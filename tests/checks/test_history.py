"""The months side by side: what is a gap, what was last reported, and whose months say what is usual."""

import numpy as np
import pytest
from conftest import cells

from hotich.checks import history
from hotich.data import dataset

MONTHS = ("2024-06", "2024-07", "2024-08", "2024-09", "2024-10")


def of(office, month="2024-10"):
    return history.of(dataset.read(month, office.at))


def cell(found, unit, register):
    return found.units.index(unit), found.registers.index(register)


@pytest.fixture
def five(office):
    """Five months in which digitised grows by ten a month."""
    for number, month in enumerate(MONTHS):
        office.write(month, cells(10 * number))
    return office


def test_the_reported_month_stands_last_and_counts_are_those_of_the_files(office):
    found = of(office)
    assert found.units == ("1-STP", "11-PTP", "111", "112", "12-PTP", "121")
    assert list(found.digitised[cell(found, "111", "KS")]) == [100, 130]
    assert list(found.required[cell(found, "121", "XN")]) == [40, 40]


def test_a_unit_that_did_not_report_leaves_a_gap_and_its_last_report_stands_in(five):
    five.write("2024-09", cells(30) | {("111", "KS"): ("", "", "not_reported")})
    found = of(five)
    at = cell(found, "111", "KS")
    assert np.isnan(found.digitised[at][3])
    required, digitised, months = found.before
    assert (required[at][4], digitised[at][4], months[at][4]) == (200, 120, 2)
    assert np.isnan(digitised[at][0]), "nothing lies before the first month"


def test_what_an_area_reported_under_the_code_of_another_is_not_its_own(five):
    areas = five.at.data / "areas.csv"
    kept = areas.read_text(encoding="utf-8").replace(
        "111,2024-01-01,,commune,xã,Xã An,An Commune,11,,\n",
        "111,2024-01-01,2024-08-31,commune,xã,Xã Khác,Other Commune,11,121,\n"
        "111,2024-09-01,,commune,xã,Xã An,An Commune,11,,\n",
    )
    areas.write_text(kept, encoding="utf-8")
    found = of(five)
    assert list(np.isnan(found.digitised[cell(found, "111", "KS")])) == [True, True, True, False, False]
    assert not np.isnan(found.digitised[cell(found, "112", "KS")]).any()


def test_a_unit_is_complete_when_every_register_it_keeps_is_and_there_is_something_in_them(office):
    rows = cells(30)
    rows |= {("111", register): ("0", "0", "") for register in ("KS", "XN")}
    office.write("2024-10", rows | {("112", "XN"): ("30", "29", "")})
    found = of(office)
    last = {unit: bool(done[-1]) for unit, done in zip(found.units, found.completed, strict=True)}
    assert last["11-PTP"]
    assert not last["111"], "nothing required is nothing completed"
    assert not last["112"]


def test_a_whole_unit_moves_by_the_registers_that_it_reported_both_times(office):
    office.write("2024-09", cells() | {("111", "XN"): ("", "", "not_reported")})
    found = of(office)
    unit = found.units.index("111")
    assert found.whole.increment[unit][-1] == 30
    assert found.whole.required[unit][-1] == 200


def test_units_with_few_months_are_measured_by_those_of_their_district(five):
    found = of(five)
    moves = found.cells
    row = found.units.index("111") * len(found.registers) + found.registers.index("KS")
    assert np.isnan(moves.own.usual[row]), "three increments before this month are too few"
    assert moves.band.usual[row] == moves.peers.usual[row]
    shares = [10 / 60, 10 / 200, 10 / 300]
    assert min(shares) <= moves.peers.usual[row] <= max(shares)


def test_at_most_a_year_before_the_month_is_looked_at(office):
    for number in range(1, 13):
        office.write(f"2023-{number:02}", cells())
    found = of(office)
    assert found.required.shape[2] == history.LONGEST
    assert found.numbers[-1] - found.numbers[0] == 20, "months without counts are skipped, not filled in"
