"""Notebooks as other programs save them: the same cells, in the same order, with ids that stay."""

import json
import os
import re

import nbformat
import pytest

from hotich.errors import NotebookFailed
from hotich.language import LANGUAGES
from hotich.page.layout import Step
from hotich.page.spec import PageSpec
from hotich.pipeline import kernels, notebook_file, notebooks
from hotich.storage.paths import NOTEBOOKS


def colab(saved):
    saved["nbformat_minor"] = 0
    saved["metadata"] = {"colab": {"provenance": []}, "kernelspec": {"name": "python3", "display_name": "Python 3"}}
    for cell in saved["cells"]:
        cell["metadata"]["id"] = cell.pop("id")


def no_kernel(saved):
    saved["metadata"] = {}


def another_kernel(saved):
    saved["metadata"]["kernelspec"] = {"name": "conda-env-số", "display_name": ".venv (3.12.3)", "language": "python"}
    saved["metadata"]["vscode"] = {"interpreter": {"hash": "ab12"}}


def ids_missing(saved):
    for cell in saved["cells"][::2]:
        del cell["id"]


def ids_twice(saved):
    for cell in saved["cells"]:
        cell["id"] = "same"


def collapsed(saved):
    for cell in saved["cells"]:
        cell["metadata"] |= {"collapsed": True, "jupyter": {"outputs_hidden": True}, "executionInfo": {"elapsed": 3}}


KINDS = [colab, no_kernel, another_kernel, ids_missing, ids_twice, collapsed]


def saved_by(change, tmp_path, name="report"):
    saved = json.loads((NOTEBOOKS / f"{name}.ipynb").read_text(encoding="utf-8"))
    change(saved)
    path = tmp_path / f"{name}.ipynb"
    path.write_text("\ufeff" + json.dumps(saved, ensure_ascii=False, indent=1), encoding="utf-8")
    return path


@pytest.mark.parametrize("change", KINDS, ids=lambda change: change.__name__)
def test_whatever_program_saved_a_notebook_its_cells_are_the_same_and_have_ids_that_stay(change, tmp_path):
    path = saved_by(change, tmp_path)
    found, own = notebook_file.read(path), notebook_file.read(NOTEBOOKS / "report.ipynb")
    assert [(c.cell_type, c.source) for c in found.cells] == [(c.cell_type, c.source) for c in own.cells]
    assert [c.metadata.get("tags") for c in found.cells] == [c.metadata.get("tags") for c in own.cells]
    ids = [cell.id for cell in found.cells]
    assert len(set(ids)) == len(ids)
    assert ids == [cell.id for cell in notebook_file.read(path).cells]
    assert not any(re.search("[0-9]", each) for each in ids), "a page would take digits for a figure"
    assert found.metadata.kernelspec.language == "python"


def test_a_notebook_of_our_own_keeps_its_ids():
    raw = json.loads((NOTEBOOKS / "report.ipynb").read_text(encoding="utf-8"))
    own = notebook_file.read(NOTEBOOKS / "report.ipynb")
    assert [cell.id for cell in own.cells] == [cell["id"] for cell in raw["cells"]]


def test_a_cell_that_a_program_named_with_digits_is_marked_as_a_name():
    assert Step("3fa9b2c1").has_digits
    assert not Step("opening").has_digits


@pytest.mark.parametrize("change", [colab, no_kernel], ids=lambda change: change.__name__)
def test_they_run_and_give_the_same_to_the_byte_but_for_ids(change, tmp_path, monkeypatch):
    monkeypatch.setenv(kernels.SWITCH, "ordinary")
    made = nbformat.v4.new_notebook()
    parameters = nbformat.v4.new_code_cell('month = ""', id="parameters", metadata={"tags": ["parameters"]})
    made.cells = [parameters, nbformat.v4.new_code_cell("print(month, 6 * 7)", id="answer")]
    made.metadata["kernelspec"] = dict(notebook_file.KERNEL)
    other = json.loads(nbformat.writes(made))
    change(other)
    for name, content in (("own", nbformat.writes(made)), ("other {month}", json.dumps(other))):
        (tmp_path / f"{name}.ipynb").write_text(content)
    spec = PageSpec("report", "vi", "", False, "report")
    (tmp_path / "home").mkdir()
    with kernels.running(tmp_path / "home"):
        for name in ("own", "other {month}"):
            out = tmp_path / "out" / f"{name}.ipynb"
            notebooks.execute(notebooks.Job(spec, tmp_path / f"{name}.ipynb", out, {"month": "2024-10"}))
    first, second = (json.loads((tmp_path / "out" / f"{n}.ipynb").read_text()) for n in ("own", "other {month}"))
    for cell in (*first["cells"], *second["cells"]):
        del cell["id"]
    assert first == second
    assert first["cells"][-1]["outputs"][0]["text"] == ["2024-10 42\n"]


@pytest.mark.parametrize(
    "content", [b"", b'{"cells": [', b"PK\x03\x04", b"3", b'{"nbformat": 4}', b'{"nbformat": 4, "cells": [3]}']
)
def test_what_is_no_notebook_is_told_with_its_path(tmp_path, content):
    path = tmp_path / "report.ipynb"
    path.write_bytes(content)
    with pytest.raises(NotebookFailed) as failed:
        notebook_file.read(path)
    assert all(str(path) in failed.value.message(language) for language in LANGUAGES)
    assert os.linesep not in failed.value.message("vi")
