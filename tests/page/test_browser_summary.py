"""The leader's page on paper: one sheet, whatever the office writes."""

import subprocess

import nbformat
import pytest
from conftest import needed
from pages import shown

from hotich import checks, measures
from hotich.data import comments, dataset
from hotich.language import LANGUAGES, say
from hotich.page import PageSpec, page
from hotich.storage.paths import NOTEBOOKS
from hotich.views import leader


def executed(m):
    """The notebook as if it had run."""
    notebook = nbformat.read(NOTEBOOKS / "summary.ipynb", as_version=4)
    for cell in notebook.cells:
        if cell.source.startswith("leader."):
            cell.outputs = [shown(getattr(leader, cell.id)(m))]
    return notebook


def longest(language):
    """A comment with as many words as one may have."""
    word = "thống" if language == "vi" else "counts"  # longer than words are on average
    parts = [
        f"## {say(language, f'data.comment.{part}')}\n\n{f'{word} ' * comments.MOST_WORDS}" for part in comments.PARTS
    ]
    return "\n\n".join([*parts, "— A"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_summary_is_one_sheet_even_with_the_longest_comment(browser, yen_bai, tmp_path, language):
    pdftotext = needed("pdftotext")
    (yen_bai.data / "comments" / f"2024-10.{language}.md").write_text(longest(language), encoding="utf-8")
    m = measures.read(checks.require(dataset.read("2024-10", yen_bai)), "", language)
    spec = PageSpec(f"summary.{language}", language, "22/10/2024", m.synthetic, "summary")
    file = tmp_path / "summary.html"
    file.write_text(page(executed(m), spec), encoding="utf-8")
    shown = browser.new_page()
    shown.goto(file.as_uri())
    shown.pdf(path=tmp_path / "summary.pdf", prefer_css_page_size=True)
    shown.close()
    printed = subprocess.run([pdftotext, tmp_path / "summary.pdf", "-"], capture_output=True, text=True, check=True)
    assert printed.stdout.count("\f") == 1
    assert say(language, "leader.proposals.heading") in printed.stdout
