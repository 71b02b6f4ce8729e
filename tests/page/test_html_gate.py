"""The rules of pages, each broken once on a page that is otherwise good."""

from html import unescape

import pytest

from hotich.errors import Contradicted
from hotich.language import LANGUAGES
from hotich.page import head, html_gate, script

POLICY = f'<meta http-equiv="Content-Security-Policy" content="{html_gate.POLICY}">'
HEAD = f'<meta charset="utf-8">{POLICY}<title>Báo cáo</title>'
TABLE = (
    '<table><caption>Bảng 1</caption><thead><tr><th scope="col">Huyện</th></tr></thead>'
    '<tbody><tr><th scope="row">Trạm Tấu</th></tr></tbody></table>'
)
DRAWING = (
    '<svg role="img" aria-label="Biểu đồ cột: Trạm Tấu đạt 100%"><defs><clipPath id="clip"><path d="M0 0"></path>'
    '</clipPath></defs><path clip-path="url(#clip)" d="M0 0"></path></svg>'
)
FIGURE = (
    f"<figure><figcaption>Trạm Tấu đạt 100%</figcaption>{DRAWING}"
    f"<details><summary>Bảng số liệu</summary>{TABLE}</details></figure>"
)


def whole(body="", head=HEAD, lang=' lang="vi"', heading="<h1>Báo cáo</h1>"):
    return f"<!doctype html><html{lang}><head>{head}</head><body><main>{heading}{body}</main></body></html>"


def told(html):
    with pytest.raises(Contradicted) as caught:
        html_gate.check(html, "report.vi.html")
    assert caught.value.exit_code == 1
    messages = {language: caught.value.message(language) for language in LANGUAGES}
    assert all("report.vi.html" in message for message in messages.values())
    return messages["en"]


def test_a_good_page_passes():
    links = '<p id="a"><a href="#a">a</a><a href="quality.vi.html">b</a><a href="annex.xlsx">c</a><br></p>'
    saved = '<a href="data:text/csv;charset=utf-8;base64,YQ==" download="a.csv">CSV</a>'
    html_gate.check(whole(f"<h2>Huyện</h2>{links}{saved}{FIGURE}{TABLE}"), "report.vi.html")


def test_the_one_script_passes_where_the_policy_names_it():
    head = HEAD.replace(html_gate.POLICY, html_gate.SCRIPTED)
    html_gate.check(whole(f"<script>{script.SOURCE}</script>", head=head), "report.vi.html")


def test_data_about_the_page_in_its_head_is_no_script_and_its_sign_lies_in_it():
    data = f'<script type="application/ld+json">{{"name":"Báo cáo"}}</script><link rel="icon" href="{head.ICON}">'
    html_gate.check(whole(head=HEAD + data), "report.vi.html")


@pytest.mark.parametrize(
    ("given", "policy"),
    [
        (f"<script>{script.SOURCE}</script>", html_gate.POLICY),
        ('<script type="application/ld+json">{}</script>', html_gate.POLICY),  # in the body
        ('<script type="application/ld+json" src="a.js"></script>', html_gate.POLICY),
        ("", html_gate.SCRIPTED),
        ("<script>alert(1)</script>", html_gate.SCRIPTED),
        (f"<script>{script.SOURCE}alert(1)</script>", html_gate.SCRIPTED),
        (f'<script src="#a">{script.SOURCE}</script>', html_gate.SCRIPTED),
    ],
)
def test_any_other_script_or_policy_is_refused(given, policy):
    assert told(whole(given, head=HEAD.replace(html_gate.POLICY, policy)))


def test_the_script_reads_the_same_to_the_page_grammar_and_to_a_browser():
    assert "<" not in script.SOURCE
    assert unescape(script.SOURCE) == script.SOURCE


@pytest.mark.parametrize(
    ("html", "said"),
    [
        (whole(lang=""), "does not say its language"),
        (whole(lang=' lang="fr"'), "does not say its language"),
        (whole(head="<title>a</title>" + HEAD.replace("<title>Báo cáo</title>", "")), "content security policy"),
        (whole(head=HEAD.replace("'none'", "*", 1)), "content security policy"),
        (whole(head=HEAD.replace("Báo cáo", "")), "exactly one title"),
        (whole(heading=""), "there are 0 level-1 headings"),
        (whole("<h1>Hai</h1>"), "there are 2 level-1 headings"),
        (whole("<h3>Sâu</h3>"), "“Sâu” skips a level"),
        (whole("<h2></h2>"), "heading has no text"),
        (whole("<script>1</script>"), "<script> is not allowed"),
        (whole('<iframe src="#a"></iframe>'), "<iframe> is not allowed"),
        (whole(head=HEAD + '<meta http-equiv="refresh" content="0">'), "<meta http-equiv> is not allowed"),
        (whole(head=HEAD + '<link href="a.css">'), "<link> leads away from the page: a.css"),
        (whole('<p onclick="x()">a</p>'), "<p> carries the script onclick"),
        (whole('<a href="https://example.org/a.html">a</a>'), "<a> leads away from the page: https://example.org"),
        (whole('<a href="//example.org/a.html">a</a>'), "leads away"),
        (whole('<a href="/etc/a.html">a</a>'), "leads away"),
        (whole('<a href="../a.html">a</a>'), "leads away"),
        (whole('<a href="data:text/html;base64,YQ==">a</a>'), "leads away"),
        (whole('<img src="a.png" alt="Bản đồ tỉnh">'), "<img> leads away"),
        (whole('<p style="background:url(a.png)">a</p>'), "style in <p> loads"),
        (whole(head=HEAD + "<style>@import 'a.css';</style>"), "style in <style> loads"),
        (whole(head=HEAD + "<style>a{b:url(https://example.org)}</style>"), "style in <style> loads"),
        (whole('<p id="a"></p><p id="a"></p>'), "“a” is given twice"),
        (whole('<a href="#b">b</a>'), "leads to “b”, which is not on the page"),
        (whole('<p aria-labelledby="c">c</p>'), "leads to “c”"),
        (whole(DRAWING.replace("url(#clip)", "url(#d)")), "leads to “d”"),
        (whole(FIGURE.replace("Trạm Tấu đạt 100%</figcaption>", "</figcaption>")), "no heading (figcaption)"),
        (whole(FIGURE.replace(TABLE, "<p>a</p>")), "“Trạm Tấu đạt 100%” has no table"),
        (whole(FIGURE.replace("<details>", "<div>").replace("</details>", "</div>")), "has no table"),
        (whole(DRAWING.replace(' aria-label="Biểu đồ cột: Trạm Tấu đạt 100%"', "")), "no usable description"),
        (whole(DRAWING.replace(' role="img"', "")), "no usable description"),
        (whole(DRAWING.replace("Biểu đồ cột: Trạm Tấu đạt 100%", "Biểu đồ 3")), "“Biểu đồ 3”"),
        (whole('<img src="data:image/png;base64,YQ==" alt="map.png">'), "“map.png”"),
        (whole('<img src="data:image/png;base64,YQ==" alt="No description has been provided">'), "No desc"),
        (whole(TABLE.replace("Bảng 1", "")), "begins with “Huyện” has no caption"),
        (whole(TABLE.replace(' scope="row"', "")), "“Bảng 1” has a header cell without scope"),
        (whole().removeprefix("<!doctype html>"), "in its place: <!doctype html>"),
        (whole("<!-- hidden -->"), "<!-- hidden -->"),
        (whole("<p>1 < 2</p>"), "in its place: < 2"),
        (whole("<p class=a>a</p>"), "<p class=a>"),
        (whole("<br/>"), "<br/>"),
        (whole("<p>a"), "</main>"),
        (whole("<b><i>a</b></i>"), "</b>"),
        (whole('<p id="a" id="b">a</p>'), '<p id="a" id="b">'),
        (whole('<data value="1">1</data>'), "“1” is not bound"),
        (whole('<data data-fact="15/all/left">1</data>'), "“1” is not bound"),
    ],
)
def test_a_broken_rule_is_named_with_its_place(html, said):
    assert said in told(html)


def test_every_problem_is_told_at_once():
    message = told(whole('<h3>Sâu</h3><p onclick="x()">a</p>'))
    assert "skips a level" in message
    assert "onclick" in message
    assert "Problems (2)" in message


def test_a_decoration_needs_no_description():
    html_gate.check(whole('<svg aria-hidden="true"><path d="M0 0"></path></svg>'), "report.vi.html")
