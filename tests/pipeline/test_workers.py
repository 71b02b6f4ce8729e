"""Workers answer with what a task returns or raises, and none outlives the command."""

import json
import os
import signal
import time
import traceback
from concurrent.futures import BrokenExecutor
from pathlib import Path

import psutil
import pytest

from hotich.errors import InputRefused, NotebookFailed
from hotich.month import Month
from hotich.pipeline import kernels, tasks, workers
from hotich.storage.paths import Folders


@pytest.fixture(scope="module", params=["forked", pytest.param("ordinary", marks=pytest.mark.slow)])
def _running(request, tmp_path_factory):
    """Both ways a worker can start."""
    with pytest.MonkeyPatch.context() as patched, kernels.running(tmp_path_factory.mktemp("home")):
        patched.setenv(kernels.SWITCH, request.param)
        yield


pytestmark = pytest.mark.usefixtures("_running")


@pytest.fixture
def crew():
    with workers.of_month() as crew:
        yield crew


def test_a_worker_has_the_fixed_environment_and_is_gone_after_the_block(monkeypatch):
    monkeypatch.setenv("SECRET_OF_THE_USER", "1")
    with workers.of_month() as crew:
        number = crew.submit(os.getpid).result()
        assert crew.submit(os.getenv, "SECRET_OF_THE_USER").result() is None
        assert crew.submit(os.getenv, "TZ").result() == "UTC"
    assert number != os.getpid()
    assert not psutil.pid_exists(number)


def test_a_failure_that_a_user_can_act_on_comes_back_as_it_is(crew, tmp_path):
    with pytest.raises(InputRefused) as caught:
        crew.submit(tasks.count, Month(2024, 10), Folders(tmp_path, tmp_path)).result()
    with pytest.raises(InputRefused) as here:
        tasks.count(Month(2024, 10), Folders(tmp_path, tmp_path))
    assert str(caught.value) == str(here.value)


def test_what_the_system_refuses_comes_back_with_its_file(crew, tmp_path):
    with pytest.raises(FileNotFoundError) as caught:
        crew.submit(Path.read_bytes, tmp_path / "gone").result()
    assert caught.value.filename == str(tmp_path / "gone")


def test_an_error_of_the_program_comes_back_with_the_place_where_it_arose(crew):
    with pytest.raises(json.JSONDecodeError) as caught:
        crew.submit(json.loads, "{").result()
    assert "raw_decode" in "".join(traceback.format_exception(caught.value))
    assert crew.submit(json.loads, "{}").result() == {}


def test_a_worker_that_was_killed_is_said_to_have_died_at_what_it_made(crew):
    with pytest.raises(NotebookFailed) as caught, workers.named("2024-10"):
        crew.submit(os.kill, crew.submit(os.getpid).result(), signal.SIGKILL).result()
    assert "2024-10" in caught.value.message("vi")
    assert isinstance(caught.value.__cause__, BrokenExecutor)


def test_another_worker_answers_where_one_is_busy(monkeypatch):
    monkeypatch.setattr(kernels, "cores", lambda: 2)
    with workers.of_month() as crew:
        asleep = crew.submit(time.sleep, 5)
        crew.submit(os.getpid).result()
        assert not asleep.done()


def test_kernels_and_workers_count_cores_where_the_system_tells_no_affinity(monkeypatch):
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    assert kernels.cores() == os.cpu_count()
    with workers.of_month() as crew:
        assert crew.submit(os.getpid).result() != os.getpid()


def test_a_worker_that_nobody_waits_for_is_ended_and_no_other_starts(tmp_path):
    with kernels.running(tmp_path), workers.of_month() as crew:
        number, asleep = crew.submit(os.getpid).result(), crew.submit(time.sleep, 600)
        kernels.stop()
        with pytest.raises(BrokenExecutor):
            asleep.result(timeout=20)
        assert not psutil.pid_exists(number)
        with pytest.raises(NotebookFailed), workers.of_month() as late:
            late.submit(os.getpid)
