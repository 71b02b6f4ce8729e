"""The columns of the pace: read back from the drawing and compared with the facts."""

from itertools import pairwise

import pytest
from drawings import drawn, labels, names, short
from matplotlib.colors import same_color

from hotich.views.charts.style import ALERT, GREY, NAVY
from hotich.views.figures import format_fact


@pytest.fixture(scope="module")
def m(complete):
    return complete


@pytest.fixture(scope="module")
def sizes(m):
    screen, phone = drawn("pace", m)
    assert screen.bbox.width > phone.bbox.width
    return screen, phone


def facts(m):
    """Every period's pace, then the one that is needed."""
    return [*(m.get("pace", month=month) for month in m.months[1:]), m.get("pace_needed")]


def heights(m):
    """A pace below zero has no column."""
    return [max(float(fact.number), 0) for fact in facts(m)]


def test_columns_are_as_high_as_their_pace_and_run_from_left_to_right(m, sizes):
    for ax in sizes:
        columns = ax.containers[0].patches
        assert [column.get_height() for column in columns] == heights(m)
        assert {column.get_y() for column in columns} == {0}
        assert [column.get_center()[0] for column in columns] == pytest.approx(list(range(len(columns))))
        assert all(one.get_x() + one.get_width() < next_one.get_x() for one, next_one in pairwise(columns))


def test_the_scale_begins_at_nothing_is_even_and_holds_every_column(m, sizes):
    for ax in sizes:
        (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
        assert (bottom, ax.get_yscale(), ax.get_xscale()) == (0, "linear", "linear")
        assert top >= max(heights(m))
        assert (left, right) == (-0.5, len(facts(m)) - 0.5)


def test_the_last_three_periods_are_dark_and_the_need_is_outlined(m, sizes):
    periods = len(m.months) - 1
    for ax in sizes:
        columns = ax.containers[0].patches
        shown = [column.get_facecolor() for column in columns]
        assert same_color(shown[:periods], [GREY] * (periods - 3) + [NAVY] * min(periods, 3))
        assert not any(same_color(shown[-1], other) for other in (GREY, NAVY))
        assert [same_color(column.get_edgecolor(), ALERT) for column in columns] == [False] * periods + [True]


def test_each_value_stands_over_its_own_column(m, sizes):
    own = dict(zip(enumerate(heights(m)), facts(m), strict=True))
    for ax in sizes:
        shown = {words.xy: words.get_text() for words in labels(ax) if words.xy[0] >= 0}
        assert shown == {at: format_fact(own[at], m.language) for at in shown if at in own}
        assert len(shown) > len(own) / 3
        assert max(shown) == max(own)
        assert all(words.get_position()[1] > 0 for words in labels(ax))


def test_each_period_is_named_under_its_own_column(m, sizes):
    own = [*(short(m, month.number) for month in m.months[1:]), {"vi": "cần", "en": "needed"}[m.language]]
    for ax in sizes:
        shown = {words.xy: words.get_text() for words in names(ax)}
        assert shown == {(at, height): own[at] for at, height in shown if height == 0}
        assert len(shown) > len(own) / 3
        assert all(words.get_position()[1] < 0 for words in names(ax))


def test_the_need_is_a_line_across_all_periods_at_its_own_height(m, sizes):
    need = float(m.get("pace_needed").number)
    for ax in sizes:
        across = [line for line in ax.lines if same_color(line.get_color(), ALERT)]
        assert [list(line.get_ydata()) for line in across] == [[need, need]]
        assert [list(line.get_xdata()) for line in across] == [[0, 1]]
        named, above = [words.xy for words in labels(ax) if words.xy[0] < 0], [height >= need for height in heights(m)]
        assert named in ([], [(-0.5, need)])
        assert named or any(above[:-1]), "no column stands behind the words"
        assert not (named and above[0]), "the words would stand in the first column"
