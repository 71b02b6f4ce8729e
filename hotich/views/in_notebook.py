"""How a view looks in a notebook, where no page lends it its style: in JupyterLab, VS Code, Colab and nbconvert."""

import os
import re
import sys
from functools import cache
from pathlib import Path

from markupsafe import Markup

from hotich.data import results

_SHEET = Path(__file__).with_name("in_notebook.css")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def dressed(view: Markup, banner: str) -> Markup:
    """Return a view with its style, and what a page says above all of them; as it is where a page is made of it."""
    if not view or not _shown_here():
        return view
    return Markup('<div class="hotich"><style>{}</style>{}{}</div>').format(_sheet(), banner, view)


def _shown_here() -> bool:
    """Return whether somebody looks at the notebook as it runs; in a kernel of a command's, pages are made of it."""
    interactive = sys.modules.get("IPython.core.interactiveshell")
    return bool(interactive and interactive.InteractiveShell.initialized()) and results.FOLDER not in os.environ


@cache
def _sheet() -> Markup:
    """Return the style sheet in one line. Each view carries it, since some programs show every output apart."""
    rules = _COMMENT.sub("", _SHEET.read_text(encoding="utf-8"))
    return Markup(" ".join(rules.split()))  # noqa: S704 - a file of ours
