"""Communes as dots show their facts: read back from the drawing, for screens and for phones."""

from collections import Counter
from itertools import combinations

import numpy as np
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
from matplotlib.collections import PathCollection

from hotich import measures
from hotich.checks import Checked
from hotich.data import dataset
from hotich.views.charts.communes import _apart
from hotich.views.figures import format_fact

OPEN, DONE = "#6593BC", "#12436D"


@pytest.fixture(scope="module")
def strips(m):
    """The drawing for a screen and the one for a phone."""
    return drawn("communes", m)


def groups(m):
    shown = [area for area in m.districts if m.find("percent", area.code)] or [m.area(m.root)]
    return sorted(shown, key=lambda a: -m.get("percent", a.code).value if m.find("percent", a.code) else 0)


def unfinished(m, area):
    """Percentages of the communes that are not complete, the lowest first."""
    found = [
        (m.get("percent", each.code).value, each.code)
        for each in m.communes(area.code)
        if m.find("percent", each.code) and not m.get("completed", each.code).value
    ]
    return sorted((max(float(percent), 10), code) for percent, code in found)


def dots(ax, fill):
    """Pixels of the dots of that colour, a list for each district that has some."""
    groups = [group for group in ax.collections if isinstance(group, PathCollection) and len(group.get_offsets())]
    return [
        group.get_offset_transform().transform(group.get_offsets())
        for group in groups
        if colour(group.get_facecolor()[0]) == fill
    ]


def places(ax, fill):
    """Pixels from the left and row of each dot of that colour."""
    return [(float(x), row_of(ax, y)) for x, y in np.concatenate([np.empty((0, 2)), *dots(ax, fill)])]


def test_there_is_a_drawing_for_screens_and_one_for_phones(strips):
    assert [ax.figure.bbox.width for ax in strips] == [900, 340]
    assert all(runs_right_and_down(ax) and scale_is_at_its_place(ax) for ax in strips)
    for ax in strips:
        assert [each.get_text() for each in ax.texts if each.get_gid() == "tick"] == ["20", "40", "60", "80", "100"]
        assert [line.get_xdata()[0] for line in ax.lines if not line.is_dashed()] == [20, 40, 60, 80, 100]


def test_a_commune_that_is_not_complete_is_a_dot_at_its_percentage_in_the_row_of_its_district(m, strips):
    for ax in strips:
        expected = [(across(ax, share), y) for y, area in enumerate(groups(m)) for share, _ in unfinished(m, area)]
        assert sorted(places(ax, OPEN)) == [pytest.approx(each) for each in sorted(expected)]
        assert ax.get_xlim() == (10, 100)


def test_a_complete_commune_is_a_dot_in_the_lane_of_its_district(m, strips):
    for ax in strips:
        counts = Counter({y: int(m.get("communes_completed", area.code).value) for y, area in enumerate(groups(m))})
        lane = places(ax, DONE)
        assert Counter(y for _, y in lane) == +counts
        assert all(ax.bbox.x1 < x < ax.figure.bbox.width - 30 for x, _ in lane)


def test_dots_of_a_lane_do_not_cover_one_another(strips):
    for ax in strips:
        for spots in dots(ax, DONE):
            assert min((distance(a, b) for a, b in combinations(spots, 2)), default=9) >= 9


def distance(a, b):
    return ((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5


def test_a_row_names_its_district_its_lowest_commune_and_how_many_are_complete(m, strips):
    screen = strips[0]
    for ax in strips:
        for row, area in zip(rows(ax, len(groups(m))), groups(m), strict=True):
            done, total = (m.get(f"communes_{what}", area.code) for what in ("completed", "total"))
            expected = [m.short(area.code), *(lowest(m, ax, area) if ax is screen else ())]
            expected.append(f"{format_fact(done, m.language)}/{format_fact(total, m.language)}")
            assert written(row) == expected
            assert box(row[-1]).x1 == pytest.approx(ax.figure.bbox.width, abs=2)


def lowest(m, ax, area):
    """The words beside the lowest dot: none where others could lie under them."""
    places = unfinished(m, area)
    near = places and across(ax, places[0][0]) - ax.bbox.x0 < 110
    if not places or (near and len(places) > 1):
        return []
    share = format_fact(m.get("percent", places[0][1]), m.language, column=True)
    return [f"{m.area(places[0][1]).name(m.language)} {share}"]


def test_the_name_of_the_lowest_commune_ends_at_its_dot(m, strips):
    screen = strips[0]
    for y, (row, area) in enumerate(zip(rows(screen, len(groups(m))), groups(m), strict=True)):
        if lowest(m, screen, area):
            first = min(x for x, row in places(screen, OPEN) if row == y)
            assert 4.5 < min(abs(box(row[1]).x1 - first), abs(box(row[1]).x0 - first)) < 12


def test_a_tick_marks_the_percentage_of_the_district(m, strips):
    expected = [(float(f.value), y) for y, area in enumerate(groups(m)) if (f := m.find("percent", area.code))]
    assert expected
    for ax in strips:
        assert ticks(ax) == expected


def test_the_threshold_is_the_office_s(m, strips):
    for ax in strips:
        assert dashed(ax) == m.office.threshold
        middle, place = named_above(ax, f"{m.office.threshold}%"), across(ax, m.office.threshold)
        assert middle == pytest.approx(place, abs=1) or (ax is strips[1] and middle < place)


def test_dots_cover_no_other_as_long_as_a_level_is_free():
    places = [0.0, 1.0, 3.0, 8.0, 9.0, 9.5, 40.0]
    lines = _apart(places, 6)
    spots = list(zip(places, lines, strict=True))
    assert all(distance(a, b) >= 9 for a in spots for b in spots if a != b)
    assert (lines[0], lines[-1]) == (0, 0)
    assert _apart([0.0] * 9, 2)[-1] == 0


def test_a_threshold_below_the_scale_stands_at_its_beginning(office):
    settings = office.at.data / "office.toml"
    settings.write_text(settings.read_text().replace("threshold = 90", "threshold = 5"))
    m = measures.read(Checked(dataset.read("2024-10", office.at), ()))
    for ax in drawn("communes", m):
        assert dashed(ax) == 10
        assert named_above(ax, "5%") <= across(ax, 10) + 1
