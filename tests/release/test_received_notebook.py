"""An executed notebook that somebody was sent: which one of a release it is, and whether its figures are the same."""

import json

import pytest

from hotich.errors import InputRefused
from hotich.release import received_notebook

FIGURE = '<data value="{0}" data-fact="1/all/share">{0}</data>'


def notebook(path, *, figure="71.8", language="vi", injected="injected-parameters", **parameters):
    """Write an executed notebook of ours, or, with another id of the injected cell, one that papermill has executed."""
    given = {"month": "2024-10", "language": language, **parameters}
    cells = [
        {"id": "parameters", "metadata": {"tags": ["parameters"]}, "source": 'month = "2024-09"\narea = ""'},
        {
            "id": injected,
            "metadata": {"tags": ["injected-parameters"]},
            "source": [f'{name} = "{value}"\n' for name, value in given.items()],
        },
        {
            "id": "opening",
            "metadata": {},
            "source": "opening",
            "outputs": [{"data": {"text/html": FIGURE.format(figure)}}],
        },
    ]
    if not injected:
        del cells[1]
        cells[0]["source"] = "\n".join(f'{name} = "{value}"' for name, value in {"area": "", **given}.items())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"cells": cells}))
    return path


@pytest.fixture
def again(tmp_path):
    for language in ("vi", "en"):
        notebook(tmp_path / "again" / "notebooks" / f"report.{language}.ipynb", language=language)
    return tmp_path / "again"


def compared(again, **words):
    return received_notebook.compare(received_notebook.read(notebook(again.parent / "sent.ipynb", **words)), again)


def test_a_notebook_of_ours_is_the_same(again):
    diff = compared(again)
    assert (diff.result, diff.agrees) == ("same_bytes", True)


@pytest.mark.parametrize("injected", ["4f1c9a", ""], ids=["papermill", "jupyter"])
def test_a_notebook_that_another_program_has_executed_agrees_in_its_figures(again, injected):
    diff = compared(again, injected=injected, language="en")
    assert (diff.result, diff.part, diff.agrees) == ("same_figures", "elsewhere", True)


@pytest.mark.parametrize("injected", ["injected-parameters", "4f1c9a", ""])
def test_another_figure_is_named_whoever_has_executed_the_notebook(again, injected):
    diff = compared(again, injected=injected, figure="71.9")
    (found,) = diff.differences
    assert (diff.agrees, found.what) == (False, "1/all/share")
    assert (found.sealed, found.again) == ("71.9 (71.9)", "71.8 (71.8)")


@pytest.mark.parametrize("written", ['month = \\"10\\"', "month = 10", 'month: str = \\"10\\"  # the month'])
def test_a_notebook_whose_month_papermill_was_given_as_a_number_is_known(again, written):
    file = notebook(again.parent / "sent.ipynb", injected="4f1c9a", month="10")
    file.write_text(file.read_text().replace('month = \\"10\\"', written))
    assert received_notebook.read(file).month == "10"
    assert received_notebook.compare(received_notebook.read(file), again).agrees


def test_a_notebook_of_another_area_is_unknown(again):
    diff = compared(again, area="138")
    assert (diff.result, diff.agrees) == ("unknown", False)


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", '{"cells": [1]}', '{"cells": []}', "[" * 100_000, '{"cells": [{"id": "a", "source": 7}]}'],
)
def test_what_is_no_executed_notebook_is_refused(tmp_path, content):
    (tmp_path / "x.ipynb").write_text(content)
    with pytest.raises(InputRefused):
        received_notebook.read(tmp_path / "x.ipynb")


def test_a_notebook_that_was_never_executed_is_refused(tmp_path):
    path = notebook(tmp_path / "x.ipynb")
    plain = json.loads(path.read_text())
    plain["cells"][2]["outputs"] = []
    path.write_text(json.dumps(plain))
    with pytest.raises(InputRefused):
        received_notebook.read(path)
