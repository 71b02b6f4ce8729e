"""Islands stand beside the mainland where it leaves room, else below it, and never on one another."""

import pytest

from hotich import gazetteer
from hotich.views.charts import map_layout


@pytest.mark.parametrize("width", [720, 340])
@pytest.mark.parametrize("province", ["31", "44", "48", "56", "68", "79", "91"])
def test_boxes_are_apart_and_within_the_drawing(province, width):
    layout = map_layout.of(gazetteer.shapes(province), width)
    boxes = [box for _, box in layout.islands]
    for left, bottom, across, up in boxes:
        assert 0 <= left < left + across <= width
        assert 0 <= bottom < bottom + up <= layout.height
    for at, one in enumerate(boxes):
        for other in boxes[at + 1 :]:
            assert abs(one[0] - other[0]) >= one[2] or abs(one[1] - other[1]) >= one[3]


def test_a_box_below_makes_the_drawing_higher_and_one_beside_does_not():
    beside = map_layout.of(gazetteer.shapes("79"), 720)
    below = map_layout.of(gazetteer.shapes("56"), 340)
    assert beside.height <= map_layout.HIGHEST + 2 * map_layout.EDGE
    assert below.islands[0][1][1] < below.main.bottom


def test_shapes_are_never_left_out():
    for province in gazetteer.countries()[1].provinces:
        shapes = gazetteer.shapes(province)
        layout = map_layout.of(shapes, 340)
        assert len(layout.mainland) + len(layout.islands) == len(shapes)
