"""What charts have in common: colours by their meaning, the class of a percentage, sizes and widths of words."""

import warnings
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final

import matplotlib as mpl
import matplotlib.style
from matplotlib.font_manager import fontManager, get_font

from hotich.language.unseen import visible
from hotich.measures.about_the_report import classes
from hotich.storage.paths import PACKAGE

INK: Final = "#1B2026"
SECOND: Final = "#4C5762"
NAVY: Final = "#12436D"
BLUE: Final = "#6593BC"
ALERT: Final = "#9A3412"
GREY: Final = "#7E91A4"
GRID: Final = "#E1E6EA"
AXIS: Final = "#8A949E"
TRACK: Final = "#EEF1F4"
OUTLINE: Final = "#5E7183"
COLOURS: Final = ("#D5E1EC", "#A6C2D9", BLUE, "#376C9B", NAVY)
"""Of the classes of percentages, from the least to 100: dark where most is done."""
PALEST: Final = COLOURS[:2]
"""Their tint alone has too little contrast: bars of these have an outline."""
FONTS: Final = {
    weight: PACKAGE / "page" / "fonts" / f"SourceSans3-{name}.ttf"
    for weight, name in ((400, "Regular"), (600, "SemiBold"))
}
LACKING: Final = "Glyph .* missing from font"
"""A name may have a letter that the font lacks: the reader's own fonts show it, as they do in the text."""
SHEET: Final = Path(__file__).with_name("report.mplstyle")
"""The house style as a style sheet of Matplotlib."""

for _font in FONTS.values():
    fontManager.addfont(_font)
    fontManager.ttflist.insert(0, fontManager.ttflist.pop())  # before a font of that name that the system has


def class_colour(percent: float, threshold: int) -> str:
    """Return the colour of a percentage's class, which an office's threshold sets."""
    return COLOURS[bisect_right(classes(threshold), percent)]


def size(wide: bool) -> int:
    """Return the size of words in pixels, on screens or on phones."""
    return 15 if wide else 14


@contextmanager
def applied(wide: bool) -> Iterator[None]:
    """Draw in the style of the report alone, whatever the user's own settings are."""
    with mpl.style.context(_settings(), after_reset=True), warnings.catch_warnings():
        mpl.rcParams["font.size"] = size(wide)
        warnings.filterwarnings("ignore", LACKING)
        yield


@cache
def _settings() -> Any:  # noqa: ANN401 - Matplotlib's dictionary of settings
    return mpl.rc_params_from_file(SHEET, use_default_template=False)


@cache
def width_of(words: str, size: int, bold: bool = False) -> float:
    """Return how many pixels wide the words are."""
    font = get_font(FONTS[600 if bold else 400])
    font.set_size(size, 72)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", LACKING)
        font.set_text(words, 0)
    return float(font.get_width_height()[0]) / 64


def fitted(words: str, room: float, size: int, bold: bool = False) -> str:
    """Return the words if they are no wider than `room` pixels, else as many of them as are, and an ellipsis."""
    words = visible(words)
    if width_of(words, size, bold) <= room:
        return words
    kept = words[: int(room)]
    while kept and width_of(kept + "…", size, bold) > room:
        kept = kept[:-1].rstrip(" ,(")
    return kept + "…"
