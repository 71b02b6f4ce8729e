"""What earlier outlooks said, read back from the drawing and compared with the facts."""

import pytest
from drawings import drawn, labels, names, short
from matplotlib.colors import same_color

from hotich.views import charts
from hotich.views.charts.earlier import SHOWN
from hotich.views.charts.style import NAVY
from hotich.views.figures import format_fact


@pytest.fixture(scope="module")
def m(october):
    return october


@pytest.fixture(scope="module")
def sizes(m):
    screen, phone = drawn("earlier", m)
    assert screen.bbox.width > phone.bbox.width
    return screen, phone


def months(m):
    return [month for month in m.months if m.find("outlook_1", month=month)]


def points(ax):
    return {line.get_label(): (line.get_xdata()[0], line.get_ydata()[0]) for line in ax.lines}


def share(m, name, month):
    return float(m.get(name, month=month).number)


def test_what_came_stands_at_its_month_with_its_share(m, sizes):
    for ax in sizes:
        written = {words.xy: words.get_text() for words in labels(ax)}
        for at, month in enumerate(months(m)):
            assert points(ax)[f"came {month}"] == (at, share(m, "percent", month))
            assert written[at, ax.get_ylim()[1]] == format_fact(m.get("percent", month=month), m.language)
        assert all(same_color(line.get_color(), NAVY) for line in ax.lines if line.get_label().startswith("came"))


def test_what_was_said_stands_beside_its_month_in_its_range(m, sizes):
    for ax in sizes:
        ranges = {each.get_label(): each.get_paths()[0].vertices for each in ax.collections}
        for at, month in enumerate(months(m)):
            for ahead, side in zip(SHOWN, (-1, 1), strict=True):
                if not m.find(f"outlook_{ahead}", month=month):
                    assert f"said {ahead} {month}" not in points(ax)
                    continue
                across, height = points(ax)[f"said {ahead} {month}"]
                assert 0 < (across - at) * side < 0.4
                assert height == share(m, f"outlook_{ahead}", month)
                low, high = ranges[f"range {ahead} {month}"]
                assert low[0] == high[0] == across
                ends = [share(m, f"outlook_{ahead}_{end}", month) for end in ("least", "most")]
                assert [low[1], high[1]] == ends


def test_percent_run_upwards_evenly_and_months_are_named_under_their_places(m, sizes):
    for ax in sizes:
        bottom, top = ax.get_ylim()
        percents = {words.get_text(): words.xy[1] for words in names(ax) if "%" in words.get_text()}
        assert percents == {f"{percent}%": percent for percent in range(int(bottom), int(top) + 1, 10)}
        own = {words.xy[0]: words.get_text() for words in names(ax) if "%" not in words.get_text()}
        assert own == {at: short(m, month.number) for at, month in enumerate(months(m))}


def test_the_headline_counts_the_months_whose_share_lay_in_the_range(m):
    held = [
        share(m, "outlook_1_least", month) <= share(m, "percent", month) <= share(m, "outlook_1_most", month)
        for month in months(m)
    ]
    assert (m.get("outlook_1_held").value, m.get("outlook_1_made").value) == (sum(held), len(held))
    assert len(held) > 3


def test_there_is_no_picture_before_two_outlooks_have_come_true_or_not(office):
    from hotich import checks, measures
    from hotich.data import dataset

    assert not charts.earlier(measures.read(checks.require(dataset.read("2024-10", office.at)))).html
