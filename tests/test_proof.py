"""The checks are seen to fail: a short proof of every kind of fault, and quiet on clean months."""

from random import Random

import pytest

from hotich import checks
from hotich.checks import FAILED
from proof import clean, mergers, printing, run, table
from proof.faults import CRITICAL, FAULTS, LIFE
from proof.month import DIGITISED, REQUIRED, STATUS, Spoilt

PLACES = 1


@pytest.fixture(scope="module")
def book():
    return clean.book()


@pytest.fixture(scope="module")
def series(tmp_path_factory):
    return [clean.series(seed, tmp_path_factory.mktemp("series")) for seed in (101, 102)]


@pytest.fixture(scope="module")
def quiet(series, book):
    return run.baseline(series, book)


@pytest.mark.parametrize("kind", [each for each in FAULTS if each.group != LIFE], ids=lambda kind: kind.name)
def test_a_fault_of_each_kind_is_caught_wherever_it_is_put(kind, series, quiet, book):
    result = run.prove(kind, series, quiet, book, PLACES)
    assert (result.places, result.caught) == (PLACES, PLACES), table.line(result)


def test_clean_months_have_no_critical_finding_and_at_most_one_false_warning(quiet):
    months = list(quiet.values())
    assert not any(table.false_alarms(months, CRITICAL))
    assert max(table.false_alarms(months, "warning")) <= table.MOST


@pytest.mark.parametrize("divided", [False, True])
def test_units_that_merge_or_are_divided_as_they_should_bring_no_warning_about_it(series, quiet, book, divided):
    chance, places = Random(7), 0
    while places < 3:
        drawn, at = chance.choice(series), chance.randrange(2, 11)
        month = Spoilt(drawn.until(at), chance)
        if (units := mergers.chosen(month, others=1 + divided)) is None:
            continue
        gone, kept = units
        lines = mergers.end(month, gone, kept)
        for unit, part in zip(kept, mergers.halves(lines) if divided else [lines], strict=True):
            mergers.add(month, unit, part)
        places += 1
        assert "S15" not in {rule for rule, _, _ in clean.broken(month.dataset(), book)}


def test_great_expectations_finds_what_the_plain_functions_find(series, book):
    month = Spoilt(series[0].until(9), Random(5))
    for kind in (
        "digitised falls by one entry",
        "required and digitised changed places",
        "a unit's counts moved by a line",
    ):
        next(each for each in FAULTS if each.name == kind).inject(month)
    data = month.dataset()
    ran = {
        (finding.rule, finding.area, finding.register): finding.severity
        for outcome in checks.run(data).outcomes
        if outcome.status == FAILED
        for finding in outcome.findings
    }
    assert ran == clean.broken(data, book)
    assert {"C09", "S01", "S12"} <= {rule for rule, _, _ in ran}


def test_figures_printed_without_a_mistake_break_no_rule(series, book):
    data = series[0].until(10)
    printed = printing.publish(data, printing.true(data), printing.true(data))
    assert not {rule for rule, _, _ in clean.broken(printed, book) if rule.startswith("P")}


def test_a_merger_that_adds_everything_up_breaks_no_rule_of_the_series(series, book, monkeypatch):
    month = Spoilt(series[0].until(9), Random(3))
    merge = next(each for each in FAULTS if "merger" in each.name).inject
    everything = {(line[0], line[1]): line for line in map(list, month.lines)}
    assert merge(month)
    (kept,) = month.touched
    (gone,) = {area for area, _ in everything} - {line[0] for line in month.lines}
    for line in (line for line in month.unit(kept) if line[STATUS] == ""):
        for column in (REQUIRED, DIGITISED):
            line[column] = str(int(line[column]) + int(everything[gone, line[1]][column]))
    assert not {rule for rule, area, _ in clean.broken(month.dataset(), book) if area == kept}


def test_what_is_listed_as_real_life_tells_why():
    assert all(each.reason for each in FAULTS if each.group == LIFE)
    assert len([each for each in FAULTS if each.group != LIFE]) >= 40
