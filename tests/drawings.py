"""Read the marks of a drawing back."""

from unittest import mock

from matplotlib.axes import Axes
from matplotlib.colors import to_hex

from hotich.views.charts.figure import Frame


def drawn(chart, m):
    """Return the Axes that a chart draws on, in its order: first those of the screen."""
    found, new = list[Axes](), Frame.axes

    def recorded(frame):
        found.append(new(frame))
        return found[-1]

    with mock.patch.object(Frame, "axes", recorded):
        chart(m)
    return found


def colour(any_form):
    return to_hex(any_form)


def labels(ax):
    """Return the words that are shown and belong to no axis."""
    return [words for words in ax.texts if words.get_text() and words.get_gid() != "tick"]


def names(ax):
    """Return the words of the horizontal axis by their place."""
    return {words.xy[0]: words.get_text() for words in ax.texts if words.get_text() and words.get_gid() == "tick"}
