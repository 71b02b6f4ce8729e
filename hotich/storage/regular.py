"""Files that come from anybody, opened so that nothing else in their place is waited for."""

import errno
import os
import stat
from pathlib import Path

from hotich.errors import InputRefused


def read(path: Path) -> bytes:
    """Return the bytes of a regular file. Raises OSError, also for a pipe or a device, which might never end."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "not a regular file", str(path))
        with open(descriptor, "rb", closefd=False) as file:
            return file.read()
    finally:
        os.close(descriptor)


def present(path: Path) -> bool:
    """Return whether a file that need not exist is there.

    Raises InputRefused where something else has its name, which would be taken for no file: a folder, a pipe, a link
    that leads nowhere.
    """
    if path.is_file():
        return True
    if os.path.lexists(path):
        raise InputRefused("table.no_file", file=f"{path.parent.name}/{path.name}")
    return False
