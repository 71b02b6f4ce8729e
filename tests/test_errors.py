"""A failure says the same in whichever process it is shown, and every exit code is documented."""

import pickle
import re
import sys
from contextlib import redirect_stdout
from io import StringIO

import pytest
from IPython.core.interactiveshell import InteractiveShell

from hotich import checks, errors
from hotich.checks import Failed
from hotich.data import dataset
from hotich.errors import CannotNow, Contradicted, ExitCode, HotichError, InputRefused
from hotich.storage.paths import PROJECT


def test_a_failure_says_the_same_in_another_process(tmp_path):
    failure = CannotNow("folder.not_writable", folder=tmp_path, reason="no space")
    there = pickle.loads(pickle.dumps(failure))
    assert type(there) is CannotNow
    assert str(there) == str(failure)
    assert str(tmp_path) in str(there)


def test_a_kind_of_failure_that_another_room_defines_travels_as_the_kind_that_it_is(office):
    failure = Failed(checks.run(dataset.read("2024-10", office.at)))
    there = pickle.loads(pickle.dumps(failure))
    assert type(there) is Contradicted
    assert (there.exit_code, str(there)) == (ExitCode.CONTRADICTED, str(failure))


@pytest.mark.parametrize("kind", HotichError.__subclasses__(), ids=lambda kind: kind.__name__)
def test_every_kind_of_failure_has_an_exit_code_of_its_own(kind):
    if kind.__module__ == errors.__name__:
        others = [other for other in HotichError.__subclasses__() if other is not kind and "exit_code" in vars(other)]
        assert kind.exit_code not in [other.exit_code for other in others]
    assert kind.exit_code in ExitCode


def test_the_documentation_lists_exactly_the_exit_codes():
    rows = re.findall(
        r"^\| ([\d, ]+) \|", (PROJECT / "docs" / "exit-codes.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert [int(code) for row in rows for code in row.split(",")] == list(ExitCode)


@pytest.mark.parametrize(
    ("language", "said"), [("vi", "Không có số liệu của 2025-01"), ("en", "no counts for 2025-01")]
)
def test_a_notebook_shows_a_failure_in_its_language_and_without_a_traceback(language, said, monkeypatch):
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])  # a shell puts its own there
    shell = InteractiveShell()
    with redirect_stdout(StringIO()) as shown:
        result = shell.run_cell(f'language = "{language}"\nfrom hotich.data import dataset\ndataset.read("2025-01")')
    assert isinstance(result.error_in_exec, InputRefused)
    assert said in shown.getvalue()
    assert "Traceback" not in shown.getvalue()
    assert "dataset.py" not in shown.getvalue()
    assert len(shown.getvalue().strip().splitlines()) == 1
