"""The inputs of a release, as they are now or as its commit has them, in a folder that holds nothing else."""

import hashlib
import os
import subprocess

import pytest

from hotich.release import staging
from hotich.release.staging import InputMismatch
from hotich.storage.paths import Folders

GIT = dict.fromkeys(("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"), "t")


def git(folder, *words):
    done = subprocess.run(["git", "-C", folder, *words], check=True, capture_output=True, env=os.environ | GIT)
    return done.stdout.decode().strip()


@pytest.fixture
def at(tmp_path):
    """A data folder whose commit has two files; one of them was changed since, and a third was never committed."""
    places = Folders(tmp_path / "data", tmp_path / "reports")
    (places.data / "counts").mkdir(parents=True)
    (places.data / "office.toml").write_text("then")
    (places.data / "counts" / "2024-10.csv").write_text("counts")
    git(tmp_path, "init", "-q", places.data)
    git(places.data, "add", "-A")
    git(places.data, "commit", "-qm", "state")
    (places.data / "office.toml").write_text("now")
    (places.data / "extra.csv").write_text("extra")
    return places


def staged(at, tmp_path, **contents):
    inputs = {name: hashlib.sha256(content.encode()).hexdigest() for name, content in contents.items()}
    astray = staging.data(inputs, at, git(at.data, "rev-parse", "HEAD"), tmp_path / "staged")
    files = (path for path in sorted((tmp_path / "staged").rglob("*")) if path.is_file())
    return {path.relative_to(tmp_path / "staged").as_posix(): path.read_text() for path in files}, astray


def test_each_input_is_the_one_with_the_hash_wherever_it_lies(at, tmp_path):
    inputs = {"office.toml": "then", "counts/2024-10.csv": "counts", "extra.csv": "extra"}
    assert staged(at, tmp_path, **inputs) == (inputs, ())


def test_an_input_that_neither_the_folder_nor_the_commit_has_is_named_with_what_is_used_instead(at, tmp_path):
    files, (other, gone) = staged(at, tmp_path, **{"office.toml": "later", "gone.csv": "gone"})
    assert files == {"office.toml": "now"}
    assert (other.file, other.found) == ("office.toml", hashlib.sha256(b"now").hexdigest())
    assert gone == InputMismatch("gone.csv", hashlib.sha256(b"gone").hexdigest(), "")


def test_a_folder_in_the_place_of_an_input_is_none(at, tmp_path):
    assert staged(at, tmp_path, counts="counts")[1][0].file == "counts"
