"""Watching a month: saved changes reach the page, mistakes reach the terminal, and nothing is left at the end."""

import os
import shutil
import signal
import sysconfig
import time
import venv

import psutil
import pytest
import watchfiles

from hotich.errors import InputRefused
from hotich.pipeline import watch
from hotich.storage import paths

PATIENCE = 120
"""Seconds after which something that should have happened has not."""


def until(happened):
    """Wait for it; fails when it does not come."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if happened():
            return
        time.sleep(0.1)
    pytest.fail("it did not happen")


@pytest.fixture
def project(tmp_path):
    """A copy of the program that a test may change, with an environment that finds it and every installed package."""
    copy = tmp_path / "project"
    for folder in (paths.PACKAGE, paths.NOTEBOOKS, paths.EXPECTATIONS):
        shutil.copytree(folder, copy / folder.name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(paths.LOCK, copy)
    (copy / "start.py").write_text("from hotich.cli.commands import main\n\nmain()\n", encoding="utf-8")
    venv.create(copy / ".venv", symlinks=True)
    (packages,) = copy.glob(".venv/lib/*/site-packages")
    (packages / "own.pth").write_text(f"{copy}\n{sysconfig.get_path('purelib')}\n", encoding="utf-8")
    return copy


@pytest.fixture
def watching(office, project, tmp_path):
    """The small office's October, watched by a command of its own."""
    said = tmp_path / "said"
    words = ("watch", "10", "--data", str(office.at.data), "--reports", str(office.at.reports))
    own, python = {**os.environ, "LANG": "en_GB.UTF-8", "LC_ALL": ""}, project / ".venv" / "bin" / "python"
    with said.open("w") as log:
        process = psutil.Popen([python, "-P", project / "start.py", *words], stderr=log, env=own)
    page = office.at.reports / "draft" / "2024-10" / "report.en.html"
    until(lambda: "Watching" in said.read_text())
    yield office, page, said, process
    if process.is_running():
        process.send_signal(signal.SIGINT)
        process.wait(PATIENCE)


def test_a_saved_change_shows_and_a_broken_file_is_told_while_the_page_stays(watching):
    office, page, said, process = watching
    first = page.read_bytes()
    (office.at.data / "comments").mkdir()
    comment = office.at.data / "comments" / "2024-10.en.md"
    comment.write_text("## Assessment\n\nThe files came late.\n\n— Head of the office\n", encoding="utf-8")
    until(lambda: said.read_text().count("Watching") > 1)
    assert page.read_bytes() != first
    assert "The files came late." in page.read_text(encoding="utf-8")

    good, counts = page.read_bytes(), office.at.data / "counts" / "2024-10.csv"
    whole = counts.read_text(encoding="utf-8")
    counts.write_text(whole + "111,KS\n", encoding="utf-8")
    until(lambda: said.read_text().count("Watching") > 2)
    assert "2024-10.csv" in said.read_text().split("Watching")[2]
    assert page.read_bytes() == good

    children = process.children(recursive=True)
    assert children
    process.send_signal(signal.SIGINT)
    assert process.wait(PATIENCE) == 130
    _, alive = psutil.wait_procs(children, timeout=10)
    assert alive == []


def test_a_broken_suite_is_told_while_the_page_stays_and_a_mended_one_shows(watching, project):
    _, page, said, _ = watching
    good, suite = page.read_bytes(), project / "expectations" / "series.json"
    whole = suite.read_text(encoding="utf-8")
    suite.write_text(whole[:-20], encoding="utf-8")
    until(lambda: said.read_text().count("Watching") > 1)
    assert "series.json" in said.read_text().split("Watching")[1]
    assert page.read_bytes() == good
    suite.write_text(whole.replace('"warning"', '"info"', 1), encoding="utf-8")
    until(lambda: said.read_text().count("Watching") > 2)
    assert page.read_bytes() != good


def test_a_saved_change_of_the_package_restarts_what_has_loaded_it(watching, project):
    _, page, said, process = watching
    title, before = project / "hotich" / "language" / "en" / "report.toml", process.children(recursive=True)
    texts = title.read_text(encoding="utf-8")
    assert "Main points" in texts
    title.write_text(texts.replace("Main points", "What matters"), encoding="utf-8")
    until(lambda: said.read_text().count("Watching") > 1)
    assert "report.toml" in said.read_text().split("Watching")[1]
    assert "What matters" in page.read_text(encoding="utf-8")
    assert process.is_running()
    _, left = psutil.wait_procs(before, timeout=10)
    assert [each for each in left if each.status() != psutil.STATUS_ZOMBIE] == []  # one has ended, but nobody asked how


def test_a_change_of_the_package_starts_the_command_anew():
    with pytest.raises(watch.Restart):
        watch._restarts([paths.PACKAGE / "quality.py"])


@pytest.mark.parametrize("name", ["page/page.css", "page/templates/hotich/index.html.j2", "views/notice/notice.docx"])
def test_a_style_sheet_or_template_needs_no_new_start(name):
    assert (paths.PACKAGE / name).is_file()
    assert watch._restarts([paths.PACKAGE / name]) is None


def test_python_that_cannot_be_read_is_told_and_nothing_starts_anew(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "PACKAGE", tmp_path)
    (tmp_path / "quality.py").write_text("def broken(:\n")
    problem = watch._restarts([tmp_path / "quality.py"])
    assert isinstance(problem, InputRefused)
    assert "line 1" in problem.message("en")


def test_what_editors_leave_beside_a_file_is_no_save(tmp_path):
    names = (".2024-10.csv.swp", "~$notice.docx", "notebooks/.ipynb_checkpoints/report.ipynb", "counts/2024-10.csv")
    changes = {(watchfiles.Change.modified, str(tmp_path / name)) for name in names}
    assert watch._named(changes) == [tmp_path / "counts" / "2024-10.csv"]
