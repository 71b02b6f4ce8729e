"""`hotich notices` when something is wrong: said plainly, the other papers untouched, nothing half written."""

import functools
import resource
import subprocess
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from conftest import HOTICH
from word_template import own_template

from hotich.pipeline import plan
from hotich.storage.paths import NOTEBOOKS


@pytest.fixture
def notices(here):
    """Run the command in this process, so that a test may lend it other notebooks: its exit code and what it said."""

    def notices(office, month="10"):
        done = here("notices", month, at=office.at)
        return done.returncode, done.stderr.replace("\n", "")

    return notices


def files(office):
    """Every file of the reports but those that are kept for the next run."""
    kept = {".work", ".kept"}
    found = (path for path in office.at.reports.rglob("*") if path.is_file() and not kept & {*path.parts})
    return {path.relative_to(office.at.reports).as_posix() for path in found}


def papers(office):
    """What notices are made of: pages, Word files, executed notebooks."""
    return [name for name in files(office) if name.endswith((".html", ".docx", ".ipynb"))]


@pytest.fixture
def hurt(tmp_path, monkeypatch):
    """The notice's notebook, doing something else first where the area is 11."""

    def hurt(source):
        notebook = nbformat.read(NOTEBOOKS / "notice.ipynb", as_version=4)
        at = next(n for n, cell in enumerate(notebook.cells) if "parameters" in cell.metadata.get("tags", []))
        notebook.cells.insert(at + 1, nbformat.v4.new_code_cell(f'if area == "11": {source}', id="hurt"))
        folder = tmp_path / "notebooks"
        folder.mkdir()
        nbformat.write(notebook, folder / "notice.ipynb")
        monkeypatch.setattr(plan.paths, "NOTEBOOKS", folder)

    return hurt


@pytest.mark.parametrize("source", ["1 / 0", "import os; os.kill(os.getpid(), 9)"])
def test_a_notice_that_fails_is_named_and_nothing_is_half_written(office, notices, hurt, source):
    hurt(source)
    code, said = notices(office)
    assert code == 4
    assert "notices/11.vi" in said
    assert "notices/11.en" in said
    assert "notices/12" not in said
    assert papers(office) == []


def test_a_notice_that_hangs_is_stopped_and_named_and_no_other(office, notices, hurt, monkeypatch):
    monkeypatch.setattr(plan, "Job", functools.partial(plan.Job, timeout=2))
    hurt("import time; time.sleep(600)")
    code, said = notices(office)
    assert code == 4
    assert "notices/11.vi" in said
    assert "hurt" in said
    assert "notices/12" not in said
    assert papers(office) == []


def with_files_of_at_most(size, office):
    """Run the command where no file can become larger, as on a full disk."""
    words = [HOTICH, "notices", "10", "--force", "--data", office.at.data, "--reports", office.at.reports]
    limit = functools.partial(resource.setrlimit, resource.RLIMIT_FSIZE, (size, size))
    return subprocess.run(words, capture_output=True, text=True, preexec_fn=limit)


@pytest.fixture(scope="module")
def noticed(made):
    """An office in one language with October's notices. Read only."""
    return made("notices", "10", one_language=True)


SLOW = [pytest.param(size, marks=pytest.mark.slow) for size in (27_000, 50_000)]


@pytest.mark.parametrize("size", [1_000, 35_000, *SLOW])
def test_a_disk_that_refuses_is_said_and_the_last_notices_stay(noticed, tmp_path, size):
    office = noticed.copied(tmp_path)
    before = {name: (office.at.reports / name).read_bytes() for name in files(office)}
    done = with_files_of_at_most(size, office)
    assert done.returncode == 6, done.stderr
    assert any(place in done.stderr for place in (str(office.at.reports / "draft"), "/results/"))
    assert "Traceback" not in done.stderr
    assert {name: (office.at.reports / name).read_bytes() for name in files(office)} == before


def test_no_permission_is_said(office, notices):
    nowhere = replace(office.at, reports=Path("/sys/hotich"))  # where even root may make nothing
    code, said = notices(replace(office, at=nowhere))
    assert code == 6
    assert "/sys/hotich" in said


def test_reports_that_cannot_be_written_are_said_before_any_work(office, notices):
    office.at.reports.write_text("a file where the folder should be")
    code, said = notices(office)
    assert code == 6
    assert str(office.at.reports) in said
    assert office.at.reports.read_text() == "a file where the folder should be"


def test_a_broken_word_template_names_its_field_and_leaves_no_notice(office, notices):
    own_template(office, "{{ subjekt }}")
    code, said = notices(office)
    assert code == 3
    assert "subjekt" in said
    assert "notice.docx" in said
    assert papers(office) == []


def test_a_broken_word_template_is_said_before_any_notebook_runs(office, notices, hurt):
    own_template(office, "{{ subjekt }}")
    hurt("1 / 0")
    code, said = notices(office)
    assert code == 3
    assert "subjekt" in said
    assert "ZeroDivisionError" not in said


def test_all_months_are_written_and_one_that_cannot_be_read_stops_no_other(office, notices):
    counts = office.at.data / "counts" / "2024-10.csv"
    counts.write_text(counts.read_text(encoding="utf-8") + "111,KS\n", encoding="utf-8")
    code, said = notices(office, "all")
    assert code != 0
    assert "2024-10.csv" in said
    made = {name.rpartition("/")[2] for name in files(office) if name.startswith("draft/2024-09/notices/")}
    assert made == {f"{area}.{kind}" for area in ("11", "12") for kind in ("vi.html", "en.html", "docx")}
    assert not (office.at.reports / "draft" / "2024-10").exists()
