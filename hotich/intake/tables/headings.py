"""The meaning of a table's headings: which columns name units and registers, and which have counts of what."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from hotich.data.counts import MEASURES
from hotich.intake.files import numbers
from hotich.intake.files.sheet import Sheet, words
from hotich.intake.problems import Problem, problem
from hotich.intake.tables import periods
from hotich.intake.tables.match_names import Names
from hotich.month import Month

_PARTS: Final = re.compile(r"\n| / | [-–—] |: ")
_NUMBERED: Final = re.compile(r"\(?([A-Ca-c]|[0-9]{1,3})\)?(?:\s*=.*)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Meaning:
    """A column's meaning: a key (`role`), or a measure of a register and an area; a `total` sums others."""

    role: str = ""
    measure: str = ""
    register: str = ""
    area: str = ""
    total: str = ""
    unknown: str = ""

    def merged(self, other: "Meaning") -> "Meaning":
        """Return both together. Raises ValueError when they contradict each other."""
        joined = {}
        for name in self.__slots__:
            mine, theirs = getattr(self, name), getattr(other, name)
            if mine and theirs and mine != theirs and name != "unknown":
                raise ValueError(mine, theirs)
            joined[name] = mine or theirs
        return Meaning(**joined)


@dataclass(frozen=True)
class Header:
    """The first and last row of a table's headings, and the meaning of each column."""

    top: int
    bottom: int
    columns: dict[int, Meaning]

    def keys(self, *roles: str) -> list[int]:
        """Return the columns of these roles."""
        return [column for column, meaning in self.columns.items() if meaning.role in roles]

    @property
    def values(self) -> dict[int, Meaning]:
        """The columns of counts."""
        return {column: meaning for column, meaning in self.columns.items() if meaning.measure}

    def covers(self, dimension: str) -> bool:
        """Return whether the headings give the area, or the register, of every count."""
        if self.keys(dimension, f"{dimension}_code"):
            return True
        return any(not meaning.total for meaning in self.values.values()) and not self.without(dimension)

    def without(self, dimension: str) -> list[int]:
        """Return the columns of counts without an area, or a register, in their headings."""
        return [c for c, meaning in self.values.items() if not meaning.total and not getattr(meaning, dimension)]


@dataclass(frozen=True)
class Headings:
    """Reads headings by the office's names."""

    names: Names
    month: Month

    def find(self, sheet: Sheet, start: int = 0) -> Header | None:
        """Return the first headings from that row on, or None: rows of words around one that names a measure."""
        for row in range(start, len(sheet.rows)):
            if self._labels(sheet, row) and any(m.measure for m in self._row(sheet, row).values()):
                return self._grown(sheet, row, start)
        return None

    def problems(self, sheet: Sheet, header: Header, last: int) -> list[Problem]:
        """Return the problems of the headings of a table whose rows end at `last`."""
        if bare := [*_bare(sheet, header)]:
            return bare
        found = [*_twice(sheet, header), *_lonely(sheet, header)]
        for column, meaning in sorted(header.columns.items()):
            used = any(words(sheet.value(row, column)) for row in range(header.bottom + 1, last + 1))
            if meaning.unknown and used:
                similar = self.names.similar_headings(meaning.unknown)
                place = sheet.place(_row_of(sheet, header, column, meaning.unknown), column)
                found.append(problem("heading.unknown", place, meaning.unknown, similar=similar))
        for column in (c for c in range(sheet.width) if c not in header.columns):
            row = next((r for r in range(header.bottom + 1, last + 1) if words(sheet.value(r, column))), None)
            if row is not None:
                found.append(problem("heading.none", sheet.place(row, column), words(sheet.value(row, column))))
        return found

    def meaning(self, text: str) -> Meaning:
        """Return the meaning of one heading; all parts of a composed heading must be known and agree."""
        known = self._one(text)
        if not known.unknown or not _PARTS.search(text):
            return known
        parts = [self._one(part) for part in _PARTS.split(text) if part.strip()]
        if any(part.unknown for part in parts):
            return known
        try:
            joined = Meaning()
            for part in parts:
                joined = joined.merged(part)
        except ValueError:
            return known
        return joined

    def _one(self, text: str) -> Meaning:
        column = self.names.column(text)
        if column in MEASURES:
            return Meaning(measure=column)
        if column.startswith("total"):
            return Meaning(total=column)
        if column:
            return Meaning(role=column)
        if register := self.names.register(text):
            return Meaning(register=register)
        if self.names.areas(text) & self.names.units:
            return Meaning(area=text)
        named = periods.only(text)  # a title over columns may say which month it is: the reported one adds nothing
        return Meaning() if named and all(period.is_of(self.month) for period in named) else Meaning(unknown=text)

    def _row(self, sheet: Sheet, row: int) -> dict[int, Meaning]:
        cells = ((column, sheet.text(row, column)) for column in range(sheet.width))
        return {column: self.meaning(text) for column, text in cells if text}

    def _labels(self, sheet: Sheet, row: int) -> bool:
        """Return whether a row has no figures."""
        return not any(value != "" and numbers.like(value) for value in sheet.rows[row])

    def _grown(self, sheet: Sheet, anchor: int, start: int) -> Header:
        header = self._header(sheet, anchor, anchor)
        while not _complete(header) and header.top > start and self._joins(sheet, header.top - 1):
            header = self._header(sheet, header.top - 1, header.bottom)
        while not _complete(header) and self._continues(sheet, header):
            header = self._header(sheet, header.top, header.bottom + 1)
        deepest = max((m.bottom for m in sheet.metadata.merged if header.top <= m.top <= header.bottom), default=0)
        bottom = max(header.bottom, min(deepest, header.bottom + 3, len(sheet.rows) - 1))
        # Headings merged over several rows show that the rows beside them are headings, too.
        above = min(
            (m.top for m in sheet.metadata.merged if start <= m.top < header.top <= m.bottom), default=header.top
        )
        header = self._header(sheet, header.top, bottom, above)
        return Header(header.top, header.bottom + _numbered(sheet, header.bottom + 1), header.columns)

    def _joins(self, sheet: Sheet, row: int) -> bool:
        """Return whether a row belongs to the headings: it has two known ones, or a known one that spans columns."""
        if not self._labels(sheet, row):
            return False
        here = {column: m for column, m in self._row(sheet, row).items() if words(sheet.value(row, column))}
        known = [column for column, meaning in here.items() if not meaning.unknown]
        spans = [c for c in known if (m := sheet.merged_at(row, c)) and m.right > m.left]
        return len(known) >= 2 or (bool(spans) and len(known) == len(here))

    def _continues(self, sheet: Sheet, header: Header) -> bool:
        """Return whether the row below adds meaning to columns of counts."""
        row = header.bottom + 1
        if row >= len(sheet.rows) or not self._labels(sheet, row):
            return False
        return any(m.register or m.area or m.total for c, m in self._row(sheet, row).items() if c in header.values)

    def _header(self, sheet: Sheet, top: int, bottom: int, above: int | None = None) -> Header:
        """Return the headings of these rows; of the rows from `above`, titles of groups, only known ones.

        An unknown title over counts is kept: it may make other counts of them (thousands, an estimate, another month).
        """
        first = top if above is None else above
        columns: dict[int, Meaning] = {}
        for row in range(first, bottom + 1):
            for column, meaning in self._row(sheet, row).items():
                if row >= top or not meaning.unknown or self._over_counts(sheet, column, range(row, bottom + 1)):
                    columns[column] = _joined(columns.get(column, Meaning()), meaning, sheet.text(row, column))
        roles = {meaning.role.removesuffix("_code") for meaning in columns.values()}
        return Header(first, bottom, {column: _settled(meaning, roles) for column, meaning in columns.items()})

    def _over_counts(self, sheet: Sheet, column: int, rows: range) -> bool:
        return any(self.meaning(sheet.text(row, column)).measure for row in rows)


def _joined(known: Meaning, more: Meaning, text: str) -> Meaning:
    try:
        return known.merged(more)
    except ValueError:
        return Meaning(unknown=text)


def _settled(meaning: Meaning, roles: set[str]) -> Meaning:
    """Return the meaning without what is only a title: anything above a key column, a group's name above a register.

    A total of one register sums units, so it is unknown where each row is a unit; likewise a total of one unit where
    each row is a register.
    """
    if meaning.total.startswith("total_") and meaning.register:
        return replace(meaning, total="")
    if meaning.total and ((meaning.register and "area" in roles) or (meaning.area and "register" in roles)):
        return Meaning(unknown=f"{meaning.register or meaning.area}, {meaning.total}")
    if meaning.role == "ignored" and meaning.measure:
        return Meaning("", meaning.measure, meaning.register, meaning.area, meaning.total, meaning.unknown)
    if meaning.role:
        return Meaning(role=meaning.role)
    if meaning.unknown or not meaning.measure:
        return Meaning(unknown=meaning.unknown or meaning.register or meaning.area or meaning.total)
    return meaning


def _complete(header: Header) -> bool:
    return all(any(m.measure == measure for m in header.columns.values()) for measure in MEASURES) and all(
        map(header.covers, ("area", "register"))
    )


def _numbered(sheet: Sheet, row: int) -> int:
    """Return 1 if the row under the headings only numbers the columns, as in official forms, else 0."""
    if row >= len(sheet.rows):
        return 0
    matches = [_NUMBERED.fullmatch(text) for value in sheet.rows[row] if (text := words(value))]
    labels = [match[1] for match in matches if match]
    digits = [int(label) for label in labels if label.isdigit()]
    counted = len(digits) >= 2 and digits == list(range(digits[0], digits[0] + len(digits))) and digits[0] in (1, 2, 3)
    return int(counted and len(labels) == len(matches))


def _row_of(sheet: Sheet, header: Header, column: int, text: str) -> int:
    return next((r for r in range(header.top, header.bottom + 1) if sheet.text(r, column) == text), header.bottom)


def _twice(sheet: Sheet, header: Header) -> Iterable[Problem]:
    first: dict[Meaning, int] = {}
    for column, meaning in sorted(header.columns.items()):
        if meaning.unknown or meaning.role == "ignored":
            continue
        if meaning in first:
            place, other = sheet.place(header.bottom, column), sheet.place(header.bottom, first[meaning])
            yield problem("heading.twice", place, sheet.text(header.bottom, column), other=other.cell)
        first.setdefault(meaning, column)


def _lonely(sheet: Sheet, header: Header) -> Iterable[Problem]:
    """Yield a problem for a column of one measure without the column of the other."""
    values = {(m.measure, m.register, m.area, m.total): column for column, m in sorted(header.values.items())}
    for (measure, *rest), column in values.items():
        other = MEASURES[1 - MEASURES.index(measure)]
        if not rest[2] and (other, *rest) not in values:
            yield problem("heading.lonely", sheet.place(header.bottom, column), sheet.text(header.bottom, column))


def _bare(sheet: Sheet, header: Header) -> Iterable[Problem]:
    """Yield problems of registers or units named above some columns only, as after unmerging, or above and beside."""
    for dimension in ("register", "area"):
        bare, keys = header.without(dimension), header.keys(dimension, f"{dimension}_code")
        named = [column for column, meaning in header.values.items() if getattr(meaning, dimension)]
        if named and keys:
            yield problem("heading.both", sheet.place(header.top, keys[0]), sheet.text(header.bottom, keys[0]))
        for column in bare if named and not keys else ():
            yield problem("heading.bare", sheet.place(header.bottom, column), sheet.text(header.bottom, column))
