"""What several charts draw in the same way: words beside the axes, ticks over other marks, the office's threshold."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.transforms import Affine2D, IdentityTransform, Transform, blended_transform_factory

from hotich.measures import Measures
from hotich.views.charts.style import INK, SECOND
from hotich.views.charts.text import spoken


def beside(ax: Axes, down: float = 0) -> Transform:
    """Return a transform for what stands beside the axes: x in pixels from the left edge of the drawing, y in data.

    What is so placed lies `down` pixels lower; 5 set a line of words on the middle of a bar.
    """
    return blended_transform_factory(IdentityTransform(), ax.transData) + Affine2D().translate(0, -down)


def ticks(ax: Axes, x: Sequence[float], y: Sequence[float], reach: float) -> None:
    """Draw upright ticks that reach so far above and below y, cased in white, so that they show on dark and pale."""
    ends = [each - reach for each in y], [each + reach for each in y]
    ax.vlines(x, *ends, colors="white", linewidth=4)
    ax.vlines(x, *ends, colors=INK, linewidth=2)


def threshold(m: Measures, ax: Axes, size: int, up: float, side: str = "center") -> None:
    """Draw the office's threshold as a dotted line and write its percentage so many pixels above the axes.

    A threshold below the first percentage of the axes stands there.
    """
    x = max(m.office.threshold, ax.get_xlim()[0])
    ax.axvline(x, color=SECOND, linestyle=(0, (2, 3)))
    words = spoken(m, "areas.threshold", tag=False, threshold=m.get("threshold"))
    ax.annotate(
        words, (x, 1), (0, up), ("data", "axes fraction"), "offset points", ha=side, color=SECOND, fontsize=size
    )
