"""One column for each period, its value above it: what the charts of pace and of completed communes share."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes

from hotich import formats
from hotich.measures import Measures
from hotich.measures.facts import Fact
from hotich.month import Month
from hotich.views.charts.figure import PHONE, SCREEN, Draw, Drawing, Frame
from hotich.views.charts.label import label
from hotich.views.charts.style import AXIS, INK, SECOND, width_of
from hotich.views.figures import format_fact

WIDTH = 0.72
"""Of a column, in periods."""


@dataclass(frozen=True)
class Bar:
    """A column: the label under it, the fact that is its height, or None where nothing is known, its colours."""

    label: str
    fact: Fact | None
    colour: str
    edge: str = ""

    @property
    def ink(self) -> str:
        """The colour of words about an outlined column is that of its outline."""
        return self.edge or INK


def drawing(draw: Draw, screen: int, phone: int) -> Drawing:
    """Return the drawing of columns, so many pixels high on screens and on phones."""
    around = {"left": 4, "right": 8, "top": 36, "bottom": 30}
    return Drawing(draw, Frame(SCREEN, screen, **around), Frame(PHONE, phone, **around))


def short_month(m: Measures, month: Month) -> str:
    """Return a month as axes write it, its year standing elsewhere: T10, Oct."""
    return f"T{month.number}" if m.language == "vi" else formats.month(month, "en", short=True).split(" ")[0]


def draw(m: Measures, bars: Sequence[Bar], ax: Axes, size: int) -> None:
    """Draw the columns in the unit of their facts; a pace below zero has no height."""
    heights = [max(float(bar.fact.number), 0) if bar.fact else 0 for bar in bars]
    ax.set(xlim=(-0.5, len(bars) - 0.5), ylim=(0, max(heights) or 1))
    colours, edges = [bar.colour for bar in bars], [bar.edge or "none" for bar in bars]
    columns = ax.bar(range(len(bars)), heights, WIDTH, color=colours, edgecolor=edges, linewidth=1.5)
    ax.axhline(0, color=AXIS)
    values = _shown([format_fact(bar.fact, m.language) if bar.fact else "" for bar in bars], ax, size)
    for at, (bar, words) in enumerate(zip(bars, ax.bar_label(columns, values, padding=6, fontsize=size), strict=True)):
        words.set(va="baseline", color=bar.ink, fontweight=600 if bar.edge or at == len(bars) - 1 else 400)
    for at, (bar, name) in enumerate(zip(bars, _shown([bar.label for bar in bars], ax, size), strict=True)):
        colour, bold = bar.edge or SECOND, bool(bar.edge)
        label(ax, name, (at, 0), (0, -18), size, colour=colour, bold=bold, side="center", kind="tick")


def _shown(words: Sequence[str], ax: Axes, size: int) -> list[str]:
    """Return the words with those left empty that would touch the next one kept, from the last on: the newest stand."""
    room, shown, kept = ax.bbox.width / len(words), list(words), len(words) - 1
    for at in reversed(range(len(words) - 1)):
        if (width_of(words[at], size) + width_of(words[kept], size)) / 2 + 2 <= room * (kept - at):
            kept = at
        else:
            shown[at] = ""
    return shown
