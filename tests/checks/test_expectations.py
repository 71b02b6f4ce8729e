"""The rules as Great Expectations' own: loaded by its interface, bounded by their fields, named by their docstrings."""

import json
import subprocess
import sys
from random import Random

import pytest
from conftest import cells

from hotich import checks
from hotich.checks import gx, registry, rulebook, suites
from hotich.checks.tables import Tables
from hotich.data import dataset
from hotich.errors import WrongUsage
from hotich.storage.paths import EXPECTATIONS, PROJECT

HINT = "the classes of rules have changed: run `make docs` and commit what it writes"


@pytest.fixture(scope="module")
def expectations():
    gx.prepare()
    from hotich.checks import expectations

    return expectations


def lines_of_the_document():
    _, first, second = rulebook.FILE.read_text(encoding="utf-8").split("```python\n")
    lines = {part.split("```")[0] for part in (first, second)}
    assert len(lines) == 1
    return lines.pop()


def test_the_lines_of_the_rule_book_run_a_suite_in_a_process_that_knows_nothing_of_ours():
    shown = "print([each.expectation_config.meta['rule'] for each in result.results if not each.success])"
    command = [sys.executable, "-c", f"{lines_of_the_document()}\n{shown}"]
    ran = subprocess.run(command, cwd=PROJECT, check=True, capture_output=True, text=True)
    assert ran.stdout.strip() == "['S16']"


def test_every_rule_of_every_suite_is_loaded_by_great_expectations_itself(expectations):
    from great_expectations import ExpectationSuite

    for suite in suites.load():
        raw = json.loads((EXPECTATIONS / f"{suite.name}.json").read_text(encoding="utf-8"))
        loaded = ExpectationSuite(**raw).expectations
        assert sorted(each.meta["rule"] for each in loaded) == sorted(rule.id for rule in suite.rules)


def test_what_the_registry_knows_is_what_the_classes_say(expectations):
    assert json.loads(registry.FILE.read_text(encoding="utf-8")) == expectations.kinds(), HINT


def test_a_rule_whose_class_is_new_is_known_once_the_documents_are_written(tmp_path, monkeypatch):
    for module, name in ((registry, "FILE"), (rulebook, "FILE"), (rulebook, "SHIPPED")):
        monkeypatch.setattr(module, name, tmp_path / f"{module.__name__}.{name}")
    registry.FILE.write_text("{}", encoding="utf-8")
    registry.kinds.cache_clear()
    rulebook.write()
    assert "expect_size_like_its_peers" in registry.kinds()
    registry.kinds.cache_clear()


def test_every_class_says_what_it_demands_and_bounds_every_number(expectations):
    from great_expectations.expectations.registry import get_expectation_impl

    for name, kind in registry.kinds().items():
        if not kind.builtin:
            assert get_expectation_impl(name).__doc__
        numbers = [field for field in kind.arguments.values() if field.get("type") in ("integer", "number")]
        assert all({"minimum", "maximum"} <= set(field) for field in numbers), name


def test_a_class_with_an_argument_that_takes_anything_is_refused_by_its_name(expectations):
    def says(table, word):
        return table["status"] == word

    class ExpectAnything(expectations.TableExpectation):
        """Any word is taken."""

        looks_at = "cells"
        condition = says
        word: str

    with pytest.raises(WrongUsage, match="class ExpectAnything: any value could be given as word"):
        expectations._kind(ExpectAnything)


def test_an_argument_out_of_its_bounds_is_refused_by_the_class_itself(expectations):
    from great_expectations.compatibility.pydantic import ValidationError

    from hotich.checks.expectations.one_month import ExpectSizeLikeItsPeers

    assert ExpectSizeLikeItsPeers(rule="C20", times=30, at_least=1_000).times == 30
    with pytest.raises(ValidationError, match="times"):
        ExpectSizeLikeItsPeers(rule="C20", times=1, at_least=1_000)


def spoilt(at_random):
    """Cells of every kind of mistake that GX's own expectations look for, at drawn places."""
    rows = cells(30)
    for row in (
        ("1.5", "1", ""),
        ("9999999999", "1", ""),
        ("300000", "1", ""),
        ("5", "9", ""),
        ("7", "", ""),
        ("", "", "x"),
    ):
        rows[at_random.choice(list(rows))] = row
    return rows | {("999", "KS"): ("1", "1", ""), ("111", "ZZ"): ("1", "2", "")}


@pytest.mark.parametrize("seed", [0, 1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (2, 3, 4))])
def test_great_expectations_names_the_rows_that_the_conditions_find(office, seed):
    office.write("2024-10", spoilt(Random(seed)))
    data = dataset.read("2024-10", office.at)
    tables, seen = Tables(data), set()
    for suite in (each for each in suites.load() if not checks.nothing_to_test(data, each) and each.name != "waivers"):
        for rule in suite.rules:
            ran = gx.run([rule], tables.table(suite.name, rule.kind.table), checks.parameters(data))[rule.id]
            found = checks.failing(tables, rule)
            assert (ran.evaluated, ran.rows) == (len(found), tuple(found.index[found])), rule.id
            seen |= {rule.id} if ran.rows else set()
    assert {"C03", "C05", "C06", "C07", "C09", "C17"} <= seen


def test_no_process_that_only_reads_the_rule_book_loads_great_expectations():
    code = "import sys; from hotich.checks import earlier_months, rulebook, suites; suites.load()"
    ran = [sys.executable, "-c", f"{code}; sys.exit('great_expectations' in sys.modules)"]
    assert subprocess.run(ran, cwd=PROJECT).returncode == 0
