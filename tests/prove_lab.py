"""Every notebook in JupyterLab, run to its end in a real browser, with another month and the other language; slow.

Run it with `make prove-lab`.
"""

import shutil

import pytest
from desk import lab

from hotich.storage.paths import NOTEBOOKS

BOOKS = sorted(NOTEBOOKS.glob("*.ipynb"))


@pytest.mark.parametrize("file", BOOKS, ids=lambda file: file.stem)
def test_a_notebook_runs_to_its_end_in_jupyterlab_and_saving_leaves_it_as_it_was(browser, tmp_path, file):
    folder = tmp_path / "notebooks"
    folder.mkdir()
    shutil.copyfile(file, folder / "report.ipynb")
    with lab(browser, tmp_path, folder) as desk:
        desk.run_all(restart=False)
        assert (desk.errors(), desk.complaints) == ([], [])
        desk.save()
        assert (folder / "report.ipynb").read_bytes() == file.read_bytes()
        parameters = desk.parameters().replace("2024-10", "2024-09").replace('"vi"', '"en"')
        desk.write("month", parameters)
        desk.run_all()
        assert desk.errors() == []  # a restart itself may make Lab's debugger complain
        assert "September 2024" in "".join(each.inner_text() for each in desk.page.query_selector_all(".hotich h1"))
