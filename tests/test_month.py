"""Which month a user means."""

from datetime import date

import pytest

from hotich.errors import InputRefused, WrongUsage
from hotich.language import LANGUAGES
from hotich.month import Month, coming, resolve, several


@pytest.mark.parametrize(
    ("written", "latest", "meant"),
    [
        ("11", (2024, 10), (2024, 11)),
        ("10", (2024, 10), (2024, 10)),
        ("1", (2024, 12), (2025, 1)),
        ("5", (2024, 10), (2024, 5)),
        ("04", (2024, 10), (2025, 4)),
        ("2023-04", (2024, 10), (2023, 4)),
    ],
)
def test_whoever_collects_counts_means_the_month_nearest_to_the_one_that_comes_next(written, latest, meant):
    assert coming(written, [Month(2023, 4), Month(*latest)]) == Month(*meant)


def test_without_any_counts_the_year_must_be_given():
    assert coming("2024-11", []) == Month(2024, 11)
    with pytest.raises(WrongUsage, match=f"MONTH={date.today().year}-11"):
        coming("11", [])


@pytest.mark.parametrize(
    ("written", "meant"), [("10", (2024, 10)), ("8", (2024, 8)), ("08", (2024, 8)), ("2023-10", (2023, 10))]
)
def test_a_month_without_a_year_is_the_latest_that_has_it(written, meant):
    available = [Month(2023, 10), Month(2024, 8), Month(2024, 10)]
    assert resolve(written, available) == Month(*meant)


@pytest.mark.parametrize(
    ("written", "meant"), [("all", [9, 10]), ("10", [10]), (["2024-10", "9"], [10, 9]), ([10], [10]), ((), [])]
)
def test_several_months_are_all_one_or_a_list(written, meant):
    assert several(written, [Month(2024, 10), Month(2024, 9)]) == tuple(Month(2024, number) for number in meant)


@pytest.mark.parametrize(("written", "year", "meant"), [("10", "2023", "2023-10"), ("12", "", "2024-12")])
def test_a_month_without_counts_is_named_with_its_year_and_those_that_have_some_as_ranges(written, year, meant):
    available = [Month(2023, 1), Month(2023, 2), *(Month(2024, number) for number in (1, 2, 3, 10))]
    with pytest.raises(InputRefused) as refused:
        resolve(written, available, year)
    said = refused.value.message("en")
    assert f"no counts for {meant}. Months with counts: 2023-01 to 2023-02, 2024-01 to 2024-03, 2024-10." in said
    assert "2024-01 đến 2024-03, 2024-10." in refused.value.message("vi")


def test_where_no_month_has_counts_none_is_listed():
    with pytest.raises(InputRefused) as refused:
        resolve("10", [])
    assert "no counts for 10. Months with counts: –." in refused.value.message("en")


def test_a_month_without_counts_may_be_in_another_data_folder():
    with pytest.raises(InputRefused) as refused:
        resolve("2026-11", [Month(2024, 10)])
    for language in LANGUAGES:
        assert "DATA=" in refused.value.message(language)
