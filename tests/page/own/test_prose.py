"""Prose becomes plain elements of the page; figures are bound, links and pictures lead nowhere but where they may."""

import re

import pytest
from PIL import Image

from hotich.errors import Contradicted, InputRefused
from hotich.language import LANGUAGES
from hotich.page.own import prose

TABLE = "| Huyện | Còn |\n|---|---:|\n| Trấn Yên | {fact:138/left} |\n"


def blocks(text, source, caption="", attachments=None):
    return prose.markdown(source, attachments or {}, text.ground.folder, text, caption)


def html(text, source, **given):
    return "".join(block.html for block in blocks(text, source, **given))


def refused(text, source, **given):
    with pytest.raises((Contradicted, InputRefused)) as caught:
        blocks(text, source, **given)
    assert all(text.cell in caught.value.message(language) for language in LANGUAGES)
    return caught.value


def own(text, source, caption=""):
    return "".join(block.html for block in prose.html(source, text, caption))


def refused_html(text, source):
    with pytest.raises(Contradicted) as caught:
        own(text, source)
    assert text.cell in caught.value.message("vi")
    return caught.value


@pytest.fixture
def picture(ground):
    Image.new("RGB", (40, 30), "red").save(ground.folder / "map.png")


def test_words_are_plain_elements(text):
    assert html(text, "Một *hai* **ba** `bốn`\n\n- năm\n\n> sáu\n\n---\n") == (
        "<p>Một <em>hai</em> <strong>ba</strong> <code>bốn</code></p><ul>\n<li>năm</li>\n</ul>"
        "<blockquote>\n<p>sáu</p>\n</blockquote><hr>"
    )


def test_headings_begin_the_page_and_sections(text):
    found = blocks(text, "# Trang\n\n## Phần {fact:left}\n\n### Mục")
    assert [(block.heading, block.words) for block in found if block.heading] == [(1, "Trang"), (2, "Phần 117.783")]


@pytest.mark.parametrize(
    "source",
    ["> Còn 99,9%", "`99,9%`", "```\n99,9%\n```", "## Còn 99,9%", "- 99,9%", "**99,9%**", "[99,9%](a.html)", "$99,9$"],
)
def test_no_quotation_and_no_code_is_a_way_round(text, source):
    assert refused(text, source).key == "own.unbound"


def test_html_in_markdown_is_text(text):
    assert html(text, "<b onclick=x()>chữ</b> <script>x</script>").startswith("<p>&lt;b onclick=x()&gt;chữ")


def test_a_table_has_its_caption_headings_and_frame(text):
    for source in (f"{TABLE}\n: Theo huyện", f": Theo huyện\n\n{TABLE}", f"{TABLE}\n\nBảng: Theo huyện"):
        made = html(text, source)
        assert '<div aria-label="Theo huyện" class="scroll" role="group" tabindex="0">' in made
        assert "<caption>Theo huyện</caption>" in made
        assert '<th scope="col">Huyện</th>' in made
        assert '<th scope="row">Trấn Yên</th>' in made
        assert 'data-fact="138/all/left"' in made
        assert ": " not in re.sub(r"<[^>]*>", "", made)


def test_a_table_without_a_caption_is_refused_and_what_is_advised_helps(text):
    assert ": What the table shows" in refused(text, TABLE).message("en")
    assert "<caption>What the table shows</caption>" in html(text, f"{TABLE}\n: What the table shows")
    assert "<caption>Theo huyện</caption>" in html(text, TABLE, caption="Theo huyện")


@pytest.mark.parametrize(
    "link",
    ["https://example.org/a?b=9", "https://thuvienphapluat.vn/van-ban/", "report.vi.html", "annex.xlsx", "#phan"],
)
def test_links_lead_outside_by_https_or_to_files_of_the_report(text, link):
    made = html(text, f"[chữ]({link})")
    assert f'href="{link}"' in made
    assert ('rel="noreferrer noopener"' in made) == link.startswith("https")


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert()",
        "JaVaScript:alert()",
        "data:text/html;base64,aaaa",
        "data:text/csv;charset=utf-8;base64,aaaa",
        "http://example.org/",
        "//example.org/",
        "mailto:a@example.org",
        "file:///etc/passwd",
        "../../secret.html",
        "https://a@example.org/",
        "https://exаmple.org/",
        "",
    ],
)
def test_a_link_to_anywhere_else_is_refused_with_what_may_stand_there(text, link):
    error = refused(text, f"[chữ](<{link}>)")
    assert error.key == "own.link"
    assert "https://" in error.message("vi")


@pytest.mark.usefixtures("picture")
def test_a_picture_is_put_into_the_page_with_its_words(text):
    made = html(text, "![Bản đồ, còn {fact:left}](map.png)")
    assert 'alt="Bản đồ, còn 117.783"' in made
    assert 'src="data:image/png;base64,' in made


@pytest.mark.usefixtures("picture")
@pytest.mark.parametrize(("alt", "key"), [("", "own.no_alt"), (" ", "own.no_alt"), ("Còn 99,9%", "own.unbound")])
def test_a_picture_without_words_or_with_wrong_ones_is_refused(text, alt, key):
    assert refused(text, f"![{alt}](map.png)").key == key


@pytest.mark.parametrize("source", ["~~cũ~~", "- [ ] việc"])
def test_what_no_page_has_is_refused_by_its_name(text, source):
    assert refused(text, source).key == "own.not_allowed"


def test_figures_that_read_as_one_are_refused_across_elements(text):
    assert refused(text, "**{fact:left}**{fact:percent}").key == "own.joined"
    assert refused(text, "*{fact:left}*%").key == "own.joined"


def test_deep_nesting_is_no_trouble(text):
    assert blocks(text, ">" * 3_000 + " a")
    assert blocks(text, "[" * 3_000 + "a")


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('<p>Còn <data value="1" data-fact="15/all/left">99</data></p>', "data"),
        ("<p>Còn <span data-name>99</span></p>", "span data-name"),
        ('<p class="tick" id="x">Còn</p>', "p class"),
        ("<p hidden>99</p>", "p hidden"),
        ('<p style="display:none">99</p>', "p style"),
        ("<p onclick=x()>a</p>", "p onclick"),
        ("<style>p{}</style>", "<style>"),
        ("<script>x</script>", "<script>"),
        ("<svg><text>99</text></svg>", "<svg>"),
        ("<details><p>99</p></details>", "<details>"),
        ('<p><img src="data:image/svg+xml;base64,aaaa" alt="Bản đồ"></p>', "<img>"),
        ('<p><img src="https://example.org/x.png" alt="Bản đồ"></p>', "<img>"),
        ("<iframe src=a.html></iframe>", "<iframe>"),
        ("<form><input></form>", "<form>"),
        ("<p>10<sup>4</sup></p>", ""),
    ],
)
def test_html_of_ones_own_has_plain_elements_only(text, source, found):
    error = refused_html(text, source)
    assert error.key == "own.not_allowed" if found else error.key == "own.unbound"
    assert found in error.message("en")


@pytest.mark.parametrize(
    "source", ["<p>Còn 99,9%</p>", "<p>Còn &#57;&#57;</p>", "<h2>99</h2>", "<code>99</code>", "99"]
)
def test_figures_in_html_are_read_like_any_other(text, source):
    assert refused_html(text, source).key == "own.unbound"


@pytest.mark.parametrize("hidden", ["<!-- 99 -->", "<!DOCTYPE 99>", "<?99?>", "<![CDATA[99]]>"])
def test_comments_and_the_like_are_left_out(text, hidden):
    assert own(text, f"<p>a{hidden}</p>") == "<p>a</p>"


def test_tables_of_pandas_lose_their_classes(text):
    made = own(
        text, '<table class="dataframe" border="1"><tr style="text-align: right;"><th>Huyện</th></tr></table>', "Bảng"
    )
    assert "dataframe" not in made
    assert '<th scope="col">Huyện</th>' in made
