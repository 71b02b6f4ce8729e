"""Spark, where pyspark and a Java are installed: it finds in record lists exactly what DuckDB finds.

PYTHONPATH=folder-with-pyspark .venv/bin/pytest -n 0 tests/prove_spark.py
"""

import os
from datetime import date

import pytest
from filled_workbooks import command
from record_lists import HEADS, as_csv, as_parquet, case, cases, drawn

from hotich.intake import lists
from hotich.storage import duck
from hotich.tally import engine, files, places, reduce
from hotich.tally.columns import Headings
from hotich.tally.source import Reader

pytest.importorskip("pyspark", reason="pyspark is not installed")
AS_OF = date(2024, 11, 22)
TYPES = [("year", "year::SMALLINT"), ("number", "number::BIGINT"), ("scan", "scan NOT IN ('', 'không')")]


def reduced(name, office, folder, made):
    known = places.of(lists.read(office.at.data, AS_OF))
    with duck.connected() as connection, engine.opened(name, connection) as asked:
        reader = Reader(connection, Headings(known.names), made)
        sources = [source for each in files.find(str(folder))[0] for source in reader.read(each)[0]]
        return reduce.reduce(asked, reduce.parts(sources, together=True), known, AS_OF, len)


def test_spark_finds_what_duckdb_finds(office, tmp_path):
    folder, made = tmp_path / "in it's", tmp_path / "made"
    made.mkdir()
    as_parquet(folder / "province=1/register=KS/a.parquet", drawn(9, 3000), types=TYPES)
    as_parquet(folder / "province=1/b b.parquet", drawn(10, 2000))
    strange = [
        case("999"),
        case(register="LH"),
        case(register="ZZ"),
        case(number=7, year="x"),
        case("0111", number="9/1998"),
    ]
    as_parquet(folder / "c.parquet", strange)
    as_parquet(folder / "d.parquet", [case("Xã An", number=n) for n in (1, 1, 9)], heads={**HEADS, "unit": "Xã"})
    assert reduced("spark", office, folder, made) == reduced("duckdb", office, folder, made)


def test_the_command_counts_by_spark_and_refuses_what_is_not_parquet(office, tmp_path):
    at = {"at": office.at, "PYTHONPATH": os.environ.get("PYTHONPATH", ""), "SPARK_LOCAL_IP": "127.0.0.1"}
    path = as_parquet(tmp_path / "a.parquet", cases(3))
    done = command("tally", "11", "--from", str(path), "--engine", "spark", **at)
    assert done.returncode == 0, done.stderr
    assert "bằng spark" in done.stderr
    done = command("tally", "11", "--from", str(as_csv(tmp_path / "a.csv", cases(3))), "--engine", "spark", **at)
    assert done.returncode == 3
    assert "Parquet" in done.stderr
