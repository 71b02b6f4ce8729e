"""What a page's figures may be bound to."""

from decimal import Decimal

import pytest

from hotich.measures.facts import Fact
from hotich.month import Month
from hotich.page.own.ground import Ground
from hotich.views.figures_in_text import Reading


def test_months_are_names_in_every_way_to_write_them(ground):
    assert {"tháng 10/2024", "10/2024", "2024-09", "tháng 09/2024", "tháng 9", "năm 2024"} <= {*ground.months}


def test_english_years_are_names_behind_a_word_that_makes_them_one(ground):
    english = Ground("own.en.html", "en", ground.facts, "15", "15")
    assert {"October 2024", "Oct 2024", "in 2024", "since 2024"} <= {*english.months}
    assert "2024" not in english.months


def test_days_are_known_as_people_and_programs_write_them(ground):
    assert {form: fact.key for form, fact in ground.dates.items()} == {
        "2024-10-22": "15/all/as_of",
        "22/10/2024": "15/all/as_of",
    }


def nearest(ground, value, decimals=0, *, share=False):
    return [fact.key for fact in ground.nearest([Reading(Decimal(value), decimals, share)])]


def test_the_nearest_fact_is_first_and_the_pages_own_before_others(ground):
    assert nearest(ground, 117_784)[0] == "15/all/left"
    assert nearest(ground, 24)[0] == "15/quoted/without_power"
    assert len(nearest(ground, 3)) == 3


def test_a_share_is_nearest_to_a_percentage(ground):
    assert nearest(ground, "81.5", 1, share=True)[0] == "15/all/percent"


def test_a_number_that_cannot_be_read_is_near_to_nothing(ground):
    assert list(ground.nearest([])) == []


@pytest.mark.parametrize("measure", ["published_percent", "difference_digitised"])
def test_what_others_have_printed_is_not_offered_and_not_bound_by_itself(measure):
    facts = {"x": Fact("15", "all", measure, 12_345, "entries", "reported", Month(2024, 10))}
    assert nearest(Ground("p", "vi", facts, "15", "15"), 12_345) == []
