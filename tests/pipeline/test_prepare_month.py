"""A month is judged in one process and prepared in another: together they give what one would, of the same inputs."""

import shutil

import pytest

from hotich import checks
from hotich.data import cache
from hotich.pipeline import prepare_month
from hotich.pipeline.check_month import judge


@pytest.fixture(autouse=True)
def apart(monkeypatch, tmp_path):
    """Every process knows only what it has read itself."""
    monkeypatch.setenv(cache.FOLDER, str(tmp_path / "once"))
    monkeypatch.setattr(cache, "_taken", {})


def words(office):
    return "2024-10", str(office.at.data), str(office.at.reports)


def judged(office):
    """What the other process says."""
    said = judge(*words(office))
    cache._taken.clear()
    return said


def prepared(office, folder, verdict=b""):
    month, *where = words(office)
    folder.mkdir()
    return prepare_month.prepare(month, "", *where, str(folder), "", verdict)


def written(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_two_processes_write_what_one_would(office, tmp_path):
    alone = prepared(office, tmp_path / "alone")
    shutil.rmtree(tmp_path / "once")
    cache._taken.clear()
    verdict = judged(office)
    prepare_month.begin(*words(office))
    assert prepared(office, tmp_path / "together", verdict) == alone
    assert written(tmp_path / "together") == written(tmp_path / "alone")
    assert {"measures.csv", "validation.json", "provenance.json"} <= written(tmp_path / "alone").keys()


def test_what_has_been_judged_is_not_checked_again(office, tmp_path, monkeypatch):
    verdict = judged(office)
    prepare_month.begin(*words(office))
    monkeypatch.setattr(checks.gx, "run", lambda *arguments: pytest.fail("checked again"))
    assert prepared(office, tmp_path / "new", verdict).rows == 18


def test_a_verdict_on_other_inputs_is_not_taken(office, tmp_path):
    verdict = judged(office)
    prepare_month.begin(*words(office))
    counts = office.at.data / "counts" / "2024-10.csv"
    counts.write_text(counts.read_text(encoding="utf-8").replace("111,KS,200,", "111,KS,20,"), encoding="utf-8")
    found = prepared(office, tmp_path / "new", verdict)
    assert found.stopped
    assert "200 → 20" in found.refusal["en"]


def test_what_was_known_of_a_month_goes_when_its_inputs_change(office):
    prepare_month.begin(*words(office))
    waivers = office.at.data / "waivers.csv"
    waivers.write_text("rule,area,register,month,reason,approved_by,expires\n", encoding="utf-8")
    prepare_month.begin(*words(office))
    assert len(cache._taken) == 1
