"""What the last release stated and the counts now give otherwise: named, marked, and nothing where nothing changed."""

import json
from dataclasses import replace

import pytest
from conftest import cells

from hotich import checks, measures
from hotich.data import dataset
from hotich.storage.paths import MANIFEST, MEASURES
from hotich.views import footnotes, narrative, saved_table, table_cells
from hotich.views.figures import render
from hotich.views.markup import Column
from hotich.views.saved_table import Coded
from hotich.views.table_cells import cell


def measured(office, month, language="vi"):
    return measures.read(checks.run(dataset.read(month, office.at)), language=language)


def release(office, month):
    """October or September as it now is, as the first release."""
    m = measured(office, month)
    folder = office.at.reports / "published" / f"0001-{month}"
    folder.mkdir(parents=True)
    measures.write(m, folder / MEASURES)
    (folder / MANIFEST).write_text(json.dumps({"number": 1}))


@pytest.fixture
def corrected(office):
    """October was released with 130 births digitised in An; a correction says 120."""
    release(office, "2024-10")
    office.write("2024-10", cells(30) | {("111", "KS"): ("200", "120", "")})
    return office


def test_a_corrected_figure_is_a_fact_beside_what_was_said(corrected):
    m = measured(corrected, "2024-10")
    assert (m.get("digitised", "11").value, m.get("said_digitised", "11").value) == (
        m.get("said_digitised", "11").value - 10,
        m.get("digitised", "11").value + 10,
    )
    assert m.get("revised_digitised", "11").value == -10
    assert m.find("said_required", "11") is None
    assert m.find("said_digitised", "12") is None


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_section_names_the_release_and_shows_said_and_now(corrected, language):
    html = str(narrative.since(measured(corrected, "2024-10", language)).html)
    assert "<code>0001-2024-10</code>" in html
    for name in ("said_digitised", "digitised", "revised_digitised"):
        assert f'data-fact="11/all/{name}"' in html
    assert "12/all" not in html


def test_the_mark_r_stands_beside_a_revised_figure_only(corrected):
    m = measured(corrected, "2024-10")
    assert "[r]" in footnotes.after(m, m.get("digitised", "11"))
    assert footnotes.after(m, m.get("digitised", "12")) == ""
    assert "[r]" in footnotes.explained(m, [(cell(m, "digitised", "11"),)])


def test_a_correction_of_an_earlier_month_is_shown_for_that_month(office):
    release(office, "2024-09")
    office.write("2024-09", cells() | {("111", "KS"): ("200", "90", "")})
    m = measured(office, "2024-10")
    september = m.previous
    assert m.get("revised_digitised", "11", month=september).value == -10
    assert m.find("said_digitised", "11") is None
    html = str(narrative.since(m).html)
    assert f'data-fact="11/all/said_digitised@{september}"' in html


def test_nothing_is_said_where_nothing_changed_or_nothing_was_released(office):
    assert narrative.since(measured(office, "2024-10")).html == ""
    release(office, "2024-10")
    m = measured(office, "2024-10")
    assert narrative.since(m).html == ""
    assert [fact.key for fact in m.facts.values() if fact.measure.startswith(("said_", "revised_"))] == []
    assert footnotes.explained(m, [(cell(m, "digitised", "11"),)]) == ""


def test_the_mark_p_stands_where_a_unit_has_not_reported(office):
    office.write("2024-10", cells(30) | {("111", "XN"): ("", "", "not_reported")})
    m = measured(office, "2024-10")
    assert "[p]" in footnotes.after(m, m.get("digitised", "11"))
    assert footnotes.after(m, m.get("percent", "12")) == ""
    assert footnotes.after(m, replace(m.get("digitised", "11"), month=m.previous)) == ""


def test_marks_have_a_column_of_their_own_in_the_table_that_is_saved(corrected):
    m = measured(corrected, "2024-10")
    fact = m.get("digitised", "11")
    shown = render(fact, "en") + footnotes.after(m, fact)
    heads = (Column("A", text=True, name="unit"), Column("B", name="digitised"))
    saved = saved_table.text(heads, [(Coded("11", "x"), shown)], table_cells.vintage(m))
    assert saved == (
        f"unit_code,unit,digitised,as_of,origin,marks\n11,x,{fact.value},{m.as_of},computed,digitised [r]\n"
    )
