"""A view in a notebook that somebody looks at has its style and the banner; one that a page is made of has neither."""

import re

import pytest
from IPython.core.interactiveshell import InteractiveShell
from markupsafe import Markup

from hotich import measures
from hotich.checks import Checked
from hotich.data import dataset, results
from hotich.views import in_notebook, narrative
from hotich.views.markup import Fragment, illustrative


@pytest.fixture
def notebook(monkeypatch):
    """A shell that somebody looks at."""
    monkeypatch.delenv(results.FOLDER, raising=False)
    monkeypatch.setattr(InteractiveShell, "initialized", lambda: True)


def test_a_view_of_which_a_page_is_made_is_as_it_is(notebook, monkeypatch):
    monkeypatch.setenv(results.FOLDER, "/tmp/x")
    assert Fragment(Markup("<p>x</p>"), "<b>made up</b>")._repr_html_() == "<p>x</p>"


def test_outside_a_notebook_a_view_is_as_it_is():
    assert Fragment(Markup("<p>x</p>"))._repr_html_() == "<p>x</p>"


def test_in_a_notebook_each_view_has_its_style_once_and_an_empty_one_stays_empty(notebook):
    html = Fragment(Markup("<p>x</p>"))._repr_html_()
    assert html.startswith('<div class="hotich"><style>')
    assert html.endswith("</style><p>x</p></div>")
    assert Fragment(Markup(""))._repr_html_() == ""


def test_the_style_touches_nothing_outside_the_view_and_asks_for_nothing():
    sheet = str(in_notebook._sheet())
    assert len(sheet) < 8_000
    assert re.fullmatch(r"\.hotich\.hotich \{.*\}", sheet)
    assert "url(" not in sheet
    assert "@" not in sheet
    assert "<" not in sheet
    depth, closed = 0, []
    for place, letter in enumerate(sheet):
        depth += {"{": 1, "}": -1}.get(letter, 0)
        closed += [place] if letter == "}" and not depth else []
    assert closed == [len(sheet) - 1]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_first_view_says_in_a_notebook_that_figures_are_made_up(notebook, language):
    m = measures.read(Checked(dataset.read("2024-10"), ()), "", language)
    shown = narrative.opening(m)._repr_html_()
    warning = illustrative(True, language)
    assert shown.count(warning) == 1
    assert shown.index(warning) < shown.index("<header>")
    assert illustrative(False, language) == ""
