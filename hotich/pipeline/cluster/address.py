"""What `CLUSTER=` names: the scheduler of a cluster that is there, or workers to start on this machine."""

import re
from dataclasses import dataclass
from typing import Final

from hotich.errors import WrongUsage
from hotich.month import printable

MOST: Final = 64
"""Workers that may be started on one machine."""
_LOCAL: Final = re.compile(r"local:([0-9]{1,4})", re.ASCII)
_SCHEDULER: Final = re.compile(r"(?:tcp|tls)://(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\]):([0-9]{1,5})", re.ASCII)
_LAST_PORT: Final = 65_535


@dataclass(frozen=True)
class Address:
    """A cluster: the address of its `scheduler`, or how many `workers` to start here where that is empty."""

    scheduler: str
    workers: int = 0


def read(given: str) -> Address:
    """Return the cluster that a user names. Raises WrongUsage for what names none."""
    local, scheduler = _LOCAL.fullmatch(given), _SCHEDULER.fullmatch(given)
    if local and 1 <= int(local[1]) <= MOST:
        return Address("", int(local[1]))
    if scheduler and 1 <= int(scheduler[1]) <= _LAST_PORT:
        return Address(given)
    raise WrongUsage("cluster.value", value=printable(given)[:100], most=MOST)
