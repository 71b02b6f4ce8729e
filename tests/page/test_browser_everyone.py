"""What everybody meets: forced colours, zoom, a tablet, a phone, paper, a file that travels, a chart that is saved."""

import re
import subprocess
from xml.etree import ElementTree

import pytest
from conftest import needed

REPORTS = tuple(f"{page}.{language}.html" for page in ("report", "quality") for language in ("vi", "en"))
SVG = "{http://www.w3.org/2000/svg}"
SIZES = """() => [...document.querySelectorAll("figure svg text")].filter(word => word.checkVisibility()).map(word =>
    [parseFloat(getComputedStyle(word).fontSize) * word.getScreenCTM().d, word.getScreenCTM().d, word.textContent])"""
"""Of each word in a drawing its size in pixels, and how many times larger it is than it was drawn."""


def test_charts_keep_their_colours_on_white_where_colours_are_forced(browser, pages):
    context = browser.new_context(forced_colors="active", color_scheme="dark")
    page = context.new_page()
    page.goto((pages / "report.vi.html").as_uri())
    looks = page.evaluate(
        """() => [...document.querySelectorAll("figure svg")].filter(each => each.checkVisibility()).map(each => {
            const look = getComputedStyle(each);
            return [look.forcedColorAdjust, look.backgroundColor];
        })"""
    )
    swatches = page.evaluate(
        "() => [...document.querySelectorAll('.key i:not(.tick)')].map(each => getComputedStyle(each).backgroundColor)"
    )
    context.close()
    assert set(map(tuple, looks)) == {("none", "rgb(255, 255, 255)")}
    assert len(set(swatches)) == len(swatches) == 5


@pytest.mark.parametrize("width", [640, 768])
def test_words_in_charts_are_neither_huge_nor_tiny_at_200_percent_and_on_a_tablet(shown, width):
    page = shown("report.vi.html", width)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    sizes = page.evaluate(SIZES)
    assert len(sizes) > 100
    assert [each for each in sizes if each[0] < 11 or each[1] > 1.4] == []


def test_a_phone_is_not_promised_names_that_its_drawing_lacks(open_page):
    phone, desk = (open_page("report.vi.html", width).locator("#chart-communes figcaption") for width in (360, 1280))
    assert "Ghi tên" in desk.inner_text()
    assert "Ghi tên" not in phone.inner_text()


def test_the_list_of_releases_shows_a_phone_the_links_in_rows_of_a_few_lines(open_page, site_pages):
    page = open_page("index.html", 360, folder=site_pages)
    links = page.locator("#examples table a")
    boxes = [links.nth(at).bounding_box() for at in range(links.count())]
    assert len(boxes) >= 8
    assert [box for box in boxes if box["x"] + box["width"] > 360] == []
    rows = page.locator("#examples table tbody tr")
    assert max(rows.nth(at).bounding_box()["height"] for at in range(rows.count())) < 160


@pytest.fixture
def sheets(shown, tmp_path):
    """Prints a page; of each sheet its words, and how far down of its height they reach, without its foot."""
    pdftotext = needed("pdftotext")

    def printing(name):
        file = tmp_path / "page.pdf"
        shown(name).pdf(path=file, prefer_css_page_size=True, print_background=True)
        done = subprocess.run([pdftotext, "-bbox", file, "-"], capture_output=True, text=True, check=True)
        return [sheet(part) for part in done.stdout.split("<page ")[1:]]

    return printing


def sheet(part):
    height = float(re.search(r'height="([\d.]+)"', part)[1])
    words = re.findall(r'yMax="([\d.]+)">([^<]*)</word>', part)
    return "".join(word for _, word in words), max(float(y) / height for y, _ in words if float(y) / height < 0.94)


@pytest.mark.parametrize("name", REPORTS)
def test_no_sheet_but_the_last_is_under_a_third_full_and_a_heading_has_its_chart(sheets, shown, name):
    printed = sheets(name)
    assert [(at, round(full, 2)) for at, (_, full) in enumerate(printed[:-1], 1) if full < 0.36] == []
    together = shown(name).evaluate(
        """() => [...document.querySelectorAll("main > section:has(> figure)")].map(section =>
            ["h2", ".ft"].map(part => section.querySelector(part).textContent.replace(/\\s+/g, "")))"""
    )
    assert len(together) > 3 or "quality" in name
    assert [pair for pair in together if not any(all(part in words for part in pair) for words, _ in printed)] == []


def test_paper_has_every_commune_in_its_rank_with_its_share(sheets, shown):
    printed = "".join(words for words, _ in sheets("report.vi.html"))
    rows = shown("report.vi.html").locator("#table-communes tbody tr")
    names = rows.evaluate_all("all => all.map(row => row.cells[0].textContent + '·' + row.cells[2].textContent)")
    assert len(names) == 173
    assert [name for name in names if re.sub(r"\s+", "", name) not in printed] == []


def test_a_saved_chart_says_alone_what_it_is_whose_it_is_and_that_it_is_made_up(open_page, tmp_path):
    page = open_page("report.vi.html", 360)
    charts = page.locator("figure:has(.tools)")
    for at in range(charts.count()):
        figure = charts.nth(at)
        with page.expect_download() as started:
            figure.get_by_role("button", name="Tải biểu đồ (SVG)").click()
        assert re.fullmatch(r"minh-hoa-[a-z-]+-2024-10\.svg", started.value.suggested_filename)
        root = ElementTree.parse(started.value.path()).getroot()
        said = " ".join("".join(each.itertext()) for each in root.iter(f"{SVG}text"))
        assert root.find(f"{SVG}title").text == figure.locator(".ft").text_content()
        assert "[minh họa] Nguồn: số liệu tháng của các đơn vị" in said
        assert "SỐ LIỆU MINH HỌA." in said
        assert len(root.findall(f"{SVG}svg")) == figure.locator("svg.w").count()
    assert charts.count() >= 6
    assert page.complaints == []


@pytest.mark.parametrize("name", REPORTS)
def test_every_link_to_a_file_beside_the_page_leads_to_one_and_the_page_says_where_it_does_not(pages, name):
    html = (pages / name).read_text(encoding="utf-8")
    links = {link.partition("#")[0] for link in re.findall(r'href="([^"#:]+)"', html)}
    assert {"annex.xlsx", "data.csv", "measures.csv", "datapackage.json"} < links
    assert [link for link in links if not (pages / link).is_file()] == []
    assert ("gửi cả thư mục" if ".vi." in name else "send the whole folder") in html


@pytest.mark.parametrize("name", REPORTS[:2])
def test_the_head_describes_the_page_in_its_own_words(shown, name):
    page = shown(name)
    said = page.locator("meta[name=description]").get_attribute("content")
    assert said.endswith(page.locator(".stand").text_content())
    assert said.startswith("SỐ LIỆU MINH HỌA" if ".vi." in name else "ILLUSTRATIVE DATA")
    assert page.evaluate("JSON.parse(document.querySelector('script[type$=json]').textContent)['@type']") == "Dataset"
    assert page.complaints == []


def test_a_link_to_a_chart_leads_to_it(open_page):
    page = open_page("report.vi.html")
    page.locator("#chart-registers .tools a").click()
    assert page.url.endswith("#chart-registers")
    assert page.locator("figure:target .ft").count() == 1
