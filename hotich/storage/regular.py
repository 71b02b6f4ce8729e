"""Files that come from anybody, opened so that nothing else in their place is waited for."""

import errno
import os
import stat
from pathlib import Path


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
