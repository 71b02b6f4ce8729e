"""Ctrl-C and SIGTERM are heard by a main thread that waits, whichever thread the system gives them to."""

import signal
import subprocess
import sys

import pytest

WAITING = """
import signal, threading, time
from hotich.cli import signals

def receives():
    print("ready", flush=True)
    time.sleep(0.2)
    signal.pthread_kill(threading.get_ident(), {number})
    time.sleep(60)

signals.listen()
threading.Thread(target=receives, daemon=True).start()
try:
    threading.Event().wait()
except KeyboardInterrupt:
    print("heard", *signals.by, flush=True)
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_that_another_thread_received_ends_the_main_threads_wait(number):
    program = WAITING.format(number=int(number))
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=30)
    assert done.stdout.split() == ["ready", "heard", str(int(number))], done.stderr


HELD = """
import os, signal, time
from hotich.cli import commands, signals

def command():
    try:
        os.kill(os.getpid(), {number})
        time.sleep(60)
    finally:
        for _ in range(50):
            os.kill(os.getpid(), {number})
            time.sleep(0.005)
        try:
            raise OSError("while cleaning up")
        except OSError:
            os.kill(os.getpid(), {number})
        print("cleaned up", flush=True)

signals.listen()
code = commands._guarded(command)
for _ in range(50):
    os.kill(os.getpid(), {number})
os._exit(code)
"""


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 143)])
def test_a_key_that_is_held_down_does_not_end_the_cleaning_up(number, code):
    program = HELD.format(number=int(number))
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=30)
    assert (done.returncode, done.stdout) == (code, "cleaned up\n"), done.stderr
    assert "Traceback" not in done.stderr


LOST = """
import os, signal
from hotich.cli import signals

signals.listen()
try:
    os.kill(os.getpid(), signal.SIGINT)
except KeyboardInterrupt:
    pass  # as a library might
try:
    os.kill(os.getpid(), signal.SIGINT)
except KeyboardInterrupt:
    print("heard again")
"""


def test_an_interruption_that_got_lost_can_be_repeated():
    done = subprocess.run([sys.executable, "-c", LOST], capture_output=True, text=True, timeout=30)
    assert done.stdout == "heard again\n", done.stderr


def test_what_nohup_has_started_goes_on_when_the_terminal_has_gone():
    program = "import os, signal; from hotich.cli import signals; signals.listen(); os.kill(os.getpid(), signal.SIGHUP)"
    words = ["nohup", sys.executable, "-c", program]
    assert subprocess.run(words, capture_output=True, timeout=30).returncode == 0


DECIDED = """
import os, pathlib, signal, sys
from hotich.cli import commands, signals
from hotich.release import publish
from hotich.storage import transaction

data, real = pathlib.Path(sys.argv[1]), pathlib.Path.rename
fails = sys.argv[3] == "fails"

def rename(self, target):
    os.kill(os.getpid(), signal.SIGINT)
    if fails:
        raise OSError("the disk is full")
    return real(self, target)

def command():
    new = data / "new"
    new.mkdir()
    pathlib.Path.rename = rename
    try:
        if sys.argv[2] == "publish":
            publish._move(new, data / "release")
        else:
            transaction.commit(data, {"release": b""})
    except OSError as error:
        os.kill(os.getpid(), signal.SIGINT)
    os.kill(os.getpid(), signal.SIGINT)
    print("outcome told", flush=True)

signals.listen()
os._exit(commands._guarded(command))
"""


@pytest.mark.parametrize("what", ["publish", "import"])
def test_what_is_decided_is_done_and_told_whatever_key_is_pressed_then(tmp_path, what):
    words = [sys.executable, "-c", DECIDED, str(tmp_path), what, "works"]
    done = subprocess.run(words, capture_output=True, text=True, timeout=30)
    assert (done.returncode, done.stdout) == (0, "outcome told\n"), done.stderr
    assert (tmp_path / "release").exists()


def test_what_could_not_be_decided_can_be_interrupted(tmp_path):
    words = [sys.executable, "-c", DECIDED, str(tmp_path), "publish", "fails"]
    done = subprocess.run(words, capture_output=True, text=True, timeout=30)
    assert (done.returncode, done.stdout) == (130, ""), done.stderr
    assert not (tmp_path / "release").exists()
