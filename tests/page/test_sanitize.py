"""What a view may hold passes unchanged; everything else is named."""

import pytest
from markupsafe import Markup

from hotich.errors import Contradicted
from hotich.page import sanitize
from hotich.views.markup import Column, Table, fold, paragraph, section
from hotich.views.saved_table import Coded, Valued, Vintage

DRAWING = (
    '<svg class="w" viewBox="0 0 720 440" role="img" aria-label="Biểu đồ đường">'
    '<defs><clipPath id="c1"><rect x="0" y="0" width="9" height="9"></rect></clipPath></defs>'
    '<g id="a" clip-path="url(#c1)"><path d="M0 0L1 1" style="fill: none; stroke: #12436d; stroke-width: 2"></path>'
    '<text x="1" y="2" text-anchor="end" style="font: 600 15px \'Source Sans 3\'">81,5%</text>'
    '<use href="#a"></use></g></svg>'
)


@pytest.mark.parametrize(
    "view",
    [
        '<data value="519573" data-fact="15/all/digitised" data-quoted="published">519.573</data>',
        '<i style="background:#D5E1EC"></i><i class="tick"></i>',
        '<a class="nop" download="a.csv" href="data:text/csv;charset=utf-8;base64,YQ==">CSV</a>',
        '<a href="quality.vi.html#rules" hreflang="vi" lang="vi">x</a><a href="annex.xlsx">y</a><a href="#a">z</a>',
        '<a href="notices/138.vi.html">y</a>',
        '<img src="data:image/png;base64,YQ==" alt="Bản đồ">',
        '<p class="a" id="b" lang="en" role="note" aria-hidden="true">a<br>b &amp; c</p>',
        '<details open=""><summary>a</summary><p>b</p></details>',
        DRAWING,
    ],
)
def test_what_views_use_passes_unchanged(view):
    assert sanitize.html(view) == view


def test_a_whole_view_passes_unchanged():
    heads = (Column("Xã", text=True, name="unit"), Column("n", extra=True, name="n"))
    rows = [(Coded("1", "A", "B"), Valued("1.000", "1000"))]
    table = Table("Tên & tên", heads, rows, "chú", file="a.csv", vintage=Vintage({}))
    view = str(section("a", "Tiêu đề", paragraph("Một “hai”", "note"), fold("Mở", table.html("vi"), printed=True)).html)
    assert sanitize.html(view) == view


def test_what_was_taken_out_is_named_with_page_and_cell():
    with pytest.raises(Contradicted) as caught:
        sanitize.html('<p onclick="x()">a</p><video></video>', "report.vi.html", "chart")
    message = caught.value.message("en")
    assert all(part in message for part in ("report.vi.html", "cell chart", "p onclick", "<video>"))


@pytest.mark.parametrize("trick", ["<p <b onclick=x>a</p>", '<p title="a"onclick="x">a</p>', "a < b", "<svg/onload=x>"])
def test_markup_that_could_be_read_in_two_ways_is_refused(trick):
    with pytest.raises(Contradicted):
        sanitize.html(trick)


def test_a_long_hostile_value_is_judged_at_once():
    assert sanitize.html(str(Markup("<p>{}</p>").format("<" * 100_000))).startswith("<p>&lt;")
    with pytest.raises(Contradicted):
        sanitize.html("<a " + "a " * 50_000)
