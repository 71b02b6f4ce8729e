"""The page after a change of areas says what it compares, and claims nothing about what it cannot follow."""

import re

import pytest
from conftest import cells
from offices import visible
from pages import report_page
from reorganised import JULY, LIST, reorganised, rows

from hotich import measures
from hotich.checks import Checked
from hotich.data import dataset
from hotich.language import LANGUAGES
from hotich.views import leader, narrative, notice
from hotich.views.narrative.points import WORDS, chosen
from hotich.views.notice import content

CLAIMS = {
    "vi": "tăng nhiều nhất|giảm|hạng tăng|nhanh hơn mọi",
    "en": "gained most|fell|moved up|than in every|rose from",
}


def read(office, language, month="2025-07"):
    return measures.read(Checked(dataset.read(month, office.at), ()), language=language)


def said(view):
    return visible(str(view._repr_html_()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_says_how_much_can_be_compared_and_of_what_it_speaks(tmp_path, language):
    m = read(reorganised(tmp_path), language)
    page = visible(report_page(m))
    told = {
        "vi": ("Trong 7 đơn vị của tháng 6/2025", "4 đơn vị cũ, với 636", "4 đơn vị hiện nay", "Tỉnh Thử"),
        "en": ("Of 7 units of June 2025", "4 units of then, with 636", "4 units of today", "Test Province"),
    }
    for words in told[language]:
        assert words.replace(" ", "") in page.replace(" ", "")
    main = said(narrative.main_points(m)).partition("Tỉnh Thử")[0]
    assert not re.search(CLAIMS[language], main)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("alone", [False, True])
def test_every_view_can_be_shown_of_a_province_that_was_joined_or_stayed_alone(tmp_path, language, alone):
    listed = LIST
    if alone:
        listed = re.sub(r"^(1|1-STP),2025-07-01.*\n", "", LIST, flags=re.MULTILINE)
        listed = re.sub(r"^(1|1-STP),2024-01-01,2025-06-30", r"\1,2024-01-01,", listed, flags=re.MULTILINE)
    office = reorganised(tmp_path, listed=listed)
    office.write("2025-08", rows({unit: (required, done) for unit, (required, done) in JULY.items()}, districts=False))
    for month in ("2025-06", "2025-07", "2025-08"):
        m = read(office, language, month)
        assert said(leader.results(m))
        assert visible(report_page(m))
        for area in notice.receivers(m.checked.data.areas, m.root):
            assert content.parts(m.seen_from(area.code))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_point_about_the_change_is_short_and_stands_with_the_first(tmp_path, language):
    points = chosen(read(reorganised(tmp_path), language))
    assert [point.key for point in points[:2]] == ["level_first", "reorganised"]
    assert len(points[1].said.striptags().split()) <= WORDS[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_change_nothing_is_said_of_one(office, language):
    office.write("2024-10", cells(30))
    m = read(office, language, "2024-10")
    assert 'id="reorganised"' not in str(narrative.main_points(m).html)
