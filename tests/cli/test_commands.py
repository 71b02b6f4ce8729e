"""How a command ends: an exit code for each kind of failure, a plain message, and a traceback where it is asked for."""

import io

import pytest

from hotich.cli import commands, console
from hotich.errors import ExitCode, InputRefused


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
    assert "hotich --help" in said
    assert len(said.strip().splitlines()) >= 2


class Terminal(io.StringIO):
    """A person who types nothing and Ctrl-D."""

    def isatty(self):
        return True


def test_ctrl_d_is_no_consent(monkeypatch):
    monkeypatch.setattr("sys.stdin", Terminal())
    assert console.confirmed("import.reset.ask", yes=False) is False
