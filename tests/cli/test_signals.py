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


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_that_another_thread_received_ends_the_main_threads_wait(number):
    program = WAITING.format(number=int(number))
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=30)
    assert done.stdout.split() == ["ready", "heard", str(int(number))], done.stderr
