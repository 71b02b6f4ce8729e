"""A Matplotlib figure as the SVG that a page can read: words as words, the same bytes every time."""

import io
import sys
from typing import Any, Final

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure
from matplotlib.text import Text

SAVED: Final[dict[Any, Any]] = {"svg.fonttype": "none", "svg.hashsalt": "hotich", "text.usetex": False}


def figure_of(shown: object) -> Figure | None:
    """Return the figure that a value is or belongs to: of Axes, of artists, of a grid of seaborn."""
    if isinstance(shown, Figure):
        return shown
    if isinstance(shown, list | tuple) or type(shown).__name__ == "ndarray":
        each = list(getattr(shown, "flat", shown))  # type: ignore[call-overload]
        found = [figure_of(one) for one in each]
        return found[0] if found and all(found) else None
    found_in = getattr(shown, "figure", None)
    return found_in if isinstance(found_in, Figure) else None


def shown_later(figure: Figure) -> bool:
    """Return whether Jupyter shows the figure at the end of the cell anyway: pyplot knows it."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    return pyplot is not None and any(pyplot.figure(number) is figure for number in pyplot.get_fignums())


def close(figure: Figure) -> None:
    """Let pyplot forget a figure, so that it is not shown again."""
    if pyplot := sys.modules.get("matplotlib.pyplot"):
        pyplot.close(figure)


def svg(figure: Figure) -> str:
    """Return the figure as SVG, all of it, whatever it was cut to."""
    _forget_names(figure)
    buffer = io.StringIO()
    with mpl.rc_context(SAVED):
        figure.savefig(buffer, format="svg", bbox_inches="tight", metadata={"Date": None, "Creator": None})
    return buffer.getvalue()


def _forget_names(figure: Figure) -> None:
    """Take the names of elements from artists: on a page they tell a scale's numbers from others."""
    for artist in figure.findobj():
        artist.set_gid(None)
        artist.set_url(None)


def marked(figure: Figure) -> list[float]:
    """Return the values at which bars end, and lines and dots lie, as the notebook gave them to Matplotlib."""
    found: list[float] = []
    for ax in figure.axes:
        for bars in ax.containers:
            found += list(getattr(bars, "datavalues", ()))
        for line in ax.lines:
            found += np.ravel(np.asarray(line.get_ydata(orig=False), dtype=float)).tolist()
        for dots in ax.collections:
            found += np.ravel(np.asarray(dots.get_offsets())).tolist()
    return [value for value in found if np.isfinite(value)]


def outlined_words(figure: Figure) -> bool:
    """Return whether words are drawn as mere outlines, or by TeX, which no page can read."""
    from matplotlib.patches import PathPatch
    from matplotlib.textpath import TextPath

    patches: list[Any] = figure.findobj(PathPatch)
    words: list[Any] = figure.findobj(Text)
    return any(isinstance(patch.get_path(), TextPath) for patch in patches) or any(w.get_usetex() for w in words)
