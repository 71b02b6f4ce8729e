"""The page of the answer: a house page, whatever the text holds; and our own report's pages pass the check."""

import json
from pathlib import Path

import pytest

from hotich.language import LANGUAGES
from hotich.page import html_reader
from hotich.storage.paths import PROJECT, Folders
from hotich.text import against_data, answer, page
from hotich.text.documents import open_file

CORPUS = Path(__file__).parent / "corpus"


def written(text, folder, name="bài viết.txt"):
    given = answer.of(open_file.parsed(name, text.encode(), ".txt"))
    return given, page.write(given, Folders(folder / "data", folder / "reports"))


def test_the_answer_is_a_page_in_each_language_and_json_beside_it(tmp_path):
    given, pages = written((CORPUS / "article.vi.txt").read_text(encoding="utf-8"), tmp_path)
    assert [each.name for each in pages] == [f"bai-viet-txt.{language}.html" for language in LANGUAGES]
    assert json.loads((pages[0].parent / "bai-viet-txt.json").read_text(encoding="utf-8")) == given.record()
    for path in pages:
        document = html_reader.read(path.read_text(encoding="utf-8"))
        figures = [node for node in document.all("span") if node.given.get("class", "").startswith("fig ")]
        assert [node.text for node in figures] == [each.shown for each in given.figures]
        assert [node.given["class"].split()[1] for node in figures] == [given.status(each) for each in given.figures]
        first = next(node for node in document.all("section"))
        assert first.given["id"] == "contradictions"
        assert len([*first.all("li")]) == 3


def test_nothing_in_a_text_or_its_name_becomes_markup(tmp_path):
    hostile = 'Có 5 xã <script>alert(1)</script> & "x" \u202e</p><img src=x onerror=y> 7 phường.'
    _, pages = written(hostile, tmp_path, '<b>"&\u202e.txt')
    for path in pages:
        html = path.read_text(encoding="utf-8")
        assert "<script>alert" not in html
        assert "<img" not in html
        assert "\u202e" not in html
        assert html_reader.read(html).broken == []


@pytest.fixture(scope="module")
def facts(tmp_path_factory):
    return against_data.known("2024-10", Folders(PROJECT / "data", tmp_path_factory.mktemp("reports")))


@pytest.mark.parametrize("name", ["report", "quality", "summary"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_our_own_pages_pass(october, facts, name, language):
    path = october[1] / f"{name}.{language}.html"
    given = answer.of(open_file.read(str(path)), facts)
    assert [answer.sentence(each, language) for each in given.contradictions] == []
    assert len(given.figures) > 20
