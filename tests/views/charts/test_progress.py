"""The way of the share: lines, targets, outlook and labels read back from the drawing and compared with the facts."""

from datetime import date

import months
import pytest
from conftest import small_office
from drawings import drawn, labels, names, short
from matplotlib.colors import same_color

from hotich.views.charts.style import ALERT, NAVY
from hotich.views.figures import format_fact


@pytest.fixture(scope="module", params=["October 2024", *months.SEEDS, *(f"series {seed}" for seed in months.SEEDS)])
def m(request, tmp_path_factory):
    """October 2024, random months with too little history for an outlook, and random series with one."""
    if request.param == "October 2024":
        return months.october()
    if isinstance(request.param, int):
        return months.in_its_own_place(tmp_path_factory, request.param, "")
    office = small_office(tmp_path_factory.mktemp("office") / "data")
    return months.random_series(office, int(request.param.removeprefix("series ")), "en")


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


def speaks(m):
    return m.find("percent_at_target") is not None


def test_the_continuation_goes_through_the_share_on_the_deadline_to_its_finish(m, sizes):
    for ax in sizes:
        if not speaks(m):
            assert not {"continued", "range", "finish", "beyond"} & {*lines(ax), *collections(ax)}
            continue
        days, percents = zip(*lines(ax)["continued"], strict=True)
        assert (days[0], percents[0]) == latest(m)
        assert percents[days.index(target(m))] == float(m.get("percent_at_target").number)
        assert list(percents) == sorted(percents)
        finish, edge = end(m, "finish"), ax.get_xlim()[1]
        if finish and finish < edge:
            assert (days[-1], percents[-1]) == (finish, 100)
            assert lines(ax)["finish"] == [(finish, 100)]
            assert "beyond" not in lines(ax)
        most = end(m, "finish_most")
        if most and most < edge:
            share = latest(m)[1]
            assert percents[days.index(most)] == pytest.approx(share + (100 - share) * 0.9)
        assert lines(ax)["at target"] == [(target(m), float(m.get("percent_at_target").number))]


def test_an_end_beyond_the_drawing_is_pointed_to_at_its_edge_with_its_month(m, sizes):
    for ax in sizes:
        finish, edge = end(m, "finish"), ax.get_xlim()[1]
        assert ("beyond" in lines(ax)) == bool(speaks(m) and finish and finish >= edge)
        if "beyond" in lines(ax):
            (place,) = lines(ax)["beyond"]
            assert place == lines(ax)["continued"][-1]
            assert place[0] == edge
            (words,) = (words for words in labels(ax) if words.xy == place)
            assert format_fact(m.get("finish"), m.language, as_month=True, short=True) in words.get_text()


def test_the_range_opens_from_now_to_its_bounds_on_the_deadline(m, sizes):
    names = ("percent_at_target_least", "percent_at_target_most")
    bounds = [float(fact.number) for name in names if (fact := m.find(name))]
    for ax in sizes:
        found = collections(ax)
        if not bounds:
            assert not {"range", "bounds", "caps"} & set(found)
            continue
        corners = {tuple(corner) for corner in found["range"].get_paths()[0].vertices}
        assert corners == {latest(m), *((target(m), bound) for bound in bounds)}
        ((low, high),) = (path.vertices for path in found["bounds"].get_paths())
        assert [tuple(low), tuple(high)] == [(target(m), bound) for bound in bounds]
        caps = [(path.vertices[0][0] + path.vertices[1][0], path.vertices[0][1]) for path in found["caps"].get_paths()]
        assert caps == [(2 * target(m), bound) for bound in bounds]


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
        if not speaks(m):
            continue
        reached = m.get("percent_at_target")
        place = target(m), float(reached.number)
        assert (place in written) == (reached.number < 99)
        assert written.get(place, [format_fact(reached, m.language)]) == [format_fact(reached, m.language)]


def test_what_is_known_and_what_is_continued_is_navy(m, sizes):
    for ax in sizes:
        found = {line.get_label(): line.get_color() for line in ax.lines}
        ahead = {"continued"} if speaks(m) else set()
        assert all(same_color(found[name], NAVY) for name in ("digitised", "latest", *ahead))
        assert {line.get_label() for line in ax.lines if line.get_linestyle() == "--"} == ahead


def test_the_outlook_in_words_has_the_same_figures_on_a_screen_that_has_room(m, sizes):
    screen, phone = sizes
    shown = ("percent_at_target", "percent_at_target_least", "percent_at_target_most", "finish")
    facts = [fact for name in shown if speaks(m) and (fact := m.find(name))]
    said = [words.get_text() for words in labels(screen) if words.xy[0] == screen.get_xlim()[0]]
    assert all(format_fact(fact, m.language) in " ".join(said) for fact in facts)
    own = {"vi": "Theo tốc độ gần đây của các đơn vị:", "en": "By the recent pace of its units:"}[m.language]
    assert (own in said) == bool(facts)
    assert own not in [words.get_text() for words in labels(phone)]


def test_a_month_in_which_units_were_silent_has_its_symbol_above_its_dot(m, sizes):
    silent = [
        (m.as_of_on(month).toordinal(), float(share.number))
        for month in m.months
        if (share := m.find("percent", month=month)) and m.get("units_missing", month=month).value
    ]
    for ax in sizes:
        assert [words.xy for words in labels(ax) if words.get_text() == "[p]"] == silent
