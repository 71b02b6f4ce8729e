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
    """Return how many kernels may run at a time, having raised the limit of open files as far as needed and allowed.

    Raises CannotNow where not even one can.
    """
    files = _open_files()
    if files < FILES:
        raise CannotNow("few_files", limit=files, needed=FILES)
    given, _ = resource.getrlimit(resource.RLIMIT_AS)
    memory = MEMORY + _MORE * files if given == resource.RLIM_INFINITY else given >> 20
    if memory < MEMORY:
        raise CannotNow("little_memory", limit=memory, needed=MEMORY)
    return min((files - _DRIVER) // _EACH, 2 + (memory - MEMORY) // _MORE)


def _open_files() -> int:
    """Return the limit of open files, at most WANTED, after raising it so far."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    allowed = WANTED if hard == resource.RLIM_INFINITY else min(WANTED, hard)
    if soft != resource.RLIM_INFINITY and soft < allowed:
        with suppress(ValueError, OSError):  # a system may allow less than it says
            resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
            return allowed
        return soft
    return allowed
