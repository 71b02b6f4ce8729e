"""Borders that two areas share stay one line, none is drawn far beside its place, and a hatching stays inside."""

import math
from itertools import pairwise
from random import Random

import pytest

from hotich import gazetteer
from hotich.views.charts import map_shapes

PROVINCES = ("15", "56", "79")


def shape(code, *rings, **label):
    return {"properties": {"code": code, **label}, "geometry": {"type": "Polygon", "coordinates": list(rings)}}


def from_line(point, ring):
    """How far a point is from the nearest side of a ring."""
    return min(_from_side(point, one, other) for one, other in pairwise(ring))


def _from_side(point, one, other):
    across, up = other[0] - one[0], other[1] - one[1]
    length = across**2 + up**2
    along = ((point[0] - one[0]) * across + (point[1] - one[1]) * up) / length if length else 0
    along = min(max(along, 0), 1)
    return math.hypot(point[0] - one[0] - along * across, point[1] - one[1] - along * up)


@pytest.mark.parametrize("province", PROVINCES)
def test_a_point_of_the_source_lies_within_a_pixel_of_the_line_that_is_drawn(province):
    shapes = map_shapes.split(gazetteer.shapes(province))[0]
    on = map_shapes.fitted(shapes, (0, 0, 720, 620))
    drawn = map_shapes.drawn(shapes, on)
    random = Random(7)
    for each in random.sample(shapes, 20):
        rings = drawn[each["properties"]["code"]]
        for point in random.sample(map_shapes.rings(each)[0], 4):
            assert min(from_line(on.place(point), ring) for ring in rings) <= 1


@pytest.mark.parametrize("province", PROVINCES)
def test_a_side_belongs_to_two_areas_or_to_the_outside(province):
    shapes = map_shapes.split(gazetteer.shapes(province))[0]
    source = sides(map_shapes.rings(each) for each in shapes)
    drawn = map_shapes.drawn(shapes, map_shapes.fitted(shapes, (0, 0, 720, 620)))
    after = sides(drawn.values())
    assert sum(count == 2 for count in after.values()) > len(shapes)
    shared = [sum(count > 1 for count in each.values()) / len(each) for each in (source, after)]
    assert shared[1] >= shared[0] - 0.05


def sides(areas):
    found = {}
    for rings in areas:
        for ring in rings:
            for one, other in pairwise(ring):
                if one != other:
                    key = frozenset((tuple(one), tuple(other)))
                    found[key] = found.get(key, 0) + 1
    return found


def test_simplifying_nearly_halves_the_points():
    shapes = gazetteer.shapes("15")
    drawn = map_shapes.drawn(shapes, map_shapes.fitted(shapes, (0, 0, 340, 340)))
    before = sum(len(ring) for each in shapes for ring in map_shapes.rings(each))
    assert sum(len(ring) for rings in drawn.values() for ring in rings) < before * 0.55
    assert set(drawn) == {each["properties"]["code"] for each in shapes}


def test_islands_far_from_everything_else_are_told_from_the_mainland():
    for province, islands in (
        ("48", {"20333"}),
        ("56", {"22736"}),
        ("68", {"23272"}),
        ("79", {"26732"}),
        ("15", set()),
    ):
        mainland, far = map_shapes.split(gazetteer.shapes(province))
        assert {each["properties"]["code"] for each in far} == islands
        assert len(mainland) + len(far) == len(gazetteer.shapes(province))


def test_a_hatching_stays_inside_and_out_of_holes():
    square = [(0, 0), (40, 0), (40, 40), (0, 40), (0, 0)]
    hole = [(10, 10), (10, 30), (30, 30), (30, 10), (10, 10)]
    lines = list(map_shapes.stripes([square, hole], 4))
    assert len(lines) > 20
    for one, other in lines:
        x, y = (one[0] + other[0]) / 2, (one[1] + other[1]) / 2
        assert 0 <= x <= 40
        assert 0 <= y <= 40
        assert not (10 < x < 30 and 10 < y < 30)
        assert other[1] - one[1] == pytest.approx(other[0] - one[0])


def test_a_label_lies_in_its_outline_or_nowhere():
    square = [(0, 0), (40, 0), (40, 40), (0, 40), (0, 0)]
    hole = [(15, 15), (15, 25), (25, 25), (25, 15), (15, 15)]
    assert map_shapes.place([square], (20, 20), 15, 7) == (20, 20)
    assert map_shapes.place([square], (2, 20), 15, 7) == (20, 20)
    assert map_shapes.place([square], (20, 20), 21, 7) is None
    assert map_shapes.place([square, hole], (20, 20), 15, 7) == (20, 8)


def test_islands_too_small_to_be_seen_are_known_but_small_areas_among_others_are_none():
    for province, islands in (("91", {"Xã Tiên Hải", "Xã Sơn Hải", "Xã Hòn Nghệ"}), ("79", set())):
        shapes = map_shapes.split(gazetteer.shapes(province))[0]
        drawn = map_shapes.drawn(shapes, map_shapes.fitted(shapes, (0, 0, 334, 330)))
        names = {unit.unit_name: unit.unit for unit in gazetteer.countries()[1].of(province)}
        found = {name for name, code in names.items() if code in map_shapes.specks(drawn, 5)}
        assert found == islands
