"""The gate on the finished page: every figure, wherever it stands, is a fact written as that fact is written."""

import re
from decimal import Decimal

import nbformat
import pytest
from conftest import cells
from markupsafe import Markup
from pages import page_names, report_page, shown

from hotich import checks, measures
from hotich.data import dataset
from hotich.errors import Contradicted
from hotich.language import LANGUAGES
from hotich.measures import facts
from hotich.measures.facts import Fact
from hotich.page import PageSpec, exporter, figure_gate, write
from hotich.page.own.from_elsewhere import Known
from hotich.views.markup import Fragment

LEFT = Fact("15", "all", "left", 117_783, "entries", "computed")
KNOWN = {
    LEFT.key: LEFT,
    "15/all/percent": Fact("15", "all", "percent", Decimal("81.5199"), "percent", "computed"),
    "15/all/over": Fact("15", "all", "over", 4, "areas", "computed"),
    "15/all/change": Fact("15", "all", "change", -36, "entries", "computed"),
}


def whole(body):
    return f"<!doctype html><html><head></head><body><main>{body}</main></body></html>"


def figure(shown, fact=LEFT.key, value="117783"):
    return f'<data value="{value}" data-fact="{fact}">{shown}</data>'


def prove(body, language="vi", names=("Phường 1", "Đề án 06")):
    figure_gate.check(whole(body), "report.vi.html", language, KNOWN, names)


def refused(body, language="vi"):
    with pytest.raises(Contradicted) as caught:
        prove(body, language)
    assert caught.value.exit_code == 1
    messages = [caught.value.message(each) for each in LANGUAGES]
    assert all("report.vi.html" in message for message in messages)
    return messages[1]


@pytest.mark.parametrize(
    ("language", "fact", "value", "shown"),
    [
        ("vi", LEFT.key, "117783", "117.783"),
        ("en", LEFT.key, "117783", "117,783"),
        ("vi", "15/all/percent", "81.5199", "81,5%"),
        ("en", "15/all/percent", "81.5199", "81.5%"),
        ("vi", "15/all/over", "4", "bốn"),
        ("en", "15/all/over", "4", "Four"),
        ("vi", "15/all/change", "-36", "−36"),
        ("vi", "15/all/change", "-36", "36"),
    ],
)
def test_a_figure_may_be_written_in_the_ways_of_its_language(language, fact, value, shown):
    prove(f"<p>{figure(shown, fact, value)}</p>", language)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (figure("117.783", value="117784"), "15/all/left stands there as 117784"),
        (figure("117.784"), "“117.784”, but should be written like “117.783”"),
        (figure("117,783"), "“117,783”"),
        (figure("117.783", fact="15/all/lft"), "15/all/lft"),
        (figure("ba", fact="15/all/over", value="4"), "“ba”"),
        ("<p>Còn 117.783 thông tin</p>", "“Còn 117.783 thông tin”"),
        ("<h2>Bốn trên 9</h2>", "“Bốn trên 9”"),
        ("<table><caption>22/10/2024</caption></table>", "“22/10/2024”"),
        ("<table><tbody><tr><td>12</td></tr></tbody></table>", "“12”"),
        ("<p>Phường 12</p>", "“Phường 12”"),
        (f'<figure><svg role="img" aria-label="Biểu đồ, 82%"></svg>{figure("117.783")}</figure>', "Biểu đồ, 82%"),
        (f"<figure><svg><text>117.784</text></svg>{figure('117.783')}</figure>", "“117.784”"),
        (f"<figure><svg><text>117.783</text></svg></figure><p>{figure('117.783')}</p>", "“117.783”"),
        ("<nav><a>Bốn trên 9</a></nav>", "“Bốn trên 9”"),
    ],
)
def test_a_figure_that_is_no_fact_is_named(body, said):
    assert said in refused(body)


@pytest.mark.parametrize(
    "body",
    [
        "<p>Phường 1 và Đề án 06</p>",
        "<p><code>2024-10.csv</code></p><pre>make report MONTH=10</pre>",
        "<blockquote><p>Bão số 3</p></blockquote>",
        '<p><span data-name="">100%</span></p>',
        f"<h2>Còn {figure('117.783')}</h2><nav><a>Còn 117.783</a></nav>",
        f'<figure><svg role="img" aria-label="Còn 117.783"><text class="tick">25</text><text>117.783</text></svg>'
        f"{figure('117.783')}</figure>",
        "<figure><svg><text>Phườ…</text></svg></figure>",
    ],
)
def test_digits_of_names_code_comments_axes_and_of_facts_in_the_same_figure_may_stand(body):
    prove(body)


@pytest.mark.parametrize(("name", "kind"), [("quality.vi", "report"), ("report.vi", "report"), ("138.vi", "notice")])
def test_a_figure_that_a_cell_makes_itself_is_refused_on_every_page(tmp_path, name, kind):
    views = ("<header><h1>Kiểm tra</h1></header>", '<section id="a"><h2>Còn lại</h2></section>', "<p>99 communes</p>")
    cells = [nbformat.v4.new_code_cell("view(m)", outputs=[shown(Fragment(Markup(view)))]) for view in views]
    spec = PageSpec(name, "vi", "22/10/2024", False, kind)
    (tmp_path / "notebooks").mkdir()
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / spec.notebook)
    with pytest.raises(Contradicted, match="“99 communes”"):
        write.write(spec, tmp_path, tmp_path / "measures.csv")
    assert not (tmp_path / spec.page).exists()


@pytest.mark.parametrize(
    "markdown",
    [
        "> Đã số hóa 99,9%",
        "Đã số hóa `99,9%` thông tin.",
        "```\nĐã số hóa 99,9%\n```",
        "    Đã số hóa 99,9%",
        "## Đạt `99,9%`",
        "1. > - `99,9%`",
    ],
)
def test_no_quotation_and_no_code_in_prose_carries_a_figure_past_the_gate(markdown):
    views = ("<header><h1>Báo cáo</h1></header>", "<p>Còn lại</p>")
    opening, left = (nbformat.v4.new_code_cell("view(m)", outputs=[shown(Fragment(Markup(view)))]) for view in views)
    notebook = nbformat.v4.new_notebook(cells=[opening, nbformat.v4.new_markdown_cell(markdown), left])
    with pytest.raises(Contradicted, match=r"99,9% in “(Đã số hóa |Đạt )?99,9%” is bound to no fact"):
        exporter.page(notebook, PageSpec("report.vi", "vi", "nay", synthetic=False), Known(KNOWN))


def test_the_two_languages_must_state_the_same_facts_in_each_section():
    vi = whole(f'<section id="a">{figure("117.783")}</section>')
    en = whole(f'<section id="a">{figure("117,783")}</section>')
    figure_gate.check_languages_agree(vi, en, "report")
    elsewhere = whole(f'<section id="b"></section><section id="a">{figure("117,783")}</section>')
    for other in (whole('<section id="a"></section>'), elsewhere):
        with pytest.raises(Contradicted, match="15/all/left"):
            figure_gate.check_languages_agree(vi, other, "report")


def test_facts_come_back_from_measures_csv_as_they_were(october, tmp_path):
    measures.write(october, tmp_path / "measures.csv")
    assert facts.read(tmp_path / "measures.csv") == dict(october.facts)


@pytest.fixture(scope="module")
def october():
    return measures.read(checks.require(dataset.read("2024-10")))


@pytest.fixture(scope="module")
def page(october):
    return report_page(october)


def test_october_is_proved_in_both_languages(october, page):
    en = october.seen_in("en")
    english = report_page(en)
    figure_gate.check(page, "report.vi.html", "vi", october.facts, page_names(october))
    figure_gate.check(english, "report.en.html", "en", en.facts, page_names(en))
    figure_gate.check_languages_agree(page, english, "report")


PLACES = {
    "one-line finding": r'<p class="stand">.*?(<data[^>]*>)([^<]*)',
    "key figure": r'<dd class="big"><data[^>]*>([^<]*)',
    "main point": r'<ol class="mp"><li>.*?<data[^>]*>([^<]*)',
    "heading": r"<h2>[^<]*<data[^>]*>([^<]*)",
    "chart headline": r'<span class="ft">[^<]*<data[^>]*>([^<]*)',
    "caption": r"<caption>[^<]*<data[^>]*>([^<]*)",
    "chart table": r"<details>.*?<td[^>]*><data[^>]*>([^<]*)",
    "month of a chart table": r'<th scope="row"[^>]*><data[^>]*>([^<]*)',
    "number in words": r"<data[^>]*>(ba|Ba)<",
    "date": r"<data[^>]*>(22/10/2024)<",
    "alt text": r'aria-label="Biểu đồ[^"]*?([0-9]+,[0-9]%)',
    "drawing": r'<text x="[^>]*font-weight[^>]*>([0-9]+,[0-9]%)<',
    "published figure": r'data-quoted="published"[^>]*>([^<]*)',
}


@pytest.mark.parametrize("place", PLACES)
def test_one_changed_figure_anywhere_on_the_page_is_refused(october, page, place):
    found = re.search(PLACES[place], page, re.DOTALL)
    assert found, place
    at = found.span(found.lastindex)
    shown = found[found.lastindex]
    other = "bốn" if shown.lower() == "ba" else re.sub(r"\d", lambda digit: str((int(digit[0]) + 1) % 10), shown)
    changed = page[: at[0]] + other + page[at[1] :]
    with pytest.raises(Contradicted):
        figure_gate.check(changed, "report.vi.html", "vi", october.facts, page_names(october))


def test_a_figure_taken_out_of_its_element_is_refused(october, page):
    bare = re.sub(r"<data[^>]*>([^<]*)</data>", r"\1", page, count=1)
    with pytest.raises(Contradicted):
        figure_gate.check(bare, "report.vi.html", "vi", october.facts, page_names(october))


@pytest.mark.parametrize("state", ["first month", "nothing", "everything", "usual"])
def test_every_kind_of_month_is_proved_in_both_languages(office, state):
    rows = {
        key: (r[0], {"nothing": "0", "everything": r[0]}.get(state, r[1]) if r[0] else "", r[2])
        for key, r in cells(30).items()
    }
    office.write("2024-10", rows)
    if state == "first month":
        office.forget("2024-09")
    if state == "nothing":
        office.write("2024-09", rows)
    m = measures.read(checks.require(dataset.read("2024-10", office.at)))
    shown = []
    for language in LANGUAGES:
        seen = m.seen_in(language)
        shown.append(report_page(seen))
        figure_gate.check(shown[-1], "report", language, seen.facts, page_names(seen))
    figure_gate.check_languages_agree(*shown, "report")


HOSTILE = [
    "Xã <script>alert(1)</script>",
    "Xã **đậm** `mã` [x](y)",
    "Xã ‘ngoặc’ 'đơn' & &amp;",
    "Xã " + "rất dài " * 40 + "9",
    "Phường 1",
    "Xã =1+1",
    "Xã 漢字 😀 3",
    "Xã |a|b| 5",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_of_any_kind_is_shown_as_text_and_its_digits_are_no_figures(office, name):
    path = office.at.data / "areas.csv"
    lines = path.read_text(encoding="utf-8").replace("Xã Cát,", f'"{name}",').replace("Huyện Hai,", f'"Huyện {name}",')
    path.write_text(lines, encoding="utf-8")
    m = measures.read(checks.require(dataset.read("2024-10", office.at)))
    html = report_page(m)
    figure_gate.check(html, "report.vi.html", "vi", m.facts, page_names(m))
    assert "<script>alert" not in html


def test_the_page_is_no_larger_than_600_kilobytes(page):
    assert len(page.encode("utf-8")) <= 600_000
