"""The one environment in which figures are made: nearly empty, the same on every machine, nothing of the user's."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from hotich.data import results
from hotich.storage.paths import Folders

_FIXED: Final = {
    "TZ": "UTC",
    "LC_ALL": "C.UTF-8",
    "PYTHONHASHSEED": "0",
    "PYTHONSAFEPATH": "1",
    "PYTHONNOUSERSITE": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "GX_ANALYTICS_ENABLED": "false",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "JUPYTER_PLATFORM_DIRS": "1",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}
FOLDERS: Final = ("HOTICH_DATA", "HOTICH_REPORTS")
"""The variables that say which office a notebook is about."""
VARIED: Final = (*FOLDERS, results.FOLDER)
"""The variables that may differ from kernel to kernel."""
_KEPT: Final = ("PATH", *FOLDERS, "OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE", "LD_LIBRARY_PATH")
"""What the caller's environment decides: where programs and data are, and which arithmetic this processor can do."""
_home: list[Path] = []


def use(home: Path) -> None:
    """Make `home` the home folder of every kernel from now on."""
    _home[:] = [home]


def home() -> Path:
    """Return the home folder of every kernel, in which it also starts: nothing lies there to be read or imported."""
    return _home[0]


def results_folder() -> Path:
    """Return the folder of what the processes of this session share."""
    return home() / "results"


def sockets() -> Path:
    """Return the folder of sockets; its name is short, as a socket's path is limited to about 100 bytes."""
    folder = home() / "s"
    folder.mkdir(exist_ok=True)
    return folder


def of(folders: Folders, kept: Path) -> dict[str, str]:
    """Return the variables of a kernel for the office of these folders, and for what is `kept` of its results."""
    return dict(zip(VARIED, (str(folders.data), str(folders.reports), str(kept)), strict=True))


def variables() -> dict[str, str]:
    """Return the whole environment of a kernel."""
    at = str(home())
    own = {
        "HOME": at,
        "TMPDIR": at,
        "IPYTHONDIR": f"{at}/ipython",
        "MPLCONFIGDIR": _fonts(at),
        "JUPYTER_CONFIG_DIR": f"{at}/jupyter",
        "JUPYTER_RUNTIME_DIR": f"{at}/runtime",
        results.FOLDER: str(results_folder()),
    }
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return {**kept, **_FIXED, **own}


def _fonts(at: str) -> str:
    """Return where matplotlib keeps its list of fonts: beside the environment, so that it is made only once.

    Nothing on a page depends on it: charts bring their own font and accept no other.
    """
    beside = Path(sys.prefix) / "var" / "hotich-matplotlib"
    try:
        beside.mkdir(parents=True, exist_ok=True)
    except OSError:
        return f"{at}/matplotlib"
    return str(beside) if os.access(beside, os.W_OK) else f"{at}/matplotlib"


@contextmanager
def applied() -> Iterator[None]:
    """Set the fixed environment while the block lasts: a child started in it inherits nothing else."""
    fixed, before = variables(), dict(os.environ)
    os.environ.clear()
    os.environ.update(fixed)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
