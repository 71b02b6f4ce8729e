"""Matplotlib's SVG written short says the same."""

from hotich.views.charts import svg_minify

HEAD = '<?xml version="1.0"?><svg viewBox="0 0 10 10"><defs><style>*{}</style></defs><g id="a">'


def written(element):
    return svg_minify.body(f"{HEAD}{element}</g></svg>")


def test_a_path_takes_relative_steps_and_loses_what_is_default():
    look = "fill: none; stroke: #8a949e; stroke-linejoin: miter"
    path = f'<path d="M 10.04 20 \nL 20 20 \nL 20 25.55 \nL 11 30 \nL 12.5 31 \nz\n" style="{look}"/>'
    assert written(path) == '<path d="M10 20h10v5.6l-9 4.4 1.5 1z" fill="none" stroke="#8a949e"></path>'


def test_eight_curves_are_a_circle():
    from hotich.views.charts.canvas import Sheet

    sheet = Sheet(40, 40, True)
    sheet.dot(12, 20.5, 4.5, "#6593BC", "#5E7183", 0.8)
    assert (
        '<circle cx="12" cy="20.5" r="4.5" fill="#6593bc" stroke="#5e7183" stroke-width="0.8"></circle>'
        in sheet.svg("a")
    )


def test_words_keep_their_place_and_their_letters():
    look = "font-size: 15px; font-family: 'Source Sans 3'; text-anchor: end; fill: #1b2026"
    text = f'<text style="{look}" x="9.96" y="5" transform="rotate(-0 9.96 5)">81,5% &lt;b&gt;</text>'
    assert written(text) == '<text x="10" y="5" font-size="15" text-anchor="end" fill="#1b2026">81,5% &lt;b&gt;</text>'


def test_marks_lie_over_those_drawn_before_them():
    from hotich.views.charts.canvas import Sheet

    sheet = Sheet(40, 40, True)
    sheet.line([(0, 0), (10, 10)], "#000000")
    sheet.dot(5, 5, 2, "#FFFFFF")
    drawn = sheet.svg("a")
    assert drawn.index("<path") < drawn.index("<circle")


def test_a_drawing_uses_only_what_pages_allow():
    from hotich.page import sanitize
    from hotich.views.charts.canvas import Sheet

    sheet = Sheet(90, 90, True)
    sheet.text(1, 9, "a", at="end", bold=True, size=12)
    sheet.line([(0, 0), (10, 10)], "#000000", 2, dashes=(3, 3))
    sheet.bar(5, 5, 20, 9, "white", "#9A3412", 2)
    sheet.dot(5, 5, 2, "#FFFFFF", "#000000")
    sheet.area([(0, 0), (9, 0), (9, 9)], "#12436D", 0.13)
    sheet.shape([[(0, 0), (9, 0), (9, 9), (0, 0)]], "#12436D")
    assert sanitize.html(sheet.svg("Chart of a"), "page", "cell").count("<path") == 4
