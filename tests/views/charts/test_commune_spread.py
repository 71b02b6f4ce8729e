"""Strips of how communes are spread show their facts: read back from the drawing, for screens and for phones."""

import pytest
from drawings import across, box, colour, dashed, drawn, row_of, runs_right_and_down, scale_is_at_its_place
from matplotlib.collections import PathCollection
from matplotlib.patches import PathPatch
from offices import fill, read, small_country

from hotich.month import Month
from hotich.views.charts import commune_spread
from hotich.views.charts.style import COLOURS, GREY, INK
from hotich.views.figures import format_fact

DECEMBER = Month(2024, 12)


@pytest.fixture(scope="module")
def m(tmp_path_factory):
    """A country of three provinces, each with far more than sixty communes, one of which has hardly begun."""
    at = small_country(tmp_path_factory.mktemp("country"), provinces=("15", "12", "10"))
    fill(at, [DECEMBER.previous, DECEMBER], silent=3, least=0.3, complete=0.5)
    return read(at, "vi", DECEMBER)


@pytest.fixture(scope="module")
def strips(m):
    return drawn("communes", m)


@pytest.fixture
def areas(m):
    parts = sorted(m.parts, key=lambda area: -m.get("percent", area.code).number)
    return [m.area("VN"), *parts]


def bars(ax, fill):
    """Begin, end and row of each bar of a colour."""
    (patch,) = [each for each in ax.patches if isinstance(each, PathPatch) and colour(each.get_facecolor()) == fill]
    corners = patch.get_path().vertices.reshape(-1, 5, 2)
    middles = corners[:, :4].mean(axis=1)
    return [
        (x[:4, 0].min(), x[:4, 0].max(), row_of(ax, ax.transData.transform(middle)[1]))
        for x, middle in zip(corners, middles, strict=True)
    ]


def test_both_drawings_have_the_whole_and_each_province_in_the_order_of_their_shares(m, strips, areas):
    assert len(strips) == 2
    for ax in strips:
        assert runs_right_and_down(ax)
        assert scale_is_at_its_place(ax)
        assert dashed(ax) == m.office.threshold
        for row, area in enumerate(areas):
            (name,) = [words for words in ax.texts if words.get_text() == m.short(area.code)]
            assert row_of(ax, box(name).y0) == row


@pytest.mark.parametrize(
    ("low", "high", "fill"), [(0, 100, GREY), (10, 90, COLOURS[1]), (25, 75, COLOURS[2])], ids=["all", "most", "half"]
)
def test_a_bar_begins_and_ends_at_its_quantiles(m, strips, areas, low, high, fill):
    for ax in strips:
        for (begins, ends, row), area in zip(bars(ax, fill), areas, strict=True):
            assert row == areas.index(area)
            for place, percent in ((begins, low), (ends, high)):
                at = float(m.get(f"commune_percent_{percent}", area.code).number)
                assert place == pytest.approx(max(at, commune_spread.START))


def test_a_dot_stands_at_the_median_and_its_figure_behind_it(m, strips, areas):
    for ax in strips:
        (dots,) = [each for each in ax.collections if isinstance(each, PathCollection)]
        for (x, y), area in zip(dots.get_offsets(), areas, strict=True):
            median = m.get("commune_percent_50", area.code)
            row = areas.index(area)
            assert x == pytest.approx(float(median.number))
            assert row_of(ax, ax.transData.transform((x, y))[1]) == row
            shown = format_fact(median, m.language, column=True)
            behind = [each for each in ax.texts if each.get_text() == shown and row_of(ax, box(each).y0) == row]
            assert behind
            assert all(box(each).x0 > across(ax, 100) for each in behind)


def test_a_tick_stands_at_the_share_of_the_area(m, strips, areas):
    for ax in strips:
        known = [area for area in areas if m.find("percent", area.code)]
        for (begins, ends, row), area in zip(bars(ax, INK), known, strict=True):
            assert (begins + ends) / 2 == pytest.approx(float(m.get("percent", area.code).number))
            assert row == areas.index(area)


def test_many_strips_are_in_two_drawings_with_axes_of_one_length(m, areas, monkeypatch):
    monkeypatch.setattr(commune_spread, "MANY", 2)
    left, _, right, _ = drawn("communes", m)
    assert left.bbox.width == pytest.approx(right.bbox.width)
    names = {words.get_text() for ax in (left, right) for words in ax.texts}
    assert {m.short(area.code) for area in areas} <= names
