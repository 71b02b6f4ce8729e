"""A notebook to begin with: whole, valid, a page at once, and never in place of another."""

import warnings

import nbformat
import pytest

from hotich.errors import CannotNow, WrongUsage
from hotich.language import LANGUAGES
from hotich.pipeline import new_notebook, pages
from hotich.storage import paths


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder of notebooks."""
    monkeypatch.setattr(paths, "NOTEBOOKS", tmp_path)
    return tmp_path


def test_a_new_notebook_is_valid_and_a_page_in_both_languages(folder):
    file = new_notebook.write("births")
    nbformat.validate(nbformat.read(file, as_version=4))
    page = pages.named("births")
    assert page.languages == ("vi", "en")
    assert set(page.parameters) == {"month", "language", "area"}
    with warnings.catch_warnings(action="error"):
        pages.note_untagged(page)


def test_a_new_notebook_has_no_outputs_and_each_cell_a_name(folder):
    cells = nbformat.read(new_notebook.write("births"), as_version=4).cells
    assert not any(cell.get("outputs") for cell in cells)
    assert len({cell.id for cell in cells}) == len(cells)


@pytest.mark.parametrize("name", ["", "Births", "../births", "a/b", "sổ", "births.ipynb", "x" * 300, "a\n"])
def test_a_name_that_no_page_can_have_is_refused_and_nothing_written(folder, name):
    with pytest.raises(WrongUsage):
        new_notebook.write(name)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "near"), [("Khai sinh", "khai-sinh"), ("Đăng ký 2024", "dang-ky-2024"), ("2024", "births")]
)
def test_a_name_that_no_page_can_have_is_answered_with_one_that_it_can(folder, name, near):
    with pytest.raises(WrongUsage) as caught:
        new_notebook.write(name)
    for language in LANGUAGES:
        said = caught.value.message(language)
        assert said.startswith(f"NAME={name}: ")
        assert said.endswith(f" {near}.")


@pytest.mark.parametrize(
    ("ask", "lacking"), [(new_notebook.write, "NAME"), (pages.named, "NOTEBOOK")], ids=["new-notebook", "page"]
)
def test_a_command_without_its_notebook_says_what_it_lacks_and_gives_an_example(folder, ask, lacking):
    with pytest.raises(WrongUsage) as caught:
        ask("")
    assert f"lacks {lacking}. Example: make " in caught.value.message("en")
    assert f"thiếu {lacking}. Ví dụ: make " in caught.value.message("vi")


def test_a_notebook_that_is_there_stays_as_it_is(folder):
    file = new_notebook.write("births")
    file.write_text("mine")
    with pytest.raises(CannotNow) as caught:
        new_notebook.write("births")
    assert caught.value.key == "own.there_already"
    assert file.read_text() == "mine"


def test_a_page_is_published_only_when_the_sentences_that_invite_to_write_are_gone(folder):
    file = new_notebook.write("births")
    with pytest.raises(CannotNow) as caught:
        new_notebook.require_written(pages.named("births"))
    assert "title-vi, title-en, percent-vi, percent-en: " in caught.value.message("en").replace("cell ", "")
    book = nbformat.read(file, as_version=4)
    for cell in book.cells:
        cell.source = cell.source.partition("\n\n")[0] if cell.id.startswith("title") else cell.source
    nbformat.write(book, file)
    with pytest.raises(CannotNow, match="percent-vi, percent-en"):
        new_notebook.require_written(pages.named("births"))
    for cell in book.cells:
        cell.source = cell.source.rpartition("\n\n")[0] if cell.id.startswith("percent") else cell.source
    nbformat.write(book, file)
    new_notebook.require_written(pages.named("births"))
