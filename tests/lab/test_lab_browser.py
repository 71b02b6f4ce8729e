"""The analyst's desk in a real browser: choose month and language, run all, look, save; and a month that is none."""

import json
import re

import pytest
from desk import lab

from hotich.storage.paths import NOTEBOOKS

SHOWN = {"opening", "progress", "progress-chart", "paces-table", "registers-chart"}
"""Views that are enough to see a text, a chart and a table."""


@pytest.fixture(scope="module")
def desk(browser, tmp_path_factory):
    """The beginning of the report, open in JupyterLab, and its file."""
    home = tmp_path_factory.mktemp("desk")
    book = json.loads((NOTEBOOKS / "report.ipynb").read_text(encoding="utf-8"))
    beginning = [cell for cell in book["cells"] if "load_ext" in "".join(cell["source"]) or cell["id"] in SHOWN]
    first = [cell for cell in book["cells"] if cell["id"] in ("about-vi", "about-en", "parameters")]
    read = next(cell for cell in book["cells"] if cell["id"] == "read")
    imports, *views = beginning
    book["cells"] = [*first, imports, read, *views]
    folder = home / "notebooks"
    folder.mkdir()
    text = json.dumps(book, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    (folder / "report.ipynb").write_text(text, encoding="utf-8")
    mine = text.replace("# Báo cáo tháng", "Lời nói đầu\\n# Trang của tôi").replace(
        "%load_ext", "# no title\\n%load_ext"
    )
    (folder / "mine.ipynb").write_text(mine, encoding="utf-8")
    with lab(browser, home, folder) as opened:
        opened.run_all(restart=False)
        yield opened, folder / "report.ipynb", text


def test_lab_begins_with_a_launcher_of_the_notebooks_by_their_titles_the_report_first(desk):
    assert desk[0].offered[:2] == ["Báo cáo tháng", "Trang của tôi"]


def visible(page, selector):
    return [each for each in page.query_selector_all(selector) if each.is_visible()]


def test_run_all_shows_every_view_once_and_nothing_complains(desk):
    page = desk[0].page
    assert desk[0].errors() == []
    assert desk[0].complaints == []
    assert page.inner_text(".hotich .syn").startswith("SỐ LIỆU MINH HỌA")
    charts = page.query_selector_all(".hotich figure")
    assert charts
    for chart in charts:
        drawings = [each for each in chart.query_selector_all("svg.w, svg.n") if each.is_visible()]
        assert [each.get_attribute("class") for each in drawings] == ["w"]
    assert page.evaluate("document.fonts.check('600 15px \"Source Sans 3\"')")


def test_key_figures_stand_beside_each_other_each_under_its_label(desk):
    page = desk[0].page
    boxes = [each.bounding_box() for each in page.query_selector_all(".hotich .kf > div")]
    assert len(boxes) == 4
    assert len({box["y"] for box in boxes}) == 1
    for label, figure in zip(page.query_selector_all(".kf dt"), page.query_selector_all(".kf .big"), strict=True):
        assert label.bounding_box()["x"] == figure.bounding_box()["x"]
        assert label.bounding_box()["y"] < figure.bounding_box()["y"]


def test_saving_keeps_the_cells_and_nothing_else(desk):
    opened, file, text = desk
    opened.save()
    assert file.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("theme", ["JupyterLab Dark", "JupyterLab Light"])
def test_a_view_is_dark_on_white_in_both_themes(desk, theme):
    opened = desk[0]
    opened.command(f"Use Theme: {theme}")
    opened.page.wait_for_function(f"document.body.dataset.jpThemeName === '{theme}'")
    for part in (".hotich p", ".hotich .ft", ".hotich tbody tr:nth-child(odd) td", ".hotich tfoot td", ".hotich dt"):
        seen = opened.page.evaluate(
            """part => { const at = document.querySelector(part), behind = at.closest('tr, .hotich');
            return [getComputedStyle(at).color, getComputedStyle(behind).backgroundColor] }""",
            part,
        )
        assert seen[1] == "rgb(255, 255, 255)"
        assert max(map(int, re.findall(r"\d+", seen[0])[:3])) < 110, part


@pytest.mark.slow
def test_another_month_in_the_first_cell_and_another_language_change_everything(desk):
    opened = desk[0]
    opened.write("month", 'month = "9"\nlanguage = "en"\narea = ""')
    shown = visible(opened.page, ".jp-MarkdownCell")
    assert [each.inner_text().splitlines()[0] for each in shown] == ["Monthly report"]
    opened.run_all()
    assert opened.errors() == []
    assert "September 2024" in opened.page.inner_text(".hotich h1")


def test_a_month_that_is_none_is_told_in_the_notebooks_language_without_a_traceback(desk):
    opened = desk[0]
    opened.write("month", 'month = "2024-13"\nlanguage = "en"\narea = ""')
    opened.run_until_error()
    assert len(opened.errors()) == 1
    assert opened.errors()[0].startswith("MONTH=2024-13 is not a month")
    assert len(opened.errors()[0].splitlines()) == 1
