"""The ranking of districts shows its facts: read back from the drawing, for screens and for phones."""

import re

import pytest
from drawings import (
    across,
    box,
    colour,
    dashed,
    drawn,
    named_above,
    row_of,
    rows,
    runs_right_and_down,
    scale_is_at_its_place,
    ticks,
    written,
)

from hotich import checks, measures
from hotich.data import dataset
from hotich.language import say
from hotich.views import charts
from hotich.views.figures import format_fact

COLOURS = ("#D5E1EC", "#A6C2D9", "#6593BC", "#376C9B", "#12436D")
UP, DOWN = ("^", "#12436D"), ("v", "#9A3412")


@pytest.fixture(scope="module")
def rankings(m):
    """The ranking on a screen and on a phone."""
    return drawn("by_area", m)[:2]


def ranked(m):
    return sorted((a for a in m.districts if m.find("rank", a.code)), key=lambda a: m.get("rank", a.code).value)


def before(m, measure, area):
    return m.find(measure, area.code, month=m.months[-2])


def class_of(percent, threshold):
    """The class of a percentage: the threshold's own, two of ten percent below it, what is below them, and 100."""
    begins = (threshold - 20, threshold - 10, threshold, 100)
    return COLOURS[sum(percent >= least for least in begins)]


def test_there_is_a_drawing_for_screens_and_one_for_phones(m, rankings):
    assert [ax.figure.bbox.width for ax in rankings] == [500 if m.office.root == "15" else 720, 340]
    assert all(runs_right_and_down(ax) and scale_is_at_its_place(ax) for ax in rankings)


def test_a_bar_is_as_long_as_the_percentage_of_the_district_of_its_rank(m, rankings):
    for ax in rankings:
        tracks, bars = ax.containers
        for y, (area, bar, track) in enumerate(zip(ranked(m), bars, tracks, strict=True)):
            percent = float(m.get("percent", area.code).value)
            assert (bar.get_x(), bar.get_width(), track.get_x(), track.get_width()) == (0, percent, 0, 100)
            assert bar.get_y() + bar.get_height() / 2 == pytest.approx(y)
            assert bar.get_window_extent().width == pytest.approx(ax.bbox.width * percent / 100)
            assert track.get_bbox().y0 == bar.get_bbox().y0
            assert track.get_bbox().y1 == bar.get_bbox().y1


def test_a_bar_has_the_colour_of_its_class_and_a_pale_one_an_outline(m, rankings):
    for ax in rankings:
        for area, bar in zip(ranked(m), ax.containers[1], strict=True):
            percent = m.get("percent", area.code).value
            assert colour(bar.get_facecolor()) == class_of(percent, m.office.threshold)
            assert (bar.get_edgecolor()[3] > 0) == (percent < m.office.threshold - 10)


def test_a_row_says_rank_last_rank_name_and_percentage_of_its_district(m, rankings):
    for ax in rankings:
        for row, area in zip(rows(ax, len(ranked(m))), ranked(m), strict=True):
            was = before(m, "rank", area)
            rank, percent = m.get("rank", area.code), m.get("percent", area.code)
            ranks = [format_fact(fact, m.language) for fact in (rank, was) if fact]
            assert written(row) == [*ranks, m.short(area.code), format_fact(percent, m.language, column=True)]
            assert box(row[-1]).x1 == pytest.approx(ax.figure.bbox.width, abs=2)
            assert box(row[-1]).x0 > across(ax, 100)


def test_a_tick_marks_the_percentage_of_the_month_before(m, rankings):
    expected = [(float(was.value), y) for y, area in enumerate(ranked(m)) if (was := before(m, "percent", area))]
    for ax in rankings:
        assert (ticks(ax) if expected else []) == expected


def test_an_arrow_points_up_where_a_district_rose_and_down_where_it_fell(m, rankings):
    moved = {UP: [], DOWN: []}
    for y, area in enumerate(ranked(m)):
        was, now = before(m, "rank", area), m.get("rank", area.code)
        if was and was.value != now.value:
            moved[UP if now.value < was.value else DOWN].append(y)
    for ax in rankings:
        arrows = {(line.get_marker(), colour(line.get_color())): line for line in ax.lines if line.get_marker() in "^v"}
        assert {way: list(line.get_ydata()) for way, line in arrows.items()} == moved
        words = rows(ax, len(ranked(m)))
        for line in arrows.values():
            for x, y in line.get_transform().transform(line.get_xydata()):
                _, was, name, _ = words[row_of(ax, y)]
                assert box(was).x1 < x - 4.5 < x + 4.5 < box(name).x0


def test_the_threshold_is_the_office_s(m, rankings):
    for ax in rankings:
        assert dashed(ax) == m.office.threshold
        assert named_above(ax, f"{m.office.threshold}%") == pytest.approx(across(ax, m.office.threshold), abs=1)


def test_the_key_names_the_classes_from_the_palest_to_the_darkest(october):
    html = charts.by_area(october.seen_in("en")).html
    key = re.search(r'<p class="key">(.*?)</p>', html)[1]
    items = re.findall(r'background:(#\w+)"></i>(.*?)</span>', key)
    assert [found for found, _ in items] == list(COLOURS)
    assert [re.findall(r'value="(\d+)', words) for _, words in items] == [
        ["70"],
        ["70", "80"],
        ["80", "90"],
        ["90", "100"],
        ["100"],
    ]


def test_in_a_first_month_the_ranking_has_no_column_of_a_month_before(office):
    first, second = (
        charts.by_area(measures.read(checks.run(dataset.read(month, office.at))))._repr_html_()
        for month in ("2024-09", "2024-10")
    )
    for name in ("rank_before", "before", "points"):
        heading = say("vi", f"charts.column.{name}")
        assert f">{heading}<" in second
        assert f">{heading}<" not in first
