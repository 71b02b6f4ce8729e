"""Derived and quoted figures are listed on the page with where they come from; forged ones are refused."""

import nbformat.v4 as v4
import own_cells
import pytest

from hotich import measures
from hotich.checks import Checked
from hotich.data import dataset
from hotich.errors import Contradicted
from hotich.language import LANGUAGES
from hotich.month import Month
from hotich.page import PageSpec
from hotich.page.layout import Layout, Section
from hotich.page.own import from_elsewhere
from hotich.views.own import DERIVED

SPEC = PageSpec("own.vi", "vi", "", False, sources=(("without_power", "Điện lực, 10/9/2024"),))
A_DAY = {
    "name": "left_a_day",
    "value": "3926.1",
    "unit": "ratio",
    "origin": "derived",
    "from": {"15/all/left": "117783"},
}


def known(ground, *declared):
    outputs = [v4.new_output("display_data", {DERIVED: each}) for each in declared]
    book = v4.new_notebook(cells=[v4.new_code_cell("x", id="code", outputs=outputs)])
    return from_elsewhere.known(book, ground.facts, "own.vi")


def refused(ground, *declared):
    with pytest.raises(Contradicted) as caught:
        known(ground, *declared)
    assert all("code" in caught.value.message(language) for language in LANGUAGES)
    return caught.value.key


def test_a_derived_figure_is_known_with_what_it_comes_from(ground):
    found = known(ground, A_DAY, A_DAY)
    assert found.facts["/derived/left_a_day"].raw == "3926.1"
    assert found.derived == {"/derived/left_a_day": ("15/all/left",)}


@pytest.mark.parametrize("from_", [{"15/all/left": "117784"}, {"15/all/nix": "1"}])
def test_a_figure_derived_from_what_is_not_so_is_refused(ground, from_):
    assert refused(ground, {**A_DAY, "from": from_}) == "own.derived_from"


def test_a_figure_may_come_from_one_that_was_derived_before(ground):
    later = {**A_DAY, "name": "left_a_week", "from": {"/derived/left_a_day": "3926.1"}}
    assert "/derived/left_a_week" in known(ground, A_DAY, later).facts
    assert refused(ground, later, A_DAY) == "own.derived_from"


def test_a_name_has_one_value(ground):
    assert refused(ground, A_DAY, {**A_DAY, "value": "1"}) == "own.derived_twice"


@pytest.mark.parametrize(
    "declared",
    [
        "x",
        ["x"],
        {"name": "x"},
        {**A_DAY, "value": "x"},
        {**A_DAY, "value": "NaN"},
        {**A_DAY, "value": "Infinity"},
        {**A_DAY, "value": None},
        {**A_DAY, "unit": "entries"},
        {**A_DAY, "unit": "date"},
        {**A_DAY, "from": None},
        {**A_DAY, "from": ["x"]},
    ],
)
def test_a_declaration_that_views_never_writes_is_refused(ground, declared):
    assert refused(ground, declared) == "own.derived_from"


def test_a_forged_name_is_never_that_of_another_fact(ground):
    found = known(ground, {**A_DAY, "name": "../15/all/left"})
    assert found.facts["15/all/left"].raw == "117783"


def listed(ground, *names):
    section = Section("one", "Một", [f'<data data-fact="{name}">x</data>' for name in names])
    layout = Layout("", [], [section])
    from_elsewhere.add(layout, known(ground, A_DAY), SPEC)
    return layout.sections[-1]


def test_quoted_and_derived_figures_are_listed_with_where_they_come_from(ground):
    section = listed(ground, "15/quoted/without_power", "/derived/left_a_day", "15/all/left")
    assert section.anchor == "provenance"
    html = section.html
    assert "Điện lực, 10/9/2024" in html
    assert "<code>15/all/left</code>" in html
    assert html.count("<tr>") == 3


def test_a_page_without_such_figures_lists_none(ground):
    assert listed(ground, "15/all/left").anchor == "one"


def test_a_name_with_digits_is_quoted_as_the_message_advises(office):
    def page(words):
        m = measures.read(Checked(dataset.read("2024-10", office.at), ()))
        return own_cells.page_of(m, own_cells.prose(words), sources=(("storm", "Trung tâm Dự báo, 7/9/2024"),))

    with pytest.raises(Contradicted, match="data/figures"):
        page("Bão số 3 làm mất điện.")
    (office.at.data / "figures").mkdir()
    office.at.figures(Month(2024, 10)).write_text(
        'name,value,unit,source\nstorm,Bão số 3,text,"Trung tâm Dự báo, 7/9/2024"\n', encoding="utf-8"
    )
    html = page("{fact:storm} làm mất điện.")
    assert ">Bão số 3</data> làm mất điện." in html
    assert "Trung tâm Dự báo, 7/9/2024" in html
    with pytest.raises(Contradicted):
        page("Bão số 4 làm mất điện.")
