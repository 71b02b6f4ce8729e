"""What JupyterLab saves of a notebook is what git has of it, whatever was run and shown."""

import json

import nbformat
import pytest

from hotich.lab.saving import without_outputs
from hotich.storage.paths import NOTEBOOKS


def executed(notebook):
    """Return the notebook as JupyterLab hands it in after a run."""
    run = json.loads(json.dumps(notebook))
    run["metadata"]["language_info"] = {"name": "python", "version": "3.11.7", "codemirror_mode": {"version": 3}}
    run["metadata"]["widgets"] = {}
    for number, cell in enumerate(run["cells"]):
        cell["metadata"] |= {"trusted": True, "execution": {"iopub.status.busy": "2024-10-22T00:00:00"}}
        if cell["cell_type"] == "code":
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "519573"}]
            cell["execution_count"] = number
    return run


@pytest.mark.parametrize("file", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda file: file.stem)
def test_a_notebook_that_was_run_is_saved_to_the_byte_as_git_has_it(file):
    content = executed(json.loads(file.read_text(encoding="utf-8")))
    without_outputs(model={"type": "notebook", "content": content}, path=file.name, contents_manager=None)
    saved = nbformat.writes(nbformat.from_dict(content)) + "\n"
    assert saved.encode() == file.read_bytes()


def test_what_the_analyst_has_written_and_tagged_is_saved():
    cell = nbformat.v4.new_code_cell("x = 1", metadata={"tags": ["own"], "caption": "Bảng"})
    content = executed(nbformat.v4.new_notebook(cells=[cell, nbformat.v4.new_markdown_cell("# Đề mục")]))
    without_outputs(model={"type": "notebook", "content": content})
    assert content["cells"][0]["source"] == "x = 1"
    assert content["cells"][0]["metadata"] == {"tags": ["own"], "caption": "Bảng"}
    assert content["cells"][1]["source"] == "# Đề mục"


@pytest.mark.parametrize("model", [{"type": "file", "content": "a,b"}, {"type": "notebook", "content": None}])
def test_other_files_are_saved_as_they_are(model):
    before = dict(model)
    without_outputs(model=model)
    assert model == before
