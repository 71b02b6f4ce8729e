"""Watching a month: saved changes reach the page, mistakes reach the terminal, and nothing is left at the end."""

import os
import shutil
import signal
import sysconfig
import time
import venv
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest
import watchfiles
from conftest import SmallOffice, small_office

from hotich.errors import InputRefused
from hotich.pipeline import watch
from hotich.storage import paths

WAITS = "Watching"
"""What the command says when it has done all there was to do."""
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


@dataclass(frozen=True)
class Watched:
    """The small office's October, watched by a command of its own, and a copy of the program that may be changed."""

    office: SmallOffice
    project: Path
    process: psutil.Popen
    log: Path

    @property
    def page(self):
        return self.office.at.reports / "draft" / "2024-10" / "report.vi.html"

    def saved(self, path, text):
        """Save a file, and return what is said until the command waits again."""
        before = self.log.read_text()
        path.write_text(text, encoding="utf-8")
        until(lambda: self.log.read_text().count(WAITS) > before.count(WAITS))
        return self.log.read_text()[len(before) :]

    @contextmanager
    def changed(self, path, old, new):
        """Have what is said after a file was changed, which is as it was after the block."""
        whole = path.read_text(encoding="utf-8")
        assert old in whole
        try:
            yield self.saved(path, whole.replace(old, new, 1))
        finally:
            self.saved(path, whole)


@pytest.fixture(scope="module")
def watched(tmp_path_factory):
    """All tests share the command: each leaves every file as it was. Nothing of it is left at its end."""
    home = tmp_path_factory.mktemp("watched")
    office, project, log = (
        small_office(home / "data").in_one_language(),
        copy_of_project(home / "project"),
        home / "said",
    )
    (office.at.data / "comments").mkdir()
    comment = office.at.data / "comments" / "2024-10.vi.md"
    comment.write_text("## Đánh giá\n\nHồ sơ đến sớm.\n\n— Giám đốc\n", encoding="utf-8")
    words = ("watch", "10", "--data", str(office.at.data), "--reports", str(office.at.reports))
    own, python = {**os.environ, "LANG": "en_GB.UTF-8", "LC_ALL": ""}, project / ".venv" / "bin" / "python"
    with log.open("w") as said:
        process = psutil.Popen([python, "-P", project / "start.py", *words], stderr=said, env=own)
    until(lambda: WAITS in log.read_text())
    yield Watched(office, project, process, log)
    children = process.children(recursive=True)
    assert children
    process.send_signal(signal.SIGINT)
    assert process.wait(PATIENCE) == 130
    assert psutil.wait_procs(children, timeout=10)[1] == []


def copy_of_project(copy):
    """A copy of the program that a test may change, with an environment that finds it and every installed package."""
    for folder in (paths.PACKAGE, paths.NOTEBOOKS, paths.EXPECTATIONS):
        shutil.copytree(folder, copy / folder.name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(paths.LOCK, copy)
    (copy / "start.py").write_text("from hotich.cli.commands import main\n\nmain()\n", encoding="utf-8")
    venv.create(copy / ".venv", symlinks=True)
    (packages,) = copy.glob(".venv/lib/*/site-packages")
    (packages / "own.pth").write_text(f"{copy}\n{sysconfig.get_path('purelib')}\n", encoding="utf-8")
    return copy


def test_a_saved_change_shows_and_a_broken_file_is_told_while_the_page_stays(watched):
    data, page = watched.office.at.data, watched.page
    first = page.read_bytes()
    with watched.changed(data / "comments" / "2024-10.vi.md", "đến sớm", "đến muộn"):
        good = page.read_bytes()
        assert "Hồ sơ đến muộn." in good.decode()
        assert good != first
        with watched.changed(data / "counts" / "2024-10.csv", "\n", "\n111,KS\n") as said:
            assert "2024-10.csv" in said
            assert page.read_bytes() == good
    assert page.read_bytes() == first


def test_a_broken_suite_is_told_while_the_page_stays_and_a_mended_one_shows(watched):
    good, suite = watched.page.read_bytes(), watched.project / "expectations" / "series.json"
    whole = suite.read_text(encoding="utf-8")
    with watched.changed(suite, whole, whole[:-20]) as said:
        assert "series.json" in said
        assert watched.page.read_bytes() == good
        watched.saved(suite, whole.replace('"warning"', '"info"', 1))
        assert watched.page.read_bytes() != good


@pytest.mark.slow
def test_a_saved_change_of_the_package_restarts_what_has_loaded_it(watched):
    before = watched.process.children(recursive=True)
    texts = watched.project / "hotich" / "language" / "vi" / "report.toml"
    with watched.changed(texts, "Những điểm chính", "Điều quan trọng") as said:
        assert "report.toml" in said
        assert "Điều quan trọng" in watched.page.read_text(encoding="utf-8")
        assert watched.process.is_running()
        _, left = psutil.wait_procs(before, timeout=10)
        # One has ended, but nobody asked how.
        assert [each for each in left if each.status() != psutil.STATUS_ZOMBIE] == []


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
