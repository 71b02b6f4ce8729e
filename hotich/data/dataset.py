"""The data of one month's report: the office's lists, the month's counts and those of every month before it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

import pandas as pd

from hotich import formats, month
from hotich.data import areas, counts, office, outlines, registers, releases, results, sealing
from hotich.data.areas import Areas, AreasOn
from hotich.data.counts import Counts
from hotich.data.office import Office
from hotich.data.registers import Register
from hotich.data.releases import Release
from hotich.data.results import Results
from hotich.data.sealing import Sealing
from hotich.language import html, say, spoken
from hotich.month import Month
from hotich.storage import paths
from hotich.storage.paths import Folders

LOOK_BACK: Final = 12
"""The number of months that checks and pages look back on, the reported one included."""


@dataclass(frozen=True)
class Dataset:
    """The office's lists and its counts, oldest month first and the reported month last; the counts are still text.

    `released` is the chain that a release of this month would be appended to; `sealing` is what that release says of
    itself while it is made. `results` is what a command has computed
    from exactly this dataset; `dataclasses.replace` does not copy it, so that a changed dataset has none.
    """

    folders: Folders
    office: Office
    all_areas: Areas
    registers: tuple[Register, ...]
    deliveries: tuple[Counts, ...]
    released: tuple[Release, ...] = ()
    sealing: Sealing | None = None
    results: Results = field(default=Results(), init=False, repr=False, compare=False)

    def __repr__(self) -> str:
        return f"<Dataset of {self.month}: {self.counts.size} rows, {len(self.deliveries)} months>"

    def _repr_html_(self) -> str:
        language, delivery = spoken(), self.counts.delivery
        shown = {
            "month": formats.month(self.month, language),
            "office": self.office.name(language),
            "as_of": formats.day(delivery.as_of, language),
            "origin": say(language, f"objects.origin.{delivery.origin}"),
            "first": formats.month(self.deliveries[0].month, language),
            "sha256": self.counts.sha256[:12],
        }
        numbers = {
            "rows": self.counts.size,
            "units": self.counts.table["area"].nunique(),
            "registers": len(self.registers),
            "months": len(self.deliveries),
        }
        counted = {name: formats.count(number, language) for name, number in numbers.items()}
        files = {"file": self.counts.file, "revision": delivery.revision}
        return html(language, "objects.dataset", **shown, **counted, **files)

    @property
    def counts(self) -> Counts:
        """The counts of the reported month."""
        return self.deliveries[-1]

    @property
    def month(self) -> Month:
        """The reported month."""
        return self.counts.month

    @cached_property
    def areas(self) -> AreasOn:
        """The areas that exist on the as-of date."""
        return self.all_areas.on(self.counts.delivery.as_of)

    @property
    def root(self) -> str:
        """The office's own area on the as-of date (see `AreasOn.root`)."""
        return self.areas.root(self.office.root)

    @property
    def synthetic(self) -> bool:
        """Whether any of the counts are synthetic; then everything computed from them is marked."""
        return any(delivery.synthetic for delivery in self.deliveries)

    @property
    def reported_after_synthetic(self) -> Month | None:
        """The reported month where its own counts were reported and only earlier ones are synthetic, as banners say."""
        return self.month if self.synthetic and not self.counts.synthetic else None

    @property
    def previous(self) -> Release | None:
        """The last release of the chain, whose hash is printed on the notices."""
        return releases.latest(self.released)

    @property
    def followed(self) -> Release | None:
        """The release that this month's figures are compared with (`releases.before`)."""
        return releases.before(self.released, self.month)

    @property
    def stated(self) -> tuple[Release, ...]:
        """The last release about each month that has counts, oldest month first: what readers were told of it."""
        found = (releases.latest(self.released, each.month) for each in self.deliveries)
        return tuple(release for release in found if release)

    def applies(self, unit: str, register: Register) -> bool:
        """Return whether the unit keeps that register."""
        return register.kept_by(self.areas.unit_level(unit))

    @cached_property
    def text(self) -> pd.DataFrame:
        """The reported month's counts as text, one row for each line of the file (see `frame`)."""
        return frame(self.counts)

    def frame(self, months: str | Sequence[str] = (), language: str = "vi") -> pd.DataFrame:
        """Return counts as they were reported, indexed by area, name and register: `data.frame(months="all")`.

        `required` and `digitised` are Int64, missing where nothing, or no count, was reported; `status` says which, and
        `line` where it stands in the file. `months` is "all" or several months; then the index has the month (Period),
        too. Raises InputRefused for a month without counts.
        """
        chosen = month.several(months, (each.month for each in self.deliveries)) or (self.month,)
        tables = [self._typed(each, language) for each in self.deliveries if each.month in chosen]
        return pd.concat(tables).droplevel([] if months else "month")

    def _typed(self, delivered: Counts, language: str) -> pd.DataFrame:
        areas = self.all_areas.on(delivered.delivery.as_of).by_code
        table = frame(delivered)
        for measure in counts.MEASURES:
            table[measure] = (
                table[measure].where(table[measure].str.fullmatch(counts.CANONICAL.pattern)).astype("Int64")
            )
        names = table["area"].map({code: area.short(language) for code, area in areas.items()})
        months = pd.PeriodIndex([str(delivered.month)] * len(table), freq="M")
        return table.assign(name=names, month=months).set_index(["month", "area", "name", "register"])


def frame(delivered: Counts) -> pd.DataFrame:
    """Return a delivery's rows: area, register, required, digitised, status as text and line as integer."""
    return delivered.table.astype(dict.fromkeys(counts.COLUMNS, "str"))


def read(wanted: str, folders: Folders | None = None) -> Dataset:
    """Return the dataset of a month such as `2024-10` or `10`, with every earlier month of the folder.

    Raises InputRefused for a month without counts or data that cannot be read, WrongUsage for what is no month.
    """
    folders = folders or paths.find()
    last = month.resolve(str(wanted), counts.months(folders))
    kept = results.of(folders, last)
    data = kept.once("dataset", lambda: _read(folders, last))
    if data.folders != folders:  # kept on another machine: the same content lies elsewhere here
        data = replace(data, folders=folders, released=releases.chain(folders, examples=data.synthetic))
    object.__setattr__(data, "results", kept)  # the only place that sets it: see Dataset
    return data


def _read(folders: Folders, last: Month) -> Dataset:
    past = [earlier for earlier in counts.months(folders) if earlier < last]
    deliveries = tuple(counts.read(folders, reported) for reported in [*past, last])
    released = releases.chain(folders, examples=any(delivery.synthetic for delivery in deliveries))
    settings, all_areas = office.read(folders.data), areas.read(folders.data)
    all_areas.on(deliveries[-1].delivery.as_of).require(settings.root)
    outlines.read(folders.data)  # refused here, by name, and not by the cell that draws the map
    lists = settings, all_areas, registers.read(folders.data)
    return Dataset(folders, *lists, deliveries, released, sealing.read(folders.reports))
