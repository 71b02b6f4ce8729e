"""What `hotich office` asks at a terminal, and what it does where there is none."""

import os
import pty
import subprocess

import in_process
import pytest
from conftest import HOTICH

from hotich.data import office
from hotich.errors import ExitCode

OWN = {"PATH": os.environ["PATH"], "LANG": "en_GB.UTF-8", "TERM": "dumb"}


def at_a_terminal(folder, answers, *words):
    """Run the command with a person who types these lines; return its exit code and what the terminal showed."""
    person, terminal = pty.openpty()
    os.write(person, "".join(f"{answer}\n" for answer in answers).encode())
    with subprocess.Popen(
        [HOTICH, "office", *words], cwd=folder, env=OWN, stdin=terminal, stdout=subprocess.PIPE, stderr=terminal
    ) as running:
        os.close(terminal)
        shown = b""
        while True:
            try:
                shown += os.read(person, 4096)
            except OSError:  # the command has closed its end
                break
        code = running.wait(timeout=30)
    os.close(person)
    return code, shown.decode()


def test_a_person_is_asked_again_until_the_answer_can_be(tmp_path):
    said = ["lai chou", "lai chau", "101", "75", "", "31.3.2027", "2027-03-31", "công văn"]
    code, shown = at_a_terminal(tmp_path, said)
    assert code == 0, shown
    settings = office.read(tmp_path / "lai-chau" / "data")
    assert (settings.root, settings.threshold, settings.cutoff_day, settings.paper) == ("12", 75, 22, "công văn")
    assert str(settings.targets[-1].day) == "2027-03-31"
    assert shown.count("Province or city") == 2
    assert "make template MONTH=" in shown


def test_nothing_is_asked_that_was_given_and_nothing_where_the_folder_is(tmp_path):
    code, shown = at_a_terminal(tmp_path, ["", "", ""], "--province", "12", "--threshold", "80")
    assert code == 0, shown
    assert "Percentage to exceed" not in shown
    code, shown = at_a_terminal(tmp_path, [], "--province", "12")
    assert code == ExitCode.CANNOT_NOW
    assert "Percentage to exceed" not in shown


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ([], ExitCode.WRONG_USAGE, "PROVINCE="),
        (["--province", "Yên Bái"], ExitCode.INPUT_REFUSED, "Lào Cai"),
        (["--province", "Cà Mau", "--as-of", "2999-01"], ExitCode.WRONG_USAGE, "2999-01"),
        (["--province", "Cà Mau", "--threshold", "0"], ExitCode.WRONG_USAGE, "THRESHOLD"),
    ],
)
def test_a_script_is_told_in_both_languages_and_nothing_is_written(tmp_path, words, code, said):
    done = in_process.hotich("office", *words, environment=OWN, folder=tmp_path)
    assert (done.returncode, done.stdout) == (code, "")
    assert done.stderr.count(said) >= 2
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []
