"""How the driver meets a kernel: it is ready when it has answered, on the channel of outputs too.

jupyter_client's own client then waits another fifth of a second in case older outputs come; a kernel that was started
for one notebook has none.
"""

import time
from queue import Empty
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.channels import AsyncZMQSocketChannel
from jupyter_client.manager import AsyncKernelManager
from traitlets import Type


class Client(AsyncKernelClient):
    """A client that is ready once the kernel reports idle for the client's own kernel_info request."""

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait for the answer to a first question. Raises RuntimeError when the kernel ended or took too long."""
        until = time.monotonic() + (timeout or float("inf"))
        while (await self._heard(self.iopub_channel, until))["msg_type"] != "iopub_welcome":
            continue
        asked = self.kernel_info()
        self._handle_kernel_info_reply(await self._heard(self.shell_channel, until))
        while not _idle_after(await self._heard(self.iopub_channel, until), asked):
            continue

    async def _heard(self, channel: AsyncZMQSocketChannel, until: float) -> dict[str, Any]:
        while time.monotonic() < until:
            try:
                message: dict[str, Any] = await channel.get_msg(timeout=1)
            except Empty:
                if not await self._async_is_alive():
                    raise RuntimeError("The kernel ended before it was ready") from None
            else:
                return message
        raise RuntimeError("The kernel was not ready in time")


def _idle_after(message: dict[str, Any], asked: str) -> bool:
    """Return whether the message says that the kernel has done all that the request asked for."""
    states = message["parent_header"].get("msg_id"), message["content"].get("execution_state")
    return states == (asked, "idle")


class Manager(AsyncKernelManager):
    """A manager whose clients are ours."""

    client_factory = Type(Client, klass=AsyncKernelClient)
