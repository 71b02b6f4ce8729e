"""A Matplotlib figure as the SVG that a page can read: words as words, the same bytes every time."""

import io
import sys
import warnings
from typing import Any, Final

import matplotlib as mpl
import numpy as np
from matplotlib._pylab_helpers import Gcf
from matplotlib.collections import QuadMesh
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.textpath import TextToPath

from hotich.jupyter import scales
from hotich.views.charts.style import LACKING

_SMALLEST: Final = 6
"""Points: smaller words are for nobody."""
_FAINTEST: Final = 0.3
"""How much of a word's colour is there at least."""
SAVED: Final[dict[Any, Any]] = {"svg.fonttype": "none", "svg.hashsalt": "hotich", "text.usetex": False}
_METADATA: Final = {"Date": None, "Creator": None}
_PAD: Final = 0.15
"""Inches around a drawing: room for a number or a month that the page's language writes longer."""
_outlines: Final[list[bool]] = []


def figure_of(shown: object) -> Figure | None:
    """Return the figure that a value is or belongs to: of Axes, of artists, of a grid of seaborn."""
    if isinstance(shown, Figure):
        return shown
    if isinstance(shown, list | tuple | np.ndarray):
        first = next(iter(shown.flat if isinstance(shown, np.ndarray) else shown), None)
        return figure_of(first)
    found_in = getattr(shown, "figure", None)
    return found_in if isinstance(found_in, Figure) else None


def shown_later(figure: Figure) -> bool:
    """Return whether Jupyter shows the figure at the end of the cell anyway: pyplot knows it."""
    # pyplot's own question, `plt.figure(number)`, would make each figure the current one
    return any(manager.canvas.figure is figure for manager in Gcf.get_all_fig_managers())


def close(figure: Figure) -> None:
    """Let pyplot forget a figure, so that it is not shown again."""
    if pyplot := sys.modules.get("matplotlib.pyplot"):
        pyplot.close(figure)


def svg(figure: Figure) -> str:
    """Return the figure as SVG, all of it, whatever it was cut to."""
    _settle(figure)
    buffer = io.StringIO()
    with mpl.rc_context(SAVED), warnings.catch_warnings():
        warnings.filterwarnings("ignore", LACKING)  # the page refuses such a sign itself, by its name
        figure.savefig(buffer, format="svg", bbox_inches="tight", pad_inches=_PAD, metadata=_METADATA)
    return buffer.getvalue()


def _settle(figure: Figure) -> None:
    """Let all be readable: words as words, marks as shapes and not as pixels, no name but those of scales."""
    for artist in figure.findobj():
        artist.set_gid(None)
        artist.set_url(None)
        if artist.get_rasterized():  # as Matplotlib does with colour bars
            artist.set_rasterized(False)
            if isinstance(artist, QuadMesh):
                artist.set_edgecolor("face")
        if isinstance(artist, Text):
            artist.set_usetex(False)
            artist.set_path_effects([])  # a halo would turn the words into outlines
    scales.name(figure)


def marked(figure: Figure) -> list[float]:
    """Return the values at which bars end, and lines and dots lie, as the notebook gave them to Matplotlib."""
    found: list[float] = []
    for ax in figure.axes:
        for bars in ax.containers:
            found += list(getattr(bars, "datavalues", ()))
        for line in ax.lines:
            drawn = np.asarray(line.get_xydata(), dtype=float)
            found += drawn[np.isfinite(drawn).all(axis=1), 1].tolist()
        for dots in ax.collections:
            found += np.ravel(np.asarray(dots.get_offsets())).tolist()
    return [value for value in found if np.isfinite(value)]


def watch_outlines() -> None:
    """Take note from now on whether words are made into outlines: TextPath and markers such as "$99$" do that."""
    make = TextToPath.get_text_path

    def get_text_path(self: TextToPath, *given: Any, **named: Any) -> Any:  # noqa: ANN401
        _outlines.append(True)
        return make(self, *given, **named)

    TextToPath.get_text_path = get_text_path  # type: ignore[method-assign]


def unseen_words(figure: Figure) -> bool:
    """Return whether it has words that nobody can see: too small, or as good as transparent."""
    words: list[Any] = figure.findobj(Text)
    return any(
        text.get_fontsize() < _SMALLEST or (text.get_alpha() is not None and text.get_alpha() < _FAINTEST)
        for text in words
        if text.get_visible() and text.get_text().strip()
    )


def outlined_words() -> bool:
    """Return whether words were made into outlines, which no page can read, since this was last asked."""
    made = bool(_outlines)
    _outlines.clear()
    return made
