"""Temporary folders: nothing is left of a run, not even of one that was killed."""

import contextlib
import os
import subprocess
import sys
import tempfile

import pytest

from hotich.storage import temporary

HOLD = """
import sys, tempfile, time
tempfile.tempdir = sys.argv[1]
from hotich.storage import temporary
with temporary.folder() as made:
    (made / "counts.pickle").write_text("secret")
    print(made, flush=True)
    time.sleep(60)
"""


@pytest.fixture(autouse=True)
def own(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


@pytest.fixture
def other(tmp_path):
    """Another run that has a folder, by its process."""
    with subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE) as process:
        process.stdout.readline()
        yield process
        process.kill()


def test_a_folder_is_gone_after_its_block_however_it_ends(tmp_path):
    with contextlib.suppress(KeyError), temporary.folder() as made:
        (made / "x").write_text("x")
        raise KeyError
    assert list(tmp_path.iterdir()) == []


def test_a_temporary_folder_is_for_its_owner_alone():
    before = os.umask(0)
    try:
        with temporary.folder() as made:
            assert made.stat().st_mode & 0o777 == 0o700
    finally:
        os.umask(before)


def test_the_next_run_deletes_what_a_killed_one_left(tmp_path, other):
    other.kill()
    other.wait()
    (left,) = tmp_path.iterdir()
    with temporary.folder():
        assert not left.exists()


def test_the_folder_of_a_living_run_stays(tmp_path, other):
    (held,) = tmp_path.iterdir()
    with temporary.folder():
        pass
    assert (held / "counts.pickle").read_text() == "secret"


def test_what_only_has_such_a_name_is_left_alone(tmp_path):
    precious = tmp_path / "precious"
    precious.mkdir()
    (tmp_path / "hotich-run-linked").symlink_to(precious)
    (tmp_path / "hotich-audit-of-somebody").mkdir()
    with temporary.folder():
        pass
    assert {path.name for path in tmp_path.iterdir()} == {"precious", "hotich-run-linked", "hotich-audit-of-somebody"}
