"""What is shown of a value, and what a page is told of it."""

import pandas as pd
import pytest
from IPython.core.formatters import DisplayFormatter
from IPython.display import HTML, Markdown
from matplotlib import pyplot as plt

from hotich import views
from hotich.jupyter.display import Display
from hotich.measures import handed
from hotich.views.markup import Fragment


@pytest.fixture
def show():
    """What the formatter shows of a value: its data, and what it tells of that."""
    formatter = Display(parent=None)
    formatter.formatters = DisplayFormatter().formatters

    def shown(value):
        data, about = formatter.format(value)
        return data, about.get("hotich", {})

    return shown


def test_a_view_is_called_one(show):
    assert show(Fragment("<p>chữ</p>"))[1]["kind"] == "view"


def test_a_fact_is_named(show):
    assert show(handed.names["138/all/left"])[1] == {"kind": "fact", "facts": ["138/all/left"]}


def test_a_figure_is_svg_and_no_longer_shown_by_pyplot(show):
    figure, ax = plt.subplots()
    ax.bar_label(ax.bar([0], [15_357]))
    data, about = show(figure)
    assert set(data) == {"image/svg+xml", "text/plain"}
    assert about["kind"] == "figure"
    assert set(about["facts"]) == {"138/all/left", "140/KS/left"}
    assert about["marks"] == ["138/all/left"]
    assert plt.get_fignums() == []


def test_axes_that_pyplot_shows_later_are_not_shown_twice(show):
    _, ax = plt.subplots()
    assert show(ax) == ({}, {})
    assert len(plt.get_fignums()) == 1


def test_words_given_with_a_figure_go_along(show):
    about = show(views.figure(plt.subplots()[0], headline="Còn lại", alt={"vi": "Thanh"}))[1]
    assert (about["headline"], about["alt"]) == ("Còn lại", {"vi": "Thanh"})


@pytest.mark.parametrize("wrap", [lambda frame: frame, lambda frame: frame.style, lambda frame: frame["left"]])
def test_a_frame_a_styled_one_and_a_series_are_tables(show, wrap):
    data, about = show(wrap(pd.DataFrame({"left": [15_357]}, index=["138"])))
    assert "<table" in data["text/html"]
    assert about["kind"] == "table"
    assert about["cells"] == [["138/all/left"]]
    assert "numbered" not in about


def test_a_caption_goes_along_with_a_table_and_numbers_of_rows_are_told(show):
    about = show(views.table(pd.DataFrame({"left": [1]}), caption="Bảng"))[1]
    assert about["caption"] == "Bảng"
    assert about["numbered"]


@pytest.mark.parametrize("shown", [HTML("<p>15357 và 77.9%</p>"), Markdown("15,357 và 77.9%")])
def test_of_a_text_the_facts_in_it_are_named(show, shown):
    assert show(shown)[1] == {"kind": "text", "facts": ["138/all/left", "138/all/percent", "140/KS/left"]}


def test_a_number_that_was_not_given_is_named_by_nothing(show, monkeypatch):
    monkeypatch.setattr(handed, "names", {})
    assert show(Markdown("15,357"))[1]["facts"] == []


def test_a_styled_table_is_the_same_in_every_run(show):
    frame = pd.DataFrame({"left": [1]})
    assert show(frame.style)[0]["text/html"] == show(frame.style)[0]["text/html"]


def test_where_in_memory_a_value_lies_is_not_told(show):
    assert " at 0x" not in show(object())[0]["text/plain"]
