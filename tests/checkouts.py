"""Checkouts of the project with a small office in them, which publish and audit as a real one does."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from conftest import SmallOffice

from hotich.release import environment
from hotich.storage.paths import PROJECT, Folders

CODE = (
    "hotich",
    "notebooks",
    "expectations",
    "requirements.lock",
    "pyproject.toml",
    "Makefile",
    "LICENSE",
    "NOTICE",
    ".ci",
)
GIT = {
    "GIT_AUTHOR_NAME": "t",
    "GIT_AUTHOR_EMAIL": "t@t",
    "GIT_COMMITTER_NAME": "t",
    "GIT_COMMITTER_EMAIL": "t@t",
    "GIT_CONFIG_GLOBAL": "/dev/null",
}


PROGRAMS = ("hotich", "jupyter", "jupyter-nbconvert", "papermill")
"""Commands of the environment that documents name."""


@dataclass(frozen=True)
class Checkout:
    """A checkout of the project with a small office in it, and an interpreter that has this checkout's package."""

    root: Path
    python: Path

    def hotich(self, *words, **own):
        kept = {name: os.environ[name] for name in environment._KEPT if name in os.environ}
        return subprocess.run(
            [self.python, "-P", "-m", "hotich", *words],
            cwd=self.root,
            capture_output=True,
            text=True,
            timeout=900,
            env={**kept, "LC_ALL": "C.UTF-8", "LANG": "en", "LC_MESSAGES": "en", **own},
        )

    def shell(self, command, given="", **own):
        """Run a line as somebody types it into a terminal in the checkout's folder."""
        kept = {name: os.environ[name] for name in environment._KEPT if name in os.environ}
        own = {**kept, **GIT, "LC_ALL": "C.UTF-8", **own}
        done = subprocess.run(
            ["bash", "-c", command], cwd=self.root, env=own, input=given, capture_output=True, text=True
        )
        assert done.returncode == 0, f"{command}\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}"
        return done.stdout + done.stderr

    def json(self, *words, **own):
        done = self.hotich(*words, "--json", **own)
        return done.returncode, json.loads(done.stdout), done.stderr

    def commit(self):
        for words in (("add", "-A"), ("commit", "-qm", "state")):
            subprocess.run(["git", *words], cwd=self.root, check=True, env={**os.environ, **GIT})

    @property
    def office(self):
        return SmallOffice(Folders(self.root / "data", self.root / "reports"))


def project_copy(root, *more):
    """The project's code in a folder of its own with a `.venv` of its own: `make` and `.venv/bin/…` work there."""
    made = code_copy(root, root / ".venv")
    for name in more:
        copy = shutil.copytree if (PROJECT / name).is_dir() else shutil.copyfile
        copy(PROJECT / name, root / name)
    for name in PROGRAMS:
        first, _, rest = Path(sys.executable).with_name(name).read_text(encoding="utf-8").partition("\n")
        assert first.startswith("#!"), name
        program = root / ".venv" / "bin" / name
        program.write_text(f"#!{made.python}\n{rest}", encoding="utf-8")
        program.chmod(0o755)
    (root / ".venv" / "ready").touch()
    return made


def code_copy(root, folder):
    """The project's code in a folder of its own, with an interpreter for it."""
    leave = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
    for name in CODE:
        copy = shutil.copytree if (PROJECT / name).is_dir() else shutil.copyfile
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        copy(PROJECT / name, root / name, **({"ignore": leave} if (PROJECT / name).is_dir() else {}))
    return Checkout(root, environment._overlay(root, folder))
