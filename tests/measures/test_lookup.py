"""Facts by their names and short forms of them, as a notebook asks for them."""

import html

import pytest

from hotich import measures
from hotich.checks import Checked
from hotich.data import dataset
from hotich.errors import WrongUsage
from hotich.language import say
from hotich.measures import handed
from hotich.measures.facts import Fact
from hotich.measures.lookup import NoSuchFact


@pytest.fixture(scope="module")
def october():
    return measures.read(Checked(dataset.read("2024-10"), ()))


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("percent", "15/all/percent"),
        ("KS/percent", "15/KS/percent"),
        ("population/left", "15/population/left"),
        ("138/percent", "138/all/percent"),
        ("138/KS/percent", "138/KS/percent"),
        ("percent@2024-09", "15/all/percent@2024-09"),
        ("138/KS/left@2024-10", "138/KS/left"),
    ],
)
def test_a_fact_is_found_by_its_name_and_by_short_forms_of_it(october, typed, name):
    assert october[typed] is october.facts[name]


def test_a_short_name_is_of_the_area_that_a_page_is_about_but_the_offices_settings_are_of_all(october):
    district = october.seen_from("138")
    assert district["percent"].key == "138/all/percent"
    assert district["threshold"].key == "15/all/threshold"


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [
        ("percnt", '"percent", "percent_gap"'),
        ("138/XX/percent", '"138/XN/percent"'),
        ("13/percent", '"139/all/percent"'),
        ("138/all/percent@2025-09", '"138/all/percent@2024-09"'),
        ("", '"added"'),
        (7, '"added"'),
    ],
)
def test_a_name_that_no_fact_has_is_refused_with_names_that_work(october, typed, nearest):
    with pytest.raises(NoSuchFact) as refused:
        october[typed]
    assert isinstance(refused.value, KeyError)
    assert isinstance(refused.value, WrongUsage)
    for language in ("vi", "en"):
        assert nearest in refused.value.message(language)
    for name in refused.value.values["nearest"].split(", "):
        assert october[name.strip('"')]


def test_a_name_with_a_month_that_is_none_is_refused(october):
    with pytest.raises(WrongUsage, match="2024-13"):
        october["percent@2024-13"]


def test_what_is_asked_for_is_recorded_as_given_and_what_views_look_up_is_not(october, monkeypatch):
    monkeypatch.setattr(handed, "names", {})
    october.get("required")
    assert handed.names == {}
    fact = october["138/left"]
    assert handed.names == {"138/all/left": fact}


def test_tab_offers_the_names_that_are_known_of_the_area_of_the_page(october):
    offered = october._ipython_key_completions_()
    assert {"percent", "KS/percent", "threshold"} <= set(offered)
    assert {october[name].area for name in offered} == {"15"}
    assert len(offered) < 500  # no more are shown


@pytest.mark.parametrize(("language", "value"), [("vi", "69.358"), ("en", "69,358")])
def test_a_fact_and_all_of_them_are_shown_in_a_few_words(october, monkeypatch, language, value):
    monkeypatch.setattr("__main__.language", language, raising=False)
    m = october.seen_in(language)
    assert f"<b>{value}</b>" in m["138/required"]._repr_html_()
    assert "138/all/required" in m["138/required"]._repr_html_()
    assert repr(m["138/required"]) == "<Fact 138/all/required = 69358 entries, synthetic>"
    assert 'm["percent"]' in html.unescape(m._repr_html_())
    assert len(repr(m)) < 100


def test_every_fact_can_be_shown(october):
    for fact in october.facts.values():
        assert fact.key in fact._repr_html_()


@pytest.mark.parametrize("origin", ["computed", "synthetic", "published", "quoted", "derived"])
def test_a_fact_says_where_it_is_from_in_both_languages(monkeypatch, origin):
    for language in ("vi", "en"):
        monkeypatch.setattr("__main__.language", language, raising=False)
        assert (
            say(language, f"objects.origin.{origin}") in Fact("15", "all", "left", 3, "entries", origin)._repr_html_()
        )
