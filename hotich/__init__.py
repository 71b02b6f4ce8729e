"""Hộ tịch Reports: checked, bilingual, reproducible monthly reports on the digitisation of civil-status registers."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

__version__ = "0.1.0"


def load_ipython_extension(shell: "InteractiveShell") -> None:
    """Give a notebook what `%load_ext hotich` promises; see `hotich.jupyter`."""
    from hotich import jupyter

    jupyter.load_ipython_extension(shell)
