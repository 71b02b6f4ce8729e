"""The other door: what environment.yml names, in an empty environment that is activated; slow, and from the registry.

Run it with `make prove-doors`. Conda itself is not needed: its pip part is what makes the figures.
"""

import hashlib
import os
import re
import subprocess
import venv

import pytest

from hotich.storage.paths import PROJECT

TEXT = (PROJECT / "environment.yml").read_text(encoding="utf-8")
STEPS = re.findall(r"^#   (pip install .*)$", TEXT, re.MULTILINE)
"""What its comment tells to do after `conda env create`."""
NEEDED = re.findall(r"^      - (.+)$", TEXT, re.MULTILINE)
"""Its pip part."""


@pytest.fixture(scope="module")
def door(tmp_path_factory):
    """An environment as conda makes it, activated, in a copy of the project."""
    base = tmp_path_factory.mktemp("door")
    project, prefix = base / "project", base / "environment"
    subprocess.run(["git", "clone", "--quiet", PROJECT, project], check=True)
    venv.create(prefix, with_pip=True)
    own = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL", "VIRTUAL_ENV")}
    own |= {"CONDA_PREFIX": str(prefix), "PATH": f"{prefix / 'bin'}:{own['PATH']}"}

    def run(*words):
        return subprocess.run(words, cwd=project, env=own, capture_output=True, text=True, check=True)

    run("pip", "install", "--quiet", *" ".join(NEEDED).split())
    for step in STEPS:
        run(*step.split())
    return project, run


def made(project):
    folder = project / "reports" / "draft" / "2024-10"
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()}


def test_the_report_is_made_there_with_the_same_bytes_and_no_environment_of_ours(door):
    project, run = door
    run("make", "report", "MONTH=10")
    assert not (project / ".venv").exists()
    there = made(project)
    ours = [PROJECT / ".venv" / "bin" / "python", "-m", "hotich", "report", "10", "--force"]
    subprocess.run(ours, cwd=project, env={**os.environ, "PYTHONPATH": str(project)}, check=True)
    assert made(project) == there
    assert len(there) > 15


def test_the_tests_run_there(door):
    project, run = door
    run("python", "-m", "pytest", "-q", "-n", "0", "tests/checks/test_checks.py", "tests/test_project.py")
    assert not (project / ".venv").exists()
