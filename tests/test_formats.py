"""How numbers, dates and sources are written."""

from decimal import Decimal

import pytest

from hotich import formats


@pytest.mark.parametrize(
    ("exact", "shown"),
    [("92.35", "92.4"), ("92.349", "92.3"), ("99.97", "99.9"), ("100", "100.0"), ("0.01", "0.1"), ("0", "0.0")],
)
def test_a_share_is_rounded_half_up_and_never_to_everything_or_nothing(exact, shown):
    assert formats.tenth(Decimal(exact)) == Decimal(shown)


def test_a_source_has_its_month_in_the_language_of_the_page():
    assert formats.dated("Báo, October 2024", "vi") == "Báo, tháng 10/2024"
    assert formats.dated("Báo, October 2024", "en") == "Báo, October 2024"
    assert formats.dated("Số 12/TB-STP", "vi") == "Số 12/TB-STP"


@pytest.mark.parametrize(
    ("word", "vi", "en"), [("Jan", "thg 1", "Jan"), ("October", "thg 10", "Oct"), ("May", "thg 5", "May"), ("", "", "")]
)
def test_a_months_name_on_an_axis_is_written_in_short(word, vi, en):
    assert formats.month_alone(word, "vi") == vi
    assert formats.month_alone(word, "en") == en
