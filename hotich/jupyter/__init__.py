"""What a notebook gets by `%load_ext hotich`: the house style, and drawings and tables that a page can read."""

from typing import Any

from IPython.core.interactiveshell import InteractiveShell

from hotich.jupyter import drawing, house_style
from hotich.jupyter.display import Display


def load_ipython_extension(shell: InteractiveShell) -> None:
    """Let a shell draw in the house style and show what it shows so that it can stand on a page."""
    house_style.use()
    if isinstance(shell.display_formatter, Display):  # kernels of ours have it before a notebook asks
        return
    drawing.watch_outlines()
    before = shell.display_formatter
    shell.display_formatter = Display(parent=shell)
    if before is not None:
        shell.display_formatter.formatters = before.formatters
    publisher: Any = shell.display_pub
    publisher.publish = shell.display_formatter.honest(publisher.publish)
