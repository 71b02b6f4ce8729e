"""The list of releases: what is on it, what it leads to, and that it is shown to nobody but this machine."""

import json
import re

import pytest
from silent import Silent

from hotich import formats
from hotich.errors import InputRefused
from hotich.language import LANGUAGES, say
from hotich.month import exact
from hotich.release import site


def index(at, language="vi"):
    return (at.reports / {"vi": "index.html", "en": "index.en.html"}[language]).read_text(encoding="utf-8")


def test_every_release_is_listed_with_its_reason_as_text_and_what_replaces_it(released):
    made = site.build(released, Silent())
    assert (made.releases, made.comparisons) == (3, 2)
    html = index(released)
    assert html.index(">0003<") < html.index(">0002<") < html.index(">0001<")
    assert "&lt;b&gt;sửa" in html
    assert "Đã có bản <span data-name>0003</span> thay thế." in html
    assert 'class="syn"' not in html


def test_every_link_of_the_site_leads_to_a_file(released):
    site.build(released, Silent())
    for page in (released.reports / "index.html", *sorted((released.reports / "compare").iterdir())):
        links = re.findall(r'<a [^>]*?href="([^"#:]+)"', page.read_text(encoding="utf-8"))
        assert links
        assert [link for link in links if not (page.parent / link).is_file()] == []


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_release_that_is_not_as_it_was_sealed_is_said_to_be_so_and_not_linked(released, language):
    page = released.reports / "published" / "0003-2024-10" / f"report.{language}.html"
    page.write_text("another figure")
    made = site.build(released, Silent())
    assert (made.broken, made.exit_code) == (("published/0003-2024-10",), 5)
    html = index(released, language)
    assert "published/0003-2024-10/" not in html
    assert f"published/0002-2024-10/report.{language}.html" in html
    assert html.count(say(language, "site.broken")) == 1


def test_releases_that_are_whole_are_linked_and_nothing_is_said(released):
    made = site.build(released, Silent())
    assert (made.broken, made.exit_code) == ((), 0)
    assert say("vi", "site.broken") not in index(released)


def altered(row, column, measure, value):
    """A row of measures.csv, with another value where it is about that measure; no row at all where that is None."""
    if row[0].split("/")[-1] != measure:
        return [row]
    return [] if value is None else [[*row[:column], value, *row[column + 1 :]]]


@pytest.mark.parametrize(
    ("measure", "value"),
    [
        ("percent", "NaN"),
        ("percent", "1e"),
        ("digitised", "1.5"),
        ("as_of", "the day"),
        ("as_of", None),
        ("month", None),
    ],
)
def test_figures_of_a_release_that_cannot_be_read_are_refused_with_its_folder(released, measure, value):
    path = released.reports / "published" / "0003-2024-10" / "measures.csv"
    rows = [line.split(",") for line in path.read_text().splitlines()]
    column = rows[0].index("value")
    kept = [made for row in rows for made in altered(row, column, measure, value)]
    assert kept != rows
    path.write_text("".join(f"{','.join(row)}\n" for row in kept))
    with pytest.raises(InputRefused, match="0003-2024-10"):
        site.build(released, Silent())


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


@pytest.mark.parametrize(("reported", "banner"), [("2024-10", "synthetic_before"), ("2024-09", "synthetic_text")])
def test_a_site_of_examples_says_of_a_reported_month_after_illustrative_ones_that_it_was(released, reported, banner):
    (released.reports / "published").rename(released.reports / "examples")
    said = released.reports / "examples" / "0003-2024-10" / "provenance.json"
    said.write_text(json.dumps({**json.loads(said.read_text()), "origin": "synthetic", "reported": reported}))
    site.build(released, Silent())
    for language in LANGUAGES:
        month = formats.month(exact("2024-10"), language)
        assert say(language, f"page.{banner}", month=month) in re.sub("<[^>]+>", "", index(released, language))


def test_without_a_release_the_page_says_how_to_make_one(drafts):
    site.build(drafts, Silent())
    assert "make publish" in index(drafts)
