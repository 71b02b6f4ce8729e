"""Commands within this process, whose pages are made by processes that the tests of a module share."""

from contextlib import nullcontext
from subprocess import CompletedProcess

import pytest
from conftest import small_office

from hotich.cli import commands
from hotich.pipeline import build
from hotich.storage import paths


@pytest.fixture(scope="module")
def makers():
    """The processes of a session: loading their libraries, for each command anew, takes longer than its pages."""
    with build.session(paths.own("", "")) as who:
        yield who


@pytest.fixture
def here(makers, monkeypatch, capsys):
    """Run `hotich` for an office within this process: what a person's command would give, as `subprocess.run` does."""

    def run(*words, at, **environment):
        capsys.readouterr()
        line, code = ended(makers, monkeypatch, words, at, environment)
        said = capsys.readouterr()
        return CompletedProcess(line, code, said.out, said.err)

    return run


def ended(makers, monkeypatch, words, at, environment):
    """Run `hotich` in this process; return its command line and its exit code."""
    with monkeypatch.context() as patch:
        for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
            patch.delenv(name, raising=False)
        patch.setattr(build, "session", lambda *_: nullcontext(makers))
        own = {"HOTICH_DATA": str(at.data), "HOTICH_REPORTS": str(at.reports)}  # as a session of its own sets them
        for name, value in (own | environment).items():
            patch.setenv(name, value)
        line = [*words, "--data", str(at.data), "--reports", str(at.reports)]
        return line, commands._guarded(lambda: commands.app(line, standalone_mode=False))


@pytest.fixture(scope="module")
def made(makers, tmp_path_factory):
    """Make a small office in a folder of its own and run `hotich` for it, once for a module, whose tests copy it."""

    def made(*words, one_language=False):
        office = small_office(tmp_path_factory.mktemp("made") / "data")
        if one_language:
            office.in_one_language()
        with pytest.MonkeyPatch.context() as patch:
            assert ended(makers, patch, words, office.at, {})[1] == 0
        return office

    return made
