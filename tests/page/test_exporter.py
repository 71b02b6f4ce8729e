"""An executed notebook becomes a page: what is shown, what is refused, and in which order."""

import re
from copy import deepcopy

import nbformat.v4 as v4
import pytest
from markupsafe import Markup

from hotich.errors import Contradicted, NotebookFailed
from hotich.language import say
from hotich.page import PageSpec, figure_gate, page, standalone
from hotich.page.layout import slug
from hotich.views.markup import Column, Table, fold, paragraph, section
from hotich.views.saved_table import Coded, Vintage

HEADER = "<header><h1>Số hóa sổ hộ tịch</h1></header>"


def about(language="vi", synthetic=False, **changes):
    values = {"name": f"report.{language}", "as_of": "22/10/2024"}
    return PageSpec(language=language, synthetic=synthetic, **(values | changes))


def shows(html, name="view", source="views.show(m)", **others):
    data = {"text/html": str(html), "text/plain": "Fragment(…)", **others}
    view = v4.new_output("execute_result", data, metadata={"hotich": {"kind": "view"}}, execution_count=1)
    return v4.new_code_cell(source, id=name, outputs=[view])


def silent(source="data = dataset.read(month)"):
    return v4.new_code_cell(source, id="silent")


def prose(text, *tags):
    return v4.new_markdown_cell(text, id=f"prose-{slug(text[:20])}", metadata={"tags": list(tags)} if tags else {})


def notebook(*cells):
    return v4.new_notebook(cells=list(cells))


def made(*cells, header=HEADER, **changes):
    """The page of a notebook that begins with a header."""
    return page(notebook(shows(header, "opening"), *cells), about(**changes))


def simple(anchor, heading):
    return section(anchor, heading, paragraph(f"Đoạn của {heading}.")).html


def in_order(text, *parts):
    places = [text.index(part) for part in parts]
    return places == sorted(places)


def body(html):
    """The page without its style and without the fold that repeats the notebook."""
    return html[html.index("<body>") : html.index('<details class="notebook">')]


def test_a_page_says_its_language_and_forbids_every_request_before_anything_else():
    html = made(shows(simple("one", "Một")))
    assert html.startswith(
        '<!doctype html>\n<html lang="vi">\n<head>\n<meta charset="utf-8">\n<meta http-equiv="Content-S'
    )
    assert "default-src &#39;none&#39;" in html


def test_the_same_notebook_gives_the_same_bytes():
    assert made(shows(simple("one", "Một"))) == made(shows(simple("one", "Một")))


def test_fonts_are_inside_the_page():
    html = made(shows(simple("one", "Một")))
    assert html.count("src:url(data:font/woff2;base64,") == 3
    assert "http" not in html.replace("http-equiv", "")


def test_made_up_data_is_named_at_the_top_and_on_every_printed_page():
    html = made(shows(simple("one", "Một")), synthetic=True)
    body = html.partition("<body>")[2]
    assert in_order(body, '<aside class="syn"', say("vi", "page.synthetic"), "<h1>")
    assert re.search(r'@top-left\{content:"Số liệu minh họa [^"]+"', html)


def test_reported_data_has_no_banner():
    html = made(shows(simple("one", "Một")))
    assert 'class="syn"' not in html
    assert '@top-left{content:""' in html


def test_a_notebook_cannot_hide_the_banner():
    with pytest.raises(Contradicted) as caught:
        made(shows("<style>.syn{display:none}</style>"), synthetic=True)
    assert "<style>" in caught.value.message("en")


def test_contents_stand_after_the_main_points_and_name_every_section():
    html = body(made(shows(simple("main-points", "Điểm chính")), shows(simple("districts", "Huyện & thị xã"), "next")))
    assert in_order(html, 'id="main-points"', '<nav class="toc"', 'id="districts"')
    assert '<a href="#districts">Huyện &amp; thị xã</a>' in html


def test_contents_stand_after_the_first_section_where_there_are_no_main_points():
    html = body(made(shows(simple("findings", "Kết quả")), shows(simple("rules", "Quy tắc"), "next")))
    assert in_order(html, 'id="findings"', '<nav class="toc"', 'id="rules"')


def test_the_skip_link_leads_to_the_main_points():
    html = made(shows(simple("intro", "Đầu")), shows(simple("main-points", "Điểm chính"), "next"))
    assert 'class="skip" href="#main-points"' in html


def test_the_page_links_to_the_other_language():
    assert '<a href="report.en.html" hreflang="en" lang="en">English</a>' in made(shows(simple("one", "Một")))


@pytest.mark.parametrize(
    ("file", "label"),
    [
        ("births.vi.html", ">births</a>"),
        ("births2.vi.html", '><span data-name="">births2</span></a>'),
        ("quality.vi.html", ">kiểm tra số liệu</a>"),
    ],
)
def test_a_page_without_a_title_is_called_as_its_file(file, label):
    html = made(shows(simple("one", "Một")), files=("data.csv",), pages=((file, ""),))
    assert f'<a href="{file}"{label}' in html
    figure_gate.check(html.replace("22/10/2024", ""), "report.vi", "vi", {}, ())


def test_a_view_without_a_section_belongs_to_the_section_before_it():
    html = body(made(shows(simple("one", "Một")), shows("<p>Hình</p>", "chart"), shows(simple("two", "Hai"), "next")))
    assert re.search(r'<section id="one">.*<p>Hình</p>\s*</section>\s*<nav.*<section id="two">', html, re.DOTALL)


def test_prose_stays_where_it_was_put():
    html = body(
        made(prose("Lời mở."), shows(simple("one", "Một")), prose("Lời giữa."), shows(simple("two", "Hai"), "b"))
    )
    assert in_order(html, "<p>Lời mở.</p>", "<h2>Một</h2>", "Đoạn của Một.", "<p>Lời giữa.</p>", "<h2>Hai</h2>")


def test_prose_stands_above_the_chart_that_it_introduces():
    html = body(made(shows(simple("one", "Một")), prose("Lời dẫn."), shows("<p>Hình</p>", "chart")))
    assert in_order(html, "Đoạn của Một.", "<p>Lời dẫn.</p>", "<p>Hình</p>", "</section>")


def test_prose_in_the_other_language_is_nowhere_on_the_page():
    html = made(prose("English words.", "en"), prose("Lời Việt.", "vi"), shows(simple("one", "Một")))
    assert "Lời Việt." in body(html)
    assert "English words" not in html


def test_a_cell_for_readers_of_the_notebook_alone_is_only_in_the_fold():
    html = made(prose("# Sổ tay\n\nĐọc số liệu.", "vi", "notebook-only"), silent(), shows(simple("one", "Một")))
    assert "Đọc số liệu." not in body(html)
    assert "<p>Đọc số liệu.</p>" in html
    assert "<p><b>Sổ tay</b></p>" in html


def test_what_a_code_cell_for_readers_of_the_notebook_alone_shows_is_not_on_the_page():
    cell = v4.new_code_cell("data", id="data", outputs=[v4.new_output("stream", name="stdout", text="42")])
    cell.metadata["tags"] = ["notebook-only"]
    assert "42" not in body(made(cell, shows(simple("one", "Một"))))


def test_the_first_heading_is_the_title_where_no_view_brings_one():
    html = page(notebook(prose("# Sổ *khai sinh*\n\nLời dẫn."), shows(simple("one", "Một"))), about())
    assert "<title>Sổ khai sinh</title>" in html
    assert in_order(body(html), "<h1>Sổ <em>khai sinh</em></h1>", "<p>Lời dẫn.</p>", "<h2>Một</h2>")


def test_two_headings_of_one_name_have_anchors_of_their_own():
    html = body(made(prose("## Tiến độ\n\nMột."), silent(), prose("## Tiến độ\n\nHai.")))
    assert in_order(html, '<section id="tien-do">', "Một.", '<section id="tien-do-">', "Hai.")


def test_a_heading_in_prose_begins_a_section():
    html = body(
        made(shows(simple("one", "Một")), prose("## Đơn vị ở Yên Bái\n\nLời dẫn."), shows("<p>Hình</p>", "chart"))
    )
    assert in_order(html, '<section id="don-vi-o-yen-bai"><h2>Đơn vị ở Yên Bái</h2>', "<p>Lời dẫn.</p>", "<p>Hình</p>")
    assert '<a href="#don-vi-o-yen-bai">Đơn vị ở Yên Bái</a>' in html


def test_html_in_prose_is_text():
    html = made(prose("Một <b onclick=x()>chữ</b> & <script>alert()</script>"), shows(simple("one", "Một")))
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_the_fold_holds_every_code_cell_escaped_with_its_id():
    html = made(silent('month = "<b>"'), shows(simple("one", "Một")))
    assert '<p class="cell">silent</p><pre><code>month = &#34;&lt;b&gt;&#34;</code></pre>' in html


def test_a_hostile_value_that_our_elements_escaped_is_text_on_the_page():
    hostile = '<script>alert(1)</script><img src=x onerror="alert(1)">javascript:alert(1)'
    heads = (Column(hostile, text=True, name="unit"), Column("n", name="n"))
    rows = [(Coded("1", hostile, hostile), "")]
    table = Table(hostile, heads, rows, file="a.csv", vintage=Vintage({})).html("vi")
    html = made(shows(section("one", hostile, paragraph(hostile), table, fold(hostile, paragraph(hostile))).html))
    assert "<script" not in html
    assert "<img" not in html
    assert html.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 6


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '<img src="data:image/png;base64,aaaa" alt="Bản đồ" onerror="alert(1)">',
        '<a href="javascript:alert(1)">x</a>',
        '<a href="JaVa\nScript:alert(1)">x</a>',
        '<a href="https://example.org/">x</a>',
        '<a href="//example.org/a.html">x</a>',
        '<a href="data:text/html;base64,aaaa">x</a>',
        '<a href="../../secret.html">x</a>',
        '<img src="https://example.org/pixel.png" alt="Bản đồ">',
        '<svg role="img" aria-label="x"><use href="https://example.org/a.svg#b"></use></svg>',
        '<svg role="img" aria-label="x"><path fill="url(https://example.org/a)" d="M0 0"></path></svg>',
        '<p style="position:fixed">x</p>',
        '<i style="background:url(//example.org/a)"></i>',
        '<iframe src="a.html"></iframe>',
        '<form action="a.html"></form>',
        '<base href="a.html">',
        '<meta http-equiv="refresh" content="0;url=a.html">',
        "<!-- hidden -->",
    ],
)
def test_html_that_is_not_allowed_is_refused_not_mended(hostile):
    with pytest.raises(Contradicted) as caught:
        made(shows(f"<p>a</p>{hostile}", "bad-cell"))
    assert "bad-cell" in caught.value.message("vi")
    assert "report.vi.html" in caught.value.message("en")


def test_a_mark_that_turns_the_reading_order_shows_itself():
    html = made(shows(paragraph("Xã \u202egnàv\u202c \x07").__html__()))
    assert "Xã [U+202E]gnàv[U+202C] [U+0007]" in html


def test_a_name_of_300_letters_stays_whole():
    assert "Ệ" * 300 in made(shows(simple("one", "Ệ" * 300)))


@pytest.mark.parametrize(
    ("output", "said"),
    [
        (v4.new_output("stream", name="stderr", text="UserWarning: look"), "stderr"),
        (v4.new_output("stream", name="stdout", text="42"), "stdout"),
        (v4.new_output("error", ename="KeyError", evalue="left", traceback=[]), "error"),
        (v4.new_output("execute_result", {"text/plain": "42"}, execution_count=1), "text/plain"),
        (v4.new_output("display_data", {"image/png": "aaaa", "text/plain": "Figure"}), "image/png"),
        (
            v4.new_output("display_data", {"text/html": "<p>a</p>", "application/javascript": "x"}),
            "application/javascript",
        ),
    ],
)
def test_anything_but_a_view_is_refused_with_cell_and_kind(output, said):
    cell = v4.new_code_cell("x", id="stray", outputs=[output])
    with pytest.raises(NotebookFailed) as caught:
        made(cell)
    for language in ("vi", "en"):
        assert "stray" in caught.value.message(language)
        assert said in caught.value.message(language)


def test_values_in_the_frame_are_escaped_too():
    title = 'A & <b> "B" </title></style>}@page\\'
    header = str(Markup("<header><h1>{}</h1></header>").format(title))
    html = made(shows(simple("one", "Một")), header=header, synthetic=True)
    assert "<title>A &amp; &lt;b&gt; &#34;B&#34; &lt;/title&gt;&lt;/style&gt;}@page\\</title>" in html
    assert '<meta property="og:title" content="A &amp; &lt;b&gt; &#34;B&#34; &lt;/title&gt;' in html
    assert html.count("</style>") == 1
    assert r'content:"A \26  \3c b\3e  \22 B\22' in html


def test_a_page_that_breaks_a_rule_is_not_made():
    with pytest.raises(Contradicted) as caught:
        made(shows(simple("one", "Một")), shows(simple("one", "Hai"), "again"))
    assert "“one”" in caught.value.message("en")


def test_nothing_of_the_notebook_is_changed():
    source = notebook(shows(HEADER, "opening"), prose("Lời."), shows(simple("one", "Một")))
    before = deepcopy(source)
    page(source, about())
    assert source == before


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [("Những điểm chính", "nhung-diem-chinh"), ("ĐẮK LẮK & 100%", "dak-lak-100"), ("–", "section")],
)
def test_anchors_are_plain_ascii(heading, anchor):
    assert slug(heading) == anchor


@pytest.mark.parametrize(("language", "word"), [("vi", "minh-hoa"), ("en", "illustrative")])
def test_a_table_saved_from_a_page_of_made_up_figures_says_so_in_its_name(language, word):
    heads, file = [Column("Xã", text=True, name="name")], "communes-2024-10.csv"
    table = Table("Xã", heads, [["An"]], file=file, vintage=Vintage({})).html(language)
    cell = shows(section("one", "Một", table).html)
    assert f'download="{word}-communes-2024-10.csv"' in made(cell, language=language, synthetic=True)
    assert 'download="communes-2024-10.csv"' in made(cell, language=language)


@pytest.mark.parametrize("strange", ["\u202e", "\x1b", "\u2066", "\x9b"])
def test_no_page_holds_a_character_that_turns_or_hides_others_in_its_title_either(strange):
    html = made(shows(simple("one", "Một")), header=f"<header><h1>Số {strange}hóa</h1></header>")
    plain = standalone.Plain("vi", f"Số {strange}hóa", "intake")
    other = standalone.page(plain, Markup(f"<header><h1>a{strange}b</h1></header>"), [])
    for page_of in (html, other):
        assert strange not in page_of
        assert f"<title>Số [U+{ord(strange):04X}]hóa</title>" in page_of
