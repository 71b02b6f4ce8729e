"""The notebooks by papermill, as anybody uses it: parameters of any type, prepared only, explained, and wrong ones."""

import json

import nbformat
import pytest
from click.testing import CliRunner
from papermill import inspect_notebook
from papermill.cli import papermill as command

from hotich import measures
from hotich.checks import Checked
from hotich.data import dataset
from hotich.errors import WrongUsage
from hotich.storage.paths import NOTEBOOKS

BOOKS = sorted(NOTEBOOKS.glob("*.ipynb"))


def papermill(*words):
    """The command within this process; pipeline/test_build.py starts it as a program."""
    return CliRunner().invoke(command, [str(word) for word in words])


@pytest.fixture(scope="module")
def beginning(tmp_path_factory):
    """The first cells of a notice, which read the month, and one that says what came of it."""
    book = nbformat.read(NOTEBOOKS / "notice.ipynb", 4)
    end = next(place for place, cell in enumerate(book.cells) if cell.id == "read")
    book.cells = [*book.cells[: end + 1], nbformat.v4.new_code_cell("m", id="shown")]
    file = tmp_path_factory.mktemp("papermill") / "begin.ipynb"
    nbformat.write(book, file)
    return file


def test_parameters_are_taken_as_papermill_reads_them(beginning, tmp_path):
    out = tmp_path / "out.ipynb"
    done = papermill(beginning, out, "-p", "month", "10", "-p", "area", "138", "-p", "language", "en")
    assert done.exit_code == 0, done.output
    shown = json.loads(out.read_text(encoding="utf-8"))["cells"][-1]["outputs"][0]["data"]
    assert shown["text/plain"][0].endswith("of 2024-10: 7672 facts, seen from 138 in en>")
    assert "October 2024" in "".join(shown["text/html"])


def test_a_wrong_month_is_the_notebooks_error_in_our_words_and_its_language(beginning, tmp_path):
    out = tmp_path / "out.ipynb"
    said = "There are no counts for 2025-01. Months with counts: 2024-01"
    done = papermill(beginning, out, "-p", "language", "en", "-p", "month", "2025-01")
    assert done.exit_code == 1
    assert said in str(done.exception)
    cells = json.loads(out.read_text(encoding="utf-8"))["cells"]
    (error,) = [each for cell in cells for each in cell.get("outputs", ()) if each["output_type"] == "error"]
    assert len(error["traceback"]) == 1
    assert error["traceback"][0].startswith(said)


@pytest.mark.parametrize(
    ("month", "area", "language", "said"),
    [
        (13, "", "en", "MONTH=13 is not a month. Write 10, 08 or 2024-10"),
        (10, 999, "en", "AREA=999 is not an area that a report can be about."),
        (10, "", "fr", "There is no language “fr”. Let language be one of: vi, en."),
    ],
)
def test_a_number_or_a_word_that_is_none_is_refused_in_our_words(month, area, language, said):
    with pytest.raises(WrongUsage) as refused:
        measures.read(Checked(dataset.read(month), ()), area, language)
    assert refused.value.message("en").startswith(said)


@pytest.mark.parametrize(
    ("given", "injected"),
    [(("-p", "month", "10"), "month = 10"), (("-y", "{month: 2024-10, area: 138}"), 'month = "2024-10"\narea = 138')],
    ids=["-p", "-y"],
)
def test_a_notebook_can_be_prepared_only(tmp_path, given, injected):
    out = tmp_path / "out.ipynb"
    done = papermill(NOTEBOOKS / "report.ipynb", out, *given, "--prepare-only")
    assert done.exit_code == 0, done.output
    cells = json.loads(out.read_text(encoding="utf-8"))["cells"]
    (added,) = [cell for cell in cells if "injected-parameters" in cell["metadata"].get("tags", ())]
    assert injected in "".join(added["source"])
    assert [cell for cell in cells if cell.get("outputs")] == []


@pytest.mark.parametrize("file", BOOKS, ids=lambda file: file.stem)
def test_papermill_explains_each_parameter(file):
    explained = inspect_notebook(file)
    for name, about in (("month", "tháng báo cáo"), ("language", "ngôn ngữ"), ("area", "mã địa bàn")):
        assert explained[name]["inferred_type_name"] == "str"
        assert explained[name]["help"].startswith(about)
