"""Three releases of the small office with real figures, copied for each attack, and a look at what lies beside them."""

import json
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from conftest import SmallOffice, cells, small_office
from sealed_releases import MONTHS, folder, seal
from signing_keys import allow, key
from silent import Silent

from hotich import measures
from hotich.checks import Checked
from hotich.cli import comparisons
from hotich.data import dataset, releases
from hotich.errors import HotichError
from hotich.release import file_diff, site, verify
from hotich.release.manifest import Manifest
from hotich.storage.paths import MANIFEST, MEASURES, Folders

PRECIOUS: Final = "precious"


@dataclass(frozen=True)
class Office:
    """The office, the key with which it signs if it does, a stranger's key, and a folder that is nobody's business.

    `head` is the hash of its last release, as somebody outside has kept it.
    """

    at: Folders
    private: Path | None
    stranger: Path
    outside: Path
    head: str

    def release(self, number: int) -> Path:
        """Return the folder of a release."""
        return Path(folder(self.at, number))

    def manifest(self, number: int) -> Manifest:
        """Return the fields of a release's manifest."""
        fields: Manifest = json.loads((self.release(number) / MANIFEST).read_bytes())
        return fields

    @property
    def run(self) -> Path:
        """The file that appears if something hostile has been run."""
        return self.outside / "run"


def prepare(at: Path, *, signed: bool) -> Office:
    """Write the office with its releases."""
    made = small_office(at / "data").at
    (at / "outside").mkdir()
    (at / "outside" / PRECIOUS).write_text(PRECIOUS)
    private = key(at) if signed else None
    if private:
        allow(made, private)
    for month, more in zip(MONTHS, (0, 10, 30), strict=True):
        _release(made, month, more, private)
    return _office(at, signed)


def _release(at: Folders, month: str, more: int, private: Path | None) -> None:
    SmallOffice(at).write(month, cells(more))
    read = measures.read(Checked(dataset.read(month, at), ()))
    measures.write(read, at.data.parent / MEASURES)
    seal(at, month, private, files={MEASURES: (at.data.parent / MEASURES).read_bytes()})


def _office(at: Path, signed: bool) -> Office:
    places = Folders(at / "data", at / "reports")
    stranger = at / "stranger"
    if not stranger.exists():
        key(at, "stranger")
    last = releases.chain(places, examples=False)[-1]
    return Office(places, at / "key" if signed else None, stranger, at / "outside", last.head)


def copy(of: Office, to: Path) -> Office:
    """Return a copy of the office in a new folder."""
    shutil.copytree(of.at.data.parent, to, symlinks=True)
    return _office(to, of.private is not None)


def found(office: Office, head: str = "") -> list[str]:
    """Return each finding of verify as `release/file problem`, or what it refuses to look at."""
    try:
        verdict = verify.verify(data=str(office.at.data), reports=str(office.at.reports), head=head)
    except HotichError as refusal:
        return [f"refused {refusal.key}"]
    listed = verdict.findings
    return [f"{'/'.join(part for part in (each.release, each.file) if part)} {each.problem}" for each in listed]


def after(office: Office, whole: Office, findings: list[str], file: str) -> Iterator[str]:
    """Yield what other commands do wrong with the office as it is now: site, compare, the comparison of an audit."""
    titles = {each.title for each in releases.every(office.at)}
    broken = titles.intersection("/".join(each.split()[0].split("/")[:2]) for each in findings if each.split())
    try:
        made = site.build(office.at, Silent())
        linked = (office.at.reports / "index.html").read_text(encoding="utf-8")
        yield from (f"site links {title}" for title in broken if f'href="{title}/' in linked)
        if broken and not made.broken:
            yield "site does not say that a release is broken"
    except HotichError:
        pass
    with suppress(HotichError):
        comparisons.outcome("2024-09", "2024-10", office.at)
    if file and file_diff.compare(file, office.release(2) / file, whole.release(2) / file).result == file_diff.SAME:
        yield f"an audit calls {file} the same"


def guarded(office: Office) -> Iterator[str]:
    """Yield what was touched or run that is nobody's business."""
    if office.run.exists():
        yield "a program of the attacker was run"
    there = {path.name: path.read_text() for path in office.outside.iterdir() if path.is_file() and path != office.run}
    if there.get(PRECIOUS) != PRECIOUS or len(list(office.outside.iterdir())) != len(there):
        yield f"outside now lie {sorted(path.name for path in office.outside.iterdir())}"
