"""Figures in a text: where they are, how they may be read, which facts they equal."""

from decimal import Decimal

import pytest

from hotich.measures.facts import Fact
from hotich.views import figures_in_text
from hotich.views.figures_in_text import TOKEN, Candidates


def fact(value, unit="entries", measure="left"):
    return Fact("15", "all", measure, value, unit, "reported")


def read(text, language="vi", *, printed=False):
    token = TOKEN.search(text)
    return {reading.value for reading in figures_in_text.readings(token, language, printed=printed)}


def equal(text, *facts, language="vi", printed=True):
    return Candidates(facts).equal(TOKEN.search(text), language, printed=printed)


@pytest.mark.parametrize(
    ("text", "language", "values"),
    [
        ("519.573", "vi", {"519573"}),
        ("519,573", "en", {"519573"}),
        ("519,573", "vi", {"519.573"}),
        ("81,5%", "vi", {"81.5"}),
        ("81.5 %", "en", {"81.5"}),
        ("1.234.567", "vi", {"1234567"}),
        ("−36", "vi", {"-36"}),
        ("-36", "en", {"-36"}),
        ("1234.567", "vi", set()),
        ("22.10.2024", "vi", set()),
    ],
)
def test_prose_is_read_as_its_language_writes(text, language, values):
    assert read(text, language) == {Decimal(value) for value in values}


def test_what_a_program_printed_may_be_read_in_both_ways():
    assert read("519,573", printed=True) == {Decimal(519573), Decimal("519.573")}
    assert read("81.4689", printed=True) == {Decimal("81.4689")}


def test_a_minus_between_digits_is_found_with_what_follows_it():
    assert [found[0] for found in TOKEN.finditer("10–20, 3-4, +5")] == ["10", "20", "3", "-4", "+5"]


def test_a_number_equals_a_fact_rounded_half_up_to_its_decimals():
    percent = fact(Decimal("81.4689"), "percent")
    assert equal("81,5%", percent) == [percent]
    assert equal("81,47", percent) == [percent]
    assert equal("81", percent) == [percent]
    assert equal("81,4%", percent) == []
    assert equal("82", percent) == []


def test_a_percent_sign_asks_for_a_share():
    assert equal("24%", fact(24)) == []
    assert equal("24%", fact(Decimal(24), "points")) != []


def test_only_nothing_is_zero():
    little = fact(Decimal("0.0001"), "percent")
    assert equal("0", little) == []
    assert equal("0", fact(0)) != []


def test_the_most_exact_reading_comes_first():
    count, share = fact(5_123), fact(Decimal("5.123"), "ratio")
    assert equal("5.123", count, share) == [share, count]


def test_prose_writes_a_figure_as_the_page_does():
    assert equal("519573", fact(519_573), printed=False) == []
    assert equal("519.573", fact(519_573), printed=False) != []


def test_a_figure_is_written_as_the_page_writes_it_with_the_sign_that_it_had():
    token = TOKEN.search("+519573")
    assert figures_in_text.shown(token, fact(519_573), "vi") == "+519.573"
    assert figures_in_text.shown(TOKEN.search("519573"), fact(519_573), "en") == "519,573"


def test_a_reading_with_endless_decimals_is_no_trouble():
    assert equal(f"0,{'1' * 500}", fact(Decimal("0.1111"), "ratio")) == []


@pytest.mark.parametrize(
    ("words", "found"),
    [("còn 99 mục", ""), ("٩٩", "٩"), ("９９", "９"), ("10²", "²"), ("½", "½"), ("Ⅲ", "Ⅲ"), ("①", "①"), ("三", "三")],
)
def test_a_number_in_another_script_or_form_is_found(words, found):
    assert figures_in_text.strange(words) == found
