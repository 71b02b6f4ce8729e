"""The finished pages in a real browser: what a reviewer meets on a desk, on a phone, on paper and without scripts."""

import re
import subprocess

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import needed

PAGES = tuple(
    f"{page}.{language}.html" for page in ("report", "quality", "notices/138", "summary") for language in ("vi", "en")
)
REPORTS = PAGES[:4]
A4 = 665
"""Pixels between the side margins of a printed page: 210 mm less twice 17 mm, at 96 to the inch."""


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_for_nothing_and_complains_of_nothing(shown, name):
    page = shown(name)
    page.wait_for_load_state("networkidle")
    assert [url for url in page.requested if not url.startswith(("file:", "data:"))] == []
    assert len([url for url in page.requested if url.startswith("file:")]) == 1
    assert page.complaints == []


@pytest.mark.parametrize(("name", "width"), [(name, 360 if ".vi." in name else 1280) for name in PAGES])
def test_axe_finds_no_barrier(shown, name, width):
    page = shown(name, width)
    found = Axe().run(page).response["violations"]
    assert [(each["id"], [node["html"][:120] for node in each["nodes"]][:3]) for each in found] == []


@pytest.mark.parametrize("width", [360, 390])
@pytest.mark.parametrize("name", PAGES)
def test_a_phone_needs_no_sideways_scrolling(shown, name, width):
    page = shown(name, width)
    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("name", REPORTS)
def test_no_word_in_a_chart_is_smaller_than_11_pixels_on_a_phone(shown, name):
    assert [each for each in chart_type(shown(name, 360)) if each[0] < 11] == []


def chart_type(page):
    """The size in pixels of each word in the charts that are shown, as the eye meets it."""
    return page.evaluate(
        """() => [...document.querySelectorAll("svg text")].filter(word => word.checkVisibility()).map(word =>
            [parseFloat(getComputedStyle(word).fontSize) * word.getScreenCTM().d, word.textContent.trim()])"""
    )


@pytest.mark.parametrize("name", PAGES)
def test_a_page_without_scripts_says_the_same(shown, name):
    said = [shown(name, scripts=scripts).locator("main").inner_text() for scripts in (True, False)]
    assert len(said[1]) > 1000
    assert set(words(said[1])) - set(words(said[0])) == set()


def words(text):
    return re.findall(r"\w+", text)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_weighs_at_most_600_kilobytes(pages, name):
    assert (pages / name).stat().st_size <= 600_000


@pytest.fixture
def paper(shown, tmp_path):
    """Prints a page and gives the text of each sheet."""
    pdftotext = needed("pdftotext")

    def printing(name):
        file = tmp_path / "page.pdf"
        shown(name).pdf(path=file, prefer_css_page_size=True)
        done = subprocess.run([pdftotext, file, "-"], capture_output=True, text=True, check=True)
        return done.stdout.removesuffix("\f").split("\f")

    return printing


@pytest.mark.parametrize("name", REPORTS)
def test_every_sheet_of_paper_has_its_number_and_the_mark_of_made_up_data(paper, name):
    sheets = paper(name)
    mark = "Số liệu minh họa" if ".vi." in name else "Illustrative data"
    assert len(sheets) > 1
    assert [number for number, sheet in enumerate(sheets, 1) if f"{number}/{len(sheets)}" not in squeezed(sheet)] == []
    assert [number for number, sheet in enumerate(sheets, 1) if mark not in sheet] == []


@pytest.mark.parametrize("name", REPORTS[:2])
def test_no_chart_is_torn_between_two_sheets(shown, paper, name):
    sheets = [squeezed(sheet) for sheet in paper(name)]
    page = shown(name, A4, media="print")
    charts = page.evaluate(
        """() => [...document.querySelectorAll("figure")].filter(chart => chart.checkVisibility()).map(chart =>
            [...chart.querySelectorAll("figcaption > span, svg text")].filter(word => word.checkVisibility())
              .map(word => word.textContent))"""
    )
    assert len(charts) >= 6
    assert [chart[0] for chart in charts if torn(chart, sheets)] == []


def torn(chart, sheets):
    """Words of a chart that stand on another sheet than most of it does."""
    there = [{word for word in map(squeezed, chart) if word in sheet} for sheet in sheets]
    most = max(there, key=len)
    assert len(most) > len(set(chart)) / 2
    return set.union(*there) - most


def squeezed(text):
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("name", REPORTS[:2])
def test_no_word_in_a_chart_is_smaller_than_7_points_on_paper(shown, name):
    page = shown(name, A4, media="print")
    assert [each for each in chart_type(page) if each[0] * 0.75 < 7] == []


def unfold(page):
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")


def communes(page):
    """The long table of communes, its fold opened."""
    unfold(page)
    return page.locator("table.long").filter(has=page.get_by_text("Đông Cuông")).first


def first_cells(table):
    return [name.partition("\n")[0] for name in table.locator("tbody tr:visible th").all_inner_texts()]


@pytest.mark.parametrize("typed", ["dong cuong", "Đông Cuông", "CUÔNG dong"])
def test_the_filter_finds_a_commune_without_its_accents_and_says_how_many_rows_are_left(open_page, typed):
    page = open_page("report.vi.html")
    table = communes(page)
    bar = table.locator("xpath=ancestor::div[1]/preceding-sibling::div[1]")
    bar.get_by_label("Lọc theo tên").fill(typed)
    assert [name for name in first_cells(table) if "Đông Cuông" not in name] == []
    assert bar.get_by_role("status").inner_text() == "Còn 1 trong 173 dòng"
    bar.get_by_label("Lọc theo tên").fill("")
    assert len(first_cells(table)) == 173


def test_a_column_is_sorted_by_keyboard_up_down_and_back(open_page):
    page = open_page("report.en.html")
    table = communes(page)
    before = first_cells(table)
    head = table.locator("thead th").first
    head.get_by_role("button").focus()
    page.keyboard.press("Enter")
    rising = first_cells(table)
    assert head.get_attribute("aria-sort") == "ascending"
    page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "descending"
    assert first_cells(table) == rising[::-1] != before
    page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") is None
    assert first_cells(table) == before


def test_numbers_are_sorted_as_numbers_and_the_order_is_announced(open_page):
    page = open_page("report.vi.html")
    table = communes(page)
    head = table.locator("thead th").nth(3)
    head.get_by_role("button").click()
    values = [
        float(each)
        for each in table.locator("tbody tr td:nth-child(4) data").evaluate_all("all => all.map(one => one.value)")
    ]
    assert len(values) > 100
    assert values == sorted(values)
    told = page.get_by_role("status").filter(has_text="tăng dần")
    assert head.inner_text() in told.inner_text()


def test_paper_shows_every_row_in_the_first_order_whatever_the_screen_shows(open_page, tmp_path):
    page = open_page("quality.vi.html")
    table = page.locator("table.long").first
    before = first_cells(table)
    page.get_by_role("searchbox").first.fill("nothing has this name")
    table.locator("thead button").first.click()
    assert first_cells(table) == []
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert first_cells(table) == before
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert first_cells(table) == []


def test_without_scripts_there_is_no_filter_that_does_nothing(open_page):
    page = open_page("report.vi.html", scripts=False)
    assert page.locator(".find").count() == 0
    assert page.locator("th button").count() == 0


@pytest.mark.parametrize(
    ("name", "width"),
    [
        ("index.html", 360),
        ("index.en.html", 1280),
        ("compare/examples-0001-2024-09_examples-0002-2024-10.vi.html", 360),
        ("compare/examples-0001-2024-09_examples-0002-2024-10.en.html", 1280),
    ],
)
def test_the_site_is_as_quiet_as_narrow_and_as_open_to_all_as_a_report(open_page, site_pages, name, width):
    page = open_page(name, width, folder=site_pages)
    assert [url for url in page.requested if not url.startswith(("file:", "data:"))] == []
    assert page.complaints == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    found = Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"][:120]) for each in found] == []


def test_a_unit_is_found_in_the_site_without_accents_and_two_months_lead_to_their_page(open_page, site_pages):
    page = open_page("index.html", folder=site_pages)
    table = page.locator("table.long").last
    page.get_by_role("searchbox").last.fill("dong cuong")
    assert first_cells(table) == ["Xã Đông Cuông"]
    page.locator("#examples-pairs a").first.click()
    page.get_by_role("link", name="Danh sách báo cáo").click()
    assert page.url.endswith("index.html")


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", REPORTS[::2])
def test_the_other_language_is_one_press_away(open_page, name, width):
    page = open_page(name, width)
    page.get_by_role("link", name="English", exact=True).click()
    assert page.url.endswith(name.replace(".vi.", ".en."))
