"""How long an import takes to read: a province's nine workbooks, and a month of the whole country.

Areas and counts are made up here; each size is read in a process of its own, whose peak of memory is told. Nothing is
written but a temporary folder.
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
"""Workbooks, each of one area, and reporting units in all."""
REGISTERS: Final = ("KS", "KH", "KT", "CN", "CMC", "XN", "GH", "CDGH", "TD", "LH")


def main() -> None:
    """Measure each size in a process of its own, or the one named on the command line."""
    if len(sys.argv) > 1:
        measure(sys.argv[1], Path(sys.argv[2]))
        return
    for name in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            make(name, Path(folder))
            subprocess.run([sys.executable, __file__, name, folder], check=True)  # noqa: S603


def make(name: str, folder: Path) -> None:
    """A data folder with the made-up areas, and a workbook for each of them."""
    workbooks, units = SIZES[name]
    data, files = folder / "data", folder / "files"
    data.mkdir()
    files.mkdir()
    rows = [("VN", "country", "Cả nước", "")]
    for book in range(workbooks):
        inside = range(book * units // workbooks, (book + 1) * units // workbooks)
        rows.append((f"{book:02}", "province", f"Tỉnh {book}", "VN"))
        rows += [(f"{unit:05}", "commune", f"Xã Làng {unit}", f"{book:02}") for unit in inside]
        _workbook(files / f"{book:02}.xlsx", inside)
    lines = [(code, "2024-01-01", "", level, "", name, name, parent, "", "") for code, level, name, parent in rows]
    header = ("code", "valid_from", "valid_to", "level", "type", "name_vi", "name_en", "parent", "successor", "note")
    with (data / "areas.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *lines])
    _lists(data)


def _lists(data: Path) -> None:
    """The example office's lists, with every register kept by communes and no alias of an area."""
    texts = {name: (PROJECT / "data" / name).read_text(encoding="utf-8") for name in ("office.toml", "registers.csv")}
    (data / "office.toml").write_text(texts["office.toml"].replace('root = "15"', 'root = "VN"'), encoding="utf-8")
    kept = texts["registers.csv"].replace(",district_office", ",commune district_office")
    (data / "registers.csv").write_text(kept, encoding="utf-8")
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
    """Read the files and say how long it took, how many counts were read and how much memory at most."""
    start = time.perf_counter()
    known = lists.read(folder / "data", date(2024, 10, 22))
    found = intake.read([folder / "files"], Month(2024, 10), known)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    problems = [problem.message("en") for problem in found.problems]
    counted = f"{len(found.readings)} files, {len(found.entries)} rows"
    print(f"{name}: {counted} in {seconds:.1f} s, {peak:.0f} MB", *problems[:3])


if __name__ == "__main__":
    main()
