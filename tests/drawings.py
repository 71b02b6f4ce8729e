"""The figures behind a chart on a page, so that tests can read back what was drawn."""

from math import floor

import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from hotich.measures import Measures
from hotich.views import charts
from hotich.views.charts import figure


def drawn(chart: str, m: Measures) -> list[Axes]:
    """Return the axes that `charts.<chart>(m)` drew on and saved: of each drawing, screen before phone."""
    axes: list[Axes] = []
    save = figure._saved

    def record(whole):
        axes.extend(whole.axes)
        return save(whole)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(figure, "_saved", record)
        assert getattr(charts, chart)(m).html
    return axes


def texts(ax: Axes) -> list[str]:
    """Return all words of a drawing, in the order in which they were drawn."""
    return [words.get_text() for words in ax.texts]


def labels(ax: Axes) -> list[Text]:
    """Return the words that are shown and belong to no axis."""
    return [words for words in ax.texts if words.get_text() and words.get_gid() != "tick"]


def names(ax: Axes) -> list[Text]:
    """Return the words of an axis that are shown."""
    return [words for words in ax.texts if words.get_text() and words.get_gid() == "tick"]


ENGLISH = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec")


def short(m: Measures, number: int) -> str:
    """Return how a chart of this language names a month of the year."""
    return f"T{number}" if m.language == "vi" else ENGLISH[number - 1]


def box(words: Text) -> Bbox:
    """Return where words lie, in pixels from the bottom left of the drawing."""
    return words.get_window_extent()


def row_of(ax: Axes, y: float) -> int:
    """Return in which row of height 1 a y in pixels lies, 0 at the top of the axes."""
    return floor(ax.transData.inverted().transform((0, y))[1] - ax.get_ylim()[1])


def rows(ax: Axes, count: int) -> list[list[Text]]:
    """Return the words of each row, from left to right; those on one spot from top to bottom."""
    found: list[list[Text]] = [[] for _ in range(count)]
    for words in sorted(ax.texts, key=lambda each: (round(box(each).x0), -box(each).y0)):
        row = row_of(ax, (box(words).y0 + box(words).y1) / 2)
        if 0 <= row < count:
            found[row].append(words)
    return found


def written(row: list[Text]) -> list[str]:
    """Return what stands in a row, from left to right."""
    return [words.get_text() for words in row]


def across(ax: Axes, x: float) -> float:
    """Return where an x of the data lies, in pixels from the left."""
    return float(ax.transData.transform((x, 0))[0])


def colour(of: object) -> str:
    """Return a colour as it stands in style guides."""
    return to_hex(of).upper()


def runs_right_and_down(ax: Axes) -> bool:
    """Return whether greater x lie further right and later rows further down."""
    (x0, y0), (x1, y1) = ax.transData.transform([(0, 0), (1, 1)])
    return x1 > x0 and y1 < y0


def scale_is_at_its_place(ax: Axes) -> bool:
    """Return whether each number of the scale stands at the x that it names, within the drawing's margins."""
    ticks = [words for words in ax.texts if words.get_gid() == "tick"]
    places = {words: across(ax, float(words.get_text())) for words in ticks}
    return bool(ticks) and all(box(words).x0 - 1 <= x <= box(words).x1 + 1 for words, x in places.items())


def dashed(ax: Axes) -> float:
    """Return the x of the one upright dashed line."""
    (line,) = [line for line in ax.lines if line.is_dashed()]
    first, last = line.get_xdata()
    assert first == last
    return float(first)


def named_above(ax: Axes, part: str) -> float:
    """Return the middle, in pixels, of the words above the axes that hold this part."""
    (words,) = [each for each in ax.texts if part in each.get_text() and box(each).y0 >= ax.bbox.y1]
    return float(box(words).x0 + box(words).x1) / 2


def ticks(ax: Axes) -> list[tuple[float, int]]:
    """Return x and row of the upright ticks in ink, each of which lies on a white one."""
    by_colour = {colour(found.get_colors()[0]): found.get_segments() for found in ax.collections if is_upright(found)}
    assert [segment.tolist() for segment in by_colour["#FFFFFF"]] == [s.tolist() for s in by_colour["#1B2026"]]
    middles = [(float(x), (y0 + y1) / 2) for (x, y0), (_, y1) in by_colour["#1B2026"]]
    assert all(y == pytest.approx(round(y), abs=1e-6) for _, y in middles)
    return [(x, round(y)) for x, y in middles]


def is_upright(found: object) -> bool:
    """Return whether these are lines from top to bottom."""
    segments = found.get_segments() if hasattr(found, "get_segments") else []
    return bool(segments) and all(x0 == x1 for (x0, _), (x1, _) in segments)
