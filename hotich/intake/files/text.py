"""A CSV file as a sheet: its encoding is the one in which its names are known; nothing may be missing at its end."""

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Final

from hotich.intake.files import accept, encodings
from hotich.intake.files.sheet import Sheet
from hotich.intake.problems import Place, Problem, problem, report

Known = Callable[[str], bool]

_SEPARATORS: Final = (",", ";", "\t")
_BOMS: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_LOOKED_AT: Final = 100


def read(source: accept.Source, known: Known) -> tuple[Sheet, tuple[Problem, ...]]:
    """The one sheet of a CSV file; its rows keep the lines they begin on. Raises Refused."""
    text, problems = _decode(source.content, Place(source.file), known)
    records = _records(text, source.file, _separator(text, known))
    problems = (*problems, *_end(text, records, Place(source.file)))
    for line, cells in records:
        if line > accept.MOST_ROWS or len(cells) > accept.MOST_COLUMNS:
            place = Place(source.file, cell=f"A{line}")
            raise accept.Refused(problem("file.far", place, rows=accept.MOST_ROWS, columns=accept.MOST_COLUMNS))
    lines, rows = zip(*records, strict=True) if records else ((), ())
    return Sheet(source.file, "", rows, lines=tuple(lines)), problems


def _decode(content: bytes, at: Place, known: Known) -> tuple[str, tuple[Problem, ...]]:
    encoding = next((name for bom, name in _BOMS if content.startswith(bom)), "") or _unmarked(content)
    try:
        return unicodedata.normalize("NFC", content.decode(encoding)), ()
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        if encoding != "utf-8":
            raise accept.Refused(problem("text.cut", at, encoding, line=line)) from None
    return _old(content, at, line, known)


def _unmarked(content: bytes) -> str:
    """UTF-16 without its mark has a zero byte in every ASCII letter; everything else is tried as UTF-8 first."""
    even, odd = content[::2].count(0), content[1::2].count(0)
    if not even and not odd:
        return "utf-8"
    return "utf-16-le" if odd > even else "utf-16-be"


def _old(content: bytes, at: Place, line: int, known: Known) -> tuple[str, tuple[Problem, ...]]:
    """Text that is not UTF-8: windows-1258 if names say so, else refused, by name if a table knows it."""
    try:
        text = unicodedata.normalize("NFC", content.decode("cp1258"))
    except UnicodeDecodeError:
        text = ""
    if any(known(cell) for cell in _cells(text) if not cell.isascii()):
        return text, (report("text.cp1258", at),)
    table, found = encodings.legacy(_cells(content.decode("latin-1")), known, ("tcvn3", "vni"))
    raise accept.Refused(problem(f"text.{table}", at, found) if table else problem("text.encoding", at, line=line))


def _cells(text: str) -> list[str]:
    return [cell.strip(' "') for cell in re.split("[,;\t\r\n]", text)]


def _end(text: str, records: list[tuple[int, list[str]]], at: Place) -> Iterator[Problem]:
    """Report a last line without its end, as Google Sheets writes it; refuse one that is not whole.

    Every other program ends its last line; without that a figure may have lost its last digits, so it is named.
    """
    end = re.search("\r\n|\n|\r", text)
    if end and text.endswith(end[0]):
        return
    whole = end and not text.endswith(("\r", "\n")) and len(records[-1][1]) == len(records[0][1])
    last = text.rstrip("\r\n").rpartition("\n")[2]
    if not whole or not records[-1][1][-1].strip():
        raise accept.Refused(problem("text.end", at, last))
    yield report("text.no_end", Place(at.file, cell=f"A{records[-1][0]}"), last)


def _separator(text: str, known: Known) -> str:
    """The separator that cuts the first lines into most known names."""
    head = "\n".join(text.splitlines()[:_LOOKED_AT])
    counted = {mark: sum(map(known, _split(head, mark))) for mark in _SEPARATORS}
    return max(counted, key=lambda mark: counted[mark])


def _split(text: str, mark: str) -> list[str]:
    try:
        return [cell for cells in csv.reader(io.StringIO(text, newline=""), delimiter=mark) for cell in cells]
    except csv.Error:
        return []


def _records(text: str, file: str, mark: str) -> list[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    records: list[tuple[int, list[str]]] = []
    start = 1
    try:
        for cells in reader:
            records.append((start, cells))
            start = reader.line_num + 1
    except csv.Error as error:
        raise accept.Refused(problem("text.quotes", Place(file, cell=f"A{start}"), error)) from None
    return records
