"""Whoever asks when the work of an area ends is told the same: reports, notices, tables, the terminal, the index."""

import re
from dataclasses import replace

import months
import pytest
from conftest import small_office

from hotich import checks, measures
from hotich.data import dataset
from hotich.language import LANGUAGES
from hotich.views import narrative, tables
from hotich.views.notice import content

TOLD = ("finish", "percent_at_target", "units_late", "units_in_time", "units_endless", "finish_most", "finish_moved")


def example(month):
    return measures.read(checks.require(dataset.read(month)))


@pytest.fixture(scope="module", params=[*(f"2024-{month:02}" for month in range(1, 11)), *months.SEEDS])
def m(request, tmp_path_factory):
    """Each month of the example, and random series of the small office."""
    if isinstance(request.param, str):
        return example(request.param)
    return months.random_series(small_office(tmp_path_factory.mktemp("office") / "data"), request.param)


def told(html):
    """Return what a text says of ends and shares on the deadline: the fact's name and its shown words."""
    found = re.findall(r'<data[^>]*data-fact="([^"]+)"[^>]*>([^<]+)</data>', str(html))
    assert found or "<data" not in str(html)
    return {(key, shown.strip()) for key, shown in found if key.split("/")[-1] in TOLD}


@pytest.mark.parametrize("language", LANGUAGES)
def test_report_notice_table_and_terminal_tell_one_end_of_an_area(m, language):
    whole = m.seen_in(language)
    rows = told(tables.paces(whole).html)
    for area in m.districts:
        page = whole.seen_from(area.code)
        lead = told(narrative.finding(page))
        report = told(narrative.opening(page).html) | told(narrative.progress(page).html)
        notice = {each for part in content.parts(page) for text in part.texts for each in told(text)}
        assert lead <= report
        assert lead <= notice or not lead
        assert len({words for name, words in report | notice if name.endswith("/finish")}) <= 1
        row = {key for key, _ in rows if key.startswith(f"{area.code}/") and key.endswith("/finish")}
        assert row <= {key for key, _ in lead}, "the table of the province names the same fact"


def test_a_province_does_not_end_before_its_slowest_district(m):
    ends = [fact.value for area in m.districts if (fact := m.find("finish", area.code))]
    whole = m.find("finish")
    if whole and m.find("units_endless").value == 0:
        assert whole.value >= max(ends, default=whole.value)
    if any(fact.value for area in m.districts if (fact := m.find("units_endless", area.code))):
        assert whole is None


def test_a_whole_of_which_too_few_units_reported_has_no_line_beside_its_districts(m):
    of_whole = {f"{m.root}/all/{name}" for name in (*TOLD, "units_open")}
    partial = replace(m, facts={name: fact for name, fact in m.facts.items() if name not in of_whole})
    districts = {name for name, _ in told(tables.paces(m).html)} - of_whole
    assert {name for name, _ in told(tables.paces(partial).html)} == districts
    assert (m.area(m.root).name("vi") in str(tables.paces(partial).html)) is False
