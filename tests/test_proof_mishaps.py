"""A short version of each part of `make prove-faults`, and the document tells what the long one found."""

import pytest
from conftest import FAILURES

from proof.mishaps import attacks, document, fuzz, kills, readers, step_failures, tamperings
from proof.mishaps.step_failures import NEW, OLD, OPERATIONS

STRIDES = {"report": 32, "import": 16, "publish": 66, "reset-data": 10}


@pytest.mark.parametrize("failure", FAILURES)
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_whichever_operation_on_files_fails_the_old_set_stands_or_the_new_one_and_the_words_say_which(
    tmp_path, operation, failure
):
    result = step_failures.prove(operation, failure, tmp_path, stride=STRIDES[operation.name])
    assert result.wrong == []
    assert set(result.outcomes) == {OLD, NEW}


@pytest.mark.parametrize("name", [pytest.param("report", marks=pytest.mark.slow), "import", "reset-data"])
def test_a_command_that_is_killed_loses_nothing_and_the_next_run_succeeds(tmp_path, name):
    kills.prepare(tmp_path)
    office = kills.Office(tmp_path)
    kills.keep_states(office)
    (command,) = (each for each in kills.COMMANDS if each.name == name)
    result = kills.prove(office, command, 1, seed=3)
    assert (result.kills, result.wrong) == (1, [])


def test_attacks_on_releases_are_found_and_nothing_is_run_or_written_for_them(tmp_path):
    every = tamperings.table()
    assert len(every) >= 60
    assert set(tamperings.KINDS) == {each.counts for each in every}
    result = attacks.prove(every[::30], tmp_path)
    assert result.wrong == []
    assert result.counted.total() == len(every[::30])


@pytest.mark.parametrize("target", readers.TARGETS, ids=lambda target: target.name)
def test_damaged_files_are_read_or_refused(tmp_path, target):
    result = fuzz.prove(target, tmp_path / "office", examples=8)
    assert result.wrong == []
    assert result.tried >= 8


def test_the_document_has_the_figures_of_the_long_proof_last():
    told = document.FILE.read_text(encoding="utf-8").partition(document.HEADING)[2]
    assert [line for line in told.splitlines() if line.startswith("## ")] == []
    for operation in OPERATIONS:
        assert f"| `{operation.name}` |" in told
    for target in readers.TARGETS:
        assert f"| {target.name} |" in told
