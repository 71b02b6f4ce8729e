"""The command as it is called: what goes to which stream, and with which code it ends."""

import json
import os
import subprocess
from pathlib import Path

import pytest
from conftest import HOTICH

from hotich import __version__
from hotich.checks import rulebook

FULL = Path("/dev/full")


def hotich(*words, environment=None, **streams):
    """Run the command as a shell would, with nobody at the terminal."""
    unasked = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": subprocess.DEVNULL}
    own = {name: value for name, value in os.environ.items() if name not in ("MONTH", "DATA", "REPORTS")}
    own |= environment or {}
    return subprocess.run([HOTICH, *words], text=True, env=own, timeout=60, **(unasked | streams))


def test_an_answer_goes_to_stdout_and_nothing_to_stderr():
    done = hotich("version")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"hotich {__version__}\n", "")


@pytest.mark.parametrize(
    ("words", "named"), [(["raport"], "raport"), (["validate", "10", "--moth"], "--moth"), (["validate"], "month")]
)
def test_words_that_nobody_understands_are_named_in_both_languages(words, named):
    done = hotich(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count(named) == 2
    assert "Traceback" not in done.stderr


def test_a_folder_that_is_not_there_is_named_in_both_languages(tmp_path):
    done = hotich("verify", "--data", str(tmp_path / "không có"))
    assert done.returncode in (2, 3)
    assert done.stderr.count("không có") == 2
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(not FULL.exists(), reason="only Linux has a device that is always full")
def test_a_full_disk_is_told_and_ends_with_6():
    with FULL.open("w") as full:
        done = hotich("rules", stdout=full)
    assert done.returncode == 6
    assert "No space left" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_rules_on_the_terminal_are_those_of_the_document():
    assert hotich("rules").stdout == rulebook.FILE.read_text(encoding="utf-8")


def test_for_machines_the_outcome_alone_is_on_stdout(drafts):
    done = hotich("compare", "9", "10", "--data", str(drafts.data), "--reports", str(drafts.reports), "--json")
    assert done.returncode == 0, done.stderr
    outcome = json.loads(done.stdout)
    assert (outcome["first"], outcome["second"]) == ("draft-2024-09", "draft-2024-10")
    assert done.stderr != ""


def test_the_environment_says_what_is_not_on_the_command_line(drafts):
    done = hotich("verify", environment={"DATA": str(drafts.data), "REPORTS": str(drafts.reports)})
    assert done.returncode == 0, done.stderr
