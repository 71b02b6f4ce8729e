"""The pages of a new office without districts: ranked by communes, and no word about districts or townships."""

import json
import os
import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path
from zipfile import ZipFile

import pytest
from conftest import HOTICH
from offices import OCTOBER, OF_DISTRICTS, fill, new_office, of_districts, read, visible
from openpyxl import load_workbook
from pages import report_page

from hotich.data import areas
from hotich.errors import ExitCode
from hotich.language import LANGUAGES, text
from hotich.month import Month
from hotich.storage.paths import PACKAGE, Folders
from hotich.views import annex_xlsx, leader, notice
from hotich.views.charts.by_area import MOST
from hotich.views.leader import word_files

MONTHS = [OCTOBER.plus(back) for back in range(-5, 1)]
STORIES = {
    "first month": {"months": MONTHS[-1:]},
    "half a year": {"months": MONTHS},
    "some are silent": {"months": MONTHS[-4:], "silent": 9},
    "most are silent": {"months": MONTHS[-4:], "silent": 30},
    "all is done": {"months": MONTHS[-3:], "complete": 1},
}


TOLD = {
    ("first month", "en"),
    ("half a year", "vi"),
    ("half a year", "en"),
    ("some are silent", "vi"),
    ("most are silent", "en"),
    ("all is done", "vi"),
}
"""Each story is read in one language in the short proof, the fullest in both; every one in both in the slow one."""
PAGES = [
    pytest.param(story, language, marks=() if (story, language) in TOLD else pytest.mark.slow)
    for story in STORIES
    for language in LANGUAGES
]


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """The measures of Lai Châu, the smallest province, 38 communes, in a month of each story. Read only."""

    @cache
    def month(story, language):
        if language != LANGUAGES[0]:
            return month(story, LANGUAGES[0]).seen_in(language)
        folders = new_office(tmp_path_factory.mktemp("office"), "Lai Châu")
        fill(folders, **STORIES[story])
        return read(folders, language)

    return month


def shown(views, m):
    return "".join(
        getattr(views, name)(m)._repr_html_() for name in views.__all__ if name not in ("title", "receivers")
    )


@pytest.fixture(scope="module")
def report(told):
    """What a reader sees of the report."""
    return cache(lambda story, language: visible(report_page(told(story, language))))


@pytest.mark.parametrize(("story", "language"), PAGES)
def test_the_report_and_the_leader_s_page_say_nothing_of_districts(told, report, story, language):
    m = told(story, language)
    assert of_districts(report(story, language)) == []
    assert of_districts(visible(shown(leader, m))) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("story", STORIES)
def test_a_notice_says_nothing_of_districts(told, story, language):
    m = told(story, language)
    receivers = notice.receivers(m.checked.data.areas, m.root)
    assert len(receivers) == 38
    for area in (*receivers[:2], receivers[-1]):
        assert of_districts(visible(shown(notice, m.seen_from(area.code)))) == []


@pytest.mark.parametrize("story", STORIES)
def test_word_files_and_workbooks_say_nothing_of_districts(told, story, tmp_path):
    m = told(story, "vi")
    word_files.write(m, tmp_path)
    annex_xlsx.write(m, tmp_path / "annex.xlsx")
    for path in tmp_path.glob("*.docx"):
        with ZipFile(path) as file:
            assert of_districts(visible(file.read("word/document.xml").decode())) == []
    book = load_workbook(tmp_path / "annex.xlsx")
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert of_districts(" | ".join([*book.sheetnames, *cells])) == []
    assert len(book.sheetnames) == 6


@pytest.mark.parametrize(("story", "language"), PAGES)
def test_the_communes_are_ranked_against_the_threshold(told, report, story, language):
    m = told(story, language)
    known = [area for area in m.parts if m.find("rank", area.code)]
    assert len(m.parts) == 38
    page = report(story, language)
    if len(known) > 1 and m.covers():
        over = sum(m.get("digitised", each.code).value * 10 > m.get("required", each.code).value * 9 for each in known)
        assert m.of_parts("over_threshold").value == over
        assert {"vi": "Đơn vị cấp xã trên 90%", "en": "Communes over 90%"}[language] in page
        drawn = {"vi": "các xã cuối bảng", "en": "the communes at the end of the ranking"}[language]
        assert (drawn in page) == (len(known) > MOST)
    assert m.find("districts_total") is None


def test_a_province_with_districts_keeps_its_words(tmp_path):
    folders = new_office(tmp_path, "Lai Châu", as_of="2024-11")
    fill(folders, [Month(2024, 10), Month(2024, 11)])
    m = read(folders, "en", Month(2024, 11))
    assert "No district exceeds 90%" in visible(report_page(m))
    assert len(m.parts) == len(m.districts) == 8


def test_all_other_words_are_of_texts_that_exist_with_no_more_placeholders():
    for language in LANGUAGES:
        for key, said in entries(language, "two_levels"):
            base = text(language, key)
            assert fields(said) <= fields(base), key
            assert not OF_DISTRICTS.search(re.sub(r"{\w+}", "", said)), key


def entries(language, file):
    def flat(table, path=()):
        for name, value in table.items():
            yield from flat(value, (*path, name)) if isinstance(value, dict) else [(".".join((*path, name)), value)]

    return flat(tomllib.loads((PACKAGE / "language" / language / f"{file}.toml").read_text(encoding="utf-8")))


def fields(said):
    return set(re.findall(r"{(\w+)", said)) - {"zones"}


@pytest.mark.slow
def test_a_new_office_makes_report_quality_page_and_notice_by_its_command(tmp_path):
    """From the province's name to the pages, with real kernels: what `make` runs."""
    environment = {"LANG": "en_GB.UTF-8", "PATH": os.environ["PATH"]}

    def hotich(*words):
        return subprocess.run([HOTICH, *words], cwd=tmp_path, env=environment, capture_output=True, text=True)

    made = hotich("office", "--province", "lai chau", "--as-of", "2026-11", "--yes", "--json")
    assert made.returncode == 0, made.stderr
    folder = Path(json.loads(made.stdout)["folder"])
    assert folder == tmp_path / "lai-chau" / "data"
    at = Folders(folder, folder.parent / "reports")
    fill(at, MONTHS[-3:], silent=2)
    for words in (("report", "2026-10"), ("notices", "2026-10", "--area", areas.read(folder).all[2].code)):
        done = hotich(*words, "--data", str(folder))
        assert done.returncode == 0, done.stderr
        assert of_districts(done.stderr) == []
    draft = at.draft(OCTOBER)
    pages = sorted(draft.rglob("*.html"))
    assert len(pages) == 8
    for page in pages:
        assert of_districts(visible(page.read_text(encoding="utf-8"))) == [], page.name
    assert of_districts((draft / "datapackage.json").read_text(encoding="utf-8").replace("rank_in_district", "")) == []
    assert hotich("office", "--province", "lai chau", "--yes").returncode == ExitCode.CANNOT_NOW
