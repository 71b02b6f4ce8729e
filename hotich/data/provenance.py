"""The provenance of a report: hashes of its inputs, suites, notebooks, package and lock."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from hotich.data.dataset import LOOK_BACK, Dataset
from hotich.data.releases import RELEASES
from hotich.language import LANGUAGES
from hotich.storage import hashing, regular
from hotich.storage.paths import MANIFEST, MEASURES


@dataclass(frozen=True)
class Input:
    """An input file: its name relative to the data folder (or its release), its number of lines, its hash."""

    file: str
    lines: int
    sha256: str


def inputs(data: Dataset) -> tuple[Input, ...]:
    """Return every file that the report reads, of the data folder, then of earlier releases, in a fixed order."""
    folder = data.folders.data
    lists = [
        "office.toml",
        "areas.csv",
        "registers.csv",
        "deliveries.csv",
        "difficulties.csv",
        "areas.geojson",
        "waivers.csv",
    ]
    lists += ["notice.docx", "report.docx", "summary.docx"]  # the office's own templates of Word files, if it has any
    # The checks of earlier months read their published figures, too.
    published = [f"published/{counts.month}.csv" for counts in reversed(data.deliveries[-LOOK_BACK:])]
    quoted = [f"figures/{data.month}.csv"]
    comments = [f"comments/{data.month}.{language}.md" for language in LANGUAGES]
    counts_files = [counts.file for counts in reversed(data.deliveries)]
    names = (*counts_files, *lists, *published, *quoted, *comments)
    return (*(_input(name, folder / name) for name in names if (folder / name).is_file()), *_released(data))


def _released(data: Dataset) -> tuple[Input, ...]:
    """Return what is read of the last release, whose hash is on the notices, and of those compared with."""
    files = {(release, MANIFEST) for release in (data.previous, data.followed) if release}
    files |= {(release, MEASURES) for release in data.stated}
    named = sorted((f"{RELEASES}{release.name}/{file}", release.folder / file) for release, file in files)
    return tuple(_input(name, path) for name, path in named if path.is_file())


def _input(name: str, path: Path) -> Input:
    content = regular.read(path)
    return Input(name, len(content.splitlines()), hashlib.sha256(content).hexdigest())


def record(data: Dataset, parameters: dict[str, str], notebooks: Mapping[str, str]) -> dict[str, object]:
    """Return the content of `provenance.json`: hashes of the inputs, the parameters, the release that is being made.

    `origin` is synthetic where any counts are; `reported` is then the month, if its own are not.
    `notebooks` are the hashes of those that lie elsewhere than those of the project, by the names of their pages.
    """
    return {
        "month": str(data.month),
        "as_of": data.counts.delivery.as_of.isoformat(),
        "origin": "synthetic" if data.synthetic else "reported",
        **({"reported": str(data.month)} if data.reported_after_synthetic else {}),
        "parameters": parameters,
        **({"notebooks": dict(notebooks)} if notebooks else {}),
        **({"release": asdict(data.sealing)} if data.sealing else {}),
        "inputs": {source.file: source.sha256 for source in inputs(data)},
        "content": {"all": hashing.content(), **hashing.parts()},
    }
