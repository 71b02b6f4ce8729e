"""The door through which charts reach a page, and what the package offers a notebook."""

import inspect

import matplotlib as mpl
import pytest
from markupsafe import Markup
from matplotlib.font_manager import FontProperties, findfont

from hotich.views import charts
from hotich.views.charts import figure, style
from hotich.views.charts.figure import Drawing, Frame, publish
from hotich.views.markup import Column, Table


def test_a_chart_without_what_a_reader_needs_is_not_publishable(october):
    table = Table("caption", (Column("a"),), [("1",)])
    whole = {
        "headline": Markup("h"),
        "subtitle": Markup("s"),
        "alt": "a",
        "table": table,
        "drawings": (Drawing(lambda ax, wide: None, Frame(10, 10), Frame(10, 10)),),
    }
    assert publish(october, **whole)
    for name, empty in (("headline", Markup("")), ("subtitle", Markup("")), ("alt", ""), ("drawings", ())):
        with pytest.raises(ValueError, match="not publishable"):
            publish(october, **(whole | {name: empty}))


def words(ax, wide):
    ax.text(0.5, 0.5, "Xã 漢\u202e<b> $1$\n2", va="center")


def test_a_name_is_drawn_as_it_is_written_and_what_nobody_sees_is_written_out():
    shown = figure.svg(words, Frame(90, 30), 'a "name" & more')
    assert ">Xã 漢[U+202E]&lt;b&gt; $1$ 2</text>" in shown
    assert 'aria-label="a &#34;name&#34; &amp; more"' in shown


def test_a_drawing_is_the_same_whatever_the_reader_of_the_notebook_has_set():
    first = figure.svg(words, Frame(90, 30), "a")
    with mpl.rc_context({"font.size": 30, "text.color": "red", "figure.dpi": 300, "svg.fonttype": "path"}):
        assert figure.svg(words, Frame(90, 30), "a") == first
        assert mpl.rcParams["font.size"] == 30


def test_a_class_begins_with_its_own_percentage():
    first = [style.class_colour(percent, 90) for percent in (0, 69.9999, 70, 79.9999, 80, 89.9999, 90, 99.9999, 100)]
    assert first == [style.COLOURS[at] for at in (0, 0, 1, 1, 2, 2, 3, 3, 4)]


def test_words_are_smaller_on_phones():
    assert 'font-size="15"' in figure.svg(words, Frame(90, 30), "a")
    assert 'font-size="14"' in figure.svg(words, Frame(90, 30), "a", wide=False)


def test_the_axes_leave_the_margins_that_a_frame_asks_for_in_pixels():
    with style.applied(True):
        whole = Frame(200, 100, left=10, right=20, top=5, bottom=15).figure()
    assert whole.bbox.bounds == (0, 0, 200, 100)
    assert whole.axes[0].bbox.bounds == pytest.approx((10, 15, 170, 80))


@pytest.mark.parametrize("weight", style.FONTS)
def test_words_are_set_in_the_report_s_own_font_and_no_other_stands_in_for_it(weight):
    with style.applied(True):
        wanted = FontProperties(weight=weight)
        assert wanted.get_name() == "Source Sans 3"
        assert findfont(wanted, fallback_to_default=False) == str(style.FONTS[weight])


def test_words_that_do_not_fit_are_cut_and_end_with_an_ellipsis():
    assert style.fitted("Mù Căng Chải", 200, 15) == "Mù Căng Chải"
    cut = style.fitted("Mù Căng Chải", 60, 15)
    assert cut.endswith("…")
    assert style.width_of(cut, 15) <= 60 < style.width_of("Mù Căng Chải", 15)


@pytest.mark.parametrize("chart", charts.__all__)
def test_a_notebook_finds_every_chart_as_a_function_and_not_as_the_module_of_that_name(chart):
    assert chart in dir(charts)
    assert list(inspect.signature(getattr(charts, chart)).parameters) == ["m"]


@pytest.mark.parametrize("chart", ["by_area", "by_register", "communes", "discrepancies", "progress"])
def test_the_help_of_a_chart_has_an_example(chart):
    assert f"`charts.{chart}(m)`" in inspect.getdoc(getattr(charts, chart))
