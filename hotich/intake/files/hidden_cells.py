"""What a workbook's XML records of its cells beside their values: formulas, merged and hidden cells, percent formats.

Calamine reads none of this, and needs memory for every cell up to the farthest: so each part is parsed first, in one
pass that also checks the limits.
"""

import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from hotich.intake.files.sheet import CellMetadata, Range
from hotich.intake.files.source import MOST_COLUMNS, MOST_ROWS, Refused, chunks, too_far
from hotich.intake.problems import Place, problem

_PERCENT_FORMATS: Final = ("9", "10")

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]


@dataclass
class MetadataBuilder:
    """Collects the metadata of one sheet while its XML is parsed."""

    file: str
    sheet: str
    merged: list[Range] = field(default_factory=list)
    cells: dict[str, set[tuple[int, int]]] = field(default_factory=dict)
    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)

    def add(self, kind: str, row: int, column: int) -> None:
        """Record that a cell is of a kind: formulas, uncalculated or percents."""
        self.cells.setdefault(kind, set()).add((row, column))

    def require_near(self, row: int, column: int) -> None:
        """Raise Refused for a cell beyond the rows and columns that are read."""
        if row >= MOST_ROWS or column >= MOST_COLUMNS:
            raise too_far(self.file, self.sheet, row, column)

    def build(self) -> CellMetadata:
        """Return what was collected."""
        kinds = {kind: frozenset(cells) for kind, cells in self.cells.items()}
        rows, columns = frozenset(self.rows), frozenset(self.columns)
        return CellMetadata(tuple(self.merged), errors=self.errors, hidden_rows=rows, hidden_columns=columns, **kinds)


def of_xlsx(parts: zipfile.ZipFile, file: str) -> dict[str, CellMetadata]:
    """Return the metadata of every worksheet of an Excel workbook by its name. Raises Refused."""
    percents = _percent_styles(parts, file)
    metadata: dict[str, CellMetadata] = {}
    for name, part in _xlsx_sheets(parts, file):
        parser = _XlsxSheet(MetadataBuilder(file, name), percents)
        _parse(parts, part, file, parser.start, parser.end, parser.text)
        metadata[name] = parser.metadata.build()
    return metadata


def of_ods(parts: zipfile.ZipFile, file: str) -> dict[str, CellMetadata]:
    """Return the metadata of every table of an OpenDocument spreadsheet by its name. Raises Refused."""
    parser = _OdsSheets(file)
    _parse(parts, "content.xml", file, parser.start, parser.end, parser.text)
    return {name: metadata.build() for name, metadata in parser.sheets.items()}


def _parse(
    parts: zipfile.ZipFile, part: str, file: str, start: Start, end: End | None = None, text: End | None = None
) -> None:
    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    try:
        for chunk in chunks(parts, part, Place(file)):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, KeyError, ValueError):
        raise Refused(problem("file.damaged", Place(file))) from None


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

    _parse(parts, "xl/_rels/workbook.xml.rels", file, relation)
    _parse(parts, "xl/workbook.xml", file, sheet)
    paths = ((name, targets[key].removeprefix("/")) for name, key in names if key in targets)
    return [(name, path if path.startswith("xl/") else f"xl/{path}") for name, path in paths]


def _percent_styles(parts: zipfile.ZipFile, file: str) -> frozenset[str]:
    """Return the indices of the cell styles that show a number as a percentage."""
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
        _parse(parts, "xl/styles.xml", file, start, end)
    return frozenset(str(index) for index, style in enumerate(styles) if style in formats)


@dataclass
class _XlsxSheet:
    """Handles the XML events of one worksheet part."""

    metadata: MetadataBuilder
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
        self.inside = _local(name)
        match self.inside:
            case "c":
                self._cell(attributes)
            case "row":
                self._row(attributes)
            case "f":
                self.formula = True
            case "is":
                self.stored = True
            case "v":
                self.stored = self.stored or self.kind == "str"
            case "mergeCell":
                self.metadata.merged.append(_range(attributes["ref"]))
            case "col" if _is_hidden(attributes):
                first = int(attributes["min"]) - 1
                self.metadata.columns.update(range(first, min(int(attributes["max"]), MOST_COLUMNS)))

    def _cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        self.column = _column(reference) if reference else self.column + 1
        self.kind, self.percent = attributes.get("t", ""), attributes.get("s") in self.percents
        self.formula, self.stored, self.error = False, False, ""

    def _row(self, attributes: dict[str, str]) -> None:
        self.row = int(attributes["r"]) - 1 if "r" in attributes else self.row + 1
        self.column = -1
        if _is_hidden(attributes):
            self.metadata.rows.add(self.row)

    def text(self, text: str) -> None:
        # A formula that was never calculated has an empty value, or none.
        self.stored = self.stored or self.inside == "v"
        if self.inside == "v" and self.kind == "e":
            self.error += text

    def end(self, name: str) -> None:
        self.inside = ""
        if _local(name) != "c" or not (self.formula or self.stored):
            return
        self.metadata.require_near(self.row, self.column)
        if self.formula:
            self.metadata.add("formulas" if self.stored else "uncalculated", self.row, self.column)
        if self.kind == "e":
            self.metadata.errors[self.row, self.column] = self.error
        if self.percent and self.kind in ("", "n"):
            self.metadata.add("percents", self.row, self.column)


def _is_hidden(attributes: dict[str, str]) -> bool:
    return attributes.get("hidden") in ("1", "true")


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
    """Handles the XML events of a content part, where equal neighbours are written once with a number of repeats."""

    file: str
    sheets: dict[str, MetadataBuilder] = field(default_factory=dict)
    metadata: MetadataBuilder | None = None
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
            sheet = attributes.get("table:name", "")
            self.metadata = self.sheets.setdefault(sheet, MetadataBuilder(self.file, sheet))
            self.row = self.column = 0
        elif self.metadata:
            self._inside(name, attributes, self.metadata)

    def _inside(self, name: str, attributes: dict[str, str], metadata: MetadataBuilder) -> None:
        match name:
            case "table:table-cell" | "table:covered-table-cell":
                self.attributes, self.filled, self.shown = attributes, "office:value-type" in attributes, ""
            case "text:p":
                self.filled = True
            case "table:table-row":
                self.rows, self.column = int(attributes.get("table:number-rows-repeated", 1)), 0
                if attributes.get("table:visibility", "visible") != "visible":
                    metadata.rows.update(range(self.row, min(self.row + self.rows, MOST_ROWS)))
            case "table:table-column":
                repeated = int(attributes.get("table:number-columns-repeated", 1))
                if attributes.get("table:visibility", "visible") != "visible":
                    metadata.columns.update(range(self.column, min(self.column + repeated, MOST_COLUMNS)))
                self.column += repeated

    def end(self, name: str) -> None:
        if name == "table:table":
            self.metadata = None
        elif name == "table:table-row":
            self.row += self.rows
        elif self.metadata and name in ("table:table-cell", "table:covered-table-cell"):
            repeated = int(self.attributes.get("table:number-columns-repeated", 1))
            if self.filled or "table:formula" in self.attributes:
                self.metadata.require_near(self.row + self.rows - 1, self.column + repeated - 1)
                self._cell(self.metadata, repeated)
            self._span(self.metadata)
            self.column += repeated
            self.attributes, self.filled = {}, False

    def _cell(self, metadata: MetadataBuilder, repeated: int) -> None:
        kinds = []
        if "table:formula" in self.attributes:
            kinds.append("formulas" if "office:value-type" in self.attributes else "uncalculated")
        if self.attributes.get("office:value-type") == "percentage":
            kinds.append("percents")
        for kind in kinds:
            for row in range(self.row, self.row + self.rows):
                for column in range(self.column, self.column + repeated):
                    metadata.add(kind, row, column)
        if self.attributes.get("calcext:value-type") == "error":
            metadata.errors[self.row, self.column] = self.shown.strip()

    def _span(self, metadata: MetadataBuilder) -> None:
        down, across = (int(self.attributes.get(f"table:number-{way}-spanned", 1)) for way in ("rows", "columns"))
        if down > 1 or across > 1:
            metadata.merged.append(Range(self.row, self.column, self.row + down - 1, self.column + across - 1))
