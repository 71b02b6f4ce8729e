import pickle
from dataclasses import replace

import nbformat
import nbformat.v4 as v4
import pytest

from hotich.errors import Contradicted, NotebookFailed
from hotich.page.spec import PageSpec
from hotich.pipeline import kernels
from hotich.pipeline.kernels import environment
from hotich.pipeline.make_page import MadeFile, make_page
from hotich.pipeline.notebooks import Job
from hotich.storage import temporary


@pytest.fixture(scope="module")
def _running():
    with temporary.folder(for_sockets=True) as home, kernels.running(home):
        yield


@pytest.fixture
def session(_running, tmp_path):
    """A folder of the test's own within the session that all share."""
    return tmp_path


def job(folder, *sources):
    given = v4.new_code_cell('month = "2024-10"', id="parameters", metadata={"tags": ["parameters"]})
    nbformat.write(v4.new_notebook(cells=[given, *sources]), folder / "own.ipynb")
    paper = PageSpec("own.vi", "vi", "22/10/2024", False)
    return Job(paper, folder / "own.ipynb", folder / "nowhere.ipynb", {"month": "2024-10"}, 60)


def test_a_page_comes_as_the_bytes_of_its_files_with_their_hashes(session):
    title = v4.new_markdown_cell("# Khai sinh", id="title")
    made = make_page(job(session, title), session / "none.csv")
    assert [file.name for file in made.files] == ["notebooks/own.vi.ipynb", "own.vi.html"]
    assert all(file.intact for file in made.files)
    assert "Khai sinh" in made.files[1].content.decode()
    assert not (session / "nowhere.ipynb").exists()
    assert not list(environment.home().glob("hotich-run-*")), "nothing of it is left"


def test_a_page_whose_figure_is_no_fact_is_not_made(session):
    claims = v4.new_markdown_cell("# Khai sinh\n\nĐã có 1.234 hồ sơ.", id="claims")
    with pytest.raises(Contradicted, match=r"1\.234"):
        make_page(job(session, claims), session / "none.csv")


def test_a_cell_that_fails_makes_no_page(session):
    with pytest.raises(NotebookFailed, match="ZeroDivisionError"):
        make_page(job(session, v4.new_code_cell("1 / 0", id="bad")), session / "none.csv")


def test_what_goes_in_and_comes_out_can_be_sent_to_another_machine(session):
    given = job(session, v4.new_markdown_cell("# Khai sinh", id="title"))
    assert pickle.loads(pickle.dumps(given)) == given
    made = make_page(given, session / "none.csv")
    assert pickle.loads(pickle.dumps(made)) == made


def test_a_file_that_came_with_other_bytes_is_known():
    file = MadeFile.of("own.vi.html", b"page")
    assert not replace(file, content=b"pag").intact
