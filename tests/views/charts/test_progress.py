"""The way of the share: lines, targets, outlook and labels read back from the drawing and compared with the facts."""

from datetime import date

import numpy as np
import pytest
from drawings import drawn, labels, names, short
from matplotlib.colors import same_color

from hotich.views.charts.style import ALERT, NAVY
from hotich.views.figures import format_fact

ENDS = ("finish_fast", "finish", "finish_slow")


@pytest.fixture(scope="module")
def m(complete):
    return complete


@pytest.fixture(scope="module")
def sizes(m):
    screen, phone = drawn("progress", m)
    assert screen.bbox.width > phone.bbox.width
    return screen, phone


def lines(ax):
    """Return the points of each line by its name."""
    return {line.get_label(): list(zip(line.get_xdata(), line.get_ydata(), strict=True)) for line in ax.lines}


def collections(ax):
    return {each.get_label(): each for each in ax.collections}


def shares(m):
    return [(m.as_of_on(month).toordinal(), m.get("percent", month=month)) for month in m.months]


def latest(m):
    return m.as_of.toordinal(), float(m.get("percent").number)


def end(m, name):
    """Return the day on which a continuation ends, None where it never does."""
    return fact.value.toordinal() if (fact := m.find(name)) else None


def target(m):
    return m.office.targets[-1].day.toordinal()


def test_the_line_goes_through_the_share_of_each_month_on_its_day(m, sizes):
    for ax in sizes:
        assert lines(ax)["digitised"] == [(day, float(fact.number)) for day, fact in shares(m)]
        assert lines(ax)["latest"] == [latest(m)]


def test_days_run_to_the_right_and_percent_upwards_from_nothing_evenly(m, sizes):
    for ax in sizes:
        (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
        assert left == shares(m)[0][0] < target(m) < right
        assert bottom == 0
        assert 100 < top < 130
        assert (ax.get_xscale(), ax.get_yscale()) == ("linear", "linear")


def test_percentages_and_months_are_named_where_they_lie(m, sizes):
    for ax in sizes:
        percents = {words.get_text(): words.xy[1] for words in names(ax) if "%" in words.get_text()}
        assert percents == {f"{percent}%": percent for percent in (0, 25, 50, 75, 100)}
        across = [tuple(line.get_ydata()) for line in ax.lines if list(line.get_xdata()) == [0, 1]]
        assert across == [(percent, percent) for percent in percents.values()]
        named = [words for words in names(ax) if "%" not in words.get_text()]
        days = [date.fromordinal(words.xy[0]) for words in named]
        assert all(
            words.get_text() in (short(m, day.month), f"{day.year}") for words, day in zip(named, days, strict=True)
        )
        assert {day.day for day in days} == {1}
        assert {words.xy[1] for words in named} == {0}
        ends = [path.vertices[0] for each in ax.collections for path in each.get_paths()]
        assert {day for day, height in ends if height < 0} == {words.xy[0] for words in named}


def test_each_target_is_a_line_on_its_day_with_its_name_at_the_end(m, sizes):
    for ax in sizes:
        left, right = ax.get_xlim()
        for own in m.office.targets:
            if not left <= own.day.toordinal() <= right:
                continue
            ((first, last),) = (path.vertices for path in collections(ax)[own.id].get_paths())
            assert (first[0], last[0], first[1]) == (own.day.toordinal(), own.day.toordinal(), 0)
            assert last[1] > 100
            (name,) = (words for words in labels(ax) if words.xy == tuple(last))
            assert name.get_text()[:8] == own.name(m.language)[:8]


def test_the_need_goes_from_the_latest_share_to_everything_on_the_deadline(m, sizes):
    for ax in sizes:
        assert lines(ax)["needed"] == [latest(m), (target(m), 100)]
        assert same_color(next(line for line in ax.lines if line.get_label() == "needed").get_color(), ALERT)
        middle = (latest(m)[0] + target(m)) / 2, (latest(m)[1] + 100) / 2
        (words,) = (words for words in labels(ax) if words.xy == middle)
        assert format_fact(m.get("pace_needed"), m.language) in words.get_text()


def test_the_continuation_goes_from_the_latest_share_to_its_finish(m, sizes):
    for ax in sizes:
        days, percents = zip(*lines(ax)["continued"], strict=True)
        assert (days[0], percents[0]) == latest(m)
        assert days[-1] == ax.get_xlim()[1]
        finish = end(m, "finish")
        if finish and finish <= days[-1]:
            assert percents[days.index(finish)] == 100
        reached = m.find("percent_at_target")
        if end(m, "finish"):
            assert np.interp(target(m), days, percents) == pytest.approx(float(reached.number), abs=1.5)
            assert percents[-1] > percents[0]
        else:
            assert set(percents) == {latest(m)[1]}
        assert lines(ax)["at target"] == [(target(m), float(reached.number))]


def test_the_range_lies_between_the_fastest_and_the_slowest_pace(m, sizes):
    for ax in sizes:
        (path,) = collections(ax)["range"].get_paths()
        corners, edge = {tuple(corner) for corner in path.vertices}, ax.get_xlim()[1]
        assert latest(m) in corners
        for name in ("finish_fast", "finish_slow"):
            day = end(m, name)
            expected = (edge, latest(m)[1]) if day is None else (day, 100)
            if expected[0] <= edge:
                assert expected in corners
            else:
                share = latest(m)[1] + (100 - latest(m)[1]) * (edge - latest(m)[0]) / (day - latest(m)[0])
                assert any(at == edge and height == pytest.approx(share) for at, height in corners)


def test_the_bracket_spans_the_ends_that_lie_in_the_drawing(m, sizes):
    for ax in sizes:
        edge, (fast, finish, slow) = ax.get_xlim()[1], (end(m, name) or 10**9 for name in ENDS)
        if fast > edge or not m.find("finish"):
            assert "finish range" not in lines(ax)
            continue
        (first, height), (last, same) = lines(ax)["finish range"]
        assert (first, last) == (fast, min(slow, edge))
        assert height == same > 100
        caps = [path.vertices[0][0] for path in collections(ax)["finish caps"].get_paths()]
        assert caps == [day for day in (fast, slow) if day <= edge]
        assert lines(ax).get("finish", []) == [(day, height) for day in (finish,) if day < edge]


def test_each_share_is_written_at_its_own_point(m, sizes):
    for ax in sizes:
        written = {}
        for words in labels(ax):
            written.setdefault(words.xy, []).append(words.get_text())
        day = format_fact(m.get("as_of"), m.language, short=True)
        assert written[latest(m)] == [format_fact(m.get("percent"), m.language), day]
        (day, first), *rest = shares(m)
        if len(rest) > 1:
            assert format_fact(first, m.language) in written[day, float(first.number)]
        reached = m.get("percent_at_target")
        place = target(m), float(reached.number)
        assert (place in written) == (reached.number < 99)
        assert written.get(place, [format_fact(reached, m.language)]) == [format_fact(reached, m.language)]


def test_what_is_known_and_what_is_continued_is_navy(m, sizes):
    for ax in sizes:
        found = {line.get_label(): line.get_color() for line in ax.lines}
        assert all(same_color(found[name], NAVY) for name in ("digitised", "latest", "continued"))
        dashed = {line.get_label() for line in ax.lines if line.get_linestyle() == "--"}
        assert dashed == {"continued"}


def test_the_outlook_in_words_has_the_same_dates(m, sizes):
    for ax in sizes:
        words = " ".join(words.get_text() for words in labels(ax) if words.xy[1] in (0, 100))
        only = len(m.months) == 2
        facts = [fact for name in (("finish",) if only else ENDS) if (fact := m.find(name))] if m.find("finish") else []
        assert all(format_fact(fact, m.language) in words for fact in facts)
        assert ("xong" in words or "done about" in words) == bool(facts)
