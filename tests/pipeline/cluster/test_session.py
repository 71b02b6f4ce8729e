"""What a worker does with what it was sent, in this process and without Dask."""

import shutil
from contextlib import contextmanager
from dataclasses import replace

import pytest

from hotich.data import results
from hotich.errors import CannotNow, NotebookFailed
from hotich.month import exact
from hotich.pipeline import pages
from hotich.pipeline.cluster import driver, parcels, session
from hotich.pipeline.kernels import environment
from hotich.pipeline.make_page import make_page
from hotich.pipeline.plan import Draft, Wanted
from hotich.pipeline.prepare_month import prepare
from hotich.storage import hashing, paths

OCTOBER = exact("2024-10")


@pytest.fixture(scope="module")
def worker():
    """A worker's session, which every test leaves as it was."""
    with session.begun("machine-7") as begun:
        yield begun


def sent(office, kept, facts):
    return parcels.office(office.at), parcels.month(office.at, OCTOBER, kept), parcels.facts(facts)


def test_a_page_is_made_far_from_where_the_office_lies_with_the_same_bytes(worker, office, tmp_path, monkeypatch):
    (office.at.data / "comments").mkdir()
    (office.at.data / "comments" / "2024-10.vi.md").write_text(
        "## Đánh giá\nNhận xét của tháng.\n\n— Người ký\n", encoding="utf-8"
    )
    kept, folder = tmp_path / "kept", tmp_path / "draft"
    folder.mkdir()
    monkeypatch.setenv(results.FOLDER, str(kept))
    summary = prepare(OCTOBER, "", office.at, folder, folder, {})
    jobs = Draft(OCTOBER, "", office.at, folder, summary).jobs(Wanted(pages.monthly()))
    job = next(job for job in jobs if job.name == "report.vi")
    facts = folder / paths.MEASURES
    there = sent(office, kept, facts)
    made = make_page(replace(job, variables=environment.of(office.at, kept)), facts)
    for each in (office.at.data, kept, folder):
        shutil.move(each, tmp_path / f"gone-{each.name}")
    assert worker.page("key", driver.addressed(job), *there) == made
    assert "Nhận xét của tháng." in made.files[1].content.decode()


def test_what_a_notebook_does_wrong_is_an_answer_and_not_a_failed_task(worker, office, tmp_path, own):
    job = driver.addressed(own("1 / 0"))
    answer = worker.page("key", job, *sent(office, tmp_path / "kept", tmp_path / "none.csv"))
    assert isinstance(answer, NotebookFailed)
    assert "ZeroDivisionError" in answer.message("en")


@pytest.mark.parametrize(
    ("failure", "says"),
    [(OSError(28, "No space left on device"), "No space left on device"), (MemoryError(), "has no memory left")],
)
def test_a_worker_without_space_or_memory_is_named(worker, office, tmp_path, own, monkeypatch, failure, says):
    @contextmanager
    def full(*_):
        raise failure
        yield

    job = driver.addressed(own())
    monkeypatch.setattr(worker._store, "using", full)
    answer = worker.page("key", job, *sent(office, tmp_path / "kept", tmp_path / "none.csv"))
    assert isinstance(answer, CannotNow)
    assert says in answer.message("en")
    assert "machine-7" in answer.message("vi")


def test_a_process_that_makes_pages_is_replaced_when_it_has_ended(worker, office, tmp_path, own):
    job, there = driver.addressed(own()), sent(office, tmp_path / "kept", tmp_path / "none.csv")
    first = worker.page("one", job, *there)
    (exporter,) = worker._exporters._idle
    exporter._process.kill()
    exporter._process.join()
    assert worker.page("two", job, *there) == first
    assert worker._exporters._idle != [exporter]


def test_a_worker_whose_package_was_changed_under_it_makes_nothing(worker, office, tmp_path, own, monkeypatch):
    job = driver.addressed(own("'sent to this worker for the first time'"))
    monkeypatch.setattr(hashing, "making", lambda: "after git pull")
    answer = worker.page("key", job, *sent(office, tmp_path / "kept", tmp_path / "none.csv"))
    assert isinstance(answer, CannotNow)
    assert "have changed under the worker machine-7" in answer.message("en")
