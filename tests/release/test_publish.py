"""After the rename that decides, a release is published, whatever cannot be tidied up."""

import os

import pytest
from conftest import cells

from hotich.data import dataset
from hotich.errors import CannotNow, Note
from hotich.pipeline import new_notebook
from hotich.release import publish
from hotich.release.publish import PublishResult
from hotich.storage import atomic, paths

DONE = PublishResult("published/0001-2024-10", "there", 1, "1" * 64, "", "", ())


def published(office, monkeypatch, outcome):
    def made(data, _reason, _example, _tell):
        (data.folders.publishing / "first").mkdir(parents=True)
        return outcome()

    monkeypatch.setattr(publish, "_publish", made)
    words = {"data": str(office.at.data), "reports": str(office.at.reports)}
    return publish.publish("2024-10", year="", reason="", example=False, tell=None, **words)


def refuse(*_words, **_more):
    raise OSError(5, "Input/output error")


def test_a_working_folder_that_cannot_be_deleted_is_told_and_the_release_stands(office, monkeypatch):
    monkeypatch.setattr(os, "rmdir", refuse)
    with pytest.warns(Note, match="publishing"):
        assert published(office, monkeypatch, lambda: DONE) == DONE


def test_a_working_folder_that_cannot_be_deleted_does_not_hide_why_nothing_was_published(office, monkeypatch):
    monkeypatch.setattr(os, "rmdir", refuse)

    def unstable():
        raise CannotNow("release.unstable", files="report.vi.html")

    with pytest.raises(CannotNow, match=r"report\.vi\.html"):
        published(office, monkeypatch, unstable)


def test_a_month_that_rests_on_illustrative_ones_is_refused_with_their_names(office):
    office.write("2024-09", cells(), origin="synthetic")
    with pytest.raises(CannotNow, match="2024-09") as caught:
        publish._require_origin(dataset.read("2024-10", office.at), example=False)
    assert "2024-10" in caught.value.message("en")
    assert "make reset-data" in caught.value.message("vi")


def test_a_page_that_still_invites_to_write_keeps_a_month_from_being_published(office, tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "NOTEBOOKS", tmp_path / "notebooks")
    paths.NOTEBOOKS.mkdir()
    new_notebook.write("births")
    words = {"data": str(office.at.data), "reports": str(office.at.reports)}
    with pytest.raises(CannotNow, match=r"births\.ipynb") as refused:
        publish.publish("2024-10", year="", reason="", example=False, tell=None, **words)
    assert refused.value.key == "release.unwritten"
    assert not office.at.releases(examples=False).exists()


def test_one_run_publishes_at_a_time_and_the_next_is_told_so(office):
    words = {"data": str(office.at.data), "reports": str(office.at.reports)}
    with atomic.locked(office.at.publishing), pytest.raises(CannotNow, match="publishing") as busy:
        publish.publish("2024-10", year="", reason="", example=False, tell=None, **words)
    assert busy.value.key == "folder.busy"


def test_all_of_a_release_is_on_the_disk_before_it_gets_its_name(tmp_path, monkeypatch):
    made, target = tmp_path / "made", tmp_path / "published" / "0001-2024-10"
    for name in ("report.vi.html", "notices/11.vi.html", "notebooks/notices/11.vi.ipynb"):
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_text(name)
    target.parent.mkdir()
    inodes, flushed, at_rename = {path.stat().st_ino for path in (made, *made.rglob("*"))}, set(), []
    fsync, rename = os.fsync, os.rename
    monkeypatch.setattr(os, "fsync", lambda number: (flushed.add(os.fstat(number).st_ino), fsync(number)))
    monkeypatch.setattr(os, "rename", lambda old, new: (at_rename.append(inodes - flushed), rename(old, new)))
    publish._move(made, target)
    assert (at_rename, target.is_dir()) == ([set()], True)
    assert target.parent.stat().st_ino in flushed, "and then the name"


def test_the_next_run_deletes_what_the_last_one_could_not(office, monkeypatch):
    (office.at.publishing / "left").mkdir(parents=True)
    assert published(office, monkeypatch, lambda: DONE) == DONE
    assert not office.at.publishing.exists()
