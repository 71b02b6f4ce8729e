"""The outlook from each unit's own pace: by hand on a few units, and against a plain simulation on drawn ones."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotich.measures.recent_pace import HORIZON, LEAST_ERRORS, Outlook, Unit, at_recent_pace


def days(months):
    return [date(2024, 1, 1) + timedelta(days=30 * at) for at in range(months)]


def unit(*digitised, required=1_000, part="a", partly=None):
    return Unit(part, tuple(None if done is None else (required, done) for done in digitised), partly)


def ahead(*digitised, **more):
    """A unit that is its district leans on itself."""
    return at_recent_pace(days(len(digitised)), {"u": unit(*digitised, **more)}, len(digitised) - 1)["u"]


def test_a_pace_is_three_parts_a_units_own_and_one_part_its_districts_for_so_much_work():
    units = {"large": unit(0, 90, 180, 270, required=900), "small": unit(0, 0, 0, 0, required=300)}
    found = at_recent_pace(days(4), units, 3)
    assert found["large"].pace == Fraction(3, 4) * 3 + Fraction(1, 4) * Fraction(3, 1_200) * 900
    assert found["small"].pace == Fraction(1, 4) * Fraction(3, 1_200) * 300
    assert not found["small"].borrowed


def test_a_unit_goes_on_as_in_the_last_three_periods_up_to_what_is_left_of_it():
    each = ahead(0, 500, 530, 560, 590)
    assert (each.left, each.pace) == (410, Fraction(590 - 500, 90))
    assert [each.gain(n) for n in (0, 30, 410, 411, 5_000)] == [0, 30, 410, 410, 410]
    assert each.days == 410


def test_a_month_without_a_report_shortens_no_pace_it_is_looked_over():
    assert ahead(100, None, 160, None, 190).pace == Fraction(30, 60)
    assert ahead(None, 100, None, None, 190).pace == 1


def test_a_unit_that_added_nothing_or_took_entries_back_has_no_end():
    assert ahead(400, 400, 400, 400).days is None
    assert ahead(400, 380, 380, 380).days is None
    assert ahead(400, 400, 400, 400).gain(9_999) == 0


def test_an_end_more_than_ten_years_away_is_none():
    assert ahead(0, 30, 60, 90, required=90 + HORIZON).days == HORIZON
    assert ahead(0, 30, 60, 90, required=91 + HORIZON).days is None


def test_a_unit_without_history_works_like_its_district():
    units = {
        "new": unit(None, None, None, 100, required=500),
        "one": unit(0, 90, 180, 270),
        "two": unit(0, 0, 0, 0),
        "done": unit(0, 500, 1_000, 1_000),
        "elsewhere": unit(0, 300, 600, 900, part="b"),
    }
    new = at_recent_pace(days(4), units, 3)["new"]
    assert (new.pace, new.borrowed) == (Fraction(3, 2_000) * 500, True)


def test_a_unit_that_reported_in_part_has_left_what_it_reported_and_the_pace_of_its_district():
    units = {"part": unit(0, 30, 60, None, partly=(400, 50)), "one": unit(0, 90, 180, 270)}
    part = at_recent_pace(days(4), units, 3)["part"]
    assert (part.left, part.pace, part.borrowed) == (350, Fraction(3, 1_000) * 400, True)


def test_an_area_is_done_with_its_last_unit_and_nine_tenths_of_the_rest_may_be_done_long_before():
    outlook = Outlook(
        days(4), {"fast": unit(0, 30, 60, 90, required=990), "slow": unit(0, 3, 6, 9, required=109, part="b")}
    )
    assert outlook.days_to_end(3) == 1_000
    assert outlook.days_to_most(3) == 819, "819 of the fast one and 81 of the slow one"


def test_one_unit_without_an_end_leaves_its_area_without_one():
    outlook = Outlook(
        days(4), {"fast": unit(0, 30, 60, 90, required=990), "still": unit(9, 9, 9, 9, required=59, part="b")}
    )
    assert outlook.days_to_end(3) is None
    assert outlook.days_to_most(3) == 855


def test_an_outlook_is_held_against_the_units_that_reported_at_both_ends():
    outlook = Outlook(days(3), {"seen": unit(0, 60, 90), "silent": unit(0, 60, None, part="b")})
    assert outlook.error(1, 2) == Fraction(1, 2)


def test_without_three_earlier_errors_there_is_no_range():
    units = {"u": unit(0, 30, 70, 90, 140, required=9_000)}
    assert Outlook(days(3), {"u": unit(0, 30, 70, required=9_000)}).bounds(2, 30) is None
    outlook = Outlook(days(5), units)
    assert outlook.margin(3, 30) is None, "two months have come since the first outlook"
    assert LEAST_ERRORS == 3
    assert outlook.margin(4, 30) == max(outlook.error(*pair) for pair in ((1, 2), (2, 3), (3, 4)))


def test_a_range_knows_no_month_that_had_not_come():
    before = (0, 30, 70, 90, 140, 150)
    first, second = (Outlook(days(7), {"u": unit(*before, last, required=9_000)}) for last in (151, 999))
    assert first.bounds(5, 60) == second.bounds(5, 60)
    assert first.bounds(6, 60) != second.bounds(6, 60)


drawn = st.lists(
    st.tuples(st.integers(1, 900), st.lists(st.one_of(st.none(), st.integers(0, 900)), min_size=6, max_size=6)),
    min_size=1,
    max_size=6,
)


@given(drawn, st.integers(1, 400))
def test_on_any_history_gains_grow_stay_within_what_is_left_and_end_with_the_last_unit(histories, span):
    units = {
        str(at): Unit("a", tuple(None if done is None else (required, min(done, required)) for done in counts))
        for at, (required, counts) in enumerate(histories)
    }
    outlook = Outlook(days(6), units)
    left = sum(each.left for each in outlook.open_units(5))
    assert 0 <= outlook.gain(5, span) <= outlook.gain(5, span + 1) <= left
    end, most = outlook.days_to_end(5), outlook.days_to_most(5)
    if end is not None:
        assert outlook.gain(5, end) == left > outlook.gain(5, end - 1)
        assert most is not None
        assert most <= end
    if most is not None:
        assert outlook.gain(5, most) * 10 >= left * 9 > outlook.gain(5, most - 1) * 10
    if bounds := outlook.bounds(5, span):
        assert 0 <= bounds[0] <= outlook.gain(5, span) <= bounds[1] <= left


@pytest.mark.parametrize("at", range(1, 5))
def test_what_was_said_in_a_month_is_what_that_month_alone_says(at):
    counts = (0, 30, 70, 90, 140)
    whole, then = Outlook(days(5), {"u": unit(*counts)}), Outlook(days(at + 1), {"u": unit(*counts[: at + 1])})
    assert (whole.gain(at, 77), whole.bounds(at, 77)) == (then.gain(at, 77), then.bounds(at, 77))
