"""Commands within this process, whose pages are made by processes that the tests of a module share."""

import os
from contextlib import nullcontext

import in_process
import pytest
from conftest import small_office

from hotich.pipeline import build
from hotich.storage import paths


@pytest.fixture(scope="module")
def makers():
    """The processes of a session: loading their libraries, for each command anew, takes longer than its pages."""
    with build.session(paths.own("", "")) as who:
        yield who


@pytest.fixture
def here(makers, monkeypatch):
    """Run `hotich` for an office within this process: what a person's command would give, as `subprocess.run` does."""
    return lambda *words, at, **environment: ended(makers, monkeypatch, words, at, environment)


def ended(makers, monkeypatch, words, at, environment):
    """Run `hotich` in this process, whose session makes its pages."""
    kept = {name: value for name, value in os.environ.items() if name not in ("LC_ALL", "LC_MESSAGES", "LANG")}
    own = {"HOTICH_DATA": str(at.data), "HOTICH_REPORTS": str(at.reports)}  # as a session of its own sets them
    folders = ["--data", str(at.data), "--reports", str(at.reports)]
    with monkeypatch.context() as patch:
        patch.setattr(build, "session", lambda *_: nullcontext(makers))
        return in_process.hotich(*words, *folders, environment=kept | own | environment)


@pytest.fixture(scope="module")
def made(makers, tmp_path_factory):
    """Make a small office in a folder of its own and run `hotich` for it, once for a module, whose tests copy it."""

    def made(*words, one_language=False):
        office = small_office(tmp_path_factory.mktemp("made") / "data")
        if one_language:
            office.in_one_language()
        with pytest.MonkeyPatch.context() as patch:
            done = ended(makers, patch, words, office.at, {})
            assert done.returncode == 0, done.stderr
        return office

    return made
