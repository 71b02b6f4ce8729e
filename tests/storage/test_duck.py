"""DuckDB as this project runs it: offline, within its limit, with everything that it is told quoted."""

import signal

import pytest

from hotich.errors import CannotNow
from hotich.storage import duck


def test_texts_and_names_are_quoted_so_that_they_end_where_they_should():
    for text in ("x", "O'Hara", "'; DROP TABLE x; --", 'a"b', "\\"):
        with duck.connected() as connection:
            connection.execute(f"CREATE TABLE t AS SELECT {duck.literal(text)} AS {duck.name(text)}")
            assert connection.execute(f"SELECT {duck.name(text)} FROM t").fetchall() == [(text,)]


def test_nothing_is_fetched_from_a_network():
    with duck.connected() as connection:
        for setting in ("autoinstall_known_extensions", "autoload_known_extensions", "allow_community_extensions"):
            assert connection.execute(f"SELECT current_setting('{setting}')").fetchall() == [(False,)]
        with pytest.raises(Exception, match=r"(?i)httpfs|extension"):
            connection.execute("SELECT * FROM read_parquet('https://example.invalid/a.parquet')")


def test_a_signal_during_a_question_ends_it_as_it_ends_everything_else():
    def stop(_number, _frame):
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, 0.3)
    try:
        with pytest.raises(KeyboardInterrupt), duck.connected(threads=1) as connection:
            connection.execute("SELECT count(*) FROM range(100000000000) x(i) WHERE hash(i) = 1").fetchall()
    finally:
        signal.signal(signal.SIGALRM, before)


def test_what_duckdb_says_of_a_cell_is_not_said_on():
    with pytest.raises(CannotNow) as refused, duck.connected() as connection:
        connection.execute("SELECT CAST('Nguyễn Văn Kín' AS INTEGER)").fetchall()
    assert "Kín" not in str(refused.value)


def test_the_limit_of_memory_is_never_more_than_is_said():
    assert 0 < duck.limit() <= duck.MOST
    with duck.connected(most=512 << 20) as connection:
        ((said,),) = connection.execute("SELECT current_setting('memory_limit')").fetchall()
        assert said == "512.0 MiB"
