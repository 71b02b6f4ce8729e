"""The doors for an analyst's own charts, tables and computed figures."""

import math
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

from hotich import views
from hotich.errors import WrongUsage
from hotich.language import LANGUAGES
from hotich.measures import handed
from hotich.measures.facts import Fact
from hotich.views import own

LEFT = Fact("15", "all", "left", 117_783, "entries", "reported")


@pytest.fixture(autouse=True)
def none_given(monkeypatch):
    monkeypatch.setattr(handed, "names", {})


def refused(*given, **named):
    with pytest.raises(WrongUsage) as caught:
        views.derived(*given, **{"name": "a_day", "from_": [LEFT], **named})
    assert all("views.derived(" in caught.value.message(language) for language in LANGUAGES)
    return caught.value.key


@pytest.mark.parametrize("value", [30, np.int64(30)])
def test_a_whole_number_counts_entries(value):
    made = views.derived(value, name="a_day", from_=[LEFT])
    assert (made.key, made.value, made.unit) == ("/derived/a_day", 30, "entries")
    assert handed.names[made.key] == made


@pytest.mark.parametrize("value", [0.1, np.float64(0.1), Decimal("0.1"), Fraction(1, 10)])
def test_any_other_number_is_an_exact_ratio(value):
    made = views.derived(value, name="a_day", from_=[LEFT])
    assert (made.value, made.unit) == (Decimal("0.1"), "ratio")


def test_a_number_is_cut_at_four_places_as_facts_are():
    assert views.derived(2 / 3, name="two_thirds", from_=[LEFT]).value == Decimal("0.6666")


def test_a_whole_percentage_is_a_percentage():
    made = views.derived(5, name="five", from_=LEFT, unit="percent")
    assert isinstance(made.value, Decimal)
    assert made.value == 5


def test_one_fact_need_not_be_in_a_list():
    assert views.derived(1, name="one", from_=LEFT).key == "/derived/one"


def test_what_is_derived_from_made_up_figures_is_made_up():
    made_up = Fact("15", "KS", "left", 5, "entries", "synthetic")
    assert views.derived(1, name="one", from_=[LEFT, made_up]).origin == "synthetic"
    assert views.derived(1, name="one", from_=[LEFT]).origin == "derived"


@pytest.mark.parametrize("name", ["", "Tên", "1x", "a b", "../x", "a/b", "x\n"])
def test_a_name_has_small_letters_digits_and_underscores(name):
    assert refused(1, name=name) == "own.derived"


@pytest.mark.parametrize("from_", [[], [117_783], ["15/all/left"], [LEFT, None]])
def test_a_derived_figure_comes_from_facts(from_):
    assert refused(1, from_=from_) == "own.derived"


@pytest.mark.parametrize("value", [math.nan, math.inf, "x", None, pd.NA, Decimal("NaN")])
def test_a_value_that_is_no_number_is_refused(value):
    assert refused(value) == "own.not_a_number"


@pytest.mark.parametrize(("value", "unit"), [(5, "bananas"), (3.5, "entries"), (5, "date"), (5, "text")])
def test_a_unit_is_one_that_the_value_may_have(value, unit):
    assert refused(value, unit=unit) == "own.derived_unit"


def test_every_unit_that_the_message_lists_can_be_used():
    with pytest.raises(WrongUsage) as caught:
        views.derived(5, name="x", from_=LEFT, unit="bananas")
    for unit in caught.value.values["allowed"].split(", "):
        assert views.derived(5, name="x", from_=LEFT, unit=unit).unit == unit


def test_words_of_a_figure_or_table_are_kept_as_they_were_given():
    both = {"vi": "Còn lại", "en": "Left"}
    assert own.figure(None, headline=both, alt="Thanh").said == {"headline": both, "alt": "Thanh"}
    assert own.table(None, caption="Theo huyện", source="").said == {"caption": "Theo huyện"}


def test_a_fact_in_a_text_of_python_is_its_number():
    percent = Fact("15", "all", "percent", Decimal("81.52"), "percent", "reported")
    assert f"{LEFT} {percent} {percent:.1f} {LEFT:,}" == "117.783 81,52 81.5 117,783"
