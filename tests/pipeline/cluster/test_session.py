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
from hotich.storage import paths

OCTOBER = exact("2024-10")


def sent(office, kept, facts):
    return parcels.office(office.at), parcels.month(office.at, OCTOBER, kept), parcels.facts(facts)


def test_a_page_is_made_far_from_where_the_office_lies_with_the_same_bytes(office, tmp_path, monkeypatch):
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
    with session.begun("worker") as worker:
        made = make_page(replace(job, variables=environment.of(office.at, kept)), facts)
        for each in (office.at.data, kept, folder):
            shutil.move(each, tmp_path / f"gone-{each.name}")
        assert worker.page("key", driver.addressed(job), *there) == made
    assert "Nhận xét của tháng." in made.files[1].content.decode()


def test_what_a_notebook_does_wrong_is_an_answer_and_not_a_failed_task(office, tmp_path, own):
    job = driver.addressed(own("1 / 0"))
    with session.begun("worker") as worker:
        answer = worker.page("key", job, *sent(office, tmp_path / "kept", tmp_path / "none.csv"))
    assert isinstance(answer, NotebookFailed)
    assert "ZeroDivisionError" in answer.message("en")


@pytest.mark.parametrize(
    ("failure", "says"),
    [(OSError(28, "No space left on device"), "No space left on device"), (MemoryError(), "has no memory left")],
)
def test_a_worker_without_space_or_memory_is_named(office, tmp_path, own, monkeypatch, failure, says):
    @contextmanager
    def full(*_):
        raise failure
        yield

    job = driver.addressed(own())
    with session.begun("machine-7") as worker:
        monkeypatch.setattr(worker._store, "using", full)
        answer = worker.page("key", job, *sent(office, tmp_path / "kept", tmp_path / "none.csv"))
    assert isinstance(answer, CannotNow)
    assert says in answer.message("en")
    assert "machine-7" in answer.message("vi")


def test_a_process_that_died_is_replaced_for_the_next_page(office, tmp_path, own):
    job, there = driver.addressed(own()), sent(office, tmp_path / "kept", tmp_path / "none.csv")
    with session.begun("worker") as worker:
        first = worker.page("one", job, *there)
        for process in worker._exporting._processes.values():
            process.kill()
            process.join()
        answers = [worker.page(key, job, *there) for key in ("two", "three")]
    assert answers[-1] == first
