"""What the XML of a workbook says about its cells beside their values, read in one pass that also keeps the limits.

Values come from calamine, which tells nothing of formulas, hidden rows and percent formats, and needs memory for every
cell up to the farthest: so the parts are looked through first.
"""

import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from hotich.intake.files import accept
from hotich.intake.files.sheet import Marks, Range, cell
from hotich.intake.problems import Place, problem

_PERCENT_FORMATS: Final = ("9", "10")

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]


@dataclass
class Found:
    """Marks of one sheet while they are gathered."""

    at: Place
    merged: list[Range] = field(default_factory=list)
    cells: dict[str, set[tuple[int, int]]] = field(default_factory=dict)
    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)

    def mark(self, kind: str, row: int, column: int) -> None:
        """Note that a cell is of a kind: formulas, uncalculated or percents."""
        self.cells.setdefault(kind, set()).add((row, column))

    def require_near(self, row: int, column: int) -> None:
        """Raise Refused for a cell beyond the rows and columns that are read."""
        if row >= accept.MOST_ROWS or column >= accept.MOST_COLUMNS:
            place = Place(self.at.file, self.at.sheet, cell(row, column))
            raise accept.Refused(problem("file.far", place, rows=accept.MOST_ROWS, columns=accept.MOST_COLUMNS))

    def marks(self) -> Marks:
        """What was gathered."""
        kinds = {kind: frozenset(cells) for kind, cells in self.cells.items()}
        rows, columns = frozenset(self.rows), frozenset(self.columns)
        return Marks(tuple(self.merged), errors=self.errors, hidden_rows=rows, hidden_columns=columns, **kinds)


def of_xlsx(parts: zipfile.ZipFile, file: str) -> dict[str, Marks]:
    """Marks of every worksheet of an Excel workbook by its name. Raises Refused."""
    percents = _percent_styles(parts, file)
    found: dict[str, Marks] = {}
    for name, part in _xlsx_sheets(parts, file):
        reader = _XlsxSheet(Found(Place(file, name)), percents)
        _walk(parts, part, file, reader.start, reader.end, reader.text)
        found[name] = reader.found.marks()
    return found


def of_ods(parts: zipfile.ZipFile, file: str) -> dict[str, Marks]:
    """Marks of every table of an OpenDocument spreadsheet by its name. Raises Refused."""
    reader = _OdsSheets(file)
    _walk(parts, "content.xml", file, reader.start, reader.end, reader.text)
    return {name: found.marks() for name, found in reader.sheets.items()}


def _walk(
    parts: zipfile.ZipFile, part: str, file: str, start: Start, end: End | None = None, text: End | None = None
) -> None:
    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    try:
        for chunk in accept.chunks(parts, part, Place(file)):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, KeyError, ValueError):
        raise accept.Refused(problem("file.damaged", Place(file))) from None


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _xlsx_sheets(parts: zipfile.ZipFile, file: str) -> Iterable[tuple[str, str]]:
    targets: dict[str, str] = {}
    names: list[tuple[str, str]] = []

    def relation(name: str, attributes: dict[str, str]) -> None:
        if _local(name) == "Relationship":
            targets[attributes["Id"]] = attributes["Target"]

    def sheet(name: str, attributes: dict[str, str]) -> None:
        if _local(name) == "sheet":
            names.append((attributes["name"], next((v for k, v in attributes.items() if k.endswith(":id")), "")))

    _walk(parts, "xl/_rels/workbook.xml.rels", file, relation)
    _walk(parts, "xl/workbook.xml", file, sheet)
    paths = ((name, targets[key].removeprefix("/")) for name, key in names if key in targets)
    return [(name, path if path.startswith("xl/") else f"xl/{path}") for name, path in paths]


def _percent_styles(parts: zipfile.ZipFile, file: str) -> frozenset[str]:
    """Numbers of the cell styles that show a number as a percentage."""
    formats: set[str] = set(_PERCENT_FORMATS)
    styles: list[str] = []
    inside: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        inside.append(_local(name))
        if inside[-1] == "numFmt" and "%" in attributes["formatCode"]:
            formats.add(attributes["numFmtId"])
        if inside[-2:] == ["cellXfs", "xf"]:
            styles.append(attributes.get("numFmtId", "0"))

    def end(_: str) -> None:
        inside.pop()

    if "xl/styles.xml" in parts.namelist():
        _walk(parts, "xl/styles.xml", file, start, end)
    return frozenset(str(index) for index, style in enumerate(styles) if style in formats)


@dataclass
class _XlsxSheet:
    """Reads one worksheet part."""

    found: Found
    percents: frozenset[str]
    inside: str = ""
    row: int = -1
    column: int = -1
    kind: str = ""
    percent: bool = False
    formula: bool = False
    stored: bool = False
    error: str = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.inside = tag = _local(name)
        if tag == "c":
            reference = attributes.get("r")
            self.column = _column(reference) if reference else self.column + 1
            self.kind, self.percent = attributes.get("t", ""), attributes.get("s") in self.percents
            self.formula, self.stored, self.error = False, False, ""
        elif tag == "row":
            self.row = int(attributes["r"]) - 1 if "r" in attributes else self.row + 1
            self.column = -1
            if attributes.get("hidden") in ("1", "true"):
                self.found.rows.add(self.row)
        elif tag == "f":
            self.formula = True
        elif tag == "is" or (tag == "v" and self.kind == "str"):
            self.stored = True
        elif tag == "mergeCell":
            self.found.merged.append(_range(attributes["ref"]))
        elif tag == "col" and attributes.get("hidden") in ("1", "true"):
            last = min(int(attributes["max"]), accept.MOST_COLUMNS)
            self.found.columns.update(range(int(attributes["min"]) - 1, last))

    def text(self, text: str) -> None:
        # A formula that nobody calculated has an empty value, or none.
        self.stored = self.stored or self.inside == "v"
        if self.inside == "v" and self.kind == "e":
            self.error += text

    def end(self, name: str) -> None:
        self.inside = ""
        if _local(name) != "c" or not (self.formula or self.stored):
            return
        self.found.require_near(self.row, self.column)
        if self.formula:
            self.found.mark("formulas" if self.stored else "uncalculated", self.row, self.column)
        if self.kind == "e":
            self.found.errors[self.row, self.column] = self.error
        if self.percent and self.kind in ("", "n"):
            self.found.mark("percents", self.row, self.column)


def _column(reference: str) -> int:
    column = 0
    for letter in reference:
        if letter.isdigit():
            break
        column = column * 26 + ord(letter) - 64
    return column - 1


def _range(reference: str) -> Range:
    first, _, last = reference.partition(":")
    (top, left), (bottom, right) = (
        (int(c.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) - 1, _column(c)) for c in (first, last or first)
    )
    return Range(top, left, bottom, right)


@dataclass
class _OdsSheets:
    """Reads the tables of a content part; equal neighbours are written once with a number of repeats."""

    file: str
    sheets: dict[str, Found] = field(default_factory=dict)
    found: Found | None = None
    row: int = 0
    rows: int = 0
    column: int = 0
    attributes: dict[str, str] = field(default_factory=dict)
    filled: bool = False
    shown: str = ""

    def text(self, text: str) -> None:
        self.shown += text

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table:table":
            title = attributes.get("table:name", "")
            self.found = self.sheets.setdefault(title, Found(Place(self.file, title)))
            self.row = self.column = 0
        elif self.found is None:
            return
        elif name == "table:table-column":
            self._column(attributes)
        elif name == "table:table-row":
            self.rows, self.column = int(attributes.get("table:number-rows-repeated", 1)), 0
            if attributes.get("table:visibility", "visible") != "visible":
                self.found.rows.update(range(self.row, min(self.row + self.rows, accept.MOST_ROWS)))
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self.attributes, self.filled, self.shown = attributes, "office:value-type" in attributes, ""
        elif name == "text:p":
            self.filled = True

    def _column(self, attributes: dict[str, str]) -> None:
        repeated = int(attributes.get("table:number-columns-repeated", 1))
        if self.found and attributes.get("table:visibility", "visible") != "visible":
            self.found.columns.update(range(self.column, min(self.column + repeated, accept.MOST_COLUMNS)))
        self.column += repeated

    def end(self, name: str) -> None:
        if name == "table:table":
            self.found = None
        elif name == "table:table-row":
            self.row += self.rows
        elif self.found and name in ("table:table-cell", "table:covered-table-cell"):
            repeated = int(self.attributes.get("table:number-columns-repeated", 1))
            if self.filled or "table:formula" in self.attributes:
                self.found.require_near(self.row + self.rows - 1, self.column + repeated - 1)
                self._cell(self.found, repeated)
            self._span(self.found)
            self.column += repeated
            self.attributes, self.filled = {}, False

    def _cell(self, found: Found, repeated: int) -> None:
        kinds = []
        if "table:formula" in self.attributes:
            kinds.append("formulas" if "office:value-type" in self.attributes else "uncalculated")
        if self.attributes.get("office:value-type") == "percentage":
            kinds.append("percents")
        for kind in kinds:
            for row in range(self.row, self.row + self.rows):
                for column in range(self.column, self.column + repeated):
                    found.mark(kind, row, column)
        if self.attributes.get("calcext:value-type") == "error":
            found.errors[self.row, self.column] = self.shown.strip()

    def _span(self, found: Found) -> None:
        down, across = (int(self.attributes.get(f"table:number-{way}-spanned", 1)) for way in ("rows", "columns"))
        if down > 1 or across > 1:
            found.merged.append(Range(self.row, self.column, self.row + down - 1, self.column + across - 1))
