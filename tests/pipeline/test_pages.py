"""Which notebooks are pages, how they are called, and what is refused."""

import json
import warnings

import pytest

from hotich.errors import InputRefused, Note, NotebookFailed, WrongUsage
from hotich.language import LANGUAGES
from hotich.pipeline import pages
from hotich.storage import paths

PARAMETERS = 'month = "2024-10"\nlanguage = "vi"'


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder of notebooks."""
    monkeypatch.setattr(paths, "NOTEBOOKS", tmp_path)
    return tmp_path


def write(file, *cells, parameters=PARAMETERS, about=None):
    first = {"cell_type": "code", "source": parameters, "metadata": {"tags": ["parameters"]}}
    file.write_text(json.dumps({"cells": [first, *cells], "metadata": {"hotich": about or {}}}), encoding="utf-8")
    return file


def prose(text, *tags, name="words"):
    return {"cell_type": "markdown", "id": name, "source": text, "metadata": {"tags": list(tags)}}


def refused(error, given):
    with pytest.raises(error) as caught:
        pages.named(given)
    assert all(caught.value.message(language) for language in LANGUAGES)
    return caught.value


def test_the_projects_own_notebooks_are_pages_like_any_other():
    assert {page.name for page in pages.found()} >= {"quality", "report", "summary", "notice"}
    assert pages.found()[0].judges
    assert pages.notice().layout == "notice"
    assert "notice" not in {page.name for page in pages.monthly()}


def test_a_notebook_with_a_parameters_cell_is_a_page_and_another_is_none(folder):
    write(folder / "births.ipynb")
    (folder / "notes.ipynb").write_text('{"cells": []}')
    (folder / ".hidden.ipynb").write_text("nothing")
    assert [page.name for page in pages.found()] == ["births"]


@pytest.mark.parametrize(
    ("name", "parameters", "languages"),
    [
        ("births", PARAMETERS, ("vi", "en")),
        ("births", 'month = "2024-10"', ("vi",)),
        ("births.en", PARAMETERS, ("en",)),
        ("births.vi", 'month: str = "2024-10"', ("vi",)),
    ],
)
def test_a_page_is_in_the_languages_that_its_notebook_can_make(folder, name, parameters, languages):
    page = pages.named(str(write(folder / f"{name}.ipynb", parameters=parameters)))
    assert (page.name, page.languages) == ("births", languages)


def test_a_page_is_named_by_its_file_or_by_its_name(folder, monkeypatch):
    write(folder / "births.ipynb")
    monkeypatch.chdir(folder)
    for given in ("births", "births.ipynb", str(folder / "births.ipynb"), "elsewhere/births.ipynb"):
        assert pages.named(given).notebook.resolve() == (folder / "births.ipynb").resolve()


@pytest.mark.parametrize("given", ["nix", "../nix", "nix.ipynb", "\x1b[31m", "a\u202eb"])
def test_a_notebook_that_is_not_there_is_refused_with_those_that_are(folder, given):
    write(folder / "births.ipynb")
    error = refused(InputRefused, given)
    assert error.key == "own.no_notebook"
    assert "births.ipynb" in error.message("en")
    assert "\x1b" not in error.message("vi")
    assert "\u202e" not in error.message("vi")


@pytest.mark.parametrize("name", ["Births", "khai sinh", "sổ", "1st", "births.de", "births.en.vi", "-births", "a.b"])
def test_a_name_that_no_page_can_have_is_refused(folder, name):
    assert refused(InputRefused, str(write(folder / f"{name}.ipynb"))).key == "own.page_name"


def test_a_notebook_without_a_parameters_cell_is_told_what_to_tag(folder):
    (folder / "notes.ipynb").write_text('{"cells": [{"cell_type": "code", "source": "month = 1"}]}')
    error = refused(WrongUsage, "notes")
    assert error.key == "own.no_parameters"
    assert 'month = "2024-10"' in error.message("en")


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[" * 100_000])
def test_a_file_that_is_no_notebook_is_refused_by_its_name(folder, content):
    (folder / "broken.ipynb").write_bytes(content)
    with pytest.raises(NotebookFailed, match=r"broken\.ipynb"):
        pages.found()


@pytest.mark.parametrize(
    "content", ["[]", "5", '{"cells": null}', '{"cells": [null]}', '{"cells": [{"metadata": null}]}']
)
def test_json_that_is_no_notebook_is_nobodys_page(folder, content):
    (folder / "strange.ipynb").write_text(content)
    assert pages.found() == ()


def test_the_first_heading_of_a_language_is_the_title(folder):
    cells = (prose("# Births", "en"), prose("# Sổ *khai sinh*\n\nLời", "vi"), prose("# Nữa", "vi"))
    page = pages.named(str(write(folder / "births.ipynb", *cells)))
    assert dict(page.titles) == {"vi": "Sổ khai sinh", "en": "Births"}


@pytest.mark.parametrize("title", ["Còn {fact:left}", "Còn 99,9%", "Khai sinh, tháng 10/2024", "٩٩"])
def test_a_title_with_digits_is_none_for_the_lists_of_other_pages(folder, title):
    cells = (prose(f"# {title}", "vi"), prose("# Nữa", "vi"))
    assert dict(pages.named(str(write(folder / "births.ipynb", *cells))).titles) == {}


def test_prose_without_a_language_is_named(folder):
    cells = (
        prose("Lời.", name="plain"),
        prose("Lời.", "vi", name="tagged"),
        prose("Lời.", "notebook-only", name="kept"),
        prose("{fact:left}", name="figure"),
        prose("---", name="rule"),
    )
    page = pages.named(str(write(folder / "births.ipynb", *cells)))
    with pytest.warns(Note, match=r"cells plain\)"):
        pages.note_untagged(page)
    with warnings.catch_warnings(action="error"):
        pages.note_untagged(pages.named(str(write(folder / "births.vi.ipynb", *cells))))
