"""Reading what has been released: chains, the last release, the one a report follows."""

import json

import pytest

from hotich.data.releases import before, chain, find, latest, resting_on
from hotich.errors import InputRefused
from hotich.month import Month
from hotich.storage.paths import Folders

SEPTEMBER, OCTOBER = Month(2024, 9), Month(2024, 10)


@pytest.fixture
def places(tmp_path):
    """September, October, then September corrected; and an example of August."""
    folders = Folders(tmp_path / "data", tmp_path / "reports")
    for name, inputs in (
        ("published/0001-2024-09", ["counts/2024-08.csv", "counts/2024-09.csv"]),
        ("published/0002-2024-10", ["counts/2024-09.csv", "counts/2024-10.csv"]),
        ("published/0003-2024-09", ["counts/2024-09.r1.csv"]),
        ("examples/0001-2024-08", ["counts/2024-08.csv"]),
        ("published/notes", []),
    ):
        folder = folders.reports / name
        folder.mkdir(parents=True)
        (folder / "manifest.json").write_text(json.dumps({"inputs": dict.fromkeys(inputs, "0")}))
    return folders


def names(releases):
    return [release.name for release in releases]


def test_a_chain_is_read_in_the_order_of_its_numbers(places):
    assert names(chain(places, examples=False)) == ["0001-2024-09", "0002-2024-10", "0003-2024-09"]
    assert [release.title for release in chain(places, examples=True)] == ["examples/0001-2024-08"]
    assert chain(Folders(places.data, places.reports / "none"), examples=False) == ()


def test_the_latest_is_the_highest_number_not_the_latest_month(places):
    assert latest(chain(places, examples=False)).name == "0003-2024-09"
    assert latest(chain(places, examples=False), OCTOBER).name == "0002-2024-10"


@pytest.mark.parametrize(
    ("month", "followed"),
    [(Month(2024, 11), "0002-2024-10"), (OCTOBER, "0002-2024-10"), (SEPTEMBER, "0003-2024-09"), (Month(2024, 8), None)],
)
def test_a_report_follows_the_last_release_about_its_month_or_the_one_before(places, month, followed):
    found = before(chain(places, examples=False), month)
    assert (found.name if found else None) == followed


def test_an_example_counts_as_published_but_never_before_the_offices_own(places):
    assert find(places, Month(2024, 8)) is not None
    assert find(places, Month(2024, 7)) is None
    assert find(places, SEPTEMBER).title == "published/0003-2024-09"
    assert find(places, SEPTEMBER, examples=True) is None


def test_counts_rest_under_every_release_that_used_them(places):
    assert names(resting_on(places, Month(2024, 8))) == ["0001-2024-09", "0001-2024-08"]
    assert names(resting_on(places, SEPTEMBER)) == ["0001-2024-09", "0002-2024-10", "0003-2024-09"]
    assert resting_on(places, Month(2024, 11)) == ()


@pytest.mark.parametrize(
    "content", ["{", "[]", "{}", '{"inputs": [1, 2]}', '{"inputs": "counts"}', '{"inputs": {}, "reason": "\\ud800"}']
)
def test_a_manifest_that_cannot_be_read_is_refused_by_the_name_of_its_release(places, content):
    (places.reports / "published" / "0002-2024-10" / "manifest.json").write_text(content)
    with pytest.raises(InputRefused, match="published/0002-2024-10"):
        _ = chain(places, examples=False)[1].manifest
