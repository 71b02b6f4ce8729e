"""What `make prove-outlook` shows on 200 series, on a few: the outlook in use leans to no side and its ranges hold."""

from hotich.measures.recent_pace import Outlook, at_recent_pace
from proof import outlook
from proof.outlook import Result
from proof.outlook_series import drawn

SEEDS = range(2001, 2031)


def test_the_outlook_in_use_leans_to_no_side_and_its_ranges_hold_about_as_often_as_stated():
    used = Result.of(outlook.whole(SEEDS))
    assert all(abs(bias) <= 1.5 for bias in used.bias.values())
    assert all(70 <= held <= 95 for held in used.coverage.values())
    assert min(used.count.values()) > 150


def test_one_pace_for_the_whole_promises_too_much_and_its_range_from_fastest_to_slowest_does_not_hold():
    used = Result.of(outlook.whole(SEEDS))
    before = Result.of(outlook.whole(SEEDS, outlook.pooled), outlook.fastest_slowest)
    assert before.bias[6] > 3 > abs(used.bias[6])
    assert all(before.error[months] > used.error[months] for months in outlook.MONTHS)
    assert not before.good
    assert all(before.coverage[months] < used.coverage[months] for months in outlook.MONTHS)


def test_the_first_method_of_the_proof_is_the_one_in_use():
    assert next(iter(outlook.METHODS.values())) is Outlook(*drawn(1)).method is at_recent_pace


def test_series_are_the_same_every_time_and_differ_from_seed_to_seed():
    assert drawn(5) == drawn(5) != drawn(6)
    days, units = drawn(5)
    assert all(len(unit.counts) == len(days) for unit in units.values())
    assert not set(outlook.CHOOSING) & set(outlook.REPORTED)
    assert len(outlook.REPORTED) >= 200
