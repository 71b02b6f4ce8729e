"""Where an office's folders lie, however they are named."""

from pathlib import Path

import pytest

from hotich.errors import WrongUsage
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
