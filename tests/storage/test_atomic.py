"""Files and folders replaced as a whole: the old one or the new one, and what decided is what is said."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from conftest import FAILURES, failing

from hotich.errors import CannotNow, Note
from hotich.storage import atomic


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}


def draft(folder, text):
    (folder / "notices").mkdir(parents=True)
    (folder / "report.html").write_text(text)
    (folder / "notices" / "132.html").write_text(text)
    return folder


def build(target, text="new"):
    with atomic.locked(target), atomic.building(target) as new:
        (new / "notices").mkdir()
        (new / "report.html").write_text(text)
        (new / "notices" / "132.html").write_text(text)


OLD, NEW = ({"report.html": word, "notices/132.html": word} for word in ("old", "new"))


@pytest.mark.parametrize("exchanged", [True, False], ids=["exchanged", "renamed twice"])
@pytest.mark.parametrize("failure", FAILURES)
def test_whatever_fails_at_any_step_the_old_draft_or_the_new_one_stands(tmp_path, monkeypatch, failure, exchanged):
    if not exchanged:
        monkeypatch.setattr(atomic, "exchange", lambda *_: False)
    target, seen = tmp_path / "draft" / "2024-10", []
    draft(target, "old")
    for ended in failing(monkeypatch, failure, lambda: build(target)):
        stands = files(atomic.standing(target))
        assert stands in (OLD, NEW), f"failed at step {len(seen)}"
        assert failure == "killed" or ended == (stands == NEW), f"failed at step {len(seen)}"
        assert not exchanged or target.is_dir(), "where folders can be exchanged the draft never lacks its name"
        seen.append(stands == NEW)
        build(target, "old")
        assert files(target) == OLD
        assert [path.name for path in target.parent.iterdir() if not path.name.endswith(".lock")] == ["2024-10"]
    assert {True, False} == set(seen)


HOLD = "import sys, time; from pathlib import Path; from hotich.storage import atomic\n"
HOLD += "with atomic.locked(Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"


def test_who_sweeps_keeps_nobody_of_its_process_from_a_folder(tmp_path, monkeypatch):
    (tmp_path / ".a.new").mkdir()
    swept, done = Event(), Event()
    monkeypatch.setattr(atomic, "recover", lambda _target: (swept.set(), done.wait(60)))

    def held():
        with atomic.locked(tmp_path / "a", patience=0):
            return done.is_set()

    with ThreadPoolExecutor() as pool:
        sweeping = pool.submit(atomic.sweep, tmp_path)
        assert swept.wait(60)
        waiting = pool.submit(held)
        with pytest.raises(TimeoutError):
            waiting.result(0.5)
        done.set()
        assert waiting.result(60)
        sweeping.result(60)


def test_the_lock_of_a_run_that_was_killed_holds_nobody_up(tmp_path):
    target = tmp_path / "2024-10"
    with subprocess.Popen([sys.executable, "-c", HOLD, str(target)], stdout=subprocess.PIPE) as other:
        other.stdout.readline()
        with pytest.raises(CannotNow, match="2024-10"), atomic.locked(target):
            pass
        other.kill()
        other.wait()
    with atomic.locked(target), atomic.locked(tmp_path / "2024-09"):
        build_under_lock = [path.name for path in tmp_path.iterdir()]
    assert {".2024-10.lock", ".2024-09.lock"} >= set(build_under_lock)


def test_all_of_a_folder_is_on_the_disk_before_the_call_that_decides(tmp_path, monkeypatch):
    flushed, decided = set(), []
    real = os.fsync
    monkeypatch.setattr(os, "fsync", lambda number: (flushed.add(os.fstat(number).st_ino), real(number)))

    def exchange(new, target):
        decided.append({path.stat().st_ino for path in (new, *new.rglob("*"))} - flushed)
        return False

    monkeypatch.setattr(atomic, "exchange", exchange)
    build(draft(tmp_path / "draft", "old").parent / "draft")
    assert decided == [set()]
    assert tmp_path.stat().st_ino in flushed, "and then the name"


def test_two_folders_are_exchanged_in_one_call_where_the_system_can(tmp_path):
    one, other = draft(tmp_path / "one", "1"), draft(tmp_path / "other", "2")
    assert atomic.exchange(one, other)
    assert (files(one)["report.html"], files(other)["report.html"]) == ("2", "1")


def test_folders_that_cannot_be_exchanged_raise_what_the_system_says(tmp_path):
    with pytest.raises(FileNotFoundError):
        atomic.exchange(tmp_path / "none", tmp_path / "none either")


def test_a_replaced_draft_that_cannot_be_deleted_is_a_note_and_the_new_one_stands(tmp_path, monkeypatch):
    target = draft(tmp_path / "2024-10", "old")
    new = draft(tmp_path / ".2024-10.new", "new")
    monkeypatch.setattr(atomic, "delete", lambda _: (_ for _ in ()).throw(OSError(13, "Permission denied")))
    with pytest.warns(Note) as notes:
        atomic.swap(new, target)
    assert "Permission denied" in str(notes[0].message)
    assert files(target) == NEW


def test_a_report_on_what_is_decided_that_cannot_be_written_is_a_note(tmp_path, monkeypatch):
    target = draft(tmp_path / "2024-10", "old")
    monkeypatch.setattr(atomic, "swap", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.warns(Note), atomic.building(target, decided=lambda: True):
        pass
    with pytest.raises(CannotNow), atomic.building(target, decided=lambda: False):
        pass
    assert files(target) == OLD


def test_what_a_killed_run_left_of_another_month_is_deleted_by_the_next_run(tmp_path):
    dead, living = tmp_path / ".2024-08.new", tmp_path / ".2024-09.new"
    draft(dead, "half")
    draft(living, "half")
    draft(tmp_path / ".2024-07.old", "whole")
    draft(tmp_path / ".2024-07.new", "half")
    with atomic.locked(tmp_path / "2024-09"):
        build(tmp_path / "2024-10")
    assert not dead.exists()
    assert living.exists(), "its run holds the lock"
    assert files(tmp_path / "2024-07")["report.html"] == "whole", "a draft put aside gets its name back"


@pytest.mark.parametrize("failure", FAILURES)
def test_whatever_fails_a_file_is_the_old_one_or_the_new_one(tmp_path, monkeypatch, failure):
    path = tmp_path / "site" / "index.html"
    atomic.write(path, b"old")
    for ended in failing(monkeypatch, failure, lambda: atomic.write(path, b"new")):
        assert failure == "killed" or ended == (path.read_bytes() == b"new")
        assert path.read_bytes() in (b"old", b"new")
        atomic.write(path, b"old")
        assert [each.name for each in path.parent.iterdir()] == ["index.html"]


def test_the_files_of_living_writers_are_left_alone(tmp_path):
    path = tmp_path / "index.html"
    with atomic.temporary.beside(path) as (new, _):
        atomic.write(path, b"another's")
        assert new.exists()


@pytest.mark.parametrize("name", [".index.html.new", ".index.html.0123456789abcdef.new", "index.html"])
def test_a_link_in_the_way_is_replaced_and_never_followed(tmp_path, name):
    precious = tmp_path / "precious"
    precious.write_text("precious")
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / name).symlink_to(precious)
    atomic.write(folder / "index.html", b"page")
    assert (folder / "index.html").read_bytes() == b"page"
    assert not (folder / "index.html").is_symlink()
    assert precious.read_text() == "precious"


@pytest.mark.parametrize("name", [".2024-10.new", ".2024-10.old"])
@pytest.mark.parametrize("dangling", [True, False])
def test_a_link_in_the_place_of_an_unfinished_folder_is_removed_and_never_followed(tmp_path, name, dangling):
    elsewhere = tmp_path / "elsewhere"
    if not dangling:
        draft(elsewhere, "precious")
    target = draft(tmp_path / "draft" / "2024-10", "old")
    (target.parent / name).symlink_to(elsewhere)
    build(target)
    assert files(target) == NEW
    assert dangling or files(elsewhere)["report.html"] == "precious"


def test_nothing_is_written_through_a_linked_folder(tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / "reports").symlink_to(elsewhere)
    for operation in (
        lambda: atomic.write(tmp_path / "reports" / "index.html", b""),
        lambda: atomic.write(tmp_path / "reports" / "compare" / "index.html", b""),
        lambda: build(tmp_path / "reports" / "2024-10"),
    ):
        with pytest.raises(CannotNow, match="elsewhere"):
            operation()
    assert not any(path.is_file() for path in elsewhere.rglob("*"))


def test_a_linked_lock_is_not_followed(tmp_path):
    precious = tmp_path / "precious"
    precious.write_text("precious")
    (tmp_path / ".2024-10.lock").symlink_to(precious)
    with pytest.raises(CannotNow), atomic.locked(tmp_path / "2024-10"):
        pass
    assert precious.read_text() == "precious"


def test_a_written_file_has_the_mode_that_the_user_wishes_for_files(tmp_path):
    before = os.umask(0o027)
    try:
        atomic.write(tmp_path / "index.html", b"")
    finally:
        os.umask(before)
    assert (tmp_path / "index.html").stat().st_mode & 0o777 == 0o640
