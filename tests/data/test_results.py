"""What a command computes once: its notebooks take it over only while every input is the same, and show the same."""

import os
import re
import time
from dataclasses import replace
from pathlib import Path

import papermill
import pytest

from hotich import checks, measures
from hotich.checks import earlier_months, suites
from hotich.data import dataset, results
from hotich.month import exact
from hotich.storage import hashing
from hotich.storage.paths import NOTEBOOKS

DRESSED = re.compile(r'<div class="hotich"><style>.*?</style>(?:<aside class="syn".*?</aside>)?(.*)</div>', re.DOTALL)
"""What a view is in a notebook that somebody looks at, around what it is on a page."""


def undressed(output):
    """Return what a cell shows as a page has it."""
    return {kind: DRESSED.sub(r"\1", text) for kind, text in output.get("data", {}).items()}


@pytest.fixture
def kept(office, tmp_path, monkeypatch):
    """The small office's October, computed and kept."""
    monkeypatch.setenv(results.FOLDER, str(tmp_path / "results"))
    measures.read(checks.run(dataset.read("2024-10", office.at)))
    return office


def of_month(office, month="2024-10"):
    """The names of the results that are kept of a month with its inputs as they are."""
    return {path.name for path in results.of(office.at, exact(month)).folder.iterdir()}


def test_what_was_kept_is_taken_over_without_checking_again(kept, monkeypatch):
    monkeypatch.setattr(checks.gx, "run", lambda *arguments: pytest.fail("checked again"))
    data = dataset.read("2024-10", kept.at)
    m = measures.read(checks.require(data), "11", "en")
    assert m.checked.data is data
    assert of_month(kept) == {"dataset", "checked", "counted.sqlite", "facts"}
    assert (m.root, m.language) == ("11", "en")
    assert m.get("digitised", "1").value == 740 + 74 + 20


def test_what_was_kept_holds_for_its_own_dataset_alone(kept):
    data = dataset.read("2024-10", kept.at)
    changed = replace(data, deliveries=data.deliveries[-1:])
    assert data.results != results.Results()
    assert changed.results == results.Results()
    assert measures.read(checks.run(changed)).previous is None
    assert measures.read(checks.run(data)).previous is not None


def test_nothing_is_kept_where_no_command_names_a_folder(kept, monkeypatch, tmp_path):
    monkeypatch.delenv(results.FOLDER)
    before = sorted(tmp_path.rglob("*"))
    assert dataset.read("2024-10", kept.at).results.once("checked", lambda: "computed") == "computed"
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("name", ["counts/2024-09.csv", "areas.csv", "waivers.csv", "published/2024-10.toml"])
def test_a_changed_input_is_read_anew(kept, name):
    path = kept.at.data / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(path.read_text(encoding="utf-8") + " " if path.exists() else "x", encoding="utf-8")
    assert of_month(kept) == set()


@pytest.mark.parametrize("name", ["comments/2024-10.vi.md", "areas.geojson", "notice.docx", "incoming/2024-10/a.xlsx"])
def test_what_pages_only_show_is_no_reason_to_check_again(kept, name):
    path = kept.at.data / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x", encoding="utf-8")
    assert "facts" in of_month(kept)


def test_another_month_is_read_by_itself(kept):
    assert of_month(kept, "2024-09") == set()
    assert "facts" in of_month(kept)


def test_results_of_inputs_that_have_changed_are_removed(kept, tmp_path):
    waivers = kept.at.data / "waivers.csv"
    waivers.write_text("rule,area,register,month,reason,approved_by,expires\n", encoding="utf-8")
    dataset.read("2024-10", kept.at)
    assert len(list((tmp_path / "results").glob("2024-10-*"))) == 1


SLOW = [pytest.param(name, marks=pytest.mark.slow) for name in ("quality", "notice", "summary")]


@pytest.mark.parametrize("name", ["report", *SLOW])
def test_a_notebook_run_by_hand_shows_what_the_command_shows(kept, name, tmp_path, monkeypatch):
    monkeypatch.setenv("HOTICH_DATA", str(kept.at.data))
    monkeypatch.setenv("HOTICH_REPORTS", str(kept.at.reports))
    parameters = {"month": "2024-10", "language": "en", "area": "11" if name == "notice" else ""}
    shown = []
    for folder in (os.environ[results.FOLDER], ""):
        monkeypatch.setenv(results.FOLDER, folder) if folder else monkeypatch.delenv(results.FOLDER)
        done = papermill.execute_notebook(NOTEBOOKS / f"{name}.ipynb", None, parameters, progress_bar=False)
        shown.append([undressed(output) for cell in done.cells if cell.cell_type == "code" for output in cell.outputs])
    assert shown[0] == shown[1]
    assert any(shown[0])


def test_a_month_is_looked_back_on_once_while_its_own_inputs_are_the_same(kept, monkeypatch):
    looked = []
    monkeypatch.setattr(
        earlier_months, "_broken", lambda tables, suite: looked.append(f"{tables.data.month} {suite.name}") or {}
    )
    earlier_months.earlier(dataset.read("2024-10", kept.at))
    kept.log("2024-10")
    now = kept.at.data / "counts" / "2024-10.csv"
    now.write_text(now.read_text(encoding="utf-8").replace("111,KS,200,", "111,KS,201,"), encoding="utf-8")
    earlier_months.earlier(dataset.read("2024-10", kept.at))
    assert looked == ["2024-09 counts"]  # the first month there is has no month before, and nothing was published
    areas = kept.at.data / "areas.csv"
    areas.write_text(areas.read_text(encoding="utf-8").replace("Xã An,", "Xã Ân,"), encoding="utf-8")
    earlier_months.earlier(dataset.read("2024-10", kept.at))
    assert looked == ["2024-09 counts", "2024-09 counts"]


def test_a_rule_with_another_argument_is_looked_back_on_anew_and_one_of_another_severity_is_not(kept, monkeypatch):
    looked, book = [], suites.load()
    monkeypatch.setattr(earlier_months, "_broken", lambda tables, suite: looked.append(suite.name) or {})
    data = dataset.read("2024-10", kept.at)
    earlier_months._earlier(data)
    counts = next(suite for suite in book if suite.name == "counts")
    rule = next(rule for rule in counts.rules if "at_least" in rule.kwargs)
    for change in ({"severity": "info"}, {"kwargs": {**rule.kwargs, "at_least": 12_345}}):
        changed = replace(counts, rules=tuple(replace(r, **change) if r is rule else r for r in counts.rules))
        monkeypatch.setattr(suites, "load", lambda changed=changed: (changed,))
        earlier_months._earlier(data)
    assert looked == ["counts", "counts"]


def test_inputs_that_stand_as_they_were_are_not_read_again(kept, monkeypatch):
    place = results.of(kept.at, exact("2024-10")).folder
    now = time.time_ns
    monkeypatch.setattr(hashing.time, "time_ns", lambda: now() + 10**10)
    assert results.of(kept.at, exact("2024-10")).folder == place
    monkeypatch.setattr(hashing, "tree", lambda *_: pytest.fail("read again"))
    assert results.of(kept.at, exact("2024-10")).folder == place


@pytest.mark.parametrize("later", [0, 10**10])
def test_inputs_that_have_changed_are_read_again_however_soon(kept, monkeypatch, later):
    place = results.of(kept.at, exact("2024-10")).folder
    now = time.time_ns
    monkeypatch.setattr(hashing.time, "time_ns", lambda: now() + later)
    results.of(kept.at, exact("2024-10"))
    counts = kept.at.data / "counts" / "2024-09.csv"
    counts.write_bytes(counts.read_bytes().replace(b"111", b"112"))
    assert results.of(kept.at, exact("2024-10")).folder != place


def test_what_another_process_has_begun_at_the_same_moment_is_not_removed(kept, monkeypatch):
    folder = results.of(kept.at, exact("2024-10")).folder
    before = of_month(kept)
    is_dir, too_early = Path.is_dir, [folder]
    monkeypatch.setattr(Path, "is_dir", lambda path: not (path in too_early and too_early.pop()) and is_dir(path))
    assert results.of(kept.at, exact("2024-10")).folder == folder
    monkeypatch.undo()
    monkeypatch.setenv(results.FOLDER, str(folder.parent))
    assert of_month(kept) == before
