"""How Jupyter starts our kernels: a provisioner that forks them from the preloaded process."""

import asyncio
import os
import signal
import sys
from contextlib import suppress
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Final

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning import LocalProvisioner

from hotich.errors import ExitCode
from hotich.pipeline import kernels
from hotich.pipeline.kernels import environment

_CHANNELS: Final = ("shell", "iopub", "stdin", "control", "hb")
_PATIENCE: Final = 1.0
"""Seconds after which somebody else may wait for the end of a kernel that has been killed."""
_EXTENSION: Final = "--IPKernelApp.extensions=hotich.jupyter"
"""What notebooks load by `%load_ext hotich`: under another name, or IPython would print that it is there already."""
_PULSE: Final = 0.005
"""Seconds from one look whether a kernel listens, or has ended, to the next."""


class Forked:
    """A forked kernel with the few methods of Popen that jupyter_client's provisioner calls."""

    stdin = stdout = stderr = None

    def __init__(self, process: BaseProcess) -> None:
        self._process = process
        self.pid = process.pid

    def poll(self) -> int | None:
        """Return its exit code, None while it runs."""
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int | None:
        """Wait for its end."""
        self._process.join(timeout)
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        """Send it a signal; one that has ended already gets none."""
        if self._process.is_alive() and self.pid is not None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)


class ForkProvisioner(LocalProvisioner):
    """Starts a real ipykernel: forked where possible, the ordinary way otherwise, in the same environment."""

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401
        """Let its sockets be files in the private folder: ports could be taken, or used, by anybody on the machine."""
        at = environment.sockets() / self.kernel_id[:8]
        manager: Any = self.parent
        manager.connection_file, manager.transport, manager.ip = f"{at}.json", "ipc", str(at)
        return await super().pre_launch(**kwargs)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:  # noqa: ANN401
        """Start the kernel that `cmd` would start."""
        connection_file = cmd[cmd.index("-f") + 1]
        varied = {name: kwargs["env"][name] for name in environment.VARIED if name in kwargs["env"]}
        if not kernels.forking():
            kwargs |= {"env": environment.variables() | varied, "cwd": str(environment.home())}
            return await super().launch_kernel([sys.executable, *cmd[1:], _EXTENSION], **kwargs)
        process = kernels.launch(serve, connection_file, str(environment.home()), varied)
        self.process = Forked(process)  # type: ignore[assignment] # not a Popen, but it has what is called of one
        self.pid, self.pgid = process.pid, None
        await self._listening(process)
        return self.connection_info

    async def kill(self, restart: bool = False) -> None:
        """End it, and wait for that: jupyter_client would look only ten times a second."""
        await super().kill(restart)
        patience = _PATIENCE
        while self.process and await self.poll() is None and patience > 0:
            await asyncio.sleep(_PULSE)
            patience -= _PULSE

    async def cleanup(self, restart: bool = False) -> None:
        """End what the kernel has started, too, however it has ended itself."""
        if self.pid:
            with suppress(ProcessLookupError, PermissionError):  # nothing is left; macOS says the latter then
                os.killpg(self.pid, signal.SIGKILL)
        await super().cleanup(restart)

    async def _listening(self, process: BaseProcess) -> None:
        """Wait until the kernel listens: a client that connects too early retries only after 0.1 s."""
        known: dict[str, Any] = {**self.connection_info}
        sockets = [Path(f"{known['ip']}-{known[f'{channel}_port']}") for channel in _CHANNELS]
        while process.is_alive() and not all(socket.exists() for socket in sockets):
            await asyncio.sleep(_PULSE)


def serve(connection_file: str, folder: str, varied: dict[str, str]) -> None:
    """Run a real ipykernel in the forked child, in a session of its own; it ends when the driver ends.

    `varied` are the variables that the process it is forked from need not have: that may serve several offices.
    """
    os.setsid()
    os.environ.update(varied)
    kernels.die_with_parent(kernels.end_group)
    os.chdir(folder)
    quiet = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(quiet, stream)
    if not getattr(sys.modules.get(kernels.PRELOAD), "READY", False):
        os._exit(ExitCode.PROGRAM_ERROR)
    # Jupyter interrupts a kernel by this signal, which the process it is forked from does not hear.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    from ipykernel.kernelapp import IPKernelApp

    app = IPKernelApp.instance(parent_handle=0)
    app.initialize(["-f", connection_file, "--HistoryManager.enabled=False", _EXTENSION])  # nobody looks back in it
    app.start()
    os._exit(ExitCode.DONE)
