"""What a run leaves to the next: whole things of the very same inputs, nothing else."""

from hotich.pipeline import store
from hotich.pipeline.make_page import Made

PAGE = Made.of("notices/138.vi", {"notices/138.vi.html": b"page\n\0", "notebooks/notices/138.vi.ipynb": b""})


def test_what_was_kept_comes_back_as_it_was_made(tmp_path):
    kept = store.of(tmp_path / "store", b"inputs")
    assert kept.kept(PAGE.name) is None
    kept.keep(PAGE)
    assert store.of(tmp_path / "store", b"inputs").kept(PAGE.name) == PAGE
    store.put(PAGE, tmp_path / "draft")
    assert (tmp_path / "draft" / "notices" / "138.vi.html").read_bytes() == b"page\n\0"
    assert store.written(PAGE.name, tmp_path / "draft", [file.name for file in PAGE.files]) == PAGE


def test_what_was_made_of_other_inputs_is_deleted(tmp_path):
    before = store.of(tmp_path, b"before")
    before.keep(PAGE)
    assert store.of(tmp_path, b"now").kept(PAGE.name) is None
    assert not before.folder.exists()


def test_a_thing_that_was_cut_or_changed_is_not_taken(tmp_path):
    kept = store.of(tmp_path, b"inputs")
    kept.keep(PAGE)
    path = kept.folder / f"{PAGE.name}.made"
    whole = path.read_bytes()
    for broken in (b"", whole[:-1], whole[:20], b"[" * 100_000, whole.replace(b"page", b"Page"), b"[[1]]\n", b"{}"):
        path.write_bytes(broken)
        assert kept.kept(PAGE.name) is None, broken[:40]
