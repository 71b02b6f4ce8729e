"""Measure how long an import takes to read a province's nine workbooks, and a month of the whole country.

Areas and counts are made up, in a temporary folder; each size is read in a new process, to get its peak memory.
"""

import csv
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Final

from hotich import intake
from hotich.intake import lists
from hotich.month import Month
from hotich.storage.paths import PROJECT

SIZES: Final = {"nine districts": (9, 183), "the country": (63, 10_542)}
"""The number of workbooks, one for each area, and of all reporting units."""
REGISTERS: Final = ("KS", "KH", "KT", "CN", "CMC", "XN", "GH", "CDGH", "TD", "LH")


def main() -> None:
    """Measure each size in a new process, or the one named on the command line in this."""
    if len(sys.argv) > 1:
        measure(sys.argv[1], Path(sys.argv[2]))
        return
    for name in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            make(name, Path(folder))
            subprocess.run([sys.executable, __file__, name, folder], check=True)  # noqa: S603


def make(name: str, folder: Path) -> None:
    """Make a data folder with made-up areas, and a workbook for each of them."""
    files = folder / "files"
    office(name, folder / "data")
    files.mkdir()
    for book, inside in enumerate(_units(name)):
        _workbook(files / f"{book:02}.xlsx", inside)


def _units(name: str) -> list[range]:
    workbooks, units = SIZES[name]
    return [range(book * units // workbooks, (book + 1) * units // workbooks) for book in range(workbooks)]


def office(name: str, data: Path) -> None:
    """Make a data folder with made-up areas: provinces with communes directly below them."""
    data.mkdir()
    rows = [("VN", "country", "Cả nước", "")]
    for book, inside in enumerate(_units(name)):
        rows.append((f"{book:02}", "province", f"Tỉnh {book}", "VN"))
        rows += [(f"{unit:05}", "commune", f"Xã Làng {unit}", f"{book:02}") for unit in inside]
    lines = [(code, "2024-01-01", "", level, "", name, name, parent, "", "") for code, level, name, parent in rows]
    header = ("code", "valid_from", "valid_to", "level", "type", "name_vi", "name_en", "parent", "successor", "note")
    with (data / "areas.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *lines])
    _lists(data)


def _lists(data: Path) -> None:
    """Write the example office's lists, with every register kept by communes and no alias of an area."""
    texts = {name: (PROJECT / "data" / name).read_text(encoding="utf-8") for name in ("office.toml", "registers.csv")}
    (data / "office.toml").write_text(texts["office.toml"].replace('root = "15"', 'root = "VN"'), encoding="utf-8")
    registers = texts["registers.csv"].replace(",district_office", ",commune district_office")
    (data / "registers.csv").write_text(registers, encoding="utf-8")
    aliases = (PROJECT / "data" / "aliases.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (data / "aliases.csv").write_text("".join(row for row in aliases if not row.startswith("area,")), encoding="utf-8")


def _workbook(path: Path, units: range) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Số liệu")
    sheet.append(["Mã đơn vị", "Đơn vị", "Mã sổ", "Cần số hóa", "Đã số hóa", "Khó khăn", "Nội dung khó khăn"])
    for unit in units:
        for number, register in enumerate(REGISTERS):
            required = unit * 37 % 4000 + number * 11
            sheet.append([f"{unit:05}", f"Xã Làng {unit}", register, required, required // 2, None, None])
    book.save(path)


def measure(name: str, folder: Path) -> None:
    """Read the files and print how many rows were read, the time and the peak memory."""
    start = time.perf_counter()
    office = lists.read(folder / "data", date(2024, 10, 22))
    found = intake.read([folder / "files"], Month(2024, 10), office)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    problems = [problem.message("en") for problem in found.problems]
    counted = f"{len(found.readings)} files, {len(found.entries)} rows"
    print(f"{name}: {counted} in {seconds:.1f} s, {peak:.0f} MB", *problems[:3])


if __name__ == "__main__":
    main()
