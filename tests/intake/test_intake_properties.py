"""Whatever the layout, file, encoding, spelling and order that the list allows, the same counts are read; and what is
changed afterwards is refused by its own cell wherever a total, a bound or the list can tell."""

import io
import tempfile
import unicodedata
import zipfile
from datetime import date
from pathlib import Path

from corpus import layouts, makers, stories
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hotich import intake
from hotich.intake import lists
from hotich.intake.files import numbers
from hotich.intake.fold_text import fold
from hotich.language import LANGUAGES
from hotich.month import Month
from hotich.storage.paths import PROJECT

KNOWN = lists.read(PROJECT / "data", date(2024, 10, 22))
UNITS = tuple(area.code for area in KNOWN.areas.units("139"))
STYLES = {
    "stored": lambda n: n,
    "stored as a fraction of one": float,
    "plain": str,
    "dots": lambda n: f"{n:,}".replace(",", "."),
    "commas": lambda n: f"{n:,}",
    "spaces": lambda n: f"{n:,}".replace(",", "\N{NO-BREAK SPACE}"),
}
SPELLINGS = (
    str,
    str.upper,
    lambda name: unicodedata.normalize("NFD", name),
    lambda name: f"\u200b {name.replace(' ', '  ')}\xa0",
    lambda name: name.replace("Xã ", "X. ").replace("Thị trấn ", "TT. "),
)
FILES = {
    "xlsx": lambda grid, merged: makers.xlsx(grid, merged=merged),
    "ods": lambda grid, merged: makers.ods(grid, merged=merged),
} | {
    f"csv {encoding} {mark!r}": lambda grid, merged, mark=mark, encoding=encoding: makers.table(grid, mark, encoding)
    for mark in (",", ";", "\t")
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1258")
}
LAYOUTS = {layout.__name__: layout for layout in layouts.ALL}
slowly = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def pairs(draw):
    required = draw(st.integers(0, 99_999))
    return required, draw(st.integers(0, required))


@st.composite
def counts(draw, empty=True):
    """Some units' counts of some registers, each unit with every register, in any order."""
    units = draw(st.lists(st.sampled_from(UNITS), min_size=2, max_size=4, unique=True))
    registers = draw(st.lists(st.sampled_from(list(layouts.REGISTERS)), min_size=2, max_size=4, unique=True))
    return {(u, r): draw(st.none() | pairs() if empty else pairs()) for u in units for r in registers}


def read(content, kind):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a.{kind[:4].strip()}"
        path.write_bytes(content)
        return intake.read([path], Month(2024, 10), KNOWN)


def number(style):
    """How a count is written; CSV files and texts hold one manner of thousands."""
    return lambda count: None if count is None else STYLES[style](count)


def names(spelling=str):
    return {unit: spelling(KNOWN.areas[unit].name_vi) for unit in UNITS}


def refusals(found):
    return [(problem.key, problem.place.cell) for problem in found.problems if problem.refuses]


@slowly
@given(st.data(), st.sampled_from(sorted(LAYOUTS)), st.sampled_from(sorted(FILES)), st.sampled_from(sorted(STYLES)))
def test_the_same_counts_are_read_from_every_file_that_the_list_allows(data, layout, file, style):
    if file.startswith("csv"):
        layout = "long" if layout == "merged_names" else layout
        style = "plain" if style.startswith("stored") else style
    wanted = data.draw(counts())
    spelling = data.draw(st.sampled_from(SPELLINGS[:2] if "cp1258" in file else SPELLINGS))
    grid, merged, cells = LAYOUTS[layout](wanted, names(spelling), number(style))
    if file.startswith("csv"):
        grid = filled(grid, merged)
    found = read(FILES[file](grid, merged), file)
    assert [problem.message("en") for problem in found.problems if problem.refuses] == []
    assert {(e.area, e.register): (e.required, e.digitised) for e in found.entries} == {
        key: value or (None, None) for key, value in wanted.items()
    }
    assert all(e.place.cell == cells[e.area, e.register, 0] for e in found.entries)
    assert all(e.digitised_place.cell == cells[e.area, e.register, 1] for e in found.entries)


def filled(grid, merged):
    """A grid without merged cells: each holds what the merged range said."""
    for cells in merged:
        (top, left), (bottom, right) = map(makers.at, cells.split(":"))
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                grid[row][column] = grid[top][left]
    return grid


@slowly
@given(counts(empty=False), st.data(), st.sampled_from(layouts.WITH_TOTALS))
def test_one_changed_digit_is_refused_with_exactly_its_cell_where_totals_tell(wanted, data, layout):
    grid, merged, cells = layout(wanted, names(), number("stored"))
    (unit, register, measure), cell = data.draw(st.sampled_from(sorted(cells.items())))
    digits = str(wanted[unit, register][measure])
    place = data.draw(st.integers(0, len(digits) - 1))
    digit = data.draw(st.sampled_from([d for d in "0123456789" if d != digits[place]]))
    wrong = int(digits[:place] + digit + digits[place + 1 :])
    found = read(makers.xlsx(makers.changed(grid, **{cell: wrong}), merged=merged), "xlsx")
    assert ("total.suspect", cell) in refusals(found)
    assert {key for key, _ in refusals(found)} <= {"total.suspect", "count.over"}


@slowly
@given(counts(empty=False), st.data(), st.sampled_from(layouts.WITH_TOTALS))
def test_a_count_that_was_deleted_is_refused_with_its_cell(wanted, data, layout):
    grid, merged, cells = layout(wanted, names(), number("stored"))
    cell = data.draw(st.sampled_from(sorted(cells.values())))
    found = read(makers.xlsx(makers.changed(grid, **{cell: None}), merged=merged), "xlsx")
    assert ("count.half", cell) in refusals(found)


@slowly
@given(counts(empty=False), st.data())
def test_more_digitised_than_required_is_refused_with_its_cell(wanted, data):
    grid, _, cells = layouts.long(wanted, names(), number("stored"))
    (unit, register), (required, _) = data.draw(st.sampled_from(sorted(wanted.items())))
    cell = cells[unit, register, 1]
    found = read(makers.xlsx(makers.changed(grid, **{cell: required + data.draw(st.integers(1, 999))})), "xlsx")
    assert refusals(found) == [("count.over", cell)]


@slowly
@given(counts(empty=False), st.data(), st.sampled_from((layouts.long, layouts.wide)))
def test_one_changed_letter_of_a_name_is_refused_with_its_cell(wanted, data, layout):
    known = {fold(name) for area in KNOWN.all_areas.all for name in (area.name_vi, area.name_en)}
    unit = data.draw(st.sampled_from(layouts.keys(wanted)[0]))
    proper = names()[unit]
    place = data.draw(st.integers(0, len(proper) - 1))
    wrong = proper[:place] + data.draw(st.sampled_from("wfjz")) + proper[place + 1 :]
    grid, merged, _ = layout(wanted, names() | {unit: wrong}, number("stored"))
    rows = [(r, c) for r, row in enumerate(grid) for c, cell in enumerate(row) if cell == wrong]
    assert fold(wrong) not in known
    found = read(makers.xlsx(grid, merged=merged), "xlsx")
    assert refusals(found) == [("area.unknown", layouts.name(r, c)) for r, c in rows]


@slowly
@given(counts(empty=False), st.data(), st.sampled_from(layouts.WITH_TOTALS))
def test_a_row_that_was_deleted_is_refused_by_the_totals_below_it(wanted, data, layout):
    grid, merged, _ = layout(wanted, names(), number("stored"))
    row = data.draw(st.integers(2, len(grid) - 2))
    if not any(value for value in grid[row][2:]):
        return
    found = read(makers.xlsx([cells for number, cells in enumerate(grid) if number != row], merged=merged), "xlsx")
    assert {key for key, _ in refusals(found)} == {"total.differs"}
    assert all(cell.endswith(str(len(grid) - 1)) for _, cell in refusals(found))


@given(st.integers(0, numbers.MOST), st.sampled_from(sorted(STYLES)))
def test_every_count_is_read_as_it_was_written(count, style):
    assert numbers.parse(STYLES[style](count)).value == count


@given(st.text(max_size=12) | st.floats() | st.integers())
def test_whatever_a_cell_holds_is_a_count_or_nothing_or_a_fault_never_two(content):
    found = numbers.parse(content)
    assert not (found.value is not None and found.fault)
    assert found.value is None or 0 <= found.value <= numbers.MOST
    if isinstance(content, str) and content.strip().isascii() and content.strip().isdigit() and found.value is not None:
        assert str(found.value) == content.strip()


@slowly
@given(st.data(), st.sampled_from(("xlsx", "ods")))
def test_a_workbook_damaged_anywhere_is_read_or_refused_and_never_a_crash(data, kind):
    content = FILES[kind](stories.LONG, ())
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        part = data.draw(st.sampled_from([name for name in parts.namelist() if name.endswith((".xml", ".rels"))]))
    start, length = data.draw(st.floats(0, 1)), data.draw(st.integers(0, 12))
    new = data.draw(st.text('0123456789<>"=/ arc:', max_size=3))

    def damage(text):
        at = int(start * len(text))
        return text[:at] + new + text[at + length :]

    found = read(makers.rewritten(content, part, damage), kind)
    assert all(problem.message(language) for problem in found.problems for language in LANGUAGES)


@slowly
@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode), st.sampled_from(("csv", "xlsx", "ods")))
def test_any_bytes_are_refused_or_read_and_never_a_crash(content, kind):
    found = read(content, kind)
    assert found.refused
