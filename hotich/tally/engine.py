"""What runs the questions: DuckDB in this process, or a Spark that is there already (`ENGINE=spark`)."""

import importlib.util
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, Protocol

from hotich.errors import CannotNow, InputRefused, WrongUsage
from hotich.month import printable
from hotich.storage import duck
from hotich.tally import sql
from hotich.tally.source import ROW, Source
from hotich.tally.sql import Dialect, Keys

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ENGINES: Final = ("duckdb", "spark")


class Engine(Protocol):
    """Answers the questions of `sql` about the lists that it was given."""

    dialect: Dialect

    def cases(self, sources: Sequence[Source], first: int) -> None:
        """Take these lists as `cases`; the first of them has that number."""

    def names(self, table: str, cells: Mapping[str, int]) -> None:
        """Take names as files write them as a table of `written` and `cell`."""

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """Return the rows of an answer. Raises InputRefused for a file that cannot be read to its end."""


def ordered(sources: Sequence[Source]) -> list[Source]:
    """Return the lists so that those of one shape, which an engine reads as one, stand together."""
    return sorted(sources, key=lambda source: (repr(source.shape), source.place.file, source.place.sheet))


def require(name: str) -> str:
    """Return the engine that is meant. Raises WrongUsage for another, CannotNow for Spark where it is not installed."""
    chosen = name or ENGINES[0]
    if chosen not in ENGINES:
        raise WrongUsage("tally.engine", value=printable(name), allowed=", ".join(ENGINES))
    if chosen == "spark" and not importlib.util.find_spec("pyspark"):
        raise CannotNow("tally.no_spark")
    return chosen


@contextmanager
def opened(name: str, connection: "DuckDBPyConnection") -> Iterator[Engine]:
    """Have the engine of that name; `connection` is the DuckDB that has described the files."""
    if name == "spark":
        from hotich.tally.spark import connected

        with connected() as engine:
            yield engine
    else:
        yield Duck(connection)


@dataclass
class Duck:
    """DuckDB: one process, a limit of memory, spilling to disk."""

    connection: "DuckDBPyConnection"
    dialect: Dialect = sql.DUCKDB
    _sources: Sequence[Source] = ()

    def cases(self, sources: Sequence[Source], first: int) -> None:
        """Take these lists as `cases`; the first of them has that number."""
        parts, at, keyed = list[str](), first, sql.keys(source.columns for source in sources)
        for _, group in groupby(sources, key=lambda source: source.shape):
            alike = list(group)
            parts.append(self._alike(alike, at, keyed))
            at += len(alike)
        self._sources = sources
        self.connection.execute(f"CREATE OR REPLACE TEMP VIEW cases AS {' UNION ALL '.join(parts)}")

    def _alike(self, sources: Sequence[Source], first: int, keyed: Keys) -> str:
        files = ", ".join(duck.literal(source.parquet) for source in sources)
        read = f"read_parquet([{files}], hive_partitioning = false, union_by_name = false)"
        row = duck.name(ROW) if sources[0].made else "(file_row_number + 1)"
        return sql.cases(self.dialect, sources[0].columns, keyed, read, f"({first} + file_index) * {sql.ROWS} + {row}")

    def names(self, table: str, cells: Mapping[str, int]) -> None:
        """Take names as files write them as a table of `written` and `cell`."""
        self.connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT unnest(?::VARCHAR[]) AS written, "
            "unnest(?::INTEGER[]) AS cell",
            [list(cells), list(cells.values())],
        )

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """Return the rows of an answer. Raises InputRefused for a file that cannot be read to its end."""
        import duckdb

        try:
            return self.connection.execute(query).fetchall()
        except duckdb.OutOfMemoryException:
            raise
        except duckdb.Error:
            self._require_whole()
            raise

    def _require_whole(self) -> None:
        """Raise InputRefused for the first list that cannot be read by itself."""
        import duckdb

        for source in self._sources:
            kept = [duck.name(column.heading) for column in source.columns.values() if column.constant is None]
            counted = ", ".join(f"bit_xor(hash({column}))" for column in kept)
            try:
                self.connection.execute(
                    f"SELECT {counted} FROM read_parquet({duck.literal(source.parquet)})"
                ).fetchall()
            except duckdb.OutOfMemoryException:
                raise
            except duckdb.Error:
                raise InputRefused("tally.damaged", file=source.listed.path) from None
