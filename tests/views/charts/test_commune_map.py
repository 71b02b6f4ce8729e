"""The map shows each commune where it lies, in the colour of its class; islands stand in boxes, none is left out."""

import json
from math import cos, radians

import pytest
from drawings import box, colour, drawn
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path
from offices import Month, fill, new_office, read

from hotich.data import outlines
from hotich.views import charts

COLOURS = ("#D5E1EC", "#A6C2D9", "#6593BC", "#376C9B", "#12436D")
WHITE = "#FFFFFF"
SILENT = 3


@pytest.fixture(scope="module", params=[("Khánh Hòa", "vi"), ("Đà Nẵng", "en")], ids=["Trường Sa", "Hoàng Sa"])
def m(request, tmp_path_factory):
    """A coastal province with an archipelago far off, some communes of which are silent."""
    province, language = request.param
    folders = new_office(tmp_path_factory.mktemp("office"), province)
    fill(folders, [Month(2026, 9), Month(2026, 10)], seed=5, silent=SILENT, complete=0.2, least=0.5)
    return read(folders, language)


@pytest.fixture(scope="module")
def maps(m):
    """The map on a screen and on a phone."""
    return drawn("commune_map", m)


@pytest.fixture(scope="module")
def shapes(m):
    """The features of the office's file by their codes."""
    path = m.checked.data.folders.data / "areas.geojson"
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    return {feature["properties"]["code"]: feature for feature in features}


def points(shape):
    geometry = shape["geometry"]
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [tuple(point) for polygon in polygons for ring in polygon for point in ring]


def far(m):
    """The archipelago's code: the one that no province has on its mainland."""
    return next(area.code for area in m.parts if area.name_vi in ("Đặc khu Trường Sa", "Đặc khu Hoàng Sa"))


def mainland(m, shapes):
    return {code: shape for code, shape in shapes.items() if code != far(m)}


def fills(ax):
    """The paths of areas on the mainland: before the box of the archipelago is drawn."""
    parts = [part for part in ax.get_children() if isinstance(part, PathPatch | Rectangle)]
    return [part for part in parts[: parts.index(frame(ax))] if colour(part.get_facecolor()) and filled(part)]


def filled(patch):
    return patch.get_facecolor()[3] > 0


def frame(ax):
    return next(part for part in ax.patches if isinstance(part, Rectangle) and part.get_width() == 149)


def projected(m, shapes, ax):
    """How a longitude and latitude lies on the drawing, reckoned from the limits of what is drawn."""
    every = [point for shape in mainland(m, shapes).values() for point in points(shape)]
    west, south, north = (limit(p[at] for p in every) for limit, at in ((min, 0), (min, 1), (max, 1)))
    extents = [patch.get_path().get_extents() for patch in fills(ax)]
    left, bottom, top = min(e.x0 for e in extents), min(e.y0 for e in extents), max(e.y1 for e in extents)
    scale = (top - bottom) / (north - south)
    squeeze = cos(radians((south + north) / 2))
    return lambda point: (left + (point[0] - west) * squeeze * scale, bottom + (point[1] - south) * scale)


def spot(shape):
    return shape["properties"]["label_lon"], shape["properties"]["label_lat"]


def expected(m, code):
    percent = m.find("percent", code)
    begins = (m.office.threshold - 20, m.office.threshold - 10, m.office.threshold, 100)
    return COLOURS[sum(percent.value >= least for least in begins)] if percent else WHITE


def rings_at(patch, place):
    return [ring for ring in patch.get_path().to_polygons() if _holds(ring, place)]


def _holds(ring, place):
    return Path(ring).contains_point(place)


def test_every_commune_lies_at_its_place_in_the_colour_of_its_class(m, shapes, maps):
    for ax in maps:
        place = projected(m, shapes, ax)
        for code, shape in mainland(m, shapes).items():
            at = place(spot(shape))
            found = [colour(patch.get_facecolor()) for patch in fills(ax) if rings_at(patch, at)]
            assert found == [expected(m, code)], m.area(code).name_vi


def test_north_is_up_and_a_kilometre_is_as_long_both_ways(m, shapes, maps):
    every = [point for shape in mainland(m, shapes).values() for point in points(shape)]
    for ax in maps:
        place = projected(m, shapes, ax)
        right = max(patch.get_path().get_extents().x1 for patch in fills(ax))
        assert right == pytest.approx(place((max(x for x, _ in every), 0))[0], abs=2)


def test_the_map_fits_into_its_drawing(maps):
    assert [ax.figure.bbox.width for ax in maps] == [720, 340]
    for ax in maps:
        assert ax.get_xlim() == (0, ax.figure.bbox.width)
        assert ax.get_ylim() == (0, ax.figure.bbox.height)
        for part in (*fills(ax), frame(ax)):
            extent = part.get_window_extent()
            assert 0 <= extent.x0 < extent.x1 <= ax.figure.bbox.width
            assert 0 <= extent.y0 < extent.y1 <= ax.figure.bbox.height


def test_communes_that_have_not_reported_are_hatched_and_no_others(m, shapes, maps):
    silent = [area.code for area in m.parts if not m.find("required", area.code)]
    assert len(silent) == SILENT
    for ax in maps:
        place, (hatching,) = projected(m, shapes, ax), [each for each in ax.patches if not filled(each) and lined(each)]
        white = next(patch for patch in fills(ax) if colour(patch.get_facecolor()) == WHITE)
        ends = hatching.get_path().vertices.reshape(-1, 2, 2)
        middles = ends.mean(axis=1)
        assert all(rings_at(white, middle) for middle in middles)
        assert ends[:, 1, 1] - ends[:, 0, 1] == pytest.approx(ends[:, 1, 0] - ends[:, 0, 0])
        assert len(ends) > SILENT
        for code in silent:
            (ring,) = rings_at(white, place(spot(shapes[code])))
            assert any(_holds(ring, middle) for middle in middles)


def lined(patch):
    return isinstance(patch, PathPatch) and patch.get_linewidth() == 0.9


def test_a_percentage_is_that_of_the_commune_it_stands_on_under_its_name(m, shapes, maps):
    for ax, least in zip(maps, (20, 3), strict=True):
        place, seen = projected(m, shapes, ax), 0
        on = {code: place(spot(shape)) for code, shape in mainland(m, shapes).items()}
        for words in ax.texts[:-1]:
            ring = under(ax, box(words))
            (code,) = (code for code, at in on.items() if _holds(ring, at))
            share = f"{m.get('percent', code).number:.1f}"
            shown = words.get_text()
            if any(letter.isdigit() for letter in shown):
                assert shown == (share.replace(".", ",") if m.language == "vi" else share)
                seen += 1
            else:
                assert shown in m.area(code).name(m.language)
            assert (colour(words.get_color()) == WHITE) == (m.get("percent", code).value >= m.office.threshold)
        assert seen >= least


def under(ax, extent):
    """The one outline on which the four corners of words lie."""
    middle = (extent.x0 + extent.x1) / 2, (extent.y0 + extent.y1) / 2
    ((ring,),) = (found for patch in fills(ax) if (found := rings_at(patch, middle)))
    corners = [(x, y) for x in (extent.x0 + 1, extent.x1 - 1) for y in (extent.y0 + 4, extent.y1 - 4)]
    assert all(_holds(ring, corner) for corner in corners)
    return ring


def test_labels_never_overlap(maps):
    for ax in maps:
        boxes = [box(words) for words in ax.texts]
        for at, one in enumerate(boxes):
            for other in boxes[at + 1 :]:
                across = min(one.x1, other.x1) - max(one.x0, other.x0)
                up = min(one.y1, other.y1) - max(one.y0, other.y0)
                assert across <= 0 or up <= 6  # the room for accents and tails, where lines of one label meet


def test_the_archipelago_stands_in_a_box_with_every_islet_in_its_colour(m, shapes, maps):
    code = far(m)
    rings = shapes[code]["geometry"]["coordinates"]
    for ax in maps:
        inside = frame(ax).get_window_extent()
        parts = [part for part in ax.get_children() if isinstance(part, PathPatch | Rectangle)]
        large = [part for part in parts[parts.index(frame(ax)) + 1 :] if isinstance(part, PathPatch) and filled(part)]
        (dots,) = ax.collections
        drawn = [ring for part in large for ring in part.get_path().to_polygons()]
        assert len(drawn) + len(dots.get_offsets()) == len(rings)
        every = [tuple(point) for ring in drawn for point in ring] + [tuple(dot) for dot in dots.get_offsets()]
        assert all(inside.x0 < x < inside.x1 and inside.y0 < y < inside.y1 for x, y in every)
        assert colour(dots.get_facecolor()[0]) == expected(m, code)
        words = ax.texts[-1]
        assert words.get_text().startswith(m.area(code).name_vi.removeprefix("Đặc khu "))
        assert (
            f"{m.get('percent', code).number:.1f}".replace(".", "" if m.language == "en" else ",")[:2]
            in words.get_text()
        )
        assert inside.x0 <= box(words).x0 < box(words).x1 <= inside.x1


def test_no_box_lies_on_the_mainland(maps):
    for ax in maps:
        inside = frame(ax).get_window_extent()
        for patch in fills(ax):
            for x, y in patch.get_path().vertices:
                assert not (inside.x0 < x < inside.x1 and inside.y0 < y < inside.y1)


def test_the_headline_counts_who_is_over_the_threshold_and_the_table_has_every_commune(m):
    html = str(charts.commune_map(m))
    over = sum(m.get("percent", a.code).value > m.office.threshold for a in m.parts if m.find("percent", a.code))
    assert f'value="{over}" data-fact="{m.get("communes_over_threshold").key}"' in html.split("</figcaption>")[0]
    assert html.count("/all/percent") >= len(m.parts) - SILENT
    assert html.count("[x]") >= SILENT
    assert 'class="hatch"' in html
    assert "map-of-communes-2026-10" in html


def test_communes_without_a_shape_are_named(m, shapes, monkeypatch):
    code = next(iter(shapes))
    rest = [shape for shape in outlines.read(m.checked.data.folders.data) if shape["properties"]["code"] != code]
    monkeypatch.setattr(outlines, "read", lambda _: rest)
    note = str(charts.commune_map(m)).split('class="note"')[1].split("</p>")[0]
    assert m.area(code).name(m.language) in note


def test_there_is_no_map_without_shapes_nor_where_there_are_districts(m, october, monkeypatch):
    assert not charts.commune_map(october).html
    monkeypatch.setattr(outlines, "read", lambda _: [])
    assert not charts.commune_map(m).html
