"""The map shows each district where it lies, in the colour of its class and under its own words."""

import json

import months
import pytest
from drawings import box, colour, drawn

from hotich.views.figures import format_fact

COLOURS = ("#D5E1EC", "#A6C2D9", "#6593BC", "#376C9B", "#12436D")
EAST = [[105.0, 21.0], [106.0, 21.0], [106.0, 22.0], [105.0, 22.0], [105.0, 21.0]]
WEST = [[103.0, 21.5], [105.0, 21.5], [105.0, 22.5], [103.0, 22.5], [103.0, 21.5]]
HOLE = [[103.2, 21.6], [103.2, 21.7], [103.3, 21.7], [103.3, 21.6], [103.2, 21.6]]
ISLE = [[104.0, 21.0], [104.1, 21.0], [104.1, 21.1], [104.0, 21.0]]
SMALL_OFFICE = {
    "features": [
        {
            "properties": {"code": "11", "label_lon": 105.5, "label_lat": 21.5},
            "geometry": {"type": "Polygon", "coordinates": [EAST]},
        },
        {
            "properties": {"code": "12", "label_lon": 104.5, "label_lat": 22.0},
            "geometry": {"type": "MultiPolygon", "coordinates": [[WEST, HOLE], [ISLE]]},
        },
    ]
}


@pytest.fixture(scope="module", params=["October 2024", *months.SEEDS])
def m(request, tmp_path_factory):
    """The months of all charts, the small office's in a folder of their own, for it gets outlines."""
    if request.param == "October 2024":
        return months.october()
    return months.in_its_own_place(tmp_path_factory, request.param)


@pytest.fixture(scope="module")
def outlines(m):
    """The outlines that the office has, the small one's given here."""
    path = m.checked.data.folders.data / "areas.geojson"
    if m.office.root == "1":
        path.write_text(json.dumps(SMALL_OFFICE), encoding="utf-8")
    return json.loads(path.read_text(encoding="utf-8"))["features"]


@pytest.fixture(scope="module")
def maps(m, outlines):
    """The map on a screen and on a phone."""
    return drawn("by_area", m)[2:]


def rings(outline):
    geometry = outline["geometry"]
    parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [point for part in parts for ring in part for point in ring]


def test_north_is_up_and_a_degree_is_as_long_as_on_the_ground(maps):
    assert [ax.figure.bbox.width for ax in maps] == [376, 340]
    for ax in maps:
        (x0, y0), (x1, y1) = ax.transData.transform([(104, 21), (105, 22)])
        assert 0 < x1 - x0 == pytest.approx((y1 - y0) * 0.93)


def test_the_whole_map_fits_into_its_drawing(maps):
    for ax in maps:
        whole = [part.get_window_extent() for part in ax.patches]
        assert min(part.x0 for part in whole) == pytest.approx(4)
        assert max(part.y1 for part in whole) == pytest.approx(ax.figure.bbox.height - 4)
        assert max(part.x1 for part in whole) < ax.figure.bbox.width
        assert min(part.y0 for part in whole) > 0


def test_each_district_has_its_own_outline_in_the_colour_of_its_class(m, outlines, maps):
    for ax in maps:
        for outline, patch in zip(outlines, ax.patches, strict=True):
            percent = m.find("percent", outline["properties"]["code"])
            begins = (m.office.threshold - 20, m.office.threshold - 10, m.office.threshold, 100)
            of_class = COLOURS[sum(percent.value >= least for least in begins)] if percent else "#EEF1F4"
            assert patch.get_path().vertices.tolist() == [point[:2] for point in rings(outline)]
            assert colour(patch.get_facecolor()) == of_class
            assert patch.get_transform() == ax.transData


def test_each_district_s_name_or_rank_and_its_percentage_stand_on_it(m, outlines, maps):
    for ax in maps:
        labels = iter(ax.texts)
        for outline, patch in zip(outlines, ax.patches, strict=True):
            code = outline["properties"]["code"]
            if not m.find("rank", code):
                continue
            name, percent = next(labels), next(labels)
            rank, share = m.get("rank", code), m.get("percent", code)
            assert name.get_text() in (m.short(code), format_fact(rank, m.language))
            assert percent.get_text() == format_fact(share, m.language, column=True)
            assert box(name).y0 > box(percent).y0
            area = patch.get_path().transformed(ax.transData)
            for words in (name, percent):
                assert area.contains_point(((box(words).x0 + box(words).x1) / 2, (box(words).y0 + box(words).y1) / 2))
        ranks = {m.short(code) for code in narrow(m, outlines, ax)}
        outside = [words.get_text() for words in labels]
        assert set(outside) <= ranks
        assert len(outside) == (0 if ax.figure.bbox.width == 340 else len(ranks))


def narrow(m, outlines, ax):
    """The districts that have their rank on them, in place of their name."""
    codes = [each["properties"]["code"] for each in outlines if m.find("rank", each["properties"]["code"])]
    return [code for code, words in zip(codes, ax.texts[::2], strict=False) if words.get_text() != m.short(code)]


def test_a_narrow_district_has_its_name_outside_of_every_district_and_a_line_to_it(m, outlines, maps):
    ax = maps[0]
    areas = [patch.get_path().transformed(ax.transData) for patch in ax.patches]
    names = {m.short(code) for code in narrow(m, outlines, ax)}
    found = [words for words in ax.texts if words.get_text() in names]
    for words in found:
        across = box(words).x0, (box(words).x0 + box(words).x1) / 2, box(words).x1
        assert not any(area.contains_points([(x, box(words).y0 + 5) for x in across]).any() for area in areas)
        assert 0 <= box(words).x0 < box(words).x1 <= ax.figure.bbox.width
    assert len(ax.lines) == 2 * len(found) == 2 * len(names)


def test_a_name_lies_wholly_on_its_district_and_white_on_dark_ones_only(m, outlines, maps):
    for ax in maps:
        named = {words.get_text(): words for words in ax.texts}
        for outline, patch in zip(outlines, ax.patches, strict=True):
            code = outline["properties"]["code"]
            if code not in narrow(m, outlines, ax) and (words := named.get(m.short(code))):
                area = patch.get_path().transformed(ax.transData)
                assert area.contains_points([(x, box(words).y0 + 4) for x in (box(words).x0, box(words).x1)]).all()
                assert (colour(words.get_color()) == "#FFFFFF") == (m.get("percent", code).value >= 90)


def test_two_lines_of_words_never_lie_in_a_hole():
    from hotich.views.charts import district_map
    from hotich.views.charts.figure import Frame

    around = {"properties": {"code": "1", "label_lon": 5, "label_lat": 5}}
    square = [[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]]
    hole = [[4, 4], [4, 6], [6, 6], [6, 4], [4, 4]]
    ax = Frame(200, 200).figure().axes[0]
    ax.set(xlim=(0, 10), ylim=(0, 10))
    whole = around | {"geometry": {"type": "Polygon", "coordinates": [square]}}
    holed = around | {"geometry": {"type": "Polygon", "coordinates": [square, hole]}}
    assert district_map._place(ax, whole, [whole], 15) == (0, 0)
    assert district_map._place(ax, holed, [holed], 15) is None
