"""A Matplotlib figure becomes SVG in which words are words, whatever was done to them."""

import re

import numpy as np
import pytest
from matplotlib import patheffects
from matplotlib import pyplot as plt
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.textpath import TextPath
from matplotlib.transforms import Affine2D

from hotich.jupyter import drawing


@pytest.fixture
def ax():
    """Axes of a figure."""
    return plt.subplots()[1]


def words(ax):
    return re.findall(r"<text[^>]*>([^<]*)</text>", drawing.svg(ax.figure))


@pytest.mark.parametrize(
    "shown",
    [
        lambda ax: ax.figure,
        lambda ax: ax,
        lambda ax: ax.bar([0], [1]),
        lambda ax: ax.plot([0], [1]),
        lambda ax: ax.set_title("x"),
        lambda ax: np.array([ax]),
        lambda ax: np.array([[ax]]),
        lambda ax: [[ax]],
    ],
)
def test_a_figure_is_known_by_whatever_belongs_to_it(ax, shown):
    assert drawing.figure_of(shown(ax)) is ax.figure


@pytest.mark.parametrize("shown", [None, 5, "x", [], (), np.zeros((0, 3)), np.zeros(3), {"a": 1}, [[]]])
def test_other_values_are_no_figures(shown):
    assert drawing.figure_of(shown) is None


def test_a_long_list_is_not_searched():
    assert drawing.figure_of(np.broadcast_to(0.0, (10_000, 10_000, 10_000))) is None


def test_the_same_figure_gives_the_same_bytes(ax):
    ax.bar([0, 1], [1, 2], hatch="/")
    assert drawing.svg(ax.figure) == drawing.svg(ax.figure)


def test_words_are_words_with_a_halo_and_in_tex(ax):
    ax.text(0, 0, "quầng", path_effects=[patheffects.withStroke(linewidth=3)])
    ax.text(0, 1, "công thức", usetex=True)
    assert {"quầng", "công thức"} <= {*words(ax)}
    assert not drawing.outlined_words()


def test_names_and_links_that_a_notebook_gave_are_gone(ax):
    ax.text(0, 0, "99", gid="xtick_9", url="https://example.org/")
    ax.xaxis.set_gid("scale-numbers")
    ax.set_xticks([0, 1], labels=["97", "98"])
    source = drawing.svg(ax.figure)
    assert "xtick_9" not in source
    assert "example.org" not in source
    assert 'id="matplotlib.axis_1"' in source
    assert source.count('id="scale-numbers"') == 1, "of the other axis"


def test_marks_are_shapes_and_not_pixels(ax):
    dots = ax.scatter([0, 1, 2], [0, 1, 2], c=[0, 1, 2], rasterized=True)
    ax.figure.colorbar(dots)
    assert "<image" not in drawing.svg(ax.figure)


@pytest.mark.parametrize(
    "draw",
    [
        lambda ax: ax.add_patch(PathPatch(TextPath((0, 0), "99%"))),
        lambda ax: ax.add_patch(PathPatch(TextPath((0, 0), "99%").transformed(Affine2D().scale(2)))),
        lambda ax: ax.plot([0], [0], marker="$99$"),
        lambda ax: ax.scatter([0], [0], marker="$99$"),
    ],
)
def test_words_that_become_outlines_are_noticed_once(ax, draw):
    draw(ax)
    drawing.svg(ax.figure)
    assert drawing.outlined_words()
    assert not drawing.outlined_words()


def test_marks_are_told_by_their_values(ax):
    ax.bar([0, 1], [15_357, 9])
    ax.plot([0, 1, 2], [1.5, np.nan, 2.5])
    ax.plot([np.nan, np.nan], [7, 7])
    assert drawing.marked(ax.figure) == [15_357, 9, 1.5, 2.5]


def test_categories_and_dates_are_no_trouble(ax):
    ax.plot(["a", "b"], [1, 2])
    ax.twiny().plot(np.array(["2024-10-22"], "datetime64[D]"), [3])
    assert drawing.marked(ax.figure) == [1, 2, 3]
    assert "<svg" in drawing.svg(ax.figure)


def test_pyplot_shows_its_figures_later_and_asking_leaves_the_current_one_alone():
    first, second = plt.figure(), plt.figure()
    plt.figure(first)
    try:
        assert [drawing.shown_later(each) for each in (first, second, Figure())] == [True, True, False]
        assert plt.gcf() is first
        drawing.close(second)
        assert not drawing.shown_later(second)
    finally:
        plt.close("all")
