"""Pages made by workers on loopback: the same bytes, whatever happens to a worker, and a message when none can."""

import threading
from contextlib import contextmanager
from dataclasses import replace

import psutil
import pytest
from distributed import Client, LocalCluster
from loopback import free_port, gone, written

from hotich.errors import CannotNow, Note, NotebookFailed
from hotich.month import exact
from hotich.pipeline import kernels
from hotich.pipeline.cluster import address, driver, work
from hotich.pipeline.cluster.driver import Farm
from hotich.pipeline.kernels import environment
from hotich.pipeline.make_page import Made, MadeFile, make_page
from hotich.storage import temporary

OCTOBER = exact("2024-10")


@pytest.fixture
def home(tmp_path):
    """A session's folder, for a driver that has prepared nothing."""
    environment.use(tmp_path / "home")
    return tmp_path


@pytest.fixture
def scheduler():
    """A scheduler in this process, without workers."""
    with LocalCluster(n_workers=0, processes=False, protocol="tcp://", dashboard_address=":0") as cluster:
        yield cluster


@contextmanager
def farm_of(cluster):
    with Client(cluster, set_as_default=False) as client:
        yield Farm(client, cluster.scheduler_address)


class Asked(threading.Thread):
    """A page that is asked for while the test goes on: its outcome is what was made, or why nothing was."""

    def __init__(self, farm, office, folder, job):
        super().__init__(daemon=True)
        self.make, self.job, self.outcome = farm.of_draft(OCTOBER, office.at, folder / "none.csv"), job, None
        self.start()

    def run(self):
        try:
            self.outcome = self.make(self.job)
        except CannotNow as error:
            self.outcome = error

    def answer(self):
        self.join(90)
        return self.outcome


def lasting(own, kernel, *, once):
    """A job whose kernel says which process it is, then works for a minute: at the first run alone if `once`."""
    return own(
        f"import os, pathlib, time\nfile = pathlib.Path({str(kernel)!r})\nseen = file.exists()",
        f"file.write_text(str(os.getpid()))\nif not (seen and {once}):\n    time.sleep(60)",
    )


def test_workers_make_the_bytes_that_this_machine_makes(loopback, office, own, tmp_path):
    job = own()
    with temporary.folder(for_sockets=True) as here, kernels.running(here):
        expected = make_page(job, tmp_path / "none.csv")
        with driver.joined(address.read(loopback.address)) as farm:
            make = farm.of_draft(OCTOBER, office.at, tmp_path / "none.csv")
            assert [make(job), make(job)] == [expected, expected]
            assert farm.workers == 2


def test_what_a_lost_worker_was_making_is_made_by_another(loopback, office, own, home):
    job = lasting(own, home / "kernel", once=True)
    with driver.joined(address.read(loopback.address)) as farm:
        asked = Asked(farm, office, home, job)
        kernel = int(written(home / "kernel"))
        psutil.Process(kernel).parent().parent().kill()
        assert asked.answer().name == "own.vi"
        assert gone(kernel), "a kernel ends with its worker"


def test_a_page_at_which_every_worker_ends_is_named(loopback, office, own, home):
    kills = "import psutil, os\npsutil.Process(os.getpid()).parent().parent().kill()"
    with driver.joined(address.read(loopback.address)) as farm:
        refused = Asked(farm, office, home, own(kills)).answer()
    assert isinstance(refused, CannotNow)
    assert "own.vi: 2 workers ended" in refused.message("en")


def test_nothing_of_a_command_that_is_interrupted_goes_on_in_a_worker(loopback, office, own, home):
    with driver.joined(address.read(loopback.address)) as farm:
        Asked(farm, office, home, lasting(own, home / "kernel", once=False))
        kernel = int(written(home / "kernel"))
    assert gone(kernel)


def test_what_fails_in_a_worker_is_told_as_it_is_here(loopback, office, own, home):
    job = own("1 / 0")
    with driver.joined(address.read(loopback.address)) as farm, pytest.raises(NotebookFailed, match=r"cell-0.*ZeroDiv"):
        farm.of_draft(OCTOBER, office.at, home / "none.csv")(job)


def test_a_scheduler_that_is_not_there_is_told_at_once(monkeypatch):
    monkeypatch.setattr(driver, "CONNECT", 0.2)
    nowhere = address.read(f"tcp://127.0.0.1:{free_port()}")
    with pytest.raises(CannotNow, match=f"No scheduler answered at {nowhere.scheduler}"), driver.joined(nowhere):
        pass


def test_a_scheduler_that_goes_away_is_told(scheduler, office, own, home):
    with farm_of(scheduler) as farm:
        asked = Asked(farm, office, home, own())
        scheduler.close()
        assert "went away while it was making pages" in asked.answer().message("en")


def test_a_cluster_without_workers_is_told(scheduler, office, own, home, monkeypatch):
    monkeypatch.setattr(driver, "PATIENCE", 0.3)
    with farm_of(scheduler) as farm:
        with pytest.raises(CannotNow, match=r"--preload hotich\.pipeline"):
            farm.require_workers()
        assert "has had no worker" in Asked(farm, office, home, own()).answer().message("en")


def test_a_worker_of_another_version_is_refused_by_name(scheduler, monkeypatch):
    scheduler.scale(1)
    with farm_of(scheduler) as farm:
        farm._client.wait_for_workers(1)
        with pytest.raises(CannotNow) as refused:
            farm.require_workers()
        name, (at, _) = "0", next(iter(farm._workers().items()))
        assert f"{name} ({at}: –)" in refused.value.message("en")
        theirs = {"name": "ours", "resources": {work.resource(): 1.0}, "nthreads": 1}
        older = {"name": "hanoi-7", "resources": {"hotich-0123456789abcdef": 1.0}, "nthreads": 1}
        monkeypatch.setattr(farm, "_workers", lambda: {"tcp://a:1": theirs, "tcp://b:2": older})
        with pytest.warns(Note, match=r"hanoi-7 \(tcp://b:2: hotich-0123456789abcdef\)"):
            farm.require_workers()
        assert farm.workers == 1


def test_a_page_that_arrives_altered_is_asked_for_again_and_never_used(scheduler, own, home, monkeypatch):
    with farm_of(scheduler) as farm:
        job = own()
        file = MadeFile.of("own.vi.html", b"page")
        good = Made("own.vi", (file,))
        bad = replace(good, files=(replace(file, content=b"pag"),))
        answers = iter([bad, good, bad, bad])
        monkeypatch.setattr(farm, "_answer", lambda name, asked: next(answers))
        assert farm.page(job) == good
        with pytest.raises(CannotNow, match="its hash differs"):
            farm.page(job)
