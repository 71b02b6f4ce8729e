"""A cluster for the tests of a module, and notebooks of our own for it."""

import nbformat
import nbformat.v4 as v4
import pytest
from loopback import Loopback, documented, free_port

from hotich.page.spec import PageSpec
from hotich.pipeline.notebooks import Job
from hotich.storage import paths


@pytest.fixture(scope="module")
def loopback(tmp_path_factory):
    """A scheduler with two workers, started as the document says."""
    made = Loopback(f"tcp://127.0.0.1:{free_port()}", tmp_path_factory.mktemp("cluster"), [])
    commands = documented(".venv/bin/dask")
    assert [command.split()[1] for command in commands] == ["scheduler", "worker", "worker"]
    try:
        for command in commands:
            made.start(command)
        yield made
    finally:
        made.end()


@pytest.fixture
def own(tmp_path, monkeypatch):
    """Notebooks of our own in place of the project's, and a function that makes a job of one with a title."""
    monkeypatch.setattr(paths, "NOTEBOOKS", tmp_path / "notebooks")
    paths.NOTEBOOKS.mkdir()

    def job(*sources):
        title = v4.new_markdown_cell("# Khai sinh", id="title")
        given = v4.new_code_cell('month = "2024-10"', id="parameters", metadata={"tags": ["parameters"]})
        cells = [v4.new_code_cell(source, id=f"cell-{number}") for number, source in enumerate(sources)]
        nbformat.write(v4.new_notebook(cells=[given, title, *cells]), paths.NOTEBOOKS / "own.ipynb")
        paper = PageSpec("own.vi", "vi", "22/10/2024", False)
        return Job(paper, paths.NOTEBOOKS / "own.ipynb", tmp_path / "nowhere.ipynb", {"month": "2024-10"}, 120)

    return job
