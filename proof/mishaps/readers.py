"""Who reads each kind of file, as the commands do, and the valid files that are damaged for it."""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import nbformat
import pytest
from corpus import stories
from filled_workbooks import filled
from silent import Silent

from hotich import intake
from hotich.checks import rulebook, suites
from hotich.cli import comparisons
from hotich.data import dataset
from hotich.intake import lists
from hotich.intake.deliver import problem_report
from hotich.intake.deliver.problem_report import REFUSED, ImportResult
from hotich.language import LANGUAGES
from hotich.month import Month
from hotich.page import exporter
from hotich.page.spec import PageSpec
from hotich.pipeline import notebooks
from hotich.pipeline.notebooks import Job
from hotich.release import received_file, received_notebook, site, verify
from hotich.storage.paths import EXPECTATIONS, MANIFEST, MEASURES, NOTEBOOKS, PROJECT
from proof.mishaps import released
from proof.mishaps.released import Office

OCTOBER: Final = Month(2024, 10)
_EXECUTED: Final = PROJECT / "reports" / "examples" / "0009-2024-10" / "notebooks"


@dataclass(frozen=True)
class Target:
    """A kind of file: how it may be damaged (zip, json, text), valid ones, and who reads it in an office."""

    name: str
    kind: str
    originals: Callable[[Office], Sequence[bytes]]
    read: Callable[[Office, bytes], object]


def _workbooks(suffix: str) -> Callable[[Office], Sequence[bytes]]:
    def valid(office: Office) -> list[bytes]:
        told = [story.content for story in stories.ALL if story.file.endswith(suffix) and not story.problems]
        own = [path.read_bytes() for path in sorted(filled(office.at).iterdir()) if path.suffix == suffix]
        return [*told, *own]

    return valid


def _import(suffix: str) -> Callable[[Office, bytes], object]:
    known = lists.read(PROJECT / "data", date(2024, 10, 22))

    def read(office: Office, content: bytes) -> object:
        path = office.outside / f"a{suffix}"
        path.write_bytes(content)
        found = intake.read([path], OCTOBER, known)
        said = [problem.message(language) for problem in found.problems for language in LANGUAGES]
        return said, problem_report.files(ImportResult(REFUSED, OCTOBER, date(2024, 10, 22), known, found))

    return read


def _suite(name: str) -> Target:
    file = f"{name}.json"

    def read(office: Office, content: bytes) -> object:
        shutil.copytree(EXPECTATIONS, office.outside / "suites", dirs_exist_ok=True)
        (office.outside / "suites" / file).write_bytes(content)
        return rulebook.markdown(suites.load(office.outside / "suites"))

    return Target(f"suite {name}", "json", lambda _office: [(EXPECTATIONS / file).read_bytes()], read)


def _manifest(office: Office, content: bytes) -> object:
    path = office.release(2) / MANIFEST
    path.write_bytes(content)
    found = verify.verify(data=str(office.at.data), reports=str(office.at.reports), file=str(path))
    said = [finding.message(language) for finding in found.findings for language in LANGUAGES]
    return said, site.build(office.at, Silent())


def _measures(office: Office, content: bytes) -> object:
    (office.release(3) / MEASURES).write_bytes(content)
    return comparisons.outcome("2024-09", "2024-10", office.at)


def _executed(office: Office, content: bytes) -> object:
    """Read a notebook that somebody was sent."""
    path = office.outside / "quality.vi.ipynb"
    path.write_bytes(content)
    again = office.outside / "again"
    (again / "notebooks").mkdir(parents=True, exist_ok=True)
    shutil.copyfile(_EXECUTED / path.name, again / "notebooks" / path.name)
    return received_notebook.compare(received_notebook.read(path), again), received_file.find(str(path), office.at)


def _page(_office: Office, content: bytes) -> object:
    """Make the page of an executed notebook; those that are none are left out, for the program itself writes them."""
    try:
        notebook = nbformat.reads(content.decode(), as_version=4)
        nbformat.validate(notebook)
    except Exception:  # a file that is no notebook may break its reader in any way
        return None
    return exporter.page(notebook, PageSpec("quality.vi", "vi", "22/10/2024", synthetic=True))


def _source(office: Office, content: bytes) -> None:
    """Do all with a notebook, as an analyst may have saved it, but run its cells."""
    path = office.outside / "report.ipynb"
    path.write_bytes(content)
    spec = PageSpec("report.vi", "vi", "22/10/2024", synthetic=True)
    words = {"month": "2024-10", "language": "vi", "area": ""}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(notebooks, "_executed", lambda _job, notebook: notebook)
        notebooks.execute(Job(spec, path, office.outside / "out.ipynb", words))


def _of_the_data(name: str) -> Target:
    def read(office: Office, content: bytes) -> object:
        (office.at.data / name).write_bytes(content)
        return dataset.read("2024-10", office.at)

    return Target(name, "text", lambda office: [(office.at.data / name).read_bytes()], read)


TARGETS: Final[Sequence[Target]] = (
    Target("xlsx", "zip", _workbooks(".xlsx"), _import(".xlsx")),
    Target("ods", "zip", _workbooks(".ods"), _import(".ods")),
    Target("csv", "text", _workbooks(".csv"), _import(".csv")),
    *map(_suite, suites.NAMES),
    Target(MANIFEST, "json", lambda office: [(office.release(2) / MANIFEST).read_bytes()], _manifest),
    Target(MEASURES, "text", lambda office: [(office.release(3) / MEASURES).read_bytes()], _measures),
    Target("executed notebook", "json", lambda _: [(_EXECUTED / "quality.vi.ipynb").read_bytes()], _executed),
    Target("page of a notebook", "json", lambda _: [(_EXECUTED / "quality.vi.ipynb").read_bytes()], _page),
    Target("notebook", "json", lambda _: [(NOTEBOOKS / "report.ipynb").read_bytes()], _source),
    *map(_of_the_data, ("office.toml", "areas.csv", "registers.csv", "deliveries.csv", "counts/2024-10.csv")),
)


def prepare(folder: Path) -> Office:
    """Write the office whose files are damaged."""
    return released.prepare(folder, signed=False)
