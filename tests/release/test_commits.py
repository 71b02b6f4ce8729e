"""What a manifest says of git commits is compared with git, where that can be done."""

import hashlib
import json
import os
import shutil
import subprocess

import pytest

from hotich.data import releases
from hotich.release import commits, files, manifest, verify
from hotich.storage.paths import MANIFEST, Folders

GIT = dict.fromkeys(("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"), "t")


def git(folder, *words):
    done = subprocess.run(["git", "-C", folder, *words], check=True, capture_output=True, env=os.environ | GIT)
    return done.stdout.decode().strip()


@pytest.fixture
def at(tmp_path, monkeypatch):
    """A project with a package of one line, its office's data and reports, all in one repository with one commit."""
    root = tmp_path / "project"
    for name, text in (
        ("hotich/__init__.py", "one = 1\n"),
        ("notebooks/report.ipynb", "{}"),
        ("expectations/counts.json", "{}"),
        ("requirements.lock", "a==1\n"),
        ("data/office.toml", "# made up\n"),
        ("data/counts/2024-10.csv", "counts\n"),
    ):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    git(tmp_path, "init", "-q", root)
    git(root, "add", "-A")
    git(root, "commit", "-qm", "state")
    monkeypatch.setattr(commits, "PROJECT", root)
    monkeypatch.setattr(verify, "PROJECT", root)
    return Folders(root / "data", root / "reports")


def seal(at, number=1, **changed):
    """A release of files that are empty, whose manifest is right about the commit unless fields are given otherwise."""
    chain = releases.chain(at, examples=False)
    folder = at.releases(examples=False) / f"{number:04d}-2024-10"
    for name in verify.REQUIRED:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
    code = files.code(at.data.parent)
    inputs = files.present(["office.toml", "counts/2024-10.csv"], at.data)
    made_with = {"all": "1" * 64, "package": code["package"]}
    fields = {
        **dict.fromkeys(manifest.TEXTS, ""),
        **{
            "format": manifest.FORMAT,
            "sealed": "2025-01-01T00:00:00Z",
            "setup": {},
            "month": "2024-10",
            "origin": "reported",
            "content": "1" * 64,
            **code,
        },
        **{"number": number, "counts_revision": 0, "inputs": inputs, "outputs": {}},
        **{"commit": head(at), "data_commit": head(at)},
        **({"previous": chain[-1].head, "supersedes": chain[-1].name, "reason": "again"} if chain else {}),
        **changed,
    }
    (folder / "provenance.json").write_text(json.dumps({"inputs": fields["inputs"], "content": made_with}))
    fields["outputs"] = {name: files.digest(folder / name) for name in verify.REQUIRED}
    (folder / MANIFEST).write_bytes(manifest.encode(fields))
    return folder


def head(at):
    return git(at.data, "rev-parse", "HEAD")


def found(at):
    return [(each.release, each.problem, each.values) for each in verify.findings(at)]


def looked(at):
    return verify.verify(data=str(at.data), reports=str(at.reports)).notes


def test_a_release_whose_commits_hold_its_bytes_is_whole_and_nothing_is_left_unsaid(at):
    seal(at)
    assert (found(at), looked(at)) == ([], ("nothing_signed",))


def test_commits_that_exist_nowhere_are_found_in_an_unsigned_last_release(at):
    seal(at, commit="1" * 40, data_commit="2" * 40)
    assert found(at) == [
        ("published/0001-2024-10", "commit_missing", {"field": "commit", "commit": "1" * 40}),
        ("published/0001-2024-10", "commit_missing", {"field": "data_commit", "commit": "2" * 40}),
    ]


def test_an_older_release_without_its_history_is_said_and_is_no_finding(at):
    seal(at, commit="1" * 40)
    seal(at, 2)
    assert (found(at), looked(at)) == ([], ("nothing_signed", "commits_unread"))


def test_a_commit_with_other_code_is_found_with_the_names(at):
    earlier = git(at.data, "rev-parse", "HEAD")
    (at.data.parent / "hotich" / "__init__.py").write_text("one = 2\n")
    (at.data.parent / "notebooks" / "report.ipynb").write_text("{} ")
    git(at.data.parent, "commit", "-qam", "other code")
    seal(at, commit=earlier)
    (_, problem, values) = found(at)[0]
    assert (problem, values["files"]) == ("commit_unlike", "package, notebooks")


def test_a_commit_with_another_input_is_found_with_its_name(at):
    (at.data / "office.toml").write_text("# never committed\n")
    seal(at)
    assert [(p, v["field"], v["files"]) for _, p, v in found(at)] == [("commit_unlike", "data_commit", "office.toml")]


def test_line_ends_that_git_converts_are_not_the_bytes_of_the_commit(at):
    git(at.data, "config", "core.autocrlf", "true")
    (at.data / "office.toml").write_bytes(b"# made up\r\n")
    git(at.data, "add", "office.toml")
    assert git(at.data, "status", "--porcelain") == ""
    inputs = {"office.toml": hashlib.sha256(b"# made up\r\n").hexdigest(), "releases/0001-2024-10/manifest.json": "0"}
    assert commits.other_inputs(inputs, at, git(at.data, "rev-parse", "HEAD")) == ["office.toml"]


@pytest.mark.parametrize("name", [":(glob)**", ":/office.toml", "-z", "*", "counts"])
def test_an_input_is_no_pattern_and_no_option_of_git(at, name):
    assert commits.other_inputs(
        {name: "0" * 64, "office.toml": files.digest(at.data / "office.toml")}, at, head(at)
    ) == [name]


def test_a_hundred_thousand_inputs_are_compared(at):
    inputs = {f"counts/{number}.csv": "0" * 64 for number in range(100_000)}
    assert len(commits.other_inputs(inputs, at, head(at))) == 100_000


def test_without_git_nothing_is_compared_and_that_is_said(at):
    seal(at)
    shutil.rmtree(at.data.parent / ".git")
    assert (found(at), looked(at)) == ([], ("nothing_signed", "commits_unread"))


def test_what_verify_would_call_broken_is_known_before_it_is_sealed(at):
    made = seal(at)
    (made / "report.vi.html").write_text("changed after the manifest")
    new = releases.chain(at, examples=False)[0]
    made.rename(at.reports / "made")
    new = releases.Release(1, new.month, at.reports / "made", examples=False)
    assert [(each.release, each.file, each.problem) for each in verify.before_sealing(at, new)] == [
        ("published/0001-2024-10", "report.vi.html", "changed")
    ]
    assert releases.chain(at, examples=False) == ()
