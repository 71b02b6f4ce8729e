"""A page that somebody was sent is found among the releases, or what differs is said."""

import json

import pytest
from sealed_releases import MONTHS, office, seal

from hotich.data import releases
from hotich.errors import InputRefused, WrongUsage
from hotich.release import files, manifest, signing, verify
from hotich.storage.paths import MANIFEST

PAGE = (
    '<html><title>Báo cáo {month}</title><p><data value="{n}" data-fact="1/all/share">{n}</data> phần trăm</p></html>'
)


@pytest.fixture
def at(tmp_path):
    """Three releases, each with a report page of its own that has a title and a figure."""
    places = office(tmp_path)
    for month in MONTHS:
        folder = seal(places, month)
        (folder / "report.vi.html").write_text(PAGE.format(month=month, n=month[-2:]))
        fields = json.loads((folder / MANIFEST).read_bytes())
        fields["outputs"]["report.vi.html"] = files.digest(folder / "report.vi.html")
        (folder / MANIFEST).write_bytes(manifest.encode(fields))
    return places


def looked(at, path, content):
    path.write_text(content)
    verdict = verify.verify(data=str(at.data), reports=str(at.reports), file=str(path))
    return verdict.exit_code, verdict.received


def test_a_page_that_was_sent_under_any_name_is_found_byte_for_byte(at, tmp_path):
    code, received = looked(at, tmp_path / "gửi qua thư.html", PAGE.format(month="2024-09", n="09"))
    assert (code, received.found) == (0, ("published/0002-2024-09/report.vi.html",))


def test_a_page_with_another_figure_is_named_with_the_released_page_and_both_values(at, tmp_path):
    code, received = looked(at, tmp_path / "x.html", PAGE.format(month="2024-09", n="99"))
    (found,) = received.compared.differences
    assert (code, received.found, received.nearest) == (5, (), "published/0002-2024-09/report.vi.html")
    assert (found.what, found.sealed, found.again) == ("1/all/share", "09 (09)", "99 (99)")


def test_a_page_with_its_own_name_is_compared_with_the_one_it_is_most_like(at, tmp_path):
    page = PAGE.format(month="2024-08", n="08").replace("phần trăm", "%")
    assert looked(at, tmp_path / "report.vi.html", page)[1].nearest == "published/0001-2024-08/report.vi.html"


def test_a_page_that_a_mail_program_has_wrapped_has_the_same_figures_and_is_not_the_same(at, tmp_path):
    code, received = looked(at, tmp_path / "x.html", PAGE.format(month="2024-10", n="10").replace("<p>", "<p class=m>"))
    assert (code, received.compared.result, received.compared.differences) == (5, "same_figures", ())


def test_a_file_that_is_like_none_of_ours_is_said_to_be_in_no_release(at, tmp_path):
    code, received = looked(at, tmp_path / "other.html", "<title>Weather</title>")
    assert (code, received.nearest, received.compared) == (5, "", None)


def test_the_file_of_a_release_that_was_altered_is_not_taken_for_released(at, tmp_path):
    page = releases.chain(at, examples=False)[1].folder / "report.vi.html"
    page.write_text(PAGE.format(month="2024-09", n="99"))
    code, received = looked(at, tmp_path / "x.html", page.read_text())
    assert (code, received.found) == (5, ())


def test_a_file_that_is_not_there_is_refused(at, tmp_path):
    with pytest.raises(InputRefused):
        verify.verify(data=str(at.data), reports=str(at.reports), file=str(tmp_path / "none.html"))


@pytest.mark.parametrize("address", ["s3://bucket/x", "https://office.vn/report.vi.html", "file:///tmp/x"])
def test_an_address_is_no_file_whichever_file_is_asked_for(at, address, monkeypatch):
    words = {"data": str(at.data), "reports": str(at.reports)}
    monkeypatch.setenv(signing.KEY, address)
    for asked in (
        lambda: verify.verify(**words, file=address),
        lambda: verify.verify(**words, signers=address),
        lambda: verify.verify_evidence(address),
        signing.key,
    ):
        with pytest.raises(WrongUsage) as caught:
            asked()
        assert address in caught.value.message("vi")
