"""What contributors, CI and Binder run, and which files the documents name."""

import json
import os
import re
import subprocess
import tomllib

import pytest
import yaml
from corpus import stories

from hotich.storage.paths import PROJECT

HOOKS, WORKFLOW = PROJECT / ".pre-commit-config.yaml", PROJECT / ".github" / "workflows" / "ci.yml"
DOCUMENTS = sorted([*PROJECT.glob("*.md"), *PROJECT.glob("docs/**/*.md")])
FOLDERS = "hotich|tests|proof|bench|expectations|notebooks|docs|binder|\\.ci|\\.github"
NAMED = re.compile(rf"`((?:{FOLDERS})/[^`\s:]*)(?:::\w+)?`")
COMMANDS = re.compile(r"(?:`|^)make ((?:[a-z][a-z-]*(?: |(?=[`\n])))+)", flags=re.MULTILINE)
LINKED = re.compile(r"\]\(([^)#:]+)\)")


def parsed(path):
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def test_ci_runs_the_one_script_on_both_systems_with_the_oldest_and_the_newest_python():
    workflow = parsed(WORKFLOW)
    job = workflow["jobs"]["tests"]
    assert job["steps"][-1]["run"] == "bash .ci/run"
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]
    oldest, next_after = re.fullmatch(r">=3\.(\d+),<3\.(\d+)", project["requires-python"]).groups()
    assert job["strategy"]["matrix"]["python"] == [f"3.{oldest}", f"3.{int(next_after) - 1}"]
    assert [name.partition("-")[0] for name in job["strategy"]["matrix"]["os"]] == ["ubuntu", "macos"]
    assert workflow["permissions"] == {"contents": "read"}


def test_every_action_of_ci_is_pinned_by_its_major_version():
    used = [step["uses"] for step in parsed(WORKFLOW)["jobs"]["tests"]["steps"] if "uses" in step]
    assert used
    assert [name for name in used if not re.fullmatch(r"actions/[a-z-]+@v\d+", name)] == []


def test_hooks_fetch_nothing_and_run_what_make_lint_runs():
    repositories = parsed(HOOKS)["repos"]
    assert [each["repo"] for each in repositories] == ["local"]
    hooks = repositories[0]["hooks"]
    assert {hook["language"] for hook in hooks} == {"system"}
    recipe = (PROJECT / "Makefile").read_text(encoding="utf-8").partition("\nlint:")[2].partition("\n\n")[0]
    linted = re.findall(r"\$\(BIN\)/(ruff format --check|ruff check|mypy)", recipe)
    ran = [hook["entry"].removeprefix(".venv/bin/") for hook in hooks]
    assert len(linted) == 3
    assert [entry for entry, tool in zip(ran, linted, strict=False) if not entry.startswith(tool)] == []
    assert ran[3].startswith("pytest -n 0 -q tests/test_project.py -k notebook")


def test_binder_installs_the_lock_and_the_package_on_a_python_that_is_supported():
    lines = (PROJECT / "binder" / "requirements.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not line.startswith("#")] == ["-r ../requirements.lock"]
    version = re.fullmatch(r"python-3\.(\d+)\n", (PROJECT / "binder" / "runtime.txt").read_text())
    assert 11 <= int(version[1]) < 15
    after = PROJECT / "binder" / "postBuild"
    assert os.access(after, os.X_OK)
    assert "--no-deps" in after.read_text()


@pytest.mark.parametrize("script", [".ci/run", ".ci/setup", "binder/postBuild"])
def test_a_script_is_one_that_bash_understands(script):
    done = subprocess.run(["bash", "-n", PROJECT / script], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_every_file_that_a_document_names_is_there(path):
    text = path.read_text(encoding="utf-8")
    named = [] if path.stem == "change" else NAMED.findall(text)  # its files begin with its steps: test_change.py
    missing = [name for name in named if not any(PROJECT.glob(name.rstrip("/")))]
    missing += [name for name in LINKED.findall(text) if not (path.parent / name).exists()]
    assert missing == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_every_target_of_make_that_a_document_names_is_there(path):
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, flags=re.MULTILINE))
    named = {target for words in COMMANDS.findall(path.read_text(encoding="utf-8")) for target in words.split()}
    assert named - targets == set()


def test_the_first_cells_in_the_document_are_those_of_the_report():
    document = (PROJECT / "docs" / "facts.md").read_text(encoding="utf-8")
    shown = re.search(r"```python\n(.*?)```", document, flags=re.DOTALL)[1].split("\n\n")
    book = json.loads((PROJECT / "notebooks" / "report.ipynb").read_text(encoding="utf-8"))
    cells = ["".join(cell["source"]) for cell in book["cells"] if cell["cell_type"] == "code"]
    assert [block.strip() for block in shown] == cells[:3]


def test_the_notice_names_who_holds_the_rights_in_the_map():
    notice = (PROJECT / "NOTICE").read_text(encoding="utf-8")
    ours = (PROJECT / "LICENSE").read_text(encoding="utf-8")
    assert re.findall(r"^Copyright \(c\) .+$", notice, flags=re.MULTILINE) == [
        "Copyright (c) 2021 Thang Le Quoc",
        "Copyright (c) 2025 Tran Ngoc Minh Hieu",
    ]
    assert ours.partition("contributors\n\n")[2] in notice, "the permission of the MIT licence, word for word"
    assert "data/areas.geojson" in notice


FAULTS, SECURITY = ((PROJECT / name).read_text(encoding="utf-8") for name in ("docs/faults.md", "SECURITY.md"))


@pytest.mark.parametrize("page", [FAULTS, SECURITY], ids=["faults", "security"])
def test_every_test_and_story_that_a_page_of_faults_names_is_there(page):
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", page)
    tests = {file: (PROJECT / file).read_text(encoding="utf-8") for file, _ in named}
    assert len(named) > 30
    assert [f"{file}::{test}" for file, test in named if f"\ndef {test}(" not in tests[file]] == []
    told = [story for listed in re.findall(r'story ("[^|<]*")', page) for story in re.findall(r'"([^"]*)"', listed)]
    assert set(told) - {story.text for story in stories.ALL} == set()


def test_every_row_of_faults_names_what_holds_it():
    rows = [line.strip("| ").split(" | ") for line in FAULTS.partition("## Known")[0].splitlines() if line[:2] == "| "]
    rows = [row for row in rows if row[0] != "what is tried"]
    assert len(rows) > 100
    assert [row[0] for row in rows if len(row) != 3 or not re.search(r'::test_\w+`|story "|`make prove-', row[2])] == []


def test_every_row_of_threats_says_what_stops_it_what_holds_it_and_what_is_not_covered():
    rows = [line.strip("| ").split(" | ") for line in SECURITY.splitlines() if line[:2] == "| "][1:]
    assert len(rows) > 10
    assert [row[0] for row in rows if len(row) != 5 or "::test_" not in row[3]] == []
