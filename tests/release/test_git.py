"""A repository may come from anybody: what its configuration names is never run, and nothing is fetched for it."""

import subprocess

import pytest

from hotich.errors import CannotNow
from hotich.release import git


def run(folder, *words):
    subprocess.run(["git", "-C", folder, *words], check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path):
    """A repository with two commits and an executable, in a folder that git trusts."""
    folder = tmp_path / "data"
    folder.mkdir()
    run(folder, "init", "--quiet")
    run(folder, "config", "user.email", "t@example.org")
    run(folder, "config", "user.name", "T")
    (folder / "office.toml").write_bytes(b"one\r\n")
    (folder / "counts").mkdir()
    (folder / "counts" / "a.csv").write_bytes(b"a\n")
    (folder / "run.sh").write_bytes(b"#!/bin/sh\n")
    (folder / "run.sh").chmod(0o755)
    run(folder, "add", ".")
    run(folder, "commit", "--quiet", "-m", "one")
    return folder


def hostile(folder, mark):
    """Name a program wherever a repository's own configuration can."""
    program = f"touch {mark}; cat"
    for setting, value in {
        "core.fsmonitor": f"{program} #",
        "core.sshCommand": program,
        "core.pager": program,
        "filter.x.clean": program,
        "filter.x.smudge": program,
        "diff.x.textconv": program,
        "remote.origin.url": f"ext::sh -c touch% {mark}",
        "remote.origin.promisor": "true",
        "extensions.partialClone": "origin",
        "protocol.ext.allow": "always",
        "protocol.allow": "always",
        "alias.status": f"!{program}",
        "core.alternateRefsCommand": program,
    }.items():
        run(folder, "config", setting, value)
    (folder / ".gitattributes").write_text("* filter=x diff=x\n")
    (folder / ".git" / "info" / "attributes").write_text("* filter=x diff=x\n")
    hook = folder / ".git" / "hooks" / "post-checkout"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\ntouch {mark}\n")
    hook.chmod(0o755)


def test_reading_a_hostile_repository_runs_nothing_and_fetches_nothing(repository, tmp_path):
    mark, target = tmp_path / "ran", tmp_path / "target"
    here = git.commit(repository)
    hostile(repository, mark)
    absent = "0123456789" * 4
    git.archive(repository, here, target)
    assert git.file(repository, here, "office.toml") == b"one\r\n"
    assert git.file(repository, absent, "office.toml") is None
    with pytest.raises(git.CommitUnavailable):
        git.archive(repository, absent, tmp_path / "none")
    assert not mark.exists()


def test_an_archive_holds_the_very_bytes_that_were_committed(repository, tmp_path):
    here = git.commit(repository)
    run(repository, "config", "core.autocrlf", "true")
    (repository / ".git" / "info" / "attributes").write_text("* text eol=lf export-ignore export-subst\n")
    git.archive(repository, here, tmp_path / "target")
    found = {path.relative_to(tmp_path / "target").as_posix(): path for path in (tmp_path / "target").rglob("*")}
    assert found["office.toml"].read_bytes() == b"one\r\n"
    assert found["counts/a.csv"].read_bytes() == b"a\n"
    assert found["run.sh"].stat().st_mode & 0o111


def test_an_archive_of_a_folder_below_the_repository_holds_that_folder(repository, tmp_path):
    git.archive(repository / "counts", git.commit(repository), tmp_path / "target")
    assert [path.name for path in (tmp_path / "target").iterdir()] == ["a.csv"]


def test_a_committed_link_is_left_out(repository, tmp_path):
    (repository / "link").symlink_to("/etc/passwd")
    run(repository, "add", ".")
    run(repository, "commit", "--quiet", "-m", "link")
    git.archive(repository, git.commit(repository), tmp_path / "target")
    assert not (tmp_path / "target" / "link").is_symlink()
    assert (tmp_path / "target" / "office.toml").is_file()


def test_a_repository_of_another_user_is_called_that_with_what_to_do(repository, monkeypatch):
    wanted = git.commit(repository)
    monkeypatch.setitem(git._QUIET, "GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    with pytest.raises(CannotNow, match=r"safe\.directory") as caught:
        git.commit(repository)
    assert "another user" in caught.value.message("en")
    with pytest.raises(git.CommitUnavailable, match="other_owner"):
        git.require(repository, wanted)


def test_a_second_work_tree_of_a_repository_is_one_too(repository, tmp_path):
    run(repository, "worktree", "add", "--quiet", tmp_path / "second")
    assert git.commit(tmp_path / "second") == git.commit(repository)
    assert git.uncommitted(tmp_path / "second") == []


def test_a_repository_tracks_what_it_does_not_ignore(repository, tmp_path):
    (repository / ".gitignore").write_text("/reports/\n")
    (repository / "reports").mkdir()
    assert git.tracks(repository / "counts")
    assert not git.tracks(repository / "reports")
    assert not git.tracks(tmp_path)


def test_the_environment_of_the_caller_configures_nothing(repository, tmp_path, monkeypatch):
    mark = tmp_path / "ran"
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "core.fsmonitor")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", f"touch {mark} #")
    monkeypatch.setenv("GIT_DIR", "/nonexistent")
    monkeypatch.setenv("GIT_SSH_COMMAND", f"touch {mark}")
    (repository / "new.txt").write_text("new")
    assert git.uncommitted(repository) == ["new.txt"]
    assert not mark.exists()
