"""New offices as `hotich office` makes them, with made-up counts, and the words that no page of theirs may have."""

import csv
import hashlib
import re
from datetime import date
from html import unescape
from random import Random

import pytest

from hotich import measures
from hotich.checks import Checked
from hotich.data import areas, dataset, office, registers
from hotich.month import Month
from hotich.scaffold import make
from hotich.scaffold.settings import Answers
from hotich.storage.paths import Folders

TODAY = date(2026, 11, 26)
OCTOBER = Month(2026, 10)
OF_DISTRICTS = re.compile(r"\bhuyện|thị trấn|Phòng Tư pháp|\bdistricts?\b|townships?|Justice Office", re.IGNORECASE)


def differing(codes, few):
    """A parameter for every province: those few that differ in kind in the short proof, all others in the slow one."""
    assert set(few) <= set(codes)
    return [code if code in few else pytest.param(code, marks=pytest.mark.slow) for code in codes]


def new_office(folder, province, as_of="2026-11", **answers):
    """The folders of an office that has just been made."""
    to = str(folder / "data")
    make.make(province, as_of=as_of, to=to, answers=Answers(**answers), today=TODAY)
    return Folders(folder / "data", folder / "reports")


def small_country(folder, as_of="2024-11", provinces=("15", "12")):
    """The folders of the Ministry's office, just made, with a few provinces; by default with districts."""
    folders = new_office(folder, "VN", as_of)
    with (folders.data / areas.FILE).open(encoding="utf-8", newline="") as file:
        columns, *rows = csv.reader(file)
    kept = {"VN", *provinces}
    for _ in range(3):
        kept |= {row[0] for row in rows if row[columns.index("parent")] in kept - {"VN"}}
    write(folders.data / areas.FILE, columns, [row for row in rows if row[0] in kept])
    return folders


def fill(folders, months, seed=1, silent=0, complete=0.1, least=0.6):
    """Write counts that grow from month to month; `silent` communes do not report in the last, some are complete."""
    random, settings, kept = Random(seed), office.read(folders.data), registers.read(folders.data)
    every, lines = areas.read(folders.data), []
    work = {}
    for number, month in enumerate(months):
        on = every.on(settings.cutoff(month))
        units = on.units(settings.root)
        quiet = {unit.code for unit in units[1 : 1 + silent]} if month == months[-1] else set()
        rows = []
        for unit in units:
            for register in kept:
                cell = unit.code, register.code
                if not register.kept_by(on.unit_level(unit.code)):
                    rows.append((*cell, "", "", "not_applicable"))
                    continue
                required, pace = work.setdefault(cell, (random.randint(50, 900), random.uniform(0.01, 0.05)))
                done = work.setdefault(unit.code, random.random() < complete) and number > 0
                digitised = required if done else int(required * min(least + number * pace, 0.99))
                rows.append((*cell, "", "", "not_reported") if unit.code in quiet else (*cell, required, digitised, ""))
        path = folders.counts(month)
        path.parent.mkdir(exist_ok=True)
        write(path, ("area", "register", "required", "digitised", "status"), rows)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        lines.append((month, 0, settings.cutoff(month), "reported", digest, "", "test"))
    write(
        folders.data / "deliveries.csv", ("month", "revision", "as_of", "origin", "sha256", "reason", "source"), lines
    )


def write(path, columns, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([columns, *rows])


def read(folders, language, month=OCTOBER):
    """The month's measures, without running the rules."""
    return measures.read(Checked(dataset.read(str(month), folders), ()), language=language)


def visible(html):
    """What a reader sees or hears of a page, without the code of its notebook."""
    code = r'<(style|script|code|pre)\b.*?</\1>|<p class="cell">.*?</p>|<!--.*?-->'
    kept = re.sub(code, " ", html, flags=re.DOTALL)
    said = re.findall(r'\b(?:alt|title|aria-label)="([^"]*)"', kept)
    return " ".join(unescape(" ".join([re.sub(r"<[^>]*>", " ", kept), *said])).split())


def of_districts(text):
    """The words about districts in a text, each with what stands around it."""
    return [text[max(found.start() - 40, 0) : found.end() + 40] for found in OF_DISTRICTS.finditer(text)]
