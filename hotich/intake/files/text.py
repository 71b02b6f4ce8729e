"""A CSV file as a sheet: its encoding is the one in which its names are known; its last line must be complete."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from hotich.intake.files import encodings
from hotich.intake.files.sheet import Sheet
from hotich.intake.files.source import MOST_COLUMNS, MOST_ROWS, IsKnown, Refused, Source, too_far
from hotich.intake.problems import Place, Problem, problem, report
from hotich.storage import csv_table

_SEPARATORS: Final = (",", ";", "\t")
_BOMS: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_LINES_TRIED: Final = 100


def read(source: Source, is_known: IsKnown) -> tuple[list[Sheet], tuple[Problem, ...]]:
    """Return the one sheet of a CSV file, with the line on which each row begins. Raises Refused."""
    place = Place(source.file)
    text, problems = _decode(source.content, place, is_known)
    records = _records(text, source.file, _separator(text, is_known))
    problems = (*problems, *_end(text, records, place))
    for line, cells in records:
        if line > MOST_ROWS or len(cells) > MOST_COLUMNS:
            raise too_far(source.file, "", line - 1, 0)
    lines, rows = zip(*records, strict=True) if records else ((), ())
    return [Sheet(source.file, "", rows, lines=tuple(lines))], problems


def _decode(content: bytes, place: Place, is_known: IsKnown) -> tuple[str, tuple[Problem, ...]]:
    encoding = next((name for bom, name in _BOMS if content.startswith(bom)), "") or _without_bom(content)
    try:
        return unicodedata.normalize("NFC", content.decode(encoding)), ()
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        if encoding != "utf-8":
            raise Refused(problem("text.cut", place, encoding, line=line)) from None
    return _decode_legacy(content, place, line, is_known)


def _without_bom(content: bytes) -> str:
    """Return UTF-16 where ASCII letters have their zero bytes, else UTF-8."""
    even, odd = content[::2].count(0), content[1::2].count(0)
    if not even and not odd:
        return "utf-8"
    return "utf-16-le" if odd > even else "utf-16-be"


def _decode_legacy(content: bytes, place: Place, line: int, is_known: IsKnown) -> tuple[str, tuple[Problem, ...]]:
    """Return text that is not UTF-8 if names are known in windows-1258, else raise Refused, naming other encodings."""
    try:
        text = unicodedata.normalize("NFC", content.decode("cp1258"))
    except UnicodeDecodeError:
        text = ""
    if any(is_known(cell) for cell in _cells(text) if not cell.isascii()):
        return text, (report("text.cp1258", place),)
    encoding, example = encodings.legacy(_cells(content.decode("latin-1")), is_known, ("tcvn3", "vni"))
    if encoding:
        raise Refused(problem(f"text.{encoding}", place, example))
    raise Refused(problem("text.encoding", place, line=line))


def _cells(text: str) -> list[str]:
    return [cell.strip(' "') for cell in re.split("[,;\t\r\n]", text)]


def _end(text: str, records: list[tuple[int, list[str]]], place: Place) -> Iterator[Problem]:
    """Yield the problem of a last line without a line end, as Google Sheets writes it. Raises Refused for part of one.

    Every other program writes a line end there; without it the last figure may have lost digits, so it is named.
    """
    end = re.search("\r\n|\n|\r", text)
    if end and text.endswith(end[0]):
        return
    complete = end and not text.endswith(("\r", "\n")) and len(records[-1][1]) == len(records[0][1])
    last = text.rstrip("\r\n").rpartition("\n")[2]
    if not complete or not records[-1][1][-1].strip():
        raise Refused(problem("text.end", place, last))
    yield report("text.no_end", Place(place.file, cell=f"A{records[-1][0]}"), last)


def _separator(text: str, is_known: IsKnown) -> str:
    """Return the separator that splits the first lines into most known names."""
    head = "\n".join(text.splitlines()[:_LINES_TRIED])
    known = {separator: sum(map(is_known, _split(head, separator))) for separator in _SEPARATORS}
    return max(known, key=lambda separator: known[separator])


def _split(text: str, separator: str) -> list[str]:
    try:
        return [cell for cells in csv.reader(io.StringIO(text, newline=""), delimiter=separator) for cell in cells]
    except csv.Error:
        return []


def _records(text: str, file: str, separator: str) -> list[tuple[int, list[str]]]:
    try:
        return list(csv_table.records(text, separator))
    except csv_table.BrokenQuotes as error:
        raise Refused(problem("text.quotes", Place(file, cell=f"A{error.line}"), error)) from None
