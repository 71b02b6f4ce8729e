"""Where an office's folders lie, however they are named."""

from pathlib import Path

import pytest
from silent import Silent

from hotich.errors import InputRefused, WrongUsage
from hotich.intake.deliver import import_month
from hotich.release import audit, evidence_check, received_file, signing, verify
from hotich.storage import paths


@pytest.fixture
def data(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "office").mkdir()
    (tmp_path / "office" / "office.toml").write_text("")
    return tmp_path / "office"


def test_a_tilde_is_the_home_folder_wherever_a_folder_is_named(data, monkeypatch):
    found = paths.find("~/office", "~/reports")
    assert found == paths.Folders(data, data.parent / "reports")
    monkeypatch.setenv("HOTICH_DATA", "~/office")
    monkeypatch.setenv("HOTICH_REPORTS", "~/elsewhere")
    assert paths.own().reports == data.parent / "elsewhere"
    assert not Path("~").exists()


@pytest.mark.parametrize("address", ["s3://bucket/reports", "http://x/y", "file:///tmp/x", "GS://x"])
def test_an_address_on_a_network_is_refused_and_makes_no_folder(data, address):
    with pytest.raises(WrongUsage) as caught:
        paths.find(str(data), address)
    assert address in caught.value.message("vi")
    assert not Path(address.partition("/")[0]).exists()


@pytest.mark.parametrize("name", ["~nobody-has-this-name/x", "a\0b"])
def test_a_name_that_no_folder_can_have_is_refused(data, name):
    with pytest.raises(WrongUsage):
        paths.find(str(data), name)


def test_a_tilde_is_the_home_folder_wherever_a_file_is_named(office, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv(signing.KEY, "~/key")
    for name in ("key", "signers", "page.html", "book.ipynb", "counts.csv", "packed.zip"):
        (tmp_path / name).write_text("nothing of ours")
    assert signing.key() == tmp_path / "key"
    assert verify._signers(office.at, "~/signers") == tmp_path / "signers"
    assert received_file.find("~/page.html", office.at).file == str(tmp_path / "page.html")
    assert import_month._source("~/counts.csv") == tmp_path / "counts.csv"
    words = {"year": "", "by": "", "trusted": lambda _: False, "tell": Silent()}
    folders = {"data": str(office.at.data), "reports": str(office.at.reports)}
    with pytest.raises(InputRefused, match=str(tmp_path / "book.ipynb")):
        audit.audit("", notebook="~/book.ipynb", **words, **folders)
    with pytest.raises(InputRefused) as refused, evidence_check.unpacked("~/packed.zip"):
        pass
    assert refused.value.key == "release.no_evidence"
