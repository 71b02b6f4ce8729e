"""Templates as an office sends them back, filled in, and what their import made of them."""

import csv
import os
import subprocess
from pathlib import Path

import in_process
import openpyxl
from conftest import HOTICH, cells

from hotich.intake import template
from hotich.intake.template.sheets import HEAD
from hotich.month import Month

NOVEMBER = Month(2024, 11)


def command(*words, at, **environment):
    """Run hotich as a script would."""
    line = [HOTICH, *_line(words, at)]
    own = _own(environment)
    return subprocess.run(line, capture_output=True, text=True, env=own, timeout=120, stdin=subprocess.DEVNULL)


def here(*words, at, **environment):
    """Run hotich as `command` does, within this process."""
    return in_process.hotich(*_line(words, at), environment=_own(environment))


def _line(words, at):
    return [*words, "--data", str(at.data), "--reports", str(at.reports)]


def _own(environment):
    return {"PATH": os.environ["PATH"], "HOME": str(Path.home()), "LANG": "vi_VN.UTF-8", **environment}


def fill(path, given, difficulty=None):
    """Type counts into a template: (unit, register) → (required, digitised)."""
    book = openpyxl.load_workbook(path)
    for row in book.worksheets[0].iter_rows(min_row=HEAD + 1):
        row[4].value, row[5].value = given.get((row[0].value, row[2].value), (None, None))
    if difficulty:
        book.worksheets[0].cell(HEAD + 1, 7, difficulty)
    book.save(path)


def november(more=60):
    return {cell: (int(row[0]), int(row[1])) for cell, row in cells(more).items() if not row[2]}


def filled(at, given=None, wanted=NOVEMBER):
    """The folder of a month's templates, filled in."""
    written = template.write(at, wanted, force=True)
    for file in written.files:
        fill(written.folder / file, november() if given is None else given)
    return written.folder


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return {(row["area"], row["register"]): row for row in csv.DictReader(file)}
