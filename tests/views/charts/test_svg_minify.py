"""Matplotlib's SVG written short says the same."""

import re

from hotich.page import sanitize
from hotich.views.charts import figure, svg_minify
from hotich.views.charts.figure import Frame

HEAD = '<?xml version="1.0"?><svg viewBox="0 0 10 10"><defs><style>*{}</style></defs><g id="a">'


def written(element):
    return svg_minify.body(f"{HEAD}{element}</g></svg>")


def drawn(draw):
    """The SVG of what is drawn on axes in pixels, 40 to each side."""

    def in_pixels(ax, wide):
        ax.set(xlim=(0, 40), ylim=(0, 40))
        draw(ax)

    return figure.svg(in_pixels, Frame(40, 40), "a")


def test_a_path_takes_relative_steps_and_loses_what_is_default():
    look = "fill: none; stroke: #8a949e; stroke-linejoin: miter"
    path = f'<path d="M 10.04 20 \nL 20 20 \nL 20 25.55 \nL 11 30 \nL 12.5 31 \nz\n" style="{look}"/>'
    assert written(path) == '<path d="M10 20h10v5.6l-9 4.4 1.5 1z" fill="none" stroke="#8a949e"></path>'


def test_eight_curves_are_a_circle():
    shown = drawn(lambda ax: ax.scatter([12], [20.5], 81, "#6593BC", edgecolor="#5E7183", linewidth=0.8))
    assert '<circle cx="12" cy="19.5" r="4.5" fill="#6593bc" stroke="#5e7183" stroke-width="0.8"></circle>' in shown


def test_a_marker_stands_wherever_it_is_used():
    shown = drawn(lambda ax: ax.plot([10, 30], [20, 30], "v", color="#9A3412", markersize=8))
    assert re.findall('d="([^"]*)" fill="#9a3412"', shown) == ["M10 24l4-8h-8z", "M30 14l4-8h-8z"]


def test_what_cannot_be_seen_is_left_out():
    assert written('<path d="M 0 0 L 9 9" style="fill: none"/>') == ""
    assert drawn(lambda ax: None).endswith('aria-label="a"></svg>')


def test_words_keep_their_place_and_their_letters():
    look = "font-size: 15px; font-family: 'Source Sans 3'; text-anchor: end; fill: #1b2026"
    text = f'<text style="{look}" x="9.96" y="5" transform="rotate(-0 9.96 5)">81,5% &lt;b&gt;</text>'
    assert written(text) == '<text x="10" y="5" font-size="15" text-anchor="end" fill="#1b2026">81,5% &lt;b&gt;</text>'


def test_marks_lie_over_those_drawn_before_them():
    shown = drawn(lambda ax: (ax.plot([0, 10], [0, 10], "#000000"), ax.plot([5], [5], "o", color="#FFFFFF")))
    assert shown.index("<path") < shown.index("<circle")


def test_a_drawing_uses_only_what_pages_allow():
    def everything(ax):
        ax.text(1, 9, "a", ha="right", fontweight=600)
        ax.axvline(5, linestyle=(0, (3, 3)))
        ax.vlines([5, 6], 0, 9, "white", linewidth=4)
        ax.barh([5], [20], color="white", edgecolor="#9A3412", linewidth=2)
        ax.scatter([5], [2], 9, "#FFFFFF", edgecolor="#000000")
        ax.fill_between([0, 9], [0, 0], [9, 9], color="#12436D", alpha=0.13, linewidth=0)

    shown = drawn(everything)
    assert sanitize.html(shown, "page", "cell").count("<path") == shown.count("<path") == 5
