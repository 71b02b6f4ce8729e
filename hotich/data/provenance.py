"""What a report was made from, by content: inputs, suites, notebooks, package and lock."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from hotich.data.dataset import LOOK_BACK, Dataset
from hotich.data.releases import RELEASES
from hotich.storage import hashing
from hotich.storage.paths import MANIFEST, MEASURES


@dataclass(frozen=True)
class Input:
    """A file that figures rest on: its name below the data folder (or its release), its lines, its hash."""

    file: str
    lines: int
    sha256: str


def inputs(data: Dataset) -> tuple[Input, ...]:
    """Every file that the month's report reads: of the data folder, then of earlier releases; in a fixed order."""
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
    lists += ["notice.docx"]  # the office's own template of the Word notice, if it has one
    printed = [
        f"published/{each.month}.csv" for each in reversed(data.deliveries[-LOOK_BACK:])
    ]  # the history reads them too
    month = [*printed, *(f"comments/{data.month}.{language}.md" for language in ("vi", "en"))]
    counted = [delivered.file for delivered in reversed(data.deliveries)]
    found = tuple(_input(name, folder / name) for name in (*counted, *lists, *month) if (folder / name).is_file())
    return (*found, *_released(data))


def _released(data: Dataset) -> tuple[Input, ...]:
    """The release before, whose hash the notices carry, and those whose figures are compared."""
    files = {(each, MANIFEST) for each in (data.previous, data.followed) if each}
    files |= {(each, MEASURES) for each in data.stated}
    named = sorted((f"{RELEASES}{each.name}/{file}", each.folder / file) for each, file in files)
    return tuple(_input(name, path) for name, path in named if path.is_file())


def _input(name: str, path: Path) -> Input:
    content = path.read_bytes()
    return Input(name, len(content.splitlines()), hashlib.sha256(content).hexdigest())


def record(data: Dataset, parameters: dict[str, str]) -> dict[str, object]:
    """`provenance.json`: what went in, by hash, and with which parameters."""
    return {
        "month": str(data.month),
        "as_of": data.counts.delivery.as_of.isoformat(),
        "origin": "synthetic" if data.synthetic else "reported",
        "parameters": parameters,
        "inputs": {each.file: each.sha256 for each in inputs(data)},
        "content": {"all": hashing.content(), **hashing.parts()},
    }
