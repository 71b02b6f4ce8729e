"""Checkouts of the project with a small office in them, which publish and audit as a real one does."""

import json
import os
import shutil
import subprocess
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

    def json(self, *words, **own):
        done = self.hotich(*words, "--json", **own)
        return done.returncode, json.loads(done.stdout), done.stderr

    def commit(self):
        for words in (("add", "-A"), ("commit", "-qm", "state")):
            subprocess.run(["git", *words], cwd=self.root, check=True, env={**os.environ, **GIT})

    @property
    def office(self):
        return SmallOffice(Folders(self.root / "data", self.root / "reports"))


def code_copy(root, folder):
    """The project's code in a folder of its own, with an interpreter for it."""
    leave = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
    for name in CODE:
        copy = shutil.copytree if (PROJECT / name).is_dir() else shutil.copyfile
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        copy(PROJECT / name, root / name, **({"ignore": leave} if (PROJECT / name).is_dir() else {}))
    return Checkout(root, environment._overlay(root, folder))
