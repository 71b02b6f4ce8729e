"""The columns of the pace: read back from the drawing and compared with the facts."""

import pytest
from drawings import drawn, labels, ticks
from matplotlib.colors import same_color
from months import SEEDS, october, random_month

from hotich.views.charts.style import ALERT, GREY, NAVY
from hotich.views.figures import format_fact


@pytest.fixture(params=["october", *SEEDS])
def m(request, office):
    m = october() if request.param == "october" else random_month(office, request.param)
    return m if m.get("left").value else pytest.fail("nothing is left: draw another seed")


@pytest.fixture
def sizes(m):
    screen, phone = drawn("pace", m)
    assert screen.bbox.width > phone.bbox.width
    return screen, phone


def facts(m):
    """Every period's pace, then the needed one."""
    return [m.get("pace", month=month) for month in m.months[1:]] + ([need] if (need := m.find("pace_needed")) else [])


def test_columns_are_as_high_as_their_pace_and_run_from_left_to_right(m, sizes):
    for ax in sizes:
        columns = ax.containers[0].patches
        assert [column.get_height() for column in columns] == [max(float(fact.number), 0) for fact in facts(m)]
        assert [column.get_y() for column in columns] == [0] * len(columns)
        assert [column.get_center()[0] for column in columns] == pytest.approx(range(len(columns)))


def test_the_scale_begins_at_nothing_is_even_and_holds_every_column(m, sizes):
    for ax in sizes:
        (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
        assert (bottom, ax.get_yscale(), ax.get_xscale()) == (0, "linear", "linear")
        assert top >= max(float(fact.number) for fact in facts(m))
        assert left < 0 < len(facts(m)) - 1 < right


def test_the_last_three_periods_are_dark_and_the_need_is_outlined(m, sizes):
    periods = len(m.months) - 1
    for ax in sizes:
        columns = ax.containers[0].patches
        shown = [column.get_facecolor() for column in columns]
        assert same_color(shown[:periods], [GREY] * (periods - 3) + [NAVY] * min(periods, 3))
        assert all(same_color(column.get_edgecolor(), ALERT) for column in columns[periods:])
        assert not any(column.get_edgecolor()[3] for column in columns[:periods])


def test_each_value_and_each_name_stands_at_its_own_column(m, sizes):
    heights = [max(float(fact.number), 0) for fact in facts(m)]
    values = {
        (at, height): format_fact(fact, m.language)
        for at, (height, fact) in enumerate(zip(heights, facts(m), strict=True))
    }
    under = [f"T{month.number}" for month in m.months[1:]] + ["cần"]
    for ax in sizes:
        shown = {words.xy: words.get_text() for words in labels(ax) if words.xy[0] >= 0}
        assert shown.items() <= values.items()
        assert len(shown) > len(values) / 3
        assert max(shown) == max(values)
        for words in ticks(ax):
            at, height = words.xy
            assert (height, words.get_text()) == (0, under[at])


def test_the_need_is_a_line_across_at_its_own_height(m, sizes):
    need = m.find("pace_needed")
    for ax in sizes:
        across = [line.get_ydata() for line in ax.lines if same_color(line.get_color(), ALERT)]
        assert across == ([[float(need.number)] * 2] if need else [])
        assert [words.xy[1] for words in labels(ax) if words.xy[0] < 0] == ([float(need.number)] if need else [])
