"""What several sources have printed about one month: each statement has its own facts, and none hides another."""

import re
from itertools import count

import pytest
from months import printed, random_month

from hotich import checks, measures
from hotich.data import dataset
from hotich.language import LANGUAGES
from hotich.page import figure_gate, names_with_digits
from hotich.views import charts, narrative, tables

HEAD = "as_of,area,scope,measure,value,source,note\n"
WRONG = ("2024-10-22,1,all,required,1500,Báo A số 7,", "2024-10-22,1,population,required,1254,Báo A số 7,")
PARTS = ("2024-10-22,1,civil_status,required,183,Báo A số 7,",)


@pytest.fixture
def of_two_sources(office):
    """A wrong total by one newspaper, and the right one by another; a third wrote of an earlier day."""
    (office.at.data / "published").mkdir()
    lines = (*WRONG, *PARTS, "2024-10-22,1,all,required,{},Báo B,", "2024-10-15,1,all,required,900,Báo B,")
    path = office.at.data / "published" / "2024-10.csv"

    def write(right):
        path.write_text(HEAD + "\n".join(lines).format(right) + "\n", encoding="utf-8")
        return measures.read(checks.require(dataset.read("2024-10", office.at)), language="en")

    return write(write(0).get("required").raw)


def test_each_source_has_facts_of_its_own_and_the_first_keeps_the_plain_names(of_two_sources):
    m = of_two_sources
    assert m.get("published_required").value == 1500
    assert m.get("parts_difference_required").value == 63
    assert m.get("published_required.2").value == m.get("required").value
    assert m.get("difference_required.2").value == 0
    assert m.find("parts_required.2") is None
    assert m.get("discrepancies").value == 3, "the wrong total, and its two parts that the counts contradict"


def test_a_source_about_another_day_is_shown_and_not_compared_with_the_counts(of_two_sources):
    assert of_two_sources.get("published_required.3").value == 900
    assert of_two_sources.find("difference_required.3") is None


def test_the_right_figure_of_one_source_does_not_hide_the_wrong_one_of_another(of_two_sources):
    for each in LANGUAGES:
        m = of_two_sources.seen_in(each)
        rows = [re.sub("<[^>]+>", "|", row) for row in tables.published(m).html.split("<tr>")[2:]]
        totals = [row for row in rows if "Báo" in row and ("1.500" in row or "1,500" in row or "900" in row)]
        assert len(totals) == 2
        assert sum("Báo A số 7" in row for row in rows) == 3
        assert sum("Báo B" in row for row in rows) == 2
        assert ("15/10/2024" if each == "vi" else "15 October 2024") in tables.published(m).html
        assert "<article>" in charts.discrepancies(m).html
        assert "63" in charts.discrepancies(m).html


def test_every_figure_of_several_sources_is_bound_to_its_own_fact(of_two_sources):
    m = of_two_sources
    body = "".join(str(view(m).html) for view in (tables.published, charts.discrepancies, narrative.published))
    names = names_with_digits.with_digits(m.checked.data)
    figure_gate.check(f"<!doctype html><html><body>{body}</body></html>", "page", "en", m.facts, names)
    shown = re.findall(r'value="(\d+)" data-fact="1/all/published_required([.\d]*)"', body)
    assert {("1500", ""), ("900", ".3")} < set(shown)


def test_communes_of_an_area_that_a_number_is_meant_besides_are_not_counted_with_it(office):
    months = (random_month(office, seed, silent="") for seed in count())
    m = next(m for m in months if 0 < m.get("communes_completed", "11").value < m.get("communes_completed").value)
    whole, first = m.get("communes_completed").value, m.get("communes_completed", "11").value
    m = printed(office, m, f"1,all,communes_completed,{whole - first}", besides="11")
    assert m.get("besides_communes_completed").value == whole - first
    assert m.get("difference_communes_completed").value == 0
    m = printed(office, m, f"1,all,communes_completed,{whole - first}")
    assert m.get("difference_communes_completed").value == -first


def test_a_list_is_added_up_without_the_areas_that_its_total_is_meant_besides(office):
    m = random_month(office, 3, silent="")
    lines = ("1,all,communes_completed,5", "11,all,communes_completed,4", "12,all,communes_completed,5")
    assert printed(office, m, *lines, besides="11").get("parts_difference_communes_completed").value == 0
    assert printed(office, m, *lines).get("parts_difference_communes_completed").value == -4
