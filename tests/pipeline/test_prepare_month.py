"""A month is checked by one process and prepared by another: together they give what one would, of the same inputs."""

import pytest
from conftest import cells

from hotich import checks, measures
from hotich.data import results
from hotich.errors import InputRefused
from hotich.language import LANGUAGES
from hotich.month import Month
from hotich.pipeline import tasks

OCTOBER = Month(2024, 10)


@pytest.fixture(autouse=True)
def folder_of_results(monkeypatch, tmp_path):
    """The folder in which the tasks of a command hand results to one another."""
    monkeypatch.setenv(results.FOLDER, str(tmp_path / "results"))


def prepared(office, folder):
    folder.mkdir()
    return tasks.prepare(OCTOBER, "", office.at, folder, folder / "last", {})


def written(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_two_processes_write_what_one_would(office, tmp_path, monkeypatch):
    alone = prepared(office, tmp_path / "alone")
    monkeypatch.setenv(results.FOLDER, str(tmp_path / "others"))
    tasks.check_month(OCTOBER, office.at)
    tasks.look_back(OCTOBER, office.at)
    tasks.count(OCTOBER, office.at)
    assert prepared(office, tmp_path / "together") == alone
    assert written(tmp_path / "together") == written(tmp_path / "alone")
    assert {"measures.csv", "validation.json", "provenance.json"} <= written(tmp_path / "alone").keys()


def test_what_has_been_checked_and_begun_is_not_done_again(office, tmp_path, monkeypatch):
    tasks.check_month(OCTOBER, office.at)
    tasks.look_back(OCTOBER, office.at)
    tasks.count(OCTOBER, office.at)
    monkeypatch.setattr(checks.gx, "run", lambda *arguments: pytest.fail("checked again"))
    monkeypatch.setattr(measures.Basis, "of", lambda data: pytest.fail("summed again"))
    assert prepared(office, tmp_path / "new").rows == 18


def test_the_checks_of_other_inputs_are_not_taken(office, tmp_path):
    tasks.check_month(OCTOBER, office.at)
    tasks.look_back(OCTOBER, office.at)
    tasks.count(OCTOBER, office.at)
    counts = office.at.data / "counts" / "2024-10.csv"
    counts.write_text(counts.read_text(encoding="utf-8").replace("111,KS,200,", "111,KS,20,"), encoding="utf-8")
    found = prepared(office, tmp_path / "new")
    assert found.stopped
    assert "200 → 20" in found.refusal["en"]


SILENT = {key: ("", "", row[2] or "not_reported") for key, row in cells(30).items()}


def test_a_month_of_which_nobody_has_reported_is_rejected_with_that_as_the_reason(office, tmp_path):
    office.write("2024-10", SILENT)
    found = prepared(office, tmp_path / "new")
    assert found.stopped
    assert "nobody has reported" in found.refusal["en"]


def test_a_district_of_which_nobody_has_reported_is_refused_with_the_file(office, tmp_path):
    office.write("2024-10", cells(30) | {key: row for key, row in SILENT.items() if key[0].startswith("11")})
    with pytest.raises(InputRefused, match=r"counts/2024-10\.csv"):
        tasks.prepare(OCTOBER, "11", office.at, tmp_path, tmp_path / "last", {})


def test_a_name_that_no_page_can_show_is_refused_before_anything_is_written(office, tmp_path):
    areas = office.at.data / "areas.csv"
    areas.write_text(areas.read_text(encoding="utf-8").replace("Huyện Hai,", "Huyện 😀,"), encoding="utf-8")
    with pytest.raises(InputRefused) as refused:
        prepared(office, tmp_path / "new")
    assert all("areas.csv, 12" in refused.value.message(language) for language in LANGUAGES)
    assert not written(tmp_path / "new")
