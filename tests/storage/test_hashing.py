"""Which files are hashed: all below a folder, but what Python and Jupyter leave there."""

from hotich.storage import hashing


def test_every_file_below_a_folder_is_listed_but_caches_and_links_that_lead_nowhere(tmp_path):
    for name in ("a.py", ".hidden/b.csv", "c/d/e.md", "c/__pycache__/a.pyc", ".ipynb_checkpoints/f.ipynb"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    (tmp_path / "c" / "nowhere").symlink_to(tmp_path / "gone")
    (tmp_path / "c" / "round").symlink_to(tmp_path)
    (tmp_path / "c" / "linked.py").symlink_to(tmp_path / "a.py")
    found = {path.relative_to(tmp_path).as_posix() for path in hashing.files(tmp_path)}
    assert found == {"a.py", ".hidden/b.csv", "c/d/e.md", "c/linked.py"}


def test_below_a_file_or_a_folder_that_is_not_there_are_no_files(tmp_path):
    (tmp_path / "file").write_text("")
    assert hashing.files(tmp_path / "file") == hashing.files(tmp_path / "gone") == []
