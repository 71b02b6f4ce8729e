"""A cluster on loopback, by the commands of docs/cluster.md."""

import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from hotich.storage.paths import PROJECT

DOCUMENT = PROJECT / "docs" / "cluster.md"


def documented(word):
    """The commands of the document's chapter on loopback that begin with a program, as they stand there."""
    text = DOCUMENT.read_text(encoding="utf-8")
    chapter = text.partition("## By hand")[2].partition("\n## ")[0]
    lines = "\n".join(re.findall(r"```\n(.*?)```", chapter, flags=re.DOTALL)).splitlines()
    return [line.partition("#")[0].strip() for line in lines if line.startswith(word)]


@dataclass
class Loopback:
    """A scheduler and its workers, each a process with its own folder and without our variables."""

    address: str
    folder: Path
    processes: list

    def start(self, command):
        """Start what the document says, on our port."""
        words = shlex.split(command.replace("8786", self.address.rpartition(":")[2]).replace("8787", "0"))
        words[0] = str(Path(sys.executable).with_name(Path(words[0]).name))
        at = self.folder / str(len(self.processes))
        at.mkdir()
        own = {"PATH": os.environ["PATH"], "HOME": str(at), "TMPDIR": str(at), "PYTHONUNBUFFERED": "1"}
        own |= {name: os.environ[name] for name in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE") if name in os.environ}
        own["DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES"] = "1"
        with (at / "log").open("w") as log:
            self.processes.append(
                subprocess.Popen(words, cwd=at, env=own, stdout=log, stderr=log, start_new_session=True)
            )
        return self.processes[-1]

    def end(self):
        """End all of it, and wait for that."""
        everything = []
        for process in self.processes:
            with suppress(psutil.NoSuchProcess):
                everything += [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
        for process in reversed(self.processes):
            process.send_signal(signal.SIGTERM)
        for process in self.processes:
            with suppress(subprocess.TimeoutExpired):
                process.wait(20)
        for process in everything:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        for process in self.processes:
            process.wait()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def written(path, seconds=60):
    """What is in a file, once a notebook has written it."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if path.is_file() and (text := path.read_text()):
            return text
        time.sleep(0.05)
    raise AssertionError(f"{path} was not written")


def gone(process, seconds=20):
    """Whether a process ends in that time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if not psutil.pid_exists(process) or psutil.Process(process).status() == psutil.STATUS_ZOMBIE:
            return True
        time.sleep(0.05)
    return False
