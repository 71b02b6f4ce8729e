"""Everything one month's report rests on, read from disk once: the lists, the month's counts and those before it."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from hotich import areas, counts, month, office, once, places, registers, release
from hotich.areas import Areas, AreasOn
from hotich.counts import Counts
from hotich.month import Month
from hotich.office import Office
from hotich.places import Places
from hotich.registers import Register
from hotich.release import Release


@dataclass(frozen=True)
class Dataset:
    """The office's lists and its counts, oldest month first and the reported month last; the counts are still text.

    `released` is the chain that a release of this month would be added to.
    """

    places: Places
    office: Office
    all_areas: Areas
    registers: tuple[Register, ...]
    deliveries: tuple[Counts, ...]
    released: tuple[Release, ...] = ()

    @property
    def counts(self) -> Counts:
        """The month that is reported."""
        return self.deliveries[-1]

    @property
    def month(self) -> Month:
        """The month that is reported."""
        return self.counts.month

    @cached_property
    def areas(self) -> AreasOn:
        """The areas that exist on the as-of date."""
        return self.all_areas.on(self.counts.delivery.as_of)

    @property
    def synthetic(self) -> bool:
        """Whether any of these counts were made up; then everything that rests on them is marked."""
        return any(delivery.synthetic for delivery in self.deliveries)

    @property
    def previous(self) -> Release | None:
        """The last release of the chain: its hash stands on the notices."""
        return release.latest(self.released)

    @property
    def followed(self) -> Release | None:
        """The release whose figures this month's are compared with: the last about this month or the one before."""
        return release.before(self.released, self.month)

    def applies(self, unit: str, register: Register) -> bool:
        """Whether the unit keeps that register."""
        return self.areas.unit_level(unit) in register.levels

    @cached_property
    def text(self) -> pd.DataFrame:
        """The reported month as text, a row for each line: area, register, required, digitised, status, line."""
        return frame(self.counts)


def frame(delivered: Counts) -> pd.DataFrame:
    """A delivery's rows as text: area, register, required, digitised, status and (int) line."""
    table = pd.DataFrame([row.cells for row in delivered.rows], columns=list(counts.COLUMNS), dtype="str")
    return table.assign(line=[row.line for row in delivered.rows])


def read(wanted: str, at: Places | None = None) -> Dataset:
    """The dataset of a month such as `2024-10`, with every earlier month of the folder. Raises InputRefused."""
    at, last = at or places.find(), month.exact(wanted)
    kept: Dataset | None = once.dataset(at, last)
    return kept or _read(at, last)


def _read(at: Places, last: Month) -> Dataset:
    past = [earlier for earlier in counts.months(at) if earlier < last]
    deliveries = tuple(counts.read(at, each) for each in [*past, last])
    released = release.chain(at, examples=any(delivery.synthetic for delivery in deliveries))
    return Dataset(at, office.read(at.data), areas.read(at.data), registers.read(at.data), deliveries, released)
