"""Made-up record lists: one row for each case of a register, without any name, written by DuckDB.

They are for trying `make tally` out and for measuring it. Each file says in itself that it is made up, and so does a
text beside them; counts made of them are marked like every other made-up count.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hotich.data import areas, counts, office, registers
from hotich.data.areas import AreasOn
from hotich.errors import CannotNow, InputRefused, WrongUsage
from hotich.language import LANGUAGES, say
from hotich.month import printable
from hotich.sample.apportion import apportion
from hotich.sample.chance import Chance
from hotich.storage import duck, paths
from hotich.storage.paths import Folders

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MARK: Final = "hotich_made_up"
"""The key in a Parquet file's metadata by which made-up records are known."""
README: Final = "SO-LIEU-MINH-HOA.txt"
MOST: Final = 1_000_000_000
FIRST_YEAR, LAST_YEAR = 1954, 2023
DIGITISED_FROM: Final = date(2022, 1, 1)
DIGITISED_DAYS: Final = 1_000
"""All are digitised by 26/09/2024."""
REPEATED: Final = 1_009
"""One case in so many has the number of the one before it: it stands twice, and its own number is missing."""
UNSCANNED: Final = 499
"""One digitised case in so many lacks its scan."""
_CELL: Final = {
    "cell": "BIGINT",
    "province": "VARCHAR",
    "area_code": "VARCHAR",
    "register_code": "VARCHAR",
    "cases": "BIGINT",
    "share": "BIGINT",
}
_WEIGHTS: Final = {"KS": 10, "KH": 4, "KT": 3, "XN": 4}
"""How common registers are; any other is 1."""


@dataclass(frozen=True)
class Written:
    """What was made: the folder, its files, and how many cases."""

    folder: Path
    files: int
    cases: int


def write(folders: Folders, cases: str, to: str, seed: int = 2024) -> Written:
    """Write that many made-up cases into a new folder, Parquet files by province; the same for the same seed and lists.

    Raises WrongUsage for a number or folder that cannot be, CannotNow for a folder that exists.
    """
    if not (cases.isascii() and cases.isdigit() and 0 < int(cases) <= MOST):
        raise WrongUsage("tally.sample_cases", value=printable(cases), most=MOST)
    if not to:
        raise WrongUsage("tally.sample_to")
    folder = paths.named(to)
    if folder.exists():
        raise CannotNow("tally.sample_there", folder=folder)
    listed = tuple(_cells(folders, int(cases), Chance(seed)))
    provinces = dict.fromkeys(cell[1] for cell in listed)
    folder.mkdir(parents=True)
    notes = [say(language, "tally.made_up") for language in LANGUAGES]
    (folder / README).write_text("\n".join(notes) + "\n", encoding="utf-8")
    with duck.connected() as connection:
        _load(connection, listed)
        for province in provinces:
            _province(connection, folder, province, seed)
    return Written(folder, len(provinces), int(cases))


def _cells(folders: Folders, cases: int, chance: Chance) -> Iterator[tuple[int, str, str, str, int, int]]:
    """Yield each unit and register kept: number, province, unit, register, cases, and digitised ones in a thousand."""
    settings, listed = office.read(folders.data), areas.read(folders.data)
    month = max(counts.months(folders), default=None)
    day = settings.cutoff(month) if month else max((area.valid_from for area in listed.all), default=DIGITISED_FROM)
    on = listed.on(day)
    if settings.root not in on:
        raise InputRefused("areas.root_gone", code=settings.root, day=on.day)
    kept = [
        (unit.code, register.code)
        for unit in on.units(settings.root)
        for register in registers.read(folders.data)
        if register.kept_by(on.unit_level(unit.code))
    ]
    weights = [_WEIGHTS.get(register, 1) * (20 + chance.below(60)) for _, register in kept]
    shares = [700 + chance.below(301) for _ in kept]
    for at, ((unit, register), count) in enumerate(zip(kept, apportion(cases, weights), strict=True)):
        yield at, _province_of(on, unit, settings.root), unit, register, count, shares[at]


def _province_of(on: AreasOn, unit: str, root: str) -> str:
    """Return the province of a unit, or the office's own area where there is none above it."""
    code = unit
    while code in on and code != root:
        if on[code].level == "province":
            return code
        code = on[code].parent
    return root


def _load(connection: "DuckDBPyConnection", cells: Sequence[tuple[int, str, str, str, int, int]]) -> None:
    taken = ", ".join(f"unnest(?::{kind}[]) AS {column}" for column, kind in _CELL.items())
    connection.execute(f"CREATE TABLE cells AS SELECT {taken}", [list(each) for each in zip(*cells, strict=True)])


def _province(connection: "DuckDBPyConnection", folder: Path, province: str, seed: int) -> None:
    target = folder / f"province={province}"
    target.mkdir()
    connection.execute(
        f"COPY ({_CASES.format(seed=int(seed), province=duck.literal(province))}) TO "
        f"{duck.literal(target / 'records.parquet')} (FORMAT parquet, COMPRESSION zstd, KV_METADATA {{{MARK}: 'true'}})"
    )


_CASES: Final = f"""
WITH drawn AS (
  SELECT area_code, register_code, share, i,
    greatest(1, (cases + {LAST_YEAR - FIRST_YEAR}) // {LAST_YEAR - FIRST_YEAR + 1}) AS yearly,
    (i * 2654435761 + cell * 40503 + {{seed}} * 7919) % 4294967291 AS x
  FROM (SELECT *, unnest(range(cases)) AS i FROM cells WHERE province = {{province}})
)
SELECT area_code, register_code,
  CAST({LAST_YEAR} - i // yearly AS SMALLINT) AS year,
  CAST(1 + (i % yearly) // 200 AS VARCHAR) AS book,
  CAST(i % yearly + 1 - CAST(x % {REPEATED} = 0 AND (i % yearly) % 200 > 0 AS INTEGER) AS INTEGER) AS number,
  x % 1000 < share AS digitised,
  x % 1000 < share AND x % {UNSCANNED} > 0 AS scan,
  make_date({LAST_YEAR} - i // yearly, 1 + x % 12, 1 + x // 12 % 28) AS registered_on,
  CASE WHEN x % 1000 < share THEN DATE '{DIGITISED_FROM}' + CAST(x // 7 % {DIGITISED_DAYS} AS INTEGER) END
    AS digitised_on
FROM drawn
"""
