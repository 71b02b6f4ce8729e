"""Random months of the small office, the same for the same seed; rules are not run, for charts show what is there."""

import re
from functools import cache
from random import Random

import pytest
from conftest import UNITS, SmallOffice, cells, small_office

from hotich import measures
from hotich.checks import Checked
from hotich.data import dataset
from hotich.month import Month
from hotich.storage.paths import Folders

SEEDS = range(8)
MONTHS = ("2024-09", "2024-10", "2024-11", "2024-12")


def random_month(office: SmallOffice, seed: int, language: str = "vi", silent: str = "12") -> measures.Measures:
    """Write two to four months, in which units of the `silent` district may keep cells back, and read the last."""
    random = Random(seed)
    for path in (office.at.data / "counts").iterdir():
        path.unlink()
    (office.at.data / "deliveries.csv").unlink()
    settings = office.at.data / "office.toml"
    settings.write_text(re.sub(r"threshold = \d+", f"threshold = {random.randint(30, 95)}", settings.read_text()))
    months = MONTHS[: random.randint(2, 4)]
    for month in months:
        office.write(month, random_cells(random, silent))
    return measures.read(Checked(dataset.read(months[-1], office.at), ()), language=language)


def in_its_own_place(factory: pytest.TempPathFactory, seed: int, silent: str = "12") -> measures.Measures:
    """Make a random month in a new folder, every other one in English."""
    return random_month(small_office(factory.mktemp("office") / "data"), seed, ("vi", "en")[seed % 2], silent)


def random_cells(random: Random, silent: str) -> dict[tuple[str, str], tuple[str, str, str]]:
    """Return counts for every cell that applies; one unit in three is complete, one cell in six of `silent` missing."""
    rows = cells()
    complete = {unit for unit in UNITS if random.random() < 1 / 3}
    for cell, (_, _, status) in rows.items():
        if status == "not_applicable":
            continue
        required = random.choice((random.randint(1, 60), random.randint(100, 3000)))
        digitised = required if cell[0] in complete else random.randint(0, required)
        kept = bool(silent) and cell[0].startswith(silent) and random.random() < 1 / 6
        rows[cell] = ("", "", "not_reported") if kept else (str(required), str(digitised), "")
    return rows


def random_series(office: SmallOffice, seed: int, language: str = "vi") -> measures.Measures:
    """Write six or seven months in which units work at changing paces, stand still or finish, and read the last."""
    random = Random(seed)
    last = Month(2024, 12)
    required = {unit: random.choice((random.randint(60, 300), random.randint(1_000, 9_000))) for unit in UNITS}
    done = {unit: random.randint(0, required[unit] // 2) for unit in UNITS}
    for back in reversed(range(random.randint(6, 7))):
        rows = cells()
        for unit in UNITS:
            step = random.choice((0, 1, 1, 1, 2, 5)) * required[unit] // random.randint(8, 60)
            done[unit] = min(required[unit], done[unit] + step)
            rows[unit, "KS"] = (str(required[unit]), str(done[unit]), "")
            rows[unit, "XN"] = ("0", "0", "")
            if rows[unit, "LH"][2] != "not_applicable":
                rows[unit, "LH"] = ("0", "0", "")
        office.write(str(last.plus(-back - 2)), rows)
    return measures.read(Checked(dataset.read(str(last.plus(-2)), office.at), ()), language=language)


@cache
def october(language: str = "vi") -> measures.Measures:
    """Read the real October of 2024."""
    return measures.read(Checked(dataset.read("2024-10"), ()), language=language)


def without_besides(folders: Folders) -> measures.Measures:
    """Read October of a copy of the real office, with no word on what the printed 3 of 9 districts is meant besides."""
    path = folders.published(Month(2024, 10))
    path.write_text(re.sub(",139$", ",", path.read_text(encoding="utf-8"), flags=re.M), encoding="utf-8")
    return measures.read(Checked(dataset.read("2024-10", folders), ()))


def printed(office: SmallOffice, m: measures.Measures, *lines: str, besides: str = "") -> measures.Measures:
    """Read the month again with what a newspaper printed about it: area, scope, measure, value.

    `besides` are the areas that the number on the first line is meant besides.
    """
    folder = office.at.data / "published"
    folder.mkdir(exist_ok=True)
    rows = "".join(f"{m.as_of},{line},press,,{besides * (line == lines[0])}\n" for line in lines)
    head = "as_of,area,scope,measure,value,source,note,besides\n"
    (folder / f"{m.month}.csv").write_text(head + rows, encoding="utf-8")
    return measures.read(Checked(dataset.read(str(m.month), office.at), ()), language=m.language)
