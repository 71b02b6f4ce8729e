"""Compare a sealed file with the same file made again: by bytes, then by figures and visible words."""

import csv
import html
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

SAME, FIGURES, DIFFERENT, MISSING, EXTRA = "same_bytes", "same_figures", "different", "missing", "extra"
SHOWN: Final = 20
"""The most differences listed for one file."""
_FIGURE: Final = re.compile(r'<data value="([^"]*)" data-fact="([^"]*)"')
_HIDDEN: Final = re.compile(r"<(style|script)\b.*?</\1>", re.DOTALL)
_DRAWING: Final = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_TAG: Final = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Difference:
    """One difference: where (a cell, a sheet, a rule), what (a fact, a text), and both values."""

    where: str
    what: str
    sealed: str
    again: str


@dataclass(frozen=True)
class FileDiff:
    """The comparison of one file. `part` names what has other bytes (drawing, style, markup) if the figures agree."""

    file: str
    result: str
    part: str = ""
    differences: tuple[Difference, ...] = ()


def compare_folders(sealed: Path, again: Path, names: Iterable[str]) -> tuple[FileDiff, ...]:
    """Compare each file of a release (`names`) and each file of the new run with its counterpart, in order of names."""
    made = {path.relative_to(again).as_posix() for path in again.rglob("*") if path.is_file()}
    return tuple(compare(name, sealed / name, again / name) for name in sorted({*names, *made}))


def compare(name: str, sealed: Path, again: Path) -> FileDiff:
    """Compare one file, by figures and visible words where the bytes differ; a missing file is a result too."""
    if not sealed.is_file() or not again.is_file():
        return FileDiff(name, EXTRA if again.is_file() else MISSING)
    one, two = sealed.read_bytes(), again.read_bytes()
    if one == two:
        return FileDiff(name, SAME)
    try:
        found = tuple(_BY_SUFFIX.get(Path(name).suffix, _bytes)(one, two))
    except (ValueError, KeyError, TypeError, AttributeError, zipfile.BadZipFile):
        found = (Difference("", "content", "?", "?"),)
    if found:
        return FileDiff(name, DIFFERENT, differences=found[:SHOWN])
    return FileDiff(name, FIGURES, _part(one, two))


def _part(one: bytes, two: bytes) -> str:
    """Name the part that has other bytes: drawing, style or markup (the rest)."""
    old, new = one.decode("utf-8", "replace"), two.decode("utf-8", "replace")
    for part, pattern in (("drawing", _DRAWING), ("style", _HIDDEN)):
        old, new = pattern.sub("", old), pattern.sub("", new)
        if old == new:
            return part
    return "markup"


def _bytes(one: bytes, two: bytes) -> Iterator[Difference]:
    yield Difference("", "content", f"{len(one)}", f"{len(two)}")


def _page(one: bytes, two: bytes) -> Iterator[Difference]:
    yield from _shown("", one.decode("utf-8"), two.decode("utf-8"))


def _shown(where: str, one: str, two: str) -> Iterator[Difference]:
    """Compare the figures by their facts; if none differs, the words a reader sees."""
    old, new = _figures(one), _figures(two)
    figures = list(_unlike(where, old, new))
    yield from figures
    words = _words(one), _words(two)
    if not figures and words[0] != words[1]:
        place = next(
            (i for i, pair in enumerate(zip(*words, strict=False)) if pair[0] != pair[1]), min(map(len, words))
        )
        yield Difference(where, "text", *(" ".join(text[max(place - 3, 0) : place + 8]) for text in words))


def _figures(page: str) -> dict[str, str]:
    """Return the value and text of every figure by its fact; those of a fact in several places are joined."""
    found: dict[str, list[str]] = {}
    for match in _FIGURE.finditer(page):
        shown = _TAG.sub("", page[match.start() : page.find("</data>", match.start())])
        found.setdefault(html.unescape(match[2]), []).append(f"{match[1]} ({html.unescape(shown)})")
    return {fact: " · ".join(sorted(set(values))) for fact, values in found.items()}


def _words(page: str) -> list[str]:
    return html.unescape(_TAG.sub(" ", _HIDDEN.sub(" ", page))).split()


def _unlike(where: str, old: dict[str, str], new: dict[str, str]) -> Iterator[Difference]:
    for name in sorted(old.keys() | new.keys()):
        if old.get(name) != new.get(name):
            yield Difference(where, name, old.get(name, "–"), new.get(name, "–"))


def _notebook(one: bytes, two: bytes) -> Iterator[Difference]:
    old, new = _cells(one), _cells(two)
    for cell in [*old, *(each for each in new if each not in old)]:
        before, after = old.get(cell, ("–", "")), new.get(cell, ("–", ""))
        if before[0] != after[0]:
            yield Difference(cell, "source", before[0], after[0])
        yield from _shown(cell, before[1], after[1])


def _cells(notebook: bytes) -> dict[str, tuple[str, str]]:
    """Return the source and the outputs of each cell by its id."""
    found: dict[str, tuple[str, str]] = {}
    for cell in json.loads(notebook)["cells"]:
        outputs = [_output(each) for each in cell.get("outputs", ())]
        found[cell["id"]] = ("".join(cell["source"]), "\n".join(outputs))
    return found


def _output(output: dict[str, Any]) -> str:  # a cell's output, in one of nbformat's four shapes
    data = output.get("data", {"text": output.get("text", "")})
    return "\n".join("".join(data[kind]) for kind in sorted(data))


def _measures(one: bytes, two: bytes) -> Iterator[Difference]:
    yield from _unlike("", *({row["fact"]: ",".join(row.values()) for row in _rows(each)} for each in (one, two)))


def _rows(table: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table.decode("utf-8"), newline="")))


def _json(one: bytes, two: bytes) -> Iterator[Difference]:
    yield from _unlike("", dict(_flat(json.loads(one))), dict(_flat(json.loads(two))))


def _flat(value: Any, name: str = "") -> Iterator[tuple[str, str]]:  # noqa: ANN401 - whatever JSON holds
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _flat(each, f"{name}/{key}" if name else key)
    elif isinstance(value, list):
        for number, each in enumerate(value):
            rule = each.get("rule") if isinstance(each, dict) else None
            yield from _flat(each, f"{name}/{rule or number}")
    else:
        yield name, str(value)


def _workbook(one: bytes, two: bytes) -> Iterator[Difference]:
    yield from _unlike("", _sheets(one), _sheets(two))


def _sheets(workbook: bytes) -> dict[str, str]:
    """Return the value of every cell by sheet and coordinate."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(workbook))
    cells = (cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None)
    return {f"{cell.parent.title}!{cell.coordinate}": str(cell.value) for cell in cells}


def _word(one: bytes, two: bytes) -> Iterator[Difference]:
    old, new = _stories(one), _stories(two)
    for name in sorted(old.keys() | new.keys()):
        yield from _shown(name, old.get(name, ""), new.get(name, ""))


def _stories(document: bytes) -> dict[str, str]:
    """Return the text of the document, its headers and its footers, by part."""
    with zipfile.ZipFile(io.BytesIO(document)) as parts:
        names = [name for name in parts.namelist() if name.startswith("word/") and name.endswith(".xml")]
        return {Path(name).stem: parts.read(name).decode("utf-8").replace("</w:t>", "") for name in names}


_BY_SUFFIX: Final[dict[str, Callable[[bytes, bytes], Iterator[Difference]]]] = {
    ".html": _page,
    ".ipynb": _notebook,
    ".csv": _measures,
    ".json": _json,
    ".xlsx": _workbook,
    ".docx": _word,
}
