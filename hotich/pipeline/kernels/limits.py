"""How many kernels may run at a time where the system lets a process have few open files or little memory (ulimit)."""

import resource
from contextlib import suppress
from typing import Final

from hotich.errors import CannotNow

WANTED: Final = 4_096
"""Open files that are asked for, as far as the system lets a user raise the limit."""
FILES: Final = 96
"""What a kernel itself opens at most (79 were seen), with some to spare: fewer are too few."""
_DRIVER: Final = 40
_EACH: Final = 36
"""Files that the driver holds open for itself, and for each kernel with its worker (31 and 32 were seen)."""
MEMORY: Final = 1_280
"""MiB of addresses (`ulimit -v`) that two kernels and their driver need (1,170 were enough, 980 too few)."""
_MORE: Final = 128
"""MiB for each kernel more: the stack and the heap of its thread."""


def most() -> int:
    """Return how many kernels may run at a time, having raised the limits as far as needed and allowed.

    Raises CannotNow where not even one can.
    """
    files = _limit(resource.RLIMIT_NOFILE, WANTED)
    if files < FILES:
        raise CannotNow("few_files", limit=files, needed=FILES)
    everything = MEMORY + _MORE * WANTED
    memory = _limit(resource.RLIMIT_AS, everything << 20) >> 20
    if memory < MEMORY:
        raise CannotNow("little_memory", limit=memory, needed=MEMORY)
    return min((files - _DRIVER) // _EACH, 2 + (memory - MEMORY) // _MORE)


def _limit(kind: int, wanted: int) -> int:
    """Return the limit, raised to what is wanted as far as the system lets a user raise it."""
    soft, hard = (wanted if each == resource.RLIM_INFINITY else each for each in resource.getrlimit(kind))
    if soft < min(wanted, hard):
        with suppress(ValueError, OSError):  # a system may allow less than it says
            resource.setrlimit(kind, (min(wanted, hard), resource.getrlimit(kind)[1]))
            soft = min(wanted, hard)
    return min(soft, wanted)
