"""What is said and asked about releases at the terminal."""

import builtins
import sys

import pytest

from hotich.cli import console, releases
from hotich.release.file_diff import DIFFERENT, Difference, FileDiff
from hotich.release.publish import PublishResult
from hotich.release.received_file import ReceivedFile
from hotich.release.verify import VerifyResult

FOREIGN = ["published/0001-2024-09 (" + "1" * 40 + ")"]


def asked(monkeypatch, answer, terminal=True):
    monkeypatch.setattr(sys.stdin, "isatty", lambda: terminal, raising=False)
    monkeypatch.setattr(builtins, "input", lambda: answer)
    with console.Progress() as progress:
        return releases.trusted(FOREIGN, progress)


@pytest.mark.parametrize(("answer", "agreed"), [("c", True), ("y", True), ("", False), ("n", False), ("k", False)])
def test_a_person_decides_whether_code_of_an_older_commit_is_run(monkeypatch, capsys, answer, agreed):
    assert asked(monkeypatch, answer) is agreed
    assert FOREIGN[0] in capsys.readouterr().err


def test_nobody_is_asked_where_there_is_no_terminal(monkeypatch, capsys):
    assert asked(monkeypatch, "y", terminal=False) is False
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(("tracked", "said"), [(True, "commit"), (False, "sao chép")])
def test_who_has_no_repository_for_releases_is_not_told_to_commit(monkeypatch, capsys, tracked, said):
    monkeypatch.setattr(console, "language", lambda: "vi")
    monkeypatch.setattr(releases.git, "tracks", lambda folder: tracked)
    releases.published(PublishResult("published/0001-2024-10", "/there", 1, "1" * 64, "", "", ()))
    assert f"Bây giờ hãy {said} /there" in capsys.readouterr().err


@pytest.mark.parametrize("language", ["vi", "en"])
def test_of_a_page_that_was_sent_both_values_are_said_with_whose_each_is(monkeypatch, capsys, language):
    monkeypatch.setattr(console, "language", lambda: language)
    diff = FileDiff("report.vi.html", DIFFERENT, differences=(Difference("", "15/all/digitised", "573", "574"),))
    given = ReceivedFile("x.html", "0" * 64, (), "published/0002-2024-10/report.vi.html", diff)
    releases.verified(VerifyResult(1, 1, {}, "", "", (), (), given))
    said = " ".join(capsys.readouterr().err.split())
    whose = {
        "vi": "bản phát hành ghi “573”, tệp được gửi đến ghi “574”",
        "en": "released “573”, the file sent to you says",
    }
    assert whose[language] in said
    assert "published/0002-2024-10/report.vi.html" in said
