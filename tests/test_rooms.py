"""The rooms of the package: who may import whom, what lies at the top, and where a module's tests are."""

import ast
import re
from graphlib import CycleError, TopologicalSorter

import pytest

from hotich.storage.paths import PACKAGE, PROJECT

TESTS = PROJECT / "tests"
BEGINNINGS = {"__init__", "__main__"}
WITHOUT_A_MODULE = {
    "page/own/test_tries",
    "page/test_browser",
    "page/test_browser_everyone",
    "page/test_browser_hostile",
    "page/test_browser_summary",
    "page/test_saved_tables",
    "release/test_reproducible",
    "views/narrative/test_partial_months",
    "views/narrative/test_set_aside",
}


def floors():
    """Read the floor of each room from the table in docs/architecture.md."""
    text = (PROJECT / "docs" / "architecture.md").read_text(encoding="utf-8")
    return {room: int(floor) for floor, room in re.findall(r"^\| (\d+) \| `(\w+)` \|", text, flags=re.MULTILINE)}


FLOORS = floors()


def dotted(path, root):
    parts = path.relative_to(root.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(source, modules):
    """Return the package's modules that this source imports anywhere: in functions and for type checkers, too."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (name if name in modules else node.module for name in names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def imports_of(root):
    """Return each module of a package and the modules of the same package that it imports."""
    modules = {dotted(path, root): path for path in root.rglob("*.py")}
    return {
        module: {name for name in imported(path.read_text(encoding="utf-8"), modules) if name in modules} - {module}
        for module, path in modules.items()
    }


def room(module):
    return module.split(".")[1] if "." in module else ""


def climbing(imports):
    """Return the imports that lead to a room on the same floor or a higher one."""
    return sorted(
        f"{module} imports {name}"
        for module, names in imports.items()
        for name in names
        if room(module) in FLOORS and room(name) in FLOORS
        if room(module) != room(name) and FLOORS[room(name)] >= FLOORS[room(module)]
    )


@pytest.fixture(scope="module")
def imports():
    return imports_of(PACKAGE)


def test_every_room_has_its_floor_and_nothing_else_lies_at_the_top():
    top = {path.stem for path in PACKAGE.glob("*.py")} | {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert top == {*FLOORS, *BEGINNINGS}
    assert {path.stem for path in PACKAGE.glob("*.py")} == {"errors", "month", "formats", *BEGINNINGS}


def test_a_room_imports_only_from_lower_floors(imports):
    assert climbing(imports) == []


def test_only_the_command_knows_the_package_itself(imports):
    assert {room(module) for module, names in imports.items() if "hotich" in names} <= {"cli"}


def test_no_modules_import_each_other_in_a_circle(imports):
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(reversed(error.args[1])))


@pytest.mark.parametrize(
    "line",
    [
        "import hotich.views.tables",
        "from hotich.views import tables",
        "def late():\n    from hotich.views.tables import districts",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from hotich.views import tables",
    ],
)
def test_an_import_upwards_is_found_however_it_is_written(line):
    found = set(imported(line, {"hotich.views", "hotich.views.tables"})) - {"typing"}
    assert climbing({"hotich.data.counts": found}) == ["hotich.data.counts imports hotich.views.tables"]


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("__init__.py")), ids=lambda path: path.parent.name)
def test_a_room_says_in_one_sentence_what_is_in_it(path):
    first, _, _ = (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").partition("\n")
    assert first.endswith(".")
    assert len(first) <= 120


FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
VERBS = """
    Add Allow Announce Answer Ask Audit Change Check Choose Compare Compile Compute Copy Count Delete
    Distribute Do Download Draw Drop End Evaluate Exchange Execute Fill Find Format Give Go Have Hide Hold
    Import Join Keep Kill Leave Let Link List Load Lock Make Mark Measure Name Open Order Pack Print Prove
    Publish Put Raise Read Record Recover Refuse Register Rename Replace Report Restore Return Round Run Say
    Seal Send Set Show Start Subtract Take Test Try Turn Undo Unpack Update Wait Wake Watch Write Yield
"""


@pytest.mark.parametrize("room", ["hotich", "proof", "bench"])
def test_the_docstring_of_a_function_begins_with_a_verb(room):
    for path in sorted((PACKAGE.parent / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, FUNCTIONS) or not (text := ast.get_docstring(node)):
                continue
            if not any(isinstance(each, ast.Name) and each.id.endswith("property") for each in node.decorator_list):
                assert text.split()[0].rstrip(",") in VERBS.split(), f"{path}:{node.lineno} {node.name}: {text}"


def mirrored(path):
    """Return whether the test file is named for a module or folder of its room, or for a part of what that does."""
    name, folder = path.stem.removeprefix("test_"), PACKAGE / path.parent.relative_to(TESTS)
    there = {folder.name, *(each.stem for each in folder.iterdir() if each.suffix == ".py" or each.is_dir())}
    return any(name == each or name.startswith(f"{each}_") for each in there)


def test_a_test_file_is_named_for_what_it_tests():
    rooms = [path for path in TESTS.rglob("test_*.py") if path.parent != TESTS]
    strangers = {path.relative_to(TESTS).with_suffix("").as_posix() for path in rooms if not mirrored(path)}
    assert strangers == WITHOUT_A_MODULE
