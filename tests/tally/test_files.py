"""Which files of a folder are records, what is refused before it is read, and that they are the same at the end."""

import os
import shutil

import pytest
from record_lists import as_csv, as_parquet, cases

from hotich.errors import InputRefused, WrongUsage
from hotich.tally import files


def keys(folder):
    _, problems = files.find(str(folder))
    return {(problem.place.file, problem.key, problem.refuses) for problem in problems}


def test_files_of_all_folders_below_are_found_with_what_their_folders_state(tmp_path):
    for name in ("a.csv", "province=15/b.csv", "province=15/register=KS/c.CSV", "x/d.csv", "province=a%2Fb/e.csv"):
        as_csv(tmp_path / name, cases(1))
    found, problems = files.find(str(tmp_path))
    assert not problems
    assert {each.name: dict(each.states) for each in found} == {
        "a.csv": {},
        "province=15/b.csv": {"province": "15"},
        "province=15/register=KS/c.CSV": {"province": "15", "register": "KS"},
        "province=a%2Fb/e.csv": {"province": "a/b"},
        "x/d.csv": {},
    }


@pytest.mark.parametrize("name", ["_SUCCESS", ".a.csv.crc", "~$a.xlsx", "_delta_log/0.csv", ".git/a.csv"])
def test_what_engines_and_programs_leave_beside_the_data_is_passed_over(tmp_path, name):
    as_csv(tmp_path / "a.csv", cases(1))
    as_csv(tmp_path / name, cases(1))
    found, problems = files.find(str(tmp_path))
    assert ([each.name for each in found], problems) == (["a.csv"], [])


def test_other_kinds_in_a_folder_are_told_and_given_alone_refused(tmp_path):
    as_csv(tmp_path / "a.csv", cases(1))
    (tmp_path / "b.docx").write_bytes(b"x")
    assert keys(tmp_path) == {("b.docx", "record.kind", False)}
    assert keys(tmp_path / "b.docx") == {("b.docx", "record.kind", True)}


def test_a_link_in_a_folder_is_refused_and_leads_nowhere(tmp_path):
    as_csv(tmp_path / "in/a.csv", cases(1))
    (tmp_path / "in/b.csv").symlink_to(tmp_path / "in/a.csv")
    (tmp_path / "in/c").symlink_to(tmp_path)
    (tmp_path / "in/d.csv").symlink_to(tmp_path / "gone")
    assert keys(tmp_path / "in") == {(name, "record.link", True) for name in ("b.csv", "c", "d.csv")}


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "file.empty"),
        (b"PAR1", "file.damaged"),
        (b"a,b\n1,2\n", "record.not_parquet"),
        (b"PK\x03\x04", "record.not_parquet"),
    ],
)
def test_what_is_no_whole_parquet_file_is_refused_by_name(tmp_path, content, key):
    as_csv(tmp_path / "a.csv", cases(1))
    (tmp_path / "b.parquet").write_bytes(content + b"x" * 8 * bool(content))
    assert keys(tmp_path) == {("b.parquet", key, True)}


def test_a_parquet_file_that_was_cut_off_is_refused(tmp_path):
    path = as_parquet(tmp_path / "a.parquet", cases(50))
    path.write_bytes(path.read_bytes()[:-20])
    assert keys(path) == {("a.parquet", "file.damaged", True)}


def test_a_pipe_is_never_waited_for(tmp_path):
    as_csv(tmp_path / "a.csv", cases(1))
    os.mkfifo(tmp_path / "b.csv")
    assert keys(tmp_path) == {("b.csv", "record.kind", True)}


def test_a_file_that_is_still_being_downloaded_is_refused(tmp_path):
    as_csv(tmp_path / "a.csv", cases(1))
    (tmp_path / "b.parquet.part").write_bytes(b"x")
    assert keys(tmp_path) == {("b.parquet.part", "file.absent", True)}


@pytest.mark.parametrize("given", ["", "s3://bucket/records"])
def test_a_source_that_is_none_is_wrong_usage(given):
    with pytest.raises(WrongUsage):
        files.find(given)


def test_the_same_content_twice_is_refused_with_both_names(tmp_path):
    path = as_csv(tmp_path / "a.csv", cases(2))
    shutil.copy(path, tmp_path / "copy.csv")
    with pytest.raises(InputRefused, match=r"copy\.csv.*a\.csv"):
        files.hashes(files.find(str(tmp_path))[0])


@pytest.mark.parametrize(
    "change", [lambda p: p.write_bytes(p.read_bytes()), lambda p: p.unlink(), lambda p: os.utime(p, (1, 1))]
)
def test_a_file_that_was_touched_meanwhile_is_not_the_same(tmp_path, change):
    path = as_csv(tmp_path / "a.csv", cases(2))
    found, _ = files.find(str(path))
    files.require_unchanged(found)
    change(path)
    with pytest.raises(InputRefused, match=r"a\.csv"):
        files.require_unchanged(found)
