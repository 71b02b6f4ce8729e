"""Every folder and file name of a project."""

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hotich.errors import CannotNow, InputRefused, WrongUsage
from hotich.month import Month, printable
from hotich.storage import transaction

PACKAGE: Final = Path(__file__).resolve().parents[1]
PROJECT: Final = PACKAGE.parent
"""The checkout that holds package, notebooks, suites and lock: the package is always installed from it in place."""
EXPECTATIONS: Final = PROJECT / "expectations"
NOTEBOOKS: Final = PROJECT / "notebooks"
LOCK: Final = PROJECT / "requirements.lock"
MEASURES: Final = "measures.csv"
VALIDATION: Final = "validation.json"
PROVENANCE: Final = "provenance.json"
ANNEX: Final = "annex.xlsx"
OFFICIAL_REPORT: Final = "report.docx"
SUMMARY: Final = "summary.docx"
DATA: Final = "data.csv"
DESCRIPTION: Final = "datapackage.json"
"""What describes the tables beside it."""
TABLES: Final = (ANNEX, DATA, MEASURES, DESCRIPTION)
"""Files of figures in every draft."""
MANIFEST: Final = "manifest.json"
SIGNATURE: Final = "manifest.json.sig"


@dataclass(frozen=True)
class Folders:
    """One office's data folder and the reports folder that belongs to it."""

    data: Path
    reports: Path

    def counts(self, month: Month, revision: int = 0) -> Path:
        """Return the counts file of a month; a correction has its revision in the name."""
        return self.data / "counts" / (f"{month}.csv" if revision == 0 else f"{month}.r{revision}.csv")

    def published(self, month: Month) -> Path:
        """Return the file of figures that others have printed about the month; need not exist."""
        return self.data / "published" / f"{month}.csv"

    def figures(self, month: Month) -> Path:
        """Return the file of figures from elsewhere that the analyst's own cells use; need not exist."""
        return self.data / "figures" / f"{month}.csv"

    def comment(self, month: Month, language: str) -> Path:
        """Return the file of the office's comment on the month; need not exist."""
        return self.data / "comments" / f"{month}.{language}.md"

    def draft(self, month: Month, area: str = "") -> Path:
        """Return the folder of a draft report; `area` is empty for the office's own area."""
        return self.areas(month) / area if area else self.reports / "draft" / str(month)

    def areas(self, month: Month) -> Path:
        """Return the folder in which the drafts of other areas than the office's own lie, each in one of its own."""
        return self.reports / "draft" / f"{month}.areas"

    def work(self, month: Month, area: str = "") -> Path:
        """Return the folder of what has been made for a draft that is not in place yet; disposable."""
        return self.reports / "draft" / ".work" / _of(month, area)

    def outputs(self, month: Month, area: str = "") -> Path:
        """Return the file that says what a draft's files were when they were made."""
        return self.reports / "draft" / ".outputs" / f"{_of(month, area)}.json"

    def rejected(self, month: Month, area: str = "") -> Path:
        """Return the folder of quality pages of a run that failed a critical check."""
        return self.reports / "rejected" / _of(month, area)

    @property
    def comparisons(self) -> Path:
        """The folder of pages that compare two months' reports; disposable."""
        return self.reports / "compare"

    def releases(self, examples: bool) -> Path:
        """Return the folder of a chain of releases (`0001-2024-09`, …); synthetic months have a chain of their own."""
        return self.reports / ("examples" if examples else "published")

    def templates(self, month: Month) -> Path:
        """Return the folder of workbooks for the offices to fill in; disposable once they are sent out."""
        return self.reports / "templates" / str(month)

    def intake(self, month: Month) -> Path:
        """Return the folder of the report on the last import of the month."""
        return self.reports / "intake" / str(month)

    @property
    def texts(self) -> Path:
        """The folder of answers on figures in somebody's text; disposable."""
        return self.reports / "text"

    @property
    def publishing(self) -> Path:
        """The folder in which a release is built; anything left there by an earlier run is deleted."""
        return self.reports / "publishing"

    @property
    def certificates(self) -> Path:
        """The folder of certificates of audits; not part of any release."""
        return self.reports / "certificates"

    @property
    def signers(self) -> Path:
        """The file of keys that may sign for the office, in the format of ssh-keygen; need not exist."""
        return self.data / "allowed_signers"


def _of(month: Month, area: str) -> str:
    return f"{month}.{area}" if area else str(month)


def find(data: str = "", reports: str = "", start: Path | None = None) -> Folders:
    """Return the given folders, else HOTICH_DATA and HOTICH_REPORTS, else the nearest `data/office.toml` upwards.

    For commands that only read: it changes nothing. Raises InputRefused when there is no `office.toml`, WrongUsage for
    a name that no folder can have, CannotNow while an interrupted transaction on the data waits to be recovered.
    """
    folders = _located(data, reports, start)
    if transaction.is_interrupted(folders.data):
        raise CannotNow("change.unsettled", folder=folders.data)
    return folders


def own(data: str = "", reports: str = "") -> Folders:
    """Return the same folders for a command of the office itself, recovered from an interrupted transaction."""
    folders = _located(data, reports, None)
    transaction.recover(folders.data)
    return folders


def _located(data: str, reports: str, start: Path | None) -> Folders:
    data = data or os.environ.get("HOTICH_DATA", "")
    reports = reports or os.environ.get("HOTICH_REPORTS", "")
    folder = named(data).resolve() if data else _walk_up(start or Path.cwd())
    if not (folder / "office.toml").is_file():
        raise InputRefused("places.no_office", folder=folder)
    return Folders(folder.resolve(), named(reports).resolve() if reports else (folder.parent / "reports").resolve())


def named(given: str) -> Path:
    """Return the file or folder that a user names, with `~` expanded; it need not exist.

    Raises WrongUsage for an address such as `https://…`, and for a name that nothing can have.
    """
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", given):
        raise WrongUsage("places.address", value=printable(given))
    try:
        path = Path(given).expanduser()
        path.resolve()
        return path
    except (RuntimeError, ValueError):  # nobody has that home; a name with a NUL
        raise WrongUsage("places.no_folder", value=printable(given)) from None


def _walk_up(start: Path) -> Path:
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / "data" / "office.toml").is_file():
            return folder / "data"
    return PROJECT / "data"
