"""The questions put to an engine, in SQL, and the few words that DuckDB and Spark write differently.

`cases` has a row for each row of the files: `loc` says which (file and row in one number), `area_key` and
`register_key` name unit and register as the files do, everything else has the type that it must have, or is NULL.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from hotich.tally.columns import Column, Columns

ROWS: Final = 1 << 40
"""`loc` is the file's number times this, plus the row's."""
JOINED: Final = "\N{INFORMATION SEPARATOR ONE}"
"""Between the parts of a key of a unit: no file writes it."""
UNIT_PARTS: Final = ("province", "district", "area_code", "area")
REGISTER_PARTS: Final = ("register_code", "register")
_YES: Final = ("true", "t", "1", "x", "yes", "y", "có", "rồi", "đã", "đủ", "xong", "done", "digitised", "digitized")
_YES_ALSO: Final = ("đã số hóa", "đã số hoá", "đã nhập", "hoàn thành", "đã hoàn thành", "đã duyệt", "đã scan", "đã có")
_NO: Final = ("", "false", "f", "0", "no", "n", "không", "chưa", "chưa có", "none", "null", "-", "thiếu")
_NO_ALSO: Final = (
    "chưa số hóa",
    "chưa số hoá",
    "chưa nhập",
    "chưa hoàn thành",
    "chưa duyệt",
    "chưa scan",
    "not digitised",
)
YES: Final = (*_YES, *_YES_ALSO)
NO: Final = (*_NO, *_NO_ALSO)
"""What a state may be, in small letters; of a scan, anything else that is not a `NO` is the scan's own name."""
_WHOLE: Final = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "INT")
_DAYS: Final = ("DATE", "TIMESTAMP")
FIRST_YEAR, LAST_YEAR = 1800, 2200


@dataclass(frozen=True)
class Dialect:
    """How an engine writes what standard SQL does not settle."""

    string: str
    matches: str
    day_first: str
    quote: str
    escapes: Mapping[str, str]

    def text(self, column: str) -> str:
        """Return a column as text without spaces around it."""
        return f"trim(CAST({column} AS {self.string}))"

    def like(self, text: str, pattern: str) -> str:
        """Return whether a whole text matches; the pattern has no quotes and no backslashes."""
        return self.matches.format(text=text, pattern=pattern)

    def literal(self, text: object) -> str:
        """Return a text as the engine writes it."""
        return "'" + "".join(self.escapes.get(letter, letter) for letter in str(text)) + "'"

    def name(self, column: str) -> str:
        """Return a column's name in the engine's quotes."""
        return self.quote + column.replace(self.quote, self.quote * 2) + self.quote


DUCKDB: Final = Dialect(
    "VARCHAR",
    "regexp_full_match({text}, '{pattern}')",
    "CAST(try_strptime({text}, '%d/%m/%Y') AS DATE)",
    '"',
    {"'": "''"},
)
SPARK: Final = Dialect(
    "STRING",
    "({text} RLIKE '^({pattern})$')",
    "CAST(try_to_timestamp({text}, 'd/M/y') AS DATE)",
    "`",
    {"\\": "\\\\", "'": "\\'"},
)


@dataclass(frozen=True)
class Keys:
    """Of which columns the keys of units and registers are made; `fixed` is what all lists state by their folders."""

    unit: tuple[str, ...]
    register: tuple[str, ...]
    fixed: Mapping[str, str]

    def values(self, roles: tuple[str, ...], key: str) -> dict[str, str]:
        """Return the parts of a key by their roles, with what is fixed."""
        return {**self.fixed, **(dict(zip(roles, key.split(JOINED), strict=True)) if roles else {})}


def keys(lists: Iterable[Columns]) -> Keys:
    """Return the keys of lists that are read together: what any of them names, short where it can be."""
    every = list(lists)
    fixed = {}
    for role in (*UNIT_PARTS, *REGISTER_PARTS):
        stated = {columns[role].constant if role in columns else None for columns in every}
        if len(stated) == 1 and (value := stated.pop()) is not None:
            fixed[role] = value
    named = {role for columns in every for role in columns} - {*fixed}
    units, registers = (tuple(role for role in roles if role in named) for roles in (UNIT_PARTS, REGISTER_PARTS))
    return Keys(units, registers, fixed)


def cases(dialect: Dialect, columns: Columns, keyed: Keys, source: str, loc: str) -> str:
    """Return the query that reads the columns from a source, typed; `loc` is the expression of a row's place."""

    def of(role: str) -> str:
        return _value(dialect, columns[role]) if role in columns else "NULL"

    number, year = (_whole(dialect, columns[role]) for role in ("number", "year"))
    digitised = _state(dialect, columns["digitised"]) if "digitised" in columns else "CAST(NULL AS BOOLEAN)"
    scan = _there(dialect, columns["scan"]) if "scan" in columns else "CAST(NULL AS BOOLEAN)"
    book = f"coalesce({dialect.text(of('book'))}, '')" if "book" in columns else "''"
    days = {role: _day(dialect, columns.get(role)) for role in ("registered_on", "digitised_on")}
    chosen = {
        "loc": loc,
        "area_key": _key(dialect, columns, keyed.unit),
        "register_key": _key(dialect, columns, keyed.register),
        "year": f"CASE WHEN {year} BETWEEN {FIRST_YEAR} AND {LAST_YEAR} THEN CAST({year} AS SMALLINT) END",
        "book": book,
        "number": number,
        "digitised": digitised,
        "scan": scan,
        "registered_on": days["registered_on"],
        "digitised_on": days["digitised_on"],
        "no_day": _unreadable_day(dialect, columns, days),
    }
    return f"SELECT {', '.join(f'{expression} AS {name}' for name, expression in chosen.items())} FROM {source}"


def _value(dialect: Dialect, column: Column) -> str:
    if column.constant is None:
        return dialect.name(column.heading)
    return dialect.literal(column.constant)


def _key(dialect: Dialect, columns: Columns, parts: Iterable[str]) -> str:
    given = [
        f"coalesce({dialect.text(_value(dialect, columns[part]))}, '')" if part in columns else "''" for part in parts
    ]
    return f"concat_ws('{JOINED}', {', '.join(given)})" if len(given) > 1 else "".join(given) or "''"


def _whole(dialect: Dialect, column: Column) -> str:
    """Return a whole number from 0 up; of a text such as `12/1998` the number before the stroke; else NULL."""
    value = _value(dialect, column)
    if column.constant is None and column.type in _WHOLE:
        return f"CASE WHEN {value} BETWEEN 0 AND 999999999 THEN CAST({value} AS INTEGER) END"
    text = dialect.text(value)
    written = f"regexp_extract({text}, '^[0-9]+', 0)"
    return f"CASE WHEN {dialect.like(text, '[0-9]{1,9}([.]0+)?(/[0-9]{4})?')} THEN CAST({written} AS INTEGER) END"


def _state(dialect: Dialect, column: Column) -> str:
    """Return whether a case is digitised, NULL where the file says neither; nothing at all is no."""
    value = _value(dialect, column)
    if column.type == "BOOLEAN":
        return f"coalesce({value}, FALSE)"
    text = f"lower(coalesce({dialect.text(value)}, ''))"
    return f"CASE WHEN {text} IN ({_listed(YES)}) THEN TRUE WHEN {text} IN ({_listed(NO)}) THEN FALSE END"


def _there(dialect: Dialect, column: Column) -> str:
    """Return whether there is a scan. Its name, which may name a person, is compared here and never leaves."""
    value = _value(dialect, column)
    if column.type == "BOOLEAN":
        return f"coalesce({value}, FALSE)"
    return f"lower(coalesce({dialect.text(value)}, '')) NOT IN ({_listed(NO)})"


def _listed(words: Iterable[str]) -> str:
    return ", ".join(f"'{word}'" for word in words)


def _day(dialect: Dialect, column: Column | None) -> str:
    if column is None:
        return "CAST(NULL AS DATE)"
    value = _value(dialect, column)
    if column.type.startswith(_DAYS):
        return f"CAST({value} AS DATE)"
    text = dialect.text(value)
    iso, day_first = "[0-9]{4}-[0-9]{2}-[0-9]{2}.*", "[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}"
    return (
        f"CASE WHEN {dialect.like(text, iso)} THEN try_cast(substr({text}, 1, 10) AS DATE) "
        f"WHEN {dialect.like(text, day_first)} THEN {dialect.day_first.format(text=text)} END"
    )


def _unreadable_day(dialect: Dialect, columns: Columns, days: Mapping[str, str]) -> str:
    """Return whether there is something in a column of days that is no day."""
    written = [role for role in days if role in columns and not columns[role].type.startswith(_DAYS)]
    wrong = [
        f"(({day}) IS NULL AND {dialect.text(_value(dialect, columns[role]))} <> '')"
        for role, day in days.items()
        if role in written
    ]
    return f"coalesce({' OR '.join(wrong)}, FALSE)" if wrong else "FALSE"


def done(has_state: bool, has_scan: bool, as_of: date) -> str:
    """Return the condition of a digitised case: it says so, has its scan where the list tells, by the day of counts."""
    said = [*(["digitised"] if has_state else []), *(["scan"] if has_scan else [])]
    return f"({' AND '.join(said)} AND (digitised_on IS NULL OR digitised_on <= DATE '{as_of}'))"


def conditions(has_state: bool, has_scan: bool, has_days: bool, as_of: date) -> dict[str, str]:
    """Return the condition of each kind of violation that is seen in a case alone, where its columns are there."""
    day = f"DATE '{as_of}'"
    found = {"unreadable": f"(year IS NULL OR number IS NULL{' OR digitised IS NULL' if has_state else ''})"}
    if has_days:
        found["unreadable_day"] = "no_day"
    if has_state and has_scan:
        found["unscanned"] = "(digitised AND NOT scan)"
    found["future"] = f"(year > {as_of.year} OR registered_on > {day} OR digitised_on > {day})"
    return found


def counted(finished: str, kinds: Mapping[str, str]) -> str:
    """Return the query of the cases of each unit and register as the files name them, and of each kind of violation.

    Columns: area_key, register_key, cases, digitised ones, those among them whose number or year cannot be read, the
    first of all; then for each kind the number of cases and the first of them.
    """
    wrong = [f"{_count(condition)}, min(CASE WHEN {condition} THEN loc END)" for condition in kinds.values()]
    unread = _count(f"{finished} AND (year IS NULL OR number IS NULL)")
    chosen = ", ".join(["count(*)", _count(finished), unread, "min(loc)", *wrong])
    return f"SELECT area_key, register_key, {chosen} FROM cases GROUP BY area_key, register_key"


def _count(condition: str) -> str:
    return f"count(CASE WHEN {condition} THEN 1 END)"


def books(dialect: Dialect, finished: str) -> str:
    """Return the query of what is seen only across cases: those that stand twice, numbers missing between others.

    `names` gives each key of a unit and register its number. A case is a number in a book of a year; numbers run from
    the lowest to the highest in each book. Columns: cell, cases, digitised, repeated rows, an example of them, missing
    numbers, an example of them.
    """
    as_text = dialect.string
    twice = f"concat_ws('|', lpad(CAST(loc AS {as_text}), 19, '0'), year, number, book)"
    gap = "concat_ws('|', year, held, lowest, highest, book)"
    return f"""
WITH keyed AS (
  SELECT units.cell + registers.cell AS cell, year, book, number,
    count(*) AS copies, bool_or({finished}) AS finished, max(loc) AS loc
  FROM cases JOIN units ON cases.area_key = units.written JOIN registers ON cases.register_key = registers.written
  WHERE year IS NOT NULL AND number IS NOT NULL
  GROUP BY units.cell + registers.cell, year, book, number
), books AS (
  SELECT cell, year, book, count(*) AS held, count(CASE WHEN finished THEN 1 END) AS finished,
    sum(copies) - count(*) AS repeated, min(CASE WHEN copies > 1 THEN {twice} END) AS twice,
    min(number) AS lowest, max(number) AS highest
  FROM keyed GROUP BY cell, year, book
)
SELECT cell, sum(held), sum(finished), sum(repeated), min(twice), sum(highest - lowest + 1 - held),
  min(CASE WHEN highest - lowest + 1 > held THEN {gap} END)
FROM books GROUP BY cell"""
