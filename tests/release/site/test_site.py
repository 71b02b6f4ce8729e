"""The list of releases: what is on it, what it leads to, and that it is shown to nobody but this machine."""

import json
import re
import shutil
import threading
import urllib.request

import pytest

from hotich.errors import CannotNow, InputRefused
from hotich.release import site
from hotich.release.site import serve


class Silent:
    """Nobody is told how the work goes."""

    def expect(self, steps):
        pass

    def started(self, name):
        pass

    def finished(self, name):
        pass


@pytest.fixture
def released(drafts):
    """September, October, and October again with a reason, as releases of the office's own chain."""
    for number, (month, reason) in enumerate([("2024-09", ""), ("2024-10", ""), ("2024-10", "<b>sửa")], 1):
        folder = drafts.reports / "published" / f"{number:04d}-{month}"
        shutil.copytree(drafts.reports / "draft" / month, folder)
        (folder / "report.vi.html").write_text("report")
        (folder / "manifest.json").write_text(json.dumps({"number": number, "reason": reason}))
    return drafts


def index(at, language="vi"):
    return (at.reports / {"vi": "index.html", "en": "index.en.html"}[language]).read_text(encoding="utf-8")


def test_every_release_is_listed_with_its_reason_as_text_and_what_replaces_it(released):
    made = site.build(released, Silent())
    assert (made.releases, made.comparisons) == (3, 2)
    html = index(released)
    assert html.index(">0003<") < html.index(">0002<") < html.index(">0001<")
    assert "&lt;b&gt;sửa" in html
    assert "Đã có bản 0003 thay thế." in html
    assert 'class="syn"' not in html


def test_every_link_of_the_site_leads_to_a_file(released):
    site.build(released, Silent())
    for page in (released.reports / "index.html", *sorted((released.reports / "compare").iterdir())):
        links = re.findall(r'<a [^>]*?href="([^"#:]+)"', page.read_text(encoding="utf-8"))
        assert links
        assert [link for link in links if not (page.parent / link).is_file()] == []


def test_any_two_months_lead_to_their_differences(released):
    site.build(released, Silent())
    assert 'href="compare/published-0001-2024-09_published-0003-2024-10.en.html"' in index(released, "en")
    assert 'href="compare/published-0002-2024-10_published-0003-2024-10.en.html"' in index(released, "en")


def test_the_site_carries_the_hash_of_the_latest_release(released):
    from hotich.data import releases

    site.build(released, Silent())
    assert releases.latest(releases.chain(released, examples=False)).head in index(released)


def test_the_same_releases_give_the_same_bytes(released):
    site.build(released, Silent())
    before = {path: path.read_bytes() for path in released.reports.rglob("*.html")}
    site.build(released, Silent())
    assert {path: path.read_bytes() for path in released.reports.rglob("*.html")} == before


def test_examples_stand_apart_and_a_site_of_examples_alone_says_so_on_top(released):
    (released.reports / "published").rename(released.reports / "examples")
    site.build(released, Silent())
    assert 'class="syn"' in index(released)
    assert 'id="examples"' in index(released)
    assert 'id="published"' not in index(released)


def test_without_a_release_the_page_says_how_to_make_one(drafts):
    site.build(drafts, Silent())
    assert "make publish" in index(drafts)


def test_the_site_is_served_on_loopback_alone(released):
    site.build(released, Silent())
    told, known = [], threading.Event()

    def ready(address, server):
        told.append((address, server))
        known.set()

    thread = threading.Thread(target=serve.serve, args=(released, 0, ready), daemon=True)
    thread.start()
    assert known.wait(10)
    address, server = told[0]
    assert server.server_address[0] == "127.0.0.1"
    with urllib.request.urlopen(address) as page:
        assert page.read() == (released.reports / "index.html").read_bytes()
    with pytest.raises(CannotNow):
        serve.serve(released, server.server_address[1], ready)
    server.shutdown()
    thread.join(10)
    assert not thread.is_alive()


def test_nothing_is_served_before_there_is_a_site(drafts):
    with pytest.raises(InputRefused) as caught:
        serve.serve(drafts, 0, print)
    assert "make site" in caught.value.message("en")
