"""Facts in a file: the same as in memory, read for the areas that are asked for."""

from datetime import date
from decimal import Decimal

import pytest

from hotich import measures
from hotich.checks import Checked
from hotich.data import dataset
from hotich.measures import by_area, facts
from hotich.measures.facts import Fact
from hotich.month import Month
from hotich.storage.paths import MEASURES


@pytest.fixture
def m(office):
    return measures.read(Checked(dataset.read("2024-10", office.at), ()))


@pytest.fixture
def in_file(m, tmp_path):
    by_area.write(tmp_path / "facts.sqlite", m.facts, m.checked.data.areas)
    return by_area.InFile(tmp_path / "facts.sqlite")


def test_facts_come_back_as_they_were_in_their_order(m, in_file):
    assert list(in_file.values()) == list(m.facts.values())
    assert list(in_file) == list(m.facts)
    assert len(in_file) == len(m.facts)
    assert {key: in_file[key] for key in m.facts} == dict(m.facts)


def test_every_kind_of_value_comes_back_as_it_was(m, tmp_path):
    values = (7, Decimal("81.5200"), date(2024, 10, 22), Month(2024, 9), "12")
    given = {f"1/all/x{n}": Fact("1", "all", f"x{n}", value, "text", "quoted") for n, value in enumerate(values)}
    by_area.write(tmp_path / "facts.sqlite", given, m.checked.data.areas)
    found = list(by_area.InFile(tmp_path / "facts.sqlite").values())
    assert found == list(given.values())
    assert [str(fact.value) for fact in found] == [str(value) for value in values]


def test_a_name_that_no_fact_has_is_in_no_file(in_file):
    assert in_file.get("1/all/nothing") is None
    assert in_file.get("999/all/required") is None
    assert "" not in in_file


def test_only_the_facts_of_the_areas_that_are_asked_for_are_read(in_file):
    assert in_file["11/all/required"].area == "11"
    assert {fact.area for block in in_file._read.values() for fact in block.values()} == {"11"}
    assert in_file["111/all/required"].area == "111"
    assert "121" not in {fact.area for block in in_file._read.values() for fact in block.values()}


def test_the_facts_of_some_areas_are_the_same_in_memory_and_in_a_file(m, in_file):
    wanted = ["11", "111"]
    assert sorted(by_area.of(in_file, wanted), key=repr) == sorted(by_area.of(m.facts, wanted), key=repr)
    assert {fact.area for fact in by_area.of(m.facts, wanted)} == {"11", "111"}


def test_what_others_have_printed_is_told_apart_from_what_follows_from_the_counts(m):
    assert set(by_area.rest(m.facts)) < set(m.facts)
    assert not any(fact.measure == "required" for fact in by_area.rest(m.facts).values())
    assert by_area.rest(dict(m.facts)) == dict(m.facts)


def test_a_fact_is_found_in_measures_csv_without_reading_the_others(m, tmp_path):
    measures.write(m, tmp_path / MEASURES)
    lines, known = facts.InLines(tmp_path / MEASURES), facts.read(tmp_path / MEASURES)
    assert {name: lines[name] for name in known} == known
    assert not any(name in lines for name in ("", "0", "1/all/requiree", "1/all/required@2024-01", "zzz"))
    assert list(lines) == list(known)
    assert len(lines) == len(known)
