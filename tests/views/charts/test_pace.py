"""The columns of the pace: read back from the drawing and compared with the facts."""

import pytest
from drawings import colour, drawn, labels, names
from months import october, some_months

from hotich.views import charts
from hotich.views.figures import format_fact

NAVY, GREY, ALERT = "#12436d", "#7e91a4", "#9a3412"


def facts(m):
    """Every period's pace, then the needed one."""
    return [m.get("pace", month=month) for month in m.months[1:]] + ([need] if (need := m.find("pace_needed")) else [])


@pytest.fixture(scope="module", params=["october", *range(4)])
def m(request):
    return october() if request.param == "october" else some_months(request.param)


@pytest.fixture(scope="module")
def sizes(m):
    screen, phone = drawn(charts.pace, m)
    return screen, phone


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
        shown = [colour(column.get_facecolor()) for column in columns]
        assert shown[:periods] == [GREY] * (periods - 3) + [NAVY] * min(periods, 3)
        assert [colour(column.get_edgecolor()) for column in columns[periods:]] == [ALERT] * len(columns[periods:])


def test_each_value_and_each_name_stands_at_its_own_column(m, sizes):
    heights = [max(float(fact.number), 0) for fact in facts(m)]
    values = {(at, height): format_fact(fact, m.language) for at, (height, fact) in enumerate(zip(heights, facts(m)))}
    months = [format_fact(m.get("month", month=month), m.language, short=True) for month in m.months[1:]]
    for ax in sizes:
        shown = {words.xy: words.get_text() for words in labels(ax) if words.xy[0] >= 0}
        assert shown.items() <= values.items()
        assert len(shown) > len(values) / 3
        assert max(shown) == max(values)
        for at, name in names(ax).items():
            assert at == len(months) or months[at].startswith(name.partition(" ")[0])


def test_the_need_is_a_line_across_at_its_own_height(m, sizes):
    need = m.find("pace_needed")
    for ax in sizes:
        lines = {line.get_ydata()[0]: colour(line.get_color()) for line in ax.lines}
        assert all(len(set(line.get_ydata())) == 1 for line in ax.lines)
        assert {height for height, ink in lines.items() if ink == ALERT} == ({float(need.number)} if need else set())
        assert [words.xy[1] for words in labels(ax) if words.xy[0] < 0] == ([float(need.number)] if need else [])
