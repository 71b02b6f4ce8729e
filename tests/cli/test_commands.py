"""The command as it is called: what goes to which stream, and with which code it ends."""

import io
import json
import os
import re
import resource
import subprocess
import sys
from functools import partial

import pytest
from conftest import HOTICH

from hotich import __version__
from hotich.checks import rulebook
from hotich.cli import commands, console, help
from hotich.errors import ExitCode, InputRefused, WrongUsage


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
    ("words", "named"),
    [(["raport"], "raport"), (["validate", "10", "--moth"], "--moth"), (["validate"], "make validate")],
)
def test_words_that_nobody_understands_are_named_in_both_languages(words, named):
    done = hotich(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count(named) == 2
    assert "Traceback" not in done.stderr


def test_a_folder_that_is_not_there_is_named_in_both_languages(tmp_path):
    done = hotich("verify", "--data", str(tmp_path / "không có"))
    assert done.returncode == ExitCode.INPUT_REFUSED
    assert done.stderr.count("không có") == 2
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_disk_that_takes_no_more_is_told_and_ends_with_6(tmp_path, unbuffered):
    full, own = (tmp_path / "rules.md").open("w"), {"PYTHONUNBUFFERED": unbuffered}
    with full:
        limit = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (1000, 1000))
        done = hotich("rules", stdout=full, preexec_fn=limit, environment=own)
    assert done.returncode == 6
    assert "File too large" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("rules | head -n 1", 0),
        ("rules | head -n 0", 0),
        ("rules 2>&1 >/dev/null | head -n 0", 0),
        ("raport 2>&1 | head -n 0", 2),
        ("version >&-", 0),
        ("version <&- >&- 2>&-", 0),
        ("raport 2>&-", 2),
        ("raport 2>full", 2),
        ("verify --json >&-", 0),
        ("verify --json | true", 0),
        ("verify 2>full", 0),
    ],
)
def test_a_closed_or_full_stream_or_a_reader_that_has_gone_changes_nothing_else(tmp_path, line, code):
    words = f"set -o pipefail; ulimit -f 0; {HOTICH} {line}"  # no file takes a byte more
    done = subprocess.run(["bash", "-c", words], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr


def test_what_is_opened_later_never_gets_the_number_of_a_closed_stream(tmp_path):
    program = (
        f"from hotich.cli import streams; streams.settle(); file = open({str(tmp_path / 'file')!r}, 'w'); "
        "print('for people'); import subprocess; subprocess.run(['echo', 'of a child']); assert file.fileno() > 2"
    )
    words = ["bash", "-c", '"$0" -c "$1" <&- >&- 2>&-', sys.executable, program]
    assert subprocess.run(words, timeout=60).returncode == 0
    assert (tmp_path / "file").read_text() == ""


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


def raised(error):
    """How a command ends that raises this."""

    def command():
        raise error

    return commands._guarded(command)


@pytest.fixture
def _verbose(monkeypatch):
    monkeypatch.setattr(console, "verbose", True)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (InputRefused("runner.dead", name="report.vi"), ExitCode.INPUT_REFUSED),
        (PermissionError(13, "Permission denied", "/x"), ExitCode.CANNOT_NOW),
        (KeyboardInterrupt(), ExitCode.INTERRUPTED),
        (ZeroDivisionError("division by zero"), ExitCode.PROGRAM_ERROR),
    ],
)
def test_every_kind_of_failure_has_its_exit_code_and_shows_no_traceback(error, code, capsys):
    assert raised(error) == code
    assert "Traceback" not in capsys.readouterr().err


def test_an_unforeseen_error_is_said_in_both_languages_and_names_a_file_that_tells_where_it_arose(
    capsys, monkeypatch, tmp_path
):
    monkeypatch.setattr(commands.tempfile, "tempdir", str(tmp_path))
    raised(ZeroDivisionError("division by zero"))
    said = capsys.readouterr().err
    [log] = tmp_path.iterdir()
    assert said.count(str(log)) == 2
    assert said.count("ZeroDivisionError: division by zero") == 2
    assert "in command" in log.read_text(encoding="utf-8")


def test_where_an_unforeseen_error_cannot_be_written_down_it_is_shown(capsys, monkeypatch, tmp_path):
    monkeypatch.setattr(commands.tempfile, "tempdir", str(tmp_path / "gone"))
    assert raised(ZeroDivisionError("division by zero")) == ExitCode.PROGRAM_ERROR
    assert "in command" in capsys.readouterr().err


@pytest.mark.usefixtures("_verbose")
def test_a_failure_shows_where_it_arose_where_that_is_asked_for(capsys):
    assert raised(InputRefused("runner.dead", name="report.vi")) == ExitCode.INPUT_REFUSED
    assert "in command" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "debug"), [(["-v", "version"], ""), (["version"], "1"), (["--verbose", "version"], "")]
)
def test_it_is_asked_for_by_an_option_or_a_variable(words, debug, monkeypatch):
    monkeypatch.setattr(console, "verbose", False)
    monkeypatch.setenv("HOTICH_DEBUG", debug)
    commands.app(words, standalone_mode=False)
    assert console.verbose


@pytest.mark.parametrize("words", [["reprot"], ["report"], ["report", "10", "--colour"], ["serve", "--port", "many"]])
def test_a_command_line_that_cannot_be_understood_is_wrong_usage_in_both_languages(words, capsys, monkeypatch):
    monkeypatch.delenv("MONTH", raising=False)
    assert commands._guarded(lambda: commands.app(words, standalone_mode=False)) == ExitCode.WRONG_USAGE
    said = capsys.readouterr().err
    assert "hotich" in said or "make" in said
    assert len(said.strip().splitlines()) >= 2
    assert not re.search(r"[.?!]\.(\s|$)", said)


class Terminal(io.StringIO):
    """A person who types nothing and Ctrl-D."""

    def isatty(self):
        return True


def test_ctrl_d_is_no_consent(monkeypatch):
    monkeypatch.setattr("sys.stdin", Terminal())
    assert console.confirmed("import.reset.ask", yes=False) is False


def test_what_was_given_to_a_command_is_not_asked_of_those_that_it_starts(monkeypatch):
    monkeypatch.setenv(help.GIVEN, "MONTH")
    with pytest.raises(WrongUsage, match="MONTH"):
        commands.app(["version"], standalone_mode=False)
    assert help.GIVEN not in os.environ
