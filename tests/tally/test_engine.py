"""The engines: which one is meant, what DuckDB says of a file that breaks off, and that both are asked the same."""

from datetime import date

import pytest
from record_lists import as_parquet, cases

from hotich.errors import CannotNow, InputRefused, WrongUsage
from hotich.storage import duck
from hotich.tally import engine, files, sql
from hotich.tally.columns import Column
from hotich.tally.source import Source

COLUMNS = {
    "area_code": Column("Mã đơn vị"),
    "register": Column("Loại sổ"),
    "year": Column("Năm đăng ký"),
    "number": Column("Số đăng ký"),
    "digitised": Column("Trạng thái số hóa"),
}


def sources(path, columns=None):
    (listed,) = files.find(str(path))[0]
    return [Source(listed, listed.place, path, columns or COLUMNS, 3)]


def test_duckdb_is_the_engine_unless_another_is_named():
    assert engine.require("") == engine.require("duckdb") == "duckdb"
    with pytest.raises(WrongUsage, match="duckdb, spark"):
        engine.require("hive")


def test_spark_that_is_not_installed_is_asked_for_in_words(monkeypatch):
    monkeypatch.setattr(engine.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(CannotNow, match="pip install pyspark"):
        engine.require("spark")


def test_pages_of_a_parquet_file_that_are_broken_are_found_while_it_is_read(tmp_path):
    path = as_parquet(tmp_path / "a.parquet", [row for n in range(9) for row in cases(300, unit=str(111 + n))])
    content = bytearray(path.read_bytes())
    content[4:-4000] = b"\x07" * (len(content) - 4004)
    path.write_bytes(content)
    with duck.connected() as connection:
        asked = engine.Duck(connection)
        asked.cases(sources(path), 0)
        with pytest.raises(InputRefused, match=r"a\.parquet"):
            asked.ask(sql.counted("digitised", {}))


def test_too_little_memory_is_a_message(tmp_path):
    with pytest.raises(CannotNow, match="province="), duck.connected(most=4 << 20, threads=1) as connection:
        engine.Duck(connection).ask(
            "SELECT max(held) FROM (SELECT list(range) AS held FROM range(9000000) GROUP BY range % 3)"
        )


@pytest.mark.parametrize("dialect", [sql.DUCKDB, sql.SPARK])
def test_both_engines_are_asked_in_words_of_their_own(dialect):
    given = {**COLUMNS, "scan": Column("scan"), "registered_on": Column("ngày")}
    query = sql.cases(dialect, given, sql.keys([given]), "given", "1")
    query += sql.books(dialect, sql.done(True, True, date(2024, 11, 22)))
    other = ("try_strptime", "regexp_full_match", '"Mã đơn vị"', "VARCHAR")
    assert all((word in query) == (dialect is sql.DUCKDB) for word in other)
    assert all(
        (word in query) == (dialect is sql.SPARK) for word in ("RLIKE", "try_to_timestamp", "`Mã đơn vị`", "STRING")
    )


def test_a_heading_or_a_folder_cannot_break_out_of_the_query(tmp_path):
    evil = 'x" FROM range(3)); DROP TABLE cells; --'
    columns = {**COLUMNS, "area_code": Column(evil), "register": Column("register", constant="K'S\\")}
    path = as_parquet(
        tmp_path / "a'b.parquet",
        cases(3),
        heads={
            "unit": evil.replace('"', '""'),
            "register": "r",
            "year": "Năm đăng ký",
            "number": "Số đăng ký",
            "state": "Trạng thái số hóa",
        },
    )
    with duck.connected() as connection:
        asked = engine.Duck(connection)
        asked.cases(sources(path, columns), 0)
        ((unit, _, count, *_),) = asked.ask(sql.counted("digitised", {}))
    assert (unit, count) == ("111", 3)
