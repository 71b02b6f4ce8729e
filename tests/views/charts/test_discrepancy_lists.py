"""Printed lists that are wrong: dots and bars read back from the drawing and compared with the facts."""

import re
import shutil
from random import Random

import pytest
from conftest import small_office
from drawings import drawn, labels
from matplotlib.colors import same_color
from months import SEEDS, october, printed, random_month, without_besides

from hotich.storage.paths import PROJECT, Folders
from hotich.views.charts.style import ALERT, NAVY, TRACK, class_colour
from hotich.views.figures import format_fact


def random_list(office, seed):
    """Print a list of communes by district, an office, and a total that has one more."""
    random = Random(seed)
    counts = [random.randint(0, 30) for _ in range(2)]
    offices = random.randint(1, 3)
    lines = [f"1{at},all,communes_completed,{count}" for at, count in enumerate(counts, 1)]
    total = f"1,all,communes_completed,{sum(counts) + offices}"
    return printed(office, random_month(office, seed, silent=""), total, *lines, f"11,all,offices_completed,{offices}")


def random_threshold(office, seed):
    """Print a wrong number of districts over a low threshold, and name one of them."""
    m, settings = random_month(office, seed, silent=""), office.at.data / "office.toml"
    settings.write_text(re.sub(r"threshold = \d+", "threshold = 10", settings.read_text()))
    lines = f"1,all,districts_over_threshold,{3 + seed % 2}", f"1{1 + seed % 2},all,percent_over,1"
    return printed(office, m, *lines)


def _place(tmp_path_factory):
    return small_office(tmp_path_factory.mktemp("office") / "data")


@pytest.fixture(scope="module", params=["october", *SEEDS])
def listed(request, tmp_path_factory):
    """A month with its list, and the axes of its dots."""
    m = october() if request.param == "october" else random_list(_place(tmp_path_factory), request.param)
    return m, drawn("discrepancies", m)[1 if request.param == "october" else 0]


@pytest.fixture(scope="module", params=["october", *SEEDS])
def over(request, tmp_path_factory):
    """A month with its districts over the threshold, and the axes of their bars."""
    if request.param == "october":
        data = tmp_path_factory.mktemp("yen-bai") / "data"
        shutil.copytree(PROJECT / "data", data)
        m = without_besides(Folders(data, data.parent / "reports"))
        return m, drawn("discrepancies", m)[2]
    m = random_threshold(_place(tmp_path_factory), request.param)
    return m, drawn("discrepancies", m)[0]


def rows(ax):
    """Return the words of each row, by its place from the top."""
    found = {}
    for words in labels(ax):
        found.setdefault(words.xy[1], []).append(words.get_text())
    return found


def test_each_district_has_a_dot_for_each_commune_in_the_row_of_its_name(listed):
    m, ax = listed
    counts = {area: m.find("published_communes_completed", area.code) for area in m.districts}
    shown = sorted((area for area in counts if counts[area]), key=lambda area: -counts[area].value)
    assert [each.get_label() for each in ax.collections[: len(shown)]] == [area.code for area in shown]
    for y, (area, dots) in enumerate(zip(shown, ax.collections, strict=False)):
        assert [tuple(spot) for spot in dots.get_offsets()] == [(x, y) for x in range(counts[area].value)]
        assert rows(ax)[y] == [m.short(area.code), format_fact(counts[area], "vi")]
        assert all(same_color(face, NAVY) for face in dots.get_facecolor())


def test_offices_are_hollow_squares_in_a_row_of_their_own_over_the_printed_number(listed):
    m, ax = listed
    offices, printed_number = m.get("parts_offices_completed"), m.get("published_communes_completed", m.root)
    squares = ax.collections[-1]
    row = len(ax.collections) - 1
    assert squares.get_label() == "offices"
    assert [tuple(spot) for spot in squares.get_offsets()] == [(x, row) for x in range(offices.value)]
    assert same_color(squares.get_edgecolor(), ALERT)
    assert same_color(squares.get_facecolor(), "white")
    assert rows(ax)[row][1] == f"+ {format_fact(offices, 'vi')}"
    last = max(rows(ax))
    assert rows(ax)[last][1] == format_fact(printed_number, "vi")
    (line,) = ax.lines
    assert row < line.get_ydata()[0] < last


def test_rows_run_downwards_and_dots_to_the_right_without_touching(listed):
    _, ax = listed
    (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    most = max(len(dots.get_offsets()) for dots in ax.collections)
    assert left < 0 <= most - 1 < right
    assert bottom > max(rows(ax)) > min(rows(ax)) > top
    pitch = ax.bbox.width / (right - left)
    assert all(size**0.5 < pitch for dots in ax.collections for size in dots.get_sizes())


def areas_over(m):
    shares = {area: m.find("percent", area.code) for area in m.districts}
    above = [area for area in shares if shares[area] and shares[area].number > m.office.threshold]
    return sorted(above, key=lambda area: -shares[area].number)


def test_each_district_over_the_threshold_has_its_share_as_a_bar_in_its_own_row(over):
    m, ax = over
    tracks, bars = (container.patches for container in ax.containers)
    shares = [m.get("percent", area.code) for area in areas_over(m)]
    assert [(bar.get_x(), bar.get_width()) for bar in bars] == [(0, float(share.number)) for share in shares]
    assert [(bar.get_x(), bar.get_width()) for bar in tracks] == [(0, 100)] * len(shares)
    assert [bar.get_center()[1] for bar in bars] == pytest.approx(list(range(len(shares))))
    assert [bar.get_center()[1] for bar in tracks] == pytest.approx(list(range(len(shares))))
    assert all(same_color(bar.get_facecolor(), TRACK) for bar in tracks)
    for y, (area, share) in enumerate(zip(areas_over(m), shares, strict=True)):
        assert rows(ax)[y][:2] == [m.short(area.code), format_fact(share, "vi", column=True)]


def test_a_district_that_the_number_is_meant_besides_has_no_bar(office):
    m = random_month(office, 1, silent="")
    settings = office.at.data / "office.toml"
    settings.write_text(re.sub(r"threshold = \d+", "threshold = 10", settings.read_text()))
    high = printed(office, m, "1,all,districts_over_threshold,3")
    assert len(areas_over(high)) > 1
    spared = areas_over(high)[0]
    m = printed(office, m, "1,all,districts_over_threshold,3", besides=spared.code)
    (bars,) = [drawn("discrepancies", m)[0].containers[1].patches]
    assert [bar.get_width() for bar in bars] == [float(m.get("percent", a.code).number) for a in areas_over(m)[1:]]


def test_percent_run_to_the_right_from_nothing_to_all_and_rows_downwards(over):
    m, ax = over
    assert ax.get_xlim() == (0, 100)
    assert ax.get_ylim() == (len(areas_over(m)) - 0.5, -0.5)
    assert (ax.get_xscale(), ax.get_yscale()) == ("linear", "linear")


def test_the_threshold_is_a_line_down_all_rows_with_its_number(over):
    m, ax = over
    (line,) = ax.lines
    assert list(line.get_xdata()) == [m.office.threshold] * 2
    assert list(line.get_ydata()) == [0, 1]
    assert [words.get_text() for words in labels(ax) if words.xy == (m.office.threshold, -0.5)] == [
        format_fact(m.get("threshold"), "vi")
    ]


def test_a_district_that_the_text_leaves_out_is_hollow_and_says_so(over):
    m, ax = over
    named = {area for area in m.districts if m.find("published_percent_over", area.code)}
    for y, (area, bar) in enumerate(zip(areas_over(m), ax.containers[1].patches, strict=True)):
        left_out = bool(named & set(areas_over(m))) and area not in named
        fill = "white" if left_out else class_colour(float(m.get("percent", area.code).number), m.office.threshold)
        assert same_color(bar.get_facecolor(), fill)
        assert same_color(bar.get_edgecolor(), ALERT) == left_out
        assert len(rows(ax)[y]) == (3 if left_out else 2)
