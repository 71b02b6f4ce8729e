"""Spark, where one machine is outgrown: the same questions, put to a session that the environment describes.

Master, memory and everything else are Spark's own settings (`spark-defaults.conf`, `SPARK_REMOTE`, `spark-submit`);
without any it runs in this process. Its workers must reach the record files under the same path.
"""

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from hotich.errors import CannotNow, InputRefused
from hotich.tally import sql
from hotich.tally.source import Source
from hotich.tally.sql import Dialect, Keys


@contextmanager
def connected() -> Iterator["Spark"]:
    """Have a Spark session; one that was there before is left running. Raises CannotNow where none can be had."""
    pyspark = _imported()
    there = pyspark.SparkSession.getActiveSession()
    try:
        session = there or pyspark.SparkSession.builder.appName("hotich tally").getOrCreate()
    except Exception as error:  # Java or the cluster is missing: whatever the gateway raises
        raise CannotNow("tally.spark", reason=_reason(error)) from None
    try:
        yield Spark(session)
    finally:
        if there is None:
            session.stop()


def _imported() -> Any:  # noqa: ANN401 - not in the lock, so without types
    import pyspark.sql

    logging.getLogger("py4j").setLevel(logging.ERROR)
    return pyspark.sql


def _reason(error: Exception) -> str:
    """Return the kind of an error and its own condition: its message may quote cells."""
    condition = getattr(error, "getCondition", lambda: None)() or ""
    return " ".join([type(error).__name__, condition]).strip()


@dataclass
class Spark:
    """A session, and the dialect in which it is asked."""

    session: Any
    dialect: Dialect = sql.SPARK
    _tables: list[str] = field(default_factory=list)

    def cases(self, sources: Sequence[Source], first: int) -> None:
        """Take these lists as `cases`; the first of them has that number. Raises InputRefused for any but Parquet."""
        for source in sources:
            if source.made:
                raise InputRefused("tally.spark_parquet", file=source.listed.path)
        parts, at, keyed = list[str](), first, sql.keys(source.columns for source in sources)
        for number, (_, group) in enumerate(groupby(sources, key=lambda source: source.shape)):
            alike = list(group)
            parts.append(self._alike(alike, at, keyed, f"files_{number}"))
            at += len(alike)
        self._ran(lambda: self.session.sql(" UNION ALL ".join(parts)).createOrReplaceTempView("cases"))

    def _alike(self, sources: Sequence[Source], first: int, keyed: Keys, table: str) -> str:
        """Return the query of lists of one shape, read as one table; a file is known by its path."""
        paths = [str(source.parquet.resolve()) for source in sources]
        reader = self.session.read.option("recursiveFileLookup", "true")
        placed = ("*", "_metadata.file_path AS its_file", "_metadata.row_index AS its_row")
        self._ran(lambda: reader.parquet(*paths).selectExpr(*placed).createOrReplaceTempView(table))
        numbers = ", ".join(
            f"{self.dialect.literal(source.parquet.resolve())}, {first + at}L" for at, source in enumerate(sources)
        )
        file = f"element_at(map({numbers}), url_decode(regexp_replace(its_file, '^file:/*', '/')))"
        return sql.cases(self.dialect, sources[0].columns, keyed, table, f"{file} * {sql.ROWS} + its_row + 1")

    def names(self, table: str, cells: Mapping[str, int]) -> None:
        """Take names as files write them as a table of `written` and `cell`."""
        rows = list(cells.items())
        made = self.session.createDataFrame(rows, "written STRING, cell INT")
        self._ran(lambda: made.createOrReplaceTempView(table))

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """Return the rows of an answer. Raises CannotNow where Spark fails."""
        return [tuple(row) for row in self._ran(lambda: self.session.sql(query).collect())]

    def _ran(self, action: Any) -> Any:  # noqa: ANN401 - what Spark gives
        try:
            return action()
        except Exception as error:  # everything that Java raises comes as one of many classes
            raise CannotNow("tally.spark", reason=_reason(error)) from None
