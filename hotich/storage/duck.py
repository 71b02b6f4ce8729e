"""DuckDB, as this project runs it: in this process, offline, within a limit of memory, spilling into our own folder."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import psutil

from hotich.errors import CannotNow
from hotich.storage import temporary

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MOST: Final = 7 << 30
"""Bytes that DuckDB may hold: a hundred million cases, with duplicates found, take less than 9 GB of the process."""
_SHARE: Final = 0.6
"""The share of the free memory that it may hold where that is less."""
SETTINGS: Final = (
    "SET autoinstall_known_extensions = false",  # nothing is fetched from a network
    "SET autoload_known_extensions = false",
    "SET allow_community_extensions = false",
    "SET TimeZone = 'UTC'",
)


def limit() -> int:
    """Return how many bytes of memory DuckDB may hold on this machine now."""
    return min(MOST, int(psutil.virtual_memory().available * _SHARE))


@contextmanager
def connected(most: int = 0, threads: int = 0) -> Iterator["DuckDBPyConnection"]:
    """Have a connection to an empty database in memory, which spills into a temporary folder of ours.

    `most` is its limit in bytes, `limit()` where it is 0. Raises CannotNow where that does not do.
    """
    import duckdb

    allowed = most or limit()
    with temporary.folder() as folder, duckdb.connect() as connection:
        for setting in SETTINGS:
            connection.execute(setting)
        connection.execute(f"SET memory_limit = '{allowed} B'")
        connection.execute("SET temp_directory = '{}'".format(str(folder).replace("'", "''")))
        if threads:
            connection.execute(f"SET threads = {int(threads)}")
        try:
            yield connection
        except duckdb.OutOfMemoryException:
            raise CannotNow("tally.memory", limit=f"{allowed / (1 << 30):.1f}") from None
        except duckdb.IOException as error:
            full = "space" in str(error)  # its message may quote a file, and what stands in it
            raise CannotNow("tally.full" if full else "tally.unreadable", folder=folder) from None
        except (duckdb.Error, RuntimeError) as error:
            if "interrupted" in str(error):  # a signal came while it ran
                raise KeyboardInterrupt from None
            if isinstance(error, duckdb.Error):
                raise CannotNow("tally.engine_stopped", kind=type(error).__name__) from None
            raise


def literal(text: object) -> str:
    """Return a text as SQL writes it."""
    return "'" + str(text).replace("'", "''") + "'"


def name(column: str) -> str:
    """Return the name of a column as SQL writes it."""
    return '"' + column.replace('"', '""') + '"'
