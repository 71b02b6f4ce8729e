"""Which certificate goes into an evidence file."""

import json

import pytest
from sealed_releases import office, seal

from hotich.data import releases
from hotich.release import evidence

AT = "2025-01-02T03:04:05Z"


@pytest.fixture
def at(tmp_path):
    places = office(tmp_path)
    seal(places, "2024-10")
    return places


def certificate(at, content):
    """Write the release's certificate and return what of it would go into the evidence."""
    (sealed,) = releases.chain(at, examples=False)
    path = at.certificates / "published-0001-2024-10.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps({"head": sealed.head, "at": AT, **content}))
    return evidence._certificate(sealed, at)


@pytest.mark.parametrize("verdict", ["same_bytes", "same_figures", "different", "not_executed"])
def test_a_certificate_goes_in_with_its_verdict_and_time(at, verdict):
    assert certificate(at, {"verdict": verdict}) == (verdict, AT)


@pytest.mark.parametrize("content", [{"verdict": "same_bytes", "head": "0" * 64}, {"verdict": "perfect"}, {}])
def test_a_certificate_of_other_bytes_or_that_says_what_none_says_is_stale(at, content):
    assert certificate(at, content)[0] == "stale"


def test_the_certificate_of_a_file_that_was_sent_is_not_that_of_the_release(at):
    (sealed,) = releases.chain(at, examples=False)
    at.certificates.mkdir()
    (at.certificates / "published-0001-2024-10-file-0123456789ab.json").write_text("{}")
    assert evidence._certificate(sealed, at) == ("", "")
