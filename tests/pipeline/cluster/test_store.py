import pytest

from hotich.errors import CannotNow
from hotich.pipeline.cluster import parcels, store
from hotich.pipeline.cluster.parcels import Parcel
from hotich.pipeline.cluster.store import Store


def parcel(folder, number):
    """A parcel of one file."""
    file = folder / f"{number}.csv"
    file.write_text(str(number))
    return parcels.facts(file)


def test_a_parcel_is_unpacked_once(tmp_path):
    kept, sent = Store(tmp_path / "sent"), parcel(tmp_path, 1)
    with kept.using(sent) as (first,), kept.using(sent) as (second,):
        assert first == second
        (first / "more").write_text("computed here")
    with kept.using(sent) as (third,):
        assert (third / parcels.FACTS).read_text() == "1"
        assert (third / "more").exists()


def test_the_least_recently_used_go_and_none_that_is_in_use(tmp_path, monkeypatch):
    monkeypatch.setattr(store, "KEPT", 2)
    kept = Store(tmp_path / "sent")
    first, *others = (parcel(tmp_path, number) for number in range(5))
    with kept.using(first) as (folder,):
        for other in others:
            with kept.using(other):
                pass
        assert (folder / parcels.FACTS).is_file()
        assert len(list((tmp_path / "sent").iterdir())) == 2
    with kept.using(others[0]) as (again,):
        assert (again / parcels.FACTS).read_text() == "1", "it is unpacked anew"


def test_half_a_parcel_is_not_taken_for_whole(tmp_path):
    sent = parcel(tmp_path, 1)
    damaged = Parcel({parcels.FACTS: b"2"}, sent.sha256)
    kept = Store(tmp_path / "sent")
    with pytest.raises(CannotNow), kept.using(damaged):
        pass
    with kept.using(sent) as (folder,):
        assert (folder / parcels.FACTS).read_text() == "1"
