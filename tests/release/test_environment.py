"""The environment that an audit makes for the code of a release, and what that code gets to know of the auditor."""

import os
import sys

import pytest

from hotich.release import environment
from hotich.storage.paths import PROJECT

SETUP = """mkdir -p .venv/bin && echo '#!/bin/sh' > .venv/bin/python && env > told && echo foreign >> told"""


@pytest.fixture
def archived(tmp_path):
    """The code of a commit with another lock and a set-up of its own, which writes down what it is told."""
    code = tmp_path / "code"
    (code / ".ci").mkdir(parents=True)
    (code / ".ci" / "setup").write_text(SETUP)
    (code / "requirements.lock").write_text("none==1\n")
    return code


def test_a_set_up_is_told_nothing_but_where_things_are_and_how_the_registry_is_reached(archived, tmp_path, monkeypatch):
    for name, value in (("SECRET_TOKEN", "s"), ("SSH_AUTH_SOCK", "s"), ("PIP_INDEX_URL", "u"), ("https_proxy", "p")):
        monkeypatch.setenv(name, value)
    assert environment.python(archived, tmp_path, sealed_setup=True)[1] == "new"
    told = dict(line.partition("=")[::2] for line in (archived / "told").read_text().splitlines())
    assert (told["PIP_INDEX_URL"], told["https_proxy"], told["HOME"]) == ("u", "p", os.environ["HOME"])
    assert not {"SECRET_TOKEN", "SSH_AUTH_SOCK"} & told.keys()
    rest = told.keys() - environment._KEPT - {"LC_ALL", "PWD", "OLDPWD", "SHLVL", "_", "foreign"}
    assert [name for name in rest if not environment._REACH.fullmatch(name)] == []


def test_a_set_up_that_no_hash_covers_is_not_run_but_the_auditors_own(archived, tmp_path, monkeypatch):
    project = tmp_path / "own"
    (project / ".ci").mkdir(parents=True)
    (project / ".ci" / "setup").write_text(SETUP.replace("foreign", "own"))
    (project / ".ci" / "uv.txt").write_text("")
    monkeypatch.setattr(environment, "PROJECT", project)
    environment.python(archived, tmp_path, sealed_setup=False)
    assert (archived / "told").read_text().splitlines()[-1] == "own"


def test_the_code_of_a_release_has_an_empty_home_and_nothing_of_the_callers_variables(tmp_path, monkeypatch):
    (tmp_path / "hotich.py").write_text("import os, sys; sys.stderr.write(str(dict(os.environ))); sys.exit(7)")
    monkeypatch.setenv("SECRET_TOKEN", "s")
    monkeypatch.setattr(environment.subprocess, "run", _with_folder(tmp_path))
    code, told = environment.run(sys.executable, tmp_path)
    assert (code, "SECRET_TOKEN" in told, str(tmp_path / "home") in told) == (7, False, True)
    assert list((tmp_path / "home").iterdir()) == []


def _with_folder(folder):
    """As subprocess.run, with the modules of that folder in the place of the package."""
    run = environment.subprocess.run
    return lambda words, **more: run([words[0], *words[2:]], **more | {"cwd": folder})


def test_the_lock_of_this_checkout_is_installed():
    assert environment.unlike(PROJECT / "requirements.lock") == []
