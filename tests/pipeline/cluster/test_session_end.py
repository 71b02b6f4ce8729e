"""A worker whose processes cannot be started any more, in a session that no other test shares."""

import os
import time

import psutil

from hotich.errors import ExitCode
from hotich.month import exact
from hotich.pipeline import kernels
from hotich.pipeline.cluster import driver, parcels, session

OCTOBER = exact("2024-10")


def test_a_worker_ends_when_what_it_forks_from_has_ended(office, tmp_path, own, monkeypatch):
    ended = []
    monkeypatch.setattr(os, "_exit", ended.append)
    job = driver.addressed(own("1 / 0"))
    there = (
        parcels.office(office.at),
        parcels.month(office.at, OCTOBER, tmp_path / "kept"),
        parcels.facts(tmp_path / "none.csv"),
    )
    with session.begun("worker") as worker:
        worker.page("one", job, *there)
        assert ended == []
        source = psutil.Process(kernels._source[0])
        source.kill()
        while source.status() != psutil.STATUS_ZOMBIE:  # somebody else waits for it, and must find it
            time.sleep(0.01)
        answer = worker.page("two", job, *there)
    assert ended == [ExitCode.PROGRAM_ERROR]
    assert "runner.dead" in answer.key
