import os
import shutil
from dataclasses import replace

import pytest

from hotich.data import results
from hotich.errors import CannotNow
from hotich.month import exact
from hotich.pipeline.cluster import parcels
from hotich.pipeline.cluster.parcels import Parcel
from hotich.storage import paths
from hotich.storage.paths import Folders

OCTOBER = exact("2024-10")


def test_what_travels_is_what_pages_read_and_nothing_that_was_sent_in(office):
    sent = office.at.data / "incoming" / "2024-10" / "personal.xlsx"
    sent.parent.mkdir(parents=True)
    sent.write_bytes(b"as it came")
    release = office.at.releases(examples=False) / "0001-2024-09"
    release.mkdir(parents=True)
    for name in ("manifest.json", "measures.csv", "report.vi.html"):
        (release / name).write_text(name)
    files = set(parcels.office(office.at).files)
    assert {"data/office.toml", "data/counts/2024-10.csv", "notebooks/report.ipynb"} <= files
    assert {name for name in files if name.startswith("reports/")} == {
        "reports/published/0001-2024-09/manifest.json",
        "reports/published/0001-2024-09/measures.csv",
    }
    assert not [name for name in files if "incoming" in name]


def test_a_parcel_is_known_by_its_content_and_not_by_where_it_lay(office, tmp_path):
    there = Folders(tmp_path / "elsewhere" / "d", tmp_path / "elsewhere" / "r")
    shutil.copytree(office.at.data, there.data)
    assert parcels.office(there).sha256 == parcels.office(office.at).sha256
    (there.data / "office.toml").write_text("another")
    assert parcels.office(there).sha256 != parcels.office(office.at).sha256


def test_where_an_office_is_unpacked_its_results_have_the_same_place(office, tmp_path):
    unpacked = tmp_path / "worker"
    parcels.office(office.at).unpack(unpacked)
    kept = tmp_path / "results"
    there = parcels.folders(unpacked)
    assert results.place(kept, there, OCTOBER) == results.place(kept, office.at, OCTOBER)


def test_the_results_of_a_month_travel_under_their_names(office, tmp_path):
    place = results.place(tmp_path / "kept", office.at, OCTOBER)
    place.mkdir(parents=True)
    (place / "facts").write_bytes(b"computed")
    parcel = parcels.month(office.at, OCTOBER, tmp_path / "kept")
    parcel.unpack(tmp_path / "worker")
    assert (tmp_path / "worker" / parcels.RESULTS / place.name / "facts").read_bytes() == b"computed"


def test_a_draft_without_facts_sends_none(tmp_path):
    assert parcels.facts(tmp_path / paths.MEASURES).files == {}


def test_what_is_not_as_it_was_packed_is_not_unpacked(tmp_path):
    (tmp_path / paths.MEASURES).write_text("fact,value\n")
    packed = parcels.facts(tmp_path / paths.MEASURES)
    for damaged in (replace(packed, files={"measures.csv": b"fact,other\n"}), replace(packed, files={})):
        with pytest.raises(CannotNow, match="hash differs"):
            damaged.unpack(tmp_path / "worker")
    assert not (tmp_path / "worker").exists()


def test_dask_is_told_how_much_it_is_and_nothing_of_what_is_in_it():
    parcel = Parcel({"data/counts/2024-10.csv": b"secret" * 1000}, "ab" * 32)
    assert repr(parcel) == "<Parcel abababababab: 1 files, 6000 bytes>"
    assert parcel.__sizeof__() == 6000
    assert os.fspath("secret") not in str(parcel)
