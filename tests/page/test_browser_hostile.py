"""Names, comments and labels that try to be something else are text on every page, and break nothing."""

import subprocess

import pytest
from conftest import HOTICH, small_office
from filelock import FileLock

HOSTILE = {
    "Tỉnh Thử": "Tỉnh </title><script>alert(1)</script>",
    "Xã An": 'Xã "><img src=x onerror=alert(1)>',
    "Huyện Một": "Huyện javascript:alert(1) $x$ `y` [a](javascript:alert(1))",
    "Xã Bình": "Xã " + "Ệ" * 297,
    "Xã Cát": "Xã vàng & <b>Cát</b>",
    "Sổ khai sinh": "Sổ </style><svg onload=alert(1)> **khai sinh**",
    "Sở Tư pháp tỉnh Thử": "Sở \\} @import url(//example.org/a.css)",
}
COMMENT = """## Đánh giá

</blockquote><script>alert(1)</script> [x](javascript:alert(1)) $\\frac$ đảo

— </p><b>Ký
"""
PAGES = (
    "report.vi.html",
    "report.en.html",
    "quality.vi.html",
    "quality.en.html",
    "notices/11.vi.html",
    "summary.vi.html",
)


@pytest.fixture(scope="session")
def hostile(tmp_path_factory, worker_id):
    """The drafts of an office whose every name is hostile."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "hostile"
    draft = folder / "reports" / "draft" / "2024-10"
    with FileLock(f"{folder}.lock"):
        if not draft.exists():
            office = small_office(folder / "data")
            for name in ("areas.csv", "registers.csv", "office.toml"):
                path = office.at.data / name
                path.write_text(_with_hostile_names(path.read_text(), csv=name.endswith("csv")))
            comments = office.at.data / "comments"
            comments.mkdir()
            (comments / "2024-10.vi.md").write_text(COMMENT)
            for command in ("report", "notices"):
                words = [HOTICH, command, "10", "--data", office.at.data, "--reports", office.at.reports]
                done = subprocess.run(words, capture_output=True, text=True)
                assert done.returncode == 0, done.stderr
    return draft


def _with_hostile_names(text, csv):
    """The file with its names replaced, written as its format writes such text."""
    for name, hostile in HOSTILE.items():
        quoted = '"' + hostile.replace('"', '""') + '"' if csv else hostile.replace("\\", "\\\\").replace('"', '\\"')
        text = text.replace(f",{name},", f",{quoted},") if csv else text.replace(f'"{name}"', f'"{quoted}"')
    return text


@pytest.mark.parametrize("name", PAGES)
def test_nothing_hostile_runs_is_loaded_or_breaks_the_page(browser, hostile, name):
    context = browser.new_context(viewport={"width": 360, "height": 900})
    page = context.new_page()
    noticed = []
    page.on("dialog", lambda dialog: (noticed.append(dialog.message), dialog.dismiss()))
    page.on("console", lambda message: noticed.append(message.text))
    page.on("pageerror", lambda error: noticed.append(str(error)))
    page.on("request", lambda request: noticed.append(request.url) if request.url.startswith("http") else None)
    page.goto((hostile / name).as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")
    page.wait_for_load_state("networkidle")
    assert noticed == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert page.locator("main img[src=x], main script, main b:text-is('Cát')").count() == 0
    links = page.locator("a").evaluate_all("links => links.map(link => link.protocol)")
    assert set(links) <= {"file:", "data:"}
    context.close()


def test_hostile_names_stand_on_the_page_as_they_are_written(browser, hostile):
    context = browser.new_context()
    page = context.new_page()
    page.goto((hostile / "report.vi.html").as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")
    text = page.locator("main").inner_text()
    for shown in (
        '"><img src=x onerror=alert(1)>',
        "</title><script>alert(1)</script>",
        "Ệ" * 297,
        "Xã vàng & <b>Cát</b>",
    ):
        assert shown in text
    assert "[x](javascript:alert(1))" in text
    assert "</title>" in page.title()
    context.close()
