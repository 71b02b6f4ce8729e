"""Two months' reports side by side: every figure and every difference is looked up again in both."""

import json
import re
import subprocess
from dataclasses import replace

import pytest
from conftest import HOTICH
from reorganised import reorganised

from hotich import checks, formats, measures
from hotich.checks import Checked
from hotich.cli import comparisons
from hotich.data import dataset, provenance
from hotich.errors import Contradicted, InputRefused, WrongUsage
from hotich.language import LANGUAGES, say
from hotich.measures import facts
from hotich.measures.facts import COLUMNS, Fact
from hotich.month import exact
from hotich.release import compare
from hotich.release.compare import gate, pages
from hotich.storage import csv_table
from hotich.storage.paths import MEASURES, PROVENANCE


def both(at):
    return compare.between(at, compare.find(at, "10"), compare.find(at, "9"))


def test_every_fact_of_a_report_is_read_as_it_was_written(drafts):
    path = compare.find(drafts, "10").folder / MEASURES
    rows = csv_table.read(path, COLUMNS)
    assert [(key, fact.key, fact.raw) for key, fact in facts.read(path).items()] == [
        (row["fact"], row["fact"], row["value"]) for row in rows
    ]


def test_the_earlier_month_stands_first_however_they_are_named(drafts):
    assert [str(each.month) for each in (both(drafts).first, both(drafts).second)] == ["2024-09", "2024-10"]


def test_a_difference_is_the_later_figure_minus_the_earlier_one(drafts):
    pair = both(drafts).pair("digitised", "111", "population")
    assert (pair.first.value, pair.second.value, pair.change.value) == (100, 130, 30)
    assert pair.change.key == "draft-2024-10/111/population/digitised - draft-2024-09/111/population/digitised"


@pytest.mark.parametrize(
    ("origins", "banner"),
    [
        (("reported", "reported"), None),
        (("synthetic", "synthetic"), "page.synthetic_text"),
        (("synthetic", "reported"), "page.synthetic_before"),
    ],
)
def test_the_banner_says_made_up_of_those_figures_that_are(office, origins, banner):
    for month, origin in zip(("2024-09", "2024-10"), origins, strict=True):
        office.log(month, origin)
    for month in ("2024-09", "2024-10"):
        data = dataset.read(month, office.at)
        folder = office.at.draft(data.month)
        folder.mkdir(parents=True)
        measures.write(measures.read(checks.run(data)), folder / MEASURES)
        (folder / PROVENANCE).write_text(json.dumps(provenance.record(data, {}, {})))
    for language in LANGUAGES:
        html = pages.rendered(both(office.at), language)
        warning = re.search(r'<aside class="syn".*?</aside>', html, re.DOTALL)
        said = say(language, banner, month=formats.month(exact("2024-10"), language)) if banner else ""
        assert (said in re.sub("<[^>]+>", "", warning[0])) if banner else (warning is None)


def test_a_month_that_rests_on_nothing_made_up_is_not_called_so_beside_one_that_does(drafts):
    (compare.find(drafts, "10").folder / PROVENANCE).write_text('{"origin": "reported"}')
    compared = both(drafts)
    made_up = {key: replace(fact, origin="synthetic") for key, fact in compared.first.facts.items()}
    html = pages.rendered(replace(compared, first=replace(compared.first, facts=made_up)), "en")
    assert say("en", "page.synthetic_before", month=formats.month(exact("2024-10"), "en")) in re.sub(
        "<[^>]+>", "", html
    )


@pytest.mark.parametrize("written", [b"{", b"\xff", b"[" * 100_000])
def test_a_provenance_that_cannot_be_read_is_named(drafts, written):
    file = compare.find(drafts, "10").folder / PROVENANCE
    file.write_bytes(written)
    with pytest.raises(InputRefused, match=str(file)) as refused:
        compare.find(drafts, "10")
    assert refused.value.key == "compare.provenance"


def test_a_date_has_no_difference(drafts):
    assert both(drafts).pair("as_of").change is None


def test_communes_that_became_complete_and_that_no_longer_are_are_named_apart(office, drafts):
    compared = both(drafts)
    assert [area.code for area in compared.completed] == []
    turned = {**compared.first.facts}
    key = "draft-2024-09/111/all/completed"
    turned[key] = Fact("draft-2024-09/111", "all", "completed", 1, "yes_no", "computed")
    first = compare.Source("draft-2024-09", compared.first.month, compared.first.folder, None, turned)
    assert [area.code for area in replace(compared, first=first).reopened] == ["111"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_of_the_page_is_bound_to_the_reports(drafts, language):
    compared = both(drafts)
    html = pages.rendered(compared, language)
    gate.check(html, compared, "page")
    assert html.count("<data ") > 50
    wrong = re.sub(
        r'<data value="(\d+)" data-fact="([^"]+ - [^"]+)"', r'<data value="9\1" data-fact="\2"', html, count=1
    )
    assert wrong != html
    with pytest.raises(Contradicted):
        gate.check(wrong, compared, "page")
    with pytest.raises(Contradicted, match="99 communes"):
        gate.check(html.replace("</main>", "<p>99 communes</p></main>"), compared, "page")


def test_a_month_without_a_report_says_which_there_are(drafts):
    with pytest.raises(InputRefused) as caught:
        compare.find(drafts, "3")
    assert "2024-09 to 2024-10" in caught.value.message("en")


def test_one_month_twice_is_refused(drafts):
    with pytest.raises(WrongUsage):
        comparisons.outcome("10", "2024-10", drafts)


def test_the_command_prints_tables_for_people_and_json_for_machines(drafts):
    words = [HOTICH, "compare", "9", "10", "--json", "--data", drafts.data, "--reports", drafts.reports]
    done = subprocess.run(words, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    told = {each["fact"]: each for each in json.loads(done.stdout)["differences"]}
    assert told["111/population/digitised"] == {
        "fact": "111/population/digitised",
        "unit": "entries",
        "first": "100",
        "second": "130",
        "difference": "30",
    }
    assert "Huyện Một" in done.stderr or "Một" in done.stderr
    assert all(
        (drafts.reports / "compare" / f"draft-2024-09_draft-2024-10.{each}.html").is_file() for each in LANGUAGES
    )


@pytest.fixture
def joined(tmp_path):
    """June and July 2025 of an office whose areas changed in between, as drafts without their pages."""
    office = reorganised(tmp_path, divorces=False)
    for month in ("2025-06", "2025-07"):
        m = measures.read(Checked(dataset.read(month, office.at), ()))
        office.at.draft(m.month).mkdir(parents=True)
        measures.write(m, office.at.draft(m.month) / MEASURES)
    return office.at


def over_july(at):
    return compare.between(at, compare.find(at, "2025-06"), compare.find(at, "2025-07"))


def test_no_difference_is_taken_between_two_provinces_of_one_code(joined):
    compared = over_july(joined)
    assert not compared.same_root
    for measure, scope in pages.TOTALS:
        pair = compared.pair(measure, scope=scope)
        assert pair.change is None
    assert [pair.value for pair in (compared.pair("digitised").first, compared.pair("digitised").second)] == [880, 1699]


def test_a_commune_is_compared_with_its_parts_or_not_at_all(joined):
    compared = over_july(joined)
    merged, divided, same = (compared.pair("digitised", code) for code in ("111", "113", "115"))
    assert (merged.first.value, merged.change.value) == (330, 22)
    assert (divided.first, divided.change) == (None, None)
    assert (same.first.value, same.change.value) == (110, 33)
    assert compared.pair("rank", "115").first is None
    assert list(compared.differing()) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_over_a_change_of_areas_says_what_is_comparable(joined, language):
    page = pages.rendered(over_july(joined), language)
    gate.check(page, over_july(joined), "page")
    for name in {"vi": ("Tỉnh Thử", "Tỉnh Mới"), "en": ("Test Province", "New Province")}[language]:
        assert name in page
    points = page.partition('<ol class="mp">')[2].partition("</ol>")[0]
    assert not re.search("giảm|tăng|fell|rose", points)
