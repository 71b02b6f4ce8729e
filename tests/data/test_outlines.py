"""Outlines for the map: what cannot be drawn is refused by file and feature, before any page is begun."""

import json

import pytest

from hotich.data import dataset, outlines
from hotich.errors import InputRefused
from hotich.language import LANGUAGES

SQUARE = [[[104, 21], [105, 21], [105, 22], [104, 21]]]


def feature(**changes):
    whole = {"properties": {"code": "11"}, "geometry": {"type": "Polygon", "coordinates": SQUARE}} | changes
    return {"features": [whole]}


def test_an_outline_without_a_place_for_its_label_has_it_in_the_middle(tmp_path):
    (tmp_path / outlines.FILE).write_text(json.dumps(feature()))
    (found,) = outlines.read(tmp_path)
    assert (found["properties"]["label_lon"], found["properties"]["label_lat"]) == (104.5, 21.5)
    assert outlines.rings(found) == [[(104, 21), (105, 21), (105, 22), (104, 21)]]


def test_an_office_without_outlines_has_none(tmp_path):
    assert outlines.read(tmp_path) == []


@pytest.mark.parametrize(
    "content",
    [
        "",
        '{"features": [',
        "[" * 100_000,
        "[]",
        "3",
        '{"features": {}}',
        '{"features": [3]}',
        '{"features": ' + "9" * 5000 + "}",
        json.dumps(feature(properties=None)),
        json.dumps(feature(properties={"code": 11})),
        json.dumps(feature(properties={"code": "11", "label_lon": "x", "label_lat": 1})),
        json.dumps(feature(geometry=None)),
        json.dumps(feature(geometry={"type": "Point", "coordinates": [1, 2]})),
        json.dumps(feature(geometry={"type": "Polygon", "coordinates": []})),
        json.dumps(feature(geometry={"type": "Polygon", "coordinates": [[]]})),
        json.dumps(feature(geometry={"type": "Polygon", "coordinates": [[["a", "b"]] * 4]})),
        json.dumps(feature(geometry={"type": "Polygon", "coordinates": [[[float("nan"), 1]] * 4]})),
        json.dumps(feature(geometry={"type": "Polygon", "coordinates": [[[480_000, 2_400_000]] * 4]})),
    ],
)
def test_a_file_that_is_no_map_is_refused_by_its_name_before_any_page(office, content):
    (office.at.data / outlines.FILE).write_text(content)
    with pytest.raises(InputRefused) as caught:
        dataset.read("2024-10", office.at)
    assert all(caught.value.message(language).startswith("areas.geojson") for language in LANGUAGES)
