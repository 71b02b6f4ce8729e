"""Two folders exchanged in one system call, where the system and the file system can do that."""

import ctypes
import errno
import os
import sys
from pathlib import Path
from typing import Final

_FLAG: Final = 2
"""RENAME_EXCHANGE of Linux (renameat2), RENAME_SWAP of macOS (renamex_np)."""
_IMPOSSIBLE: Final = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP)


def exchange(one: Path, other: Path) -> bool:
    """Exchange the names of two folders; return whether that is possible here. Raises OSError."""
    library = ctypes.CDLL(None, use_errno=True)
    paths = os.fsencode(one), os.fsencode(other)
    if sys.platform == "darwin" and hasattr(library, "renamex_np"):
        failed = library.renamex_np(*paths, ctypes.c_uint(_FLAG))
    elif hasattr(library, "renameat2"):
        here = ctypes.c_int(-100)  # AT_FDCWD: the paths are absolute, or as this process sees them
        failed = library.renameat2(here, paths[0], here, paths[1], ctypes.c_uint(_FLAG))
    else:
        return False
    code = ctypes.get_errno() if failed else 0
    if code and code not in _IMPOSSIBLE:
        raise OSError(code, os.strerror(code), str(one), None, str(other))
    return not code
