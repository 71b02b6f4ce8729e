"""What holds for the project's own files: one lock behind both doors, thin notebooks, two languages side by side."""

import json
import re
import string
import subprocess
import sys
import tomllib
import unicodedata

import pytest

from hotich.language import LANGUAGES
from hotich.storage.paths import LOCK, PACKAGE, PROJECT

CARD = {"jupyterlab", "papermill", "pandas", "matplotlib", "nbconvert", "great-expectations"}
CATALOGUES = sorted(path.name for path in (PACKAGE / "language" / "vi").glob("*.toml"))
BOOKS = [PROJECT / "notebooks" / f"{name}.ipynb" for name in ("notice", "quality", "report", "summary")]


def locked():
    return {m[1]: m[0] for m in re.finditer(r"^([a-z0-9._-]+)==(?:.*\\\n)+.*", LOCK.read_text(), flags=re.MULTILINE)}


def texts(language, name):
    def flat(table, path=()):
        for key, value in table.items():
            yield from flat(value, (*path, key)) if isinstance(value, dict) else [(".".join((*path, key)), value)]

    return dict(flat(tomllib.loads((PACKAGE / "language" / language / name).read_text(encoding="utf-8"))))


def test_both_doors_install_the_one_lock():
    environment = (PROJECT / "environment.yml").read_text()
    installed = re.findall(r"^ +- (-r .+|[a-z].*)$", environment.split("pip:")[1], flags=re.MULTILINE)
    assert installed == ["-r requirements.lock"]
    assert "requirements.lock" in (PROJECT / ".ci" / "setup").read_text()


def test_every_package_of_the_lock_is_exact_and_hashed_and_no_index_is_named():
    packages = locked()
    assert len(packages) > 100
    assert [name for name, entry in packages.items() if "--hash=sha256:" not in entry] == []
    assert "://" not in LOCK.read_text()


def test_the_card_and_every_dependency_are_in_the_lock():
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text())
    wanted = {re.split(r"[<>=]", name)[0] for name in project["project"]["dependencies"]}
    assert wanted >= CARD
    assert wanted | {"hatchling", "pytest"} <= set(locked())


@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_thin_and_holds_no_output(path):
    book = json.loads(path.read_text(encoding="utf-8"))
    code = [cell for cell in book["cells"] if cell["cell_type"] == "code"]
    assert [cell["id"] for cell in code if cell["outputs"] or cell["execution_count"] is not None] == []
    lines = {cell["id"]: [line for line in cell["source"] if not line.startswith("%")] for cell in code}
    assert [cell for cell, source in lines.items() if len(source) > 3] == []
    words = re.compile(r"\b(def|for|if|while|lambda|class)\b")
    assert [cell["id"] for cell in code if words.search("".join(cell["source"]))] == []
    assert book["metadata"]["kernelspec"]["name"] == "python3"
    ids = [cell["id"] for cell in book["cells"]]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.stem)
def test_a_notebook_has_one_parameters_cell_of_strings(path):
    book = json.loads(path.read_text(encoding="utf-8"))
    cells = [cell for cell in book["cells"] if "parameters" in cell["metadata"].get("tags", ())]
    assert len(cells) == 1
    explained = re.findall(r'^(\w+): str = "[^"]*"  # \S.*$', "".join(cells[0]["source"]), flags=re.MULTILINE)
    assert explained == ["month", "language", "area"]


@pytest.mark.parametrize("name", CATALOGUES)
def test_both_languages_have_the_same_sentences_with_the_same_placeholders(name):
    def places_in(text):
        return {field for _, field, _, _ in string.Formatter().parse(text) if field and field != "zones"}

    vietnamese, english = (texts(language, name) for language in LANGUAGES)
    assert vietnamese.keys() == english.keys()
    assert [k for k in english if places_in(vietnamese[k]) != places_in(english[k])] == []
    assert [k for k, text in vietnamese.items() if unicodedata.normalize("NFC", text) != text] == []


def test_the_command_line_loads_no_heavy_library():
    heavy = ("pandas", "matplotlib", "great_expectations", "nbconvert", "papermill")
    program = f"import sys, hotich.cli.commands; print([name for name in {heavy} if name in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"
