"""Files of the data folder that change as one: killed between any two steps, the old set or the new set stands."""

import contextlib
import os
import shutil
import threading

import pytest
from conftest import FAILURES, Killed, Steps, failing

from hotich.errors import CannotNow, InputRefused, Note
from hotich.storage import paths, transaction

OLD = {"counts/2024-10.csv": b"october", "deliveries.csv": b"one line", "sample.toml": b"made up"}
NEW = {"counts/2024-11.csv": b"november", "deliveries.csv": b"two lines", "incoming/2024-11/1/138.xlsx": b"PK"}
REMOVED = ("sample.toml", "counts/2024-10.csv")


def folder(at):
    for name, content in OLD.items():
        (at / name).parent.mkdir(parents=True, exist_ok=True)
        (at / name).write_bytes(content)
    return at


def contents(at):
    found = {path.relative_to(at).as_posix(): path.read_bytes() for path in at.rglob("*") if path.is_file()}
    return {name: content for name, content in found.items() if name != ".change.lock"}


def make(data):
    with transaction.locked(data):
        transaction.commit(data, NEW, REMOVED)


NEW_SET = NEW


def test_a_change_writes_what_is_new_and_removes_what_is_old(tmp_path):
    make(folder(tmp_path))
    assert contents(tmp_path) == NEW_SET


@pytest.mark.parametrize("failure", FAILURES)
def test_whatever_fails_at_any_step_the_old_set_or_the_new_one_stands_and_the_outcome_says_which(
    tmp_path, monkeypatch, failure
):
    data, seen = folder(tmp_path / "data"), []
    for ended in failing(monkeypatch, failure, lambda: make(data)):
        transaction.recover(data)
        assert contents(data) in (OLD, NEW_SET), f"failed at step {len(seen)}"
        stands = contents(data) == NEW_SET
        assert failure == "killed" or ended == stands, f"failed at step {len(seen)}"
        seen.append(stands)
        shutil.rmtree(data)
        folder(data)
    assert {True, False} == set(seen)
    assert "moment" in failure or seen == sorted(seen), "once decided, a change is never undone"
    assert sum(seen) > 10, "it failed in the midst of putting files in place, too"


def test_all_of_a_change_is_on_the_disk_before_the_rename_that_decides(tmp_path, monkeypatch):
    data, flushed, unflushed = folder(tmp_path), set(), []
    fsync, rename = os.fsync, os.rename
    monkeypatch.setattr(os, "fsync", lambda number: (flushed.add(os.fstat(number).st_ino), fsync(number)))

    def renamed(old, new, **more):
        unflushed.append({path.stat().st_ino for path in (old, *old.rglob("*"))} - flushed)
        rename(old, new, **more)
        flushed.discard(data.stat().st_ino)

    monkeypatch.setattr(os, "rename", renamed)
    make(data)
    assert unflushed == [set()]
    assert data.stat().st_ino in flushed, "and then the name"


def test_killed_while_settling_it_settles_the_next_time(tmp_path, monkeypatch):
    for last in range(40):
        data = folder(tmp_path / str(last))
        with monkeypatch.context() as patch:
            Steps(patch, 12)
            with pytest.raises(Killed):
                make(data)
        with monkeypatch.context() as patch:
            Steps(patch, last)
            with contextlib.suppress(Killed):
                transaction.recover(data)
        transaction.recover(data)
        assert contents(data) in (OLD, NEW_SET)


def test_a_committed_change_that_cannot_be_completed_now_is_told_as_done_and_completed_later(tmp_path, monkeypatch):
    data = folder(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(transaction, "_journal", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device")))
        with pytest.warns(Note) as notes:
            make(data)
    assert "No space left on device" in str(notes[0].message)
    assert transaction.is_interrupted(data)
    transaction.recover(data)
    assert contents(data) == NEW_SET


def test_a_change_through_a_linked_folder_is_refused_before_anything_is_written(tmp_path):
    data, elsewhere = folder(tmp_path / "data"), tmp_path / "elsewhere"
    elsewhere.mkdir()
    (data / "incoming").symlink_to(elsewhere)
    with pytest.raises(CannotNow, match="elsewhere"):
        make(data)
    assert list(elsewhere.iterdir()) == []
    assert not transaction.is_interrupted(data)


def test_a_disk_that_refuses_is_told_and_leaves_nothing_behind(tmp_path, monkeypatch):
    data = folder(tmp_path)
    with monkeypatch.context() as patch:
        Steps(patch, 4, lambda text: OSError(28, "No space left on device"))
        with pytest.raises(CannotNow, match="No space left on device"):
            make(data)
    transaction.recover(data)
    assert contents(data) == OLD


def test_a_second_command_is_told_at_once_that_the_folder_is_busy(tmp_path):
    data = folder(tmp_path)
    with transaction.locked(data):
        told = []

        def other():
            try:
                make(data)
            except CannotNow as busy:
                told.append(str(busy))

        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert str(data) in told[0]
    assert contents(data) == OLD


@pytest.mark.parametrize("name", ["/etc/x", "../x", "a/../../x"])
def test_a_name_that_leads_out_of_the_folder_is_an_error(tmp_path, name):
    with transaction.locked(folder(tmp_path)), pytest.raises(ValueError, match=name):
        transaction.commit(tmp_path, {name: b""})
    assert contents(tmp_path) == OLD


def decided(data, removed="[]", staged=()):
    (data / ".change" / "files").mkdir(parents=True)
    (data / ".change" / "removed.json").write_text(removed)
    for name, content in staged:
        path = data / ".change" / "files" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)


@pytest.mark.parametrize(
    "removed",
    [
        '["../victim"]',
        '["counts/../../victim"]',
        '["{outside}/victim"]',
        '[".git/config"]',
        '["counts/.hidden"]',
        '["a\\u0000b"]',
        "[1]",
        '{{"a": 1}}',
        "not json",
        "[" * 5000,
        '["counts/2024-10.csv", "../victim"]',
    ],
)
def test_a_foreign_change_that_leads_out_of_the_folder_is_refused_whole(tmp_path, removed):
    victim = tmp_path / "victim"
    victim.write_text("precious")
    data = folder(tmp_path / "data")
    decided(data, removed.replace("{outside}", str(tmp_path)).replace("{{", "{").replace("}}", "}"), [("a.csv", "x")])
    with pytest.raises(InputRefused) as caught:
        transaction.recover(data)
    assert str(data / ".change") in caught.value.message("en")
    assert victim.read_text() == "precious"
    assert (data / "counts" / "2024-10.csv").read_bytes() == b"october"
    assert not (data / "a.csv").exists()


@pytest.mark.parametrize("name", [".git/hooks/post-commit", "counts/.x", ".gitattributes"])
def test_a_foreign_change_puts_no_hidden_file_in_place(tmp_path, name):
    data = folder(tmp_path / "data")
    decided(data, staged=[(name, "#!/bin/sh")])
    with pytest.raises(InputRefused, match=r"\.git|\.x"):
        transaction.recover(data)
    assert not (data / name).exists()


def links(data, outside):
    """Every place at which a foreign change may hold a link to somewhere else."""
    yield (
        "a folder of the data",
        lambda: ((data / "linked").symlink_to(outside), decided(data, staged=[("linked/x", "!")])),
    )
    yield "a staged file", lambda: (decided(data), (data / ".change" / "files" / "x").symlink_to(outside / "precious"))
    yield "a staged folder", lambda: (decided(data), (data / ".change" / "files" / "x").symlink_to(outside))
    yield "the staged files", lambda: ((data / ".change").mkdir(), (data / ".change" / "files").symlink_to(outside))
    yield "the change itself", lambda: (data / ".change").symlink_to(outside)


@pytest.mark.parametrize("number", range(5))
def test_a_link_anywhere_in_a_foreign_change_is_not_followed(tmp_path, number):
    data, outside = folder(tmp_path / "data"), tmp_path / "outside"
    outside.mkdir()
    (outside / "precious").write_text("precious")
    _, make_it = list(links(data, outside))[number]
    make_it()
    with pytest.raises(InputRefused):
        transaction.recover(data)
    assert {path.name for path in outside.iterdir()} == {"precious"}
    assert (outside / "precious").read_text() == "precious"


def test_a_link_in_the_place_of_an_undecided_change_is_taken_away_and_not_written_through(tmp_path):
    data, outside = folder(tmp_path / "data"), tmp_path / "outside"
    outside.mkdir()
    (data / ".change.new").symlink_to(outside)
    make(data)
    assert contents(data) == NEW_SET
    assert list(outside.iterdir()) == []


def test_who_only_reads_a_folder_settles_nothing_in_it_and_is_told(tmp_path):
    data = folder(tmp_path / "data")
    (data / "office.toml").write_text("")
    decided(data, '["counts/2024-10.csv"]')
    before = sorted(path for path in data.rglob("*"))
    with pytest.raises(CannotNow, match="half old and half new"):
        paths.find(str(data))
    assert sorted(path for path in data.rglob("*")) == before
    paths.own(str(data))
    assert not (data / "counts" / "2024-10.csv").exists()
    assert paths.find(str(data)).data == data
