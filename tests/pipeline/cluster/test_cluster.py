"""Whole commands on a cluster, as docs/cluster.md has them."""

import os
import shlex
import signal
import subprocess

import psutil
import pytest
from conftest import HOTICH
from loopback import documented, gone

from hotich.errors import ExitCode
from hotich.storage.paths import PROJECT


def contents(folder):
    return {path.relative_to(folder): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.slow
def test_the_commands_of_the_document_make_on_two_workers_the_report_that_this_machine_makes(
    loopback, october, tmp_path
):
    (command,) = documented("make report")
    words = shlex.split(command.replace("8786", loopback.address.rpartition(":")[2]))
    done = subprocess.run([*words, f"REPORTS={tmp_path}"], cwd=PROJECT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert f"tiến trình tạo: {loopback.address}" in done.stderr
    assert contents(tmp_path / "draft" / "2024-10") == contents(october[1])


def test_an_interrupted_command_leaves_none_of_the_workers_that_it_started(office):
    words = ["report", "10", "--data", office.at.data, "--reports", office.at.reports, "--cluster", "local:2"]
    running = subprocess.Popen(
        [HOTICH, *words],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "LANG": "en_US.UTF-8", "LC_ALL": ""},
    )
    first = running.stderr.readline()
    assert "2 workers make the pages: local:2." in first
    started = [child.pid for child in psutil.Process(running.pid).children(recursive=True)]
    assert len(started) > 2
    os.killpg(running.pid, signal.SIGINT)
    _, said = running.communicate(timeout=120)
    assert running.returncode == ExitCode.INTERRUPTED, said
    assert all(gone(process) for process in started)
    assert "Stopped." in said
    assert "Traceback" not in said
    assert "leaked" not in said
    assert not office.at.draft("2024-10").exists()
