"""Made-up record lists: how many, of what, the same again, and marked as made up."""

import hashlib
import os
import subprocess

import duckdb
import in_process
import pytest
from conftest import HOTICH

from hotich.errors import CannotNow, WrongUsage
from hotich.sample import records


def digests(folder):
    return {path.relative_to(folder): hashlib.sha256(path.read_bytes()).digest() for path in folder.rglob("*.*")}


def test_so_many_cases_of_every_unit_are_written_and_the_same_again(office, tmp_path):
    made = records.write(office.at, "20000", str(tmp_path / "a"))
    assert (made.files, made.cases) == (1, 20_000)
    listed = duckdb.sql(f"SELECT * FROM '{tmp_path}/a/province=1/records.parquet'").df()
    assert len(listed) == 20_000
    assert set(listed["area_code"]) == {"1-STP", "11-PTP", "111", "112", "12-PTP", "121"}
    assert listed.duplicated(["area_code", "register_code", "year", "book", "number"]).sum() > 0
    assert (listed["digitised"] & ~listed["scan"]).sum() > 0
    records.write(office.at, "20000", str(tmp_path / "b"))
    records.write(office.at, "20000", str(tmp_path / "c"), seed=1)
    assert digests(tmp_path / "a") == digests(tmp_path / "b") != digests(tmp_path / "c")


def test_no_column_is_of_persons_and_every_file_says_that_it_is_made_up(office, tmp_path):
    records.write(office.at, "100", str(tmp_path / "a"))
    (file,) = (tmp_path / "a").rglob("*.parquet")
    described = duckdb.sql(f"DESCRIBE SELECT * FROM '{file}'").fetchall()
    columns = ["area_code", "register_code", "year", "book", "number", "digitised", "scan"]
    assert [name for name, *_ in described][:9] == [*columns, "registered_on", "digitised_on"]
    assert duckdb.sql(f"SELECT key FROM parquet_kv_metadata('{file}')").fetchall() == [(records.MARK.encode(),)]
    assert "minh họa" in (tmp_path / "a" / records.README).read_text(encoding="utf-8")


@pytest.mark.parametrize("cases", ["0", "-1", "1e6", "nhiều", "1000000001", "١"])
def test_what_is_no_number_of_cases_is_refused(office, tmp_path, cases):
    with pytest.raises(WrongUsage, match="RECORDS="):
        records.write(office.at, cases, str(tmp_path / "a"))


def test_nothing_is_written_over_a_folder_or_nowhere(office, tmp_path):
    with pytest.raises(CannotNow):
        records.write(office.at, "10", str(tmp_path))
    with pytest.raises(WrongUsage, match="TO="):
        records.write(office.at, "10", "")


def test_the_command_makes_lists_that_the_other_command_counts(office, tmp_path):
    given = ["--data", str(office.at.data)]
    made = subprocess.run(
        [HOTICH, "sample", "--records", "500", "--to", str(tmp_path / "r"), *given], capture_output=True, text=True
    )
    assert made.returncode == 0, made.stderr
    assert "make tally MONTH=11" in made.stderr
    line = ["tally", "11", "--from", str(tmp_path / "r"), *given, "--reports", str(tmp_path / "reports")]
    done = in_process.hotich(*line, environment=dict(os.environ))
    assert done.returncode == 0, done.stderr
    assert "500" in done.stderr
    assert "minh họa" in done.stderr
