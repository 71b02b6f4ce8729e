"""Commands of `hotich` run within this process, so that what they do can be counted and made to fail."""

import io
import json
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, redirect_stderr, redirect_stdout
from functools import cache
from pathlib import Path
from typing import Final

import pytest
from inline import Inline

from hotich.cli import commands, console
from hotich.data import dataset, provenance
from hotich.data.dataset import Dataset
from hotich.language import LANGUAGES
from hotich.pipeline import build, fill, kernels, notebooks, tasks, workers
from hotich.pipeline.kernels import environment
from hotich.pipeline.month_summary import MonthSummary
from hotich.pipeline.notebooks import Job
from hotich.pipeline.open_month import MonthResult
from hotich.release import publish, verify
from hotich.storage import atomic, hashing
from hotich.storage.paths import MEASURES, PROVENANCE, Folders

_WORDS: Final = dict.fromkeys(LANGUAGES, "word")
_RULES: Final = {"passed": 1, "warned": 0, "failed": 0}
_HASHED: Final = {
    (module, name): cache(getattr(module, name))
    for module, name in ((hashing, "content"), (hashing, "parts"), (publish, "code"))
}
"""Hashes of the program, which stays as it is while a proof runs."""


def command(*words: str) -> tuple[int, str]:
    """Run a command as `hotich` does, and return its exit code and what it said."""
    said = io.StringIO()
    with redirect_stderr(said), redirect_stdout(io.StringIO()), warnings.catch_warnings():
        console.show_notes()
        code = commands._guarded(lambda: commands.app(list(words), standalone_mode=False))
    return int(code), said.getvalue()


@contextmanager
def own_temporary(folder: Path) -> Iterator[None]:
    """Have temporary folders made below this folder."""
    before, tempfile.tempdir = tempfile.tempdir, str(folder)
    try:
        yield
    finally:
        tempfile.tempdir = before


def fake_pages(patch: pytest.MonkeyPatch, text: str) -> None:
    """Let `report` do all that it does to files, with pages of one line and without processes."""

    def prepare(_month: object, _area: str, _folders: Folders, folder: Path, *_: object) -> MonthSummary:
        for name in (MEASURES, PROVENANCE):
            (folder / name).write_text(text)
        sources: dict[str, tuple[tuple[str, str], ...]] = dict.fromkeys(_WORDS, ())
        return MonthSummary(
            False, _WORDS, 1, _RULES, False, _WORDS, _WORDS, "15", _WORDS, _WORDS, sources, (), LANGUAGES, (), None
        )

    def execute(job: Job) -> None:
        job.output.parent.mkdir(parents=True, exist_ok=True)
        job.output.write_text(text)

    @contextmanager
    def running(home: Path, *_: object) -> Iterator[None]:
        environment.use(home)
        yield

    patch.setattr(kernels, "running", running)
    patch.setattr(workers, "checking", lambda *_: nullcontext(Inline()))
    patch.setattr(workers, "of_month", lambda *_: nullcontext(Inline()))
    patch.setattr(notebooks, "execute", execute)
    for name in ("check_month", "look_back", "count", "compare_languages"):
        patch.setattr(tasks, name, lambda *_: None)
    patch.setattr(tasks, "prepare", prepare)
    for name, files in (("write_annex", fill.BESIDE["annex"]), ("write_papers", fill.BESIDE["papers"])):
        patch.setattr(tasks, name, lambda *words, made=files: [(words[-1] / file).write_text(text) for file in made])
    patch.setattr(tasks, "write_page", lambda paper, folder, _facts: (folder / paper.page).write_text(text))


def fake_release(patch: pytest.MonkeyPatch) -> None:
    """Let `publish` do all that it does to files, with made-up pages and without asking git."""

    def report(month: str, *, data: str, reports: str, **_words: object) -> list[MonthResult]:
        there = Folders(Path(data), Path(reports))
        read = dataset.read(month, there)
        folder = there.draft(read.month)
        with atomic.locked(folder), atomic.building(folder) as new:
            _made_up(read, new)
        return [MonthResult(month, str(folder), (), 0, 0, False, 1, _RULES, False, _WORDS, _WORDS, {}, 0.0)]

    for (module, name), hashed in _HASHED.items():
        patch.setattr(module, name, hashed)
    patch.setattr(build, "report", report)
    patch.setattr(build, "notices", lambda *_words, **_named: [])
    patch.setattr(publish, "_require_committed", lambda _data: ("0" * 40, "0" * 40))
    patch.setattr(publish, "_require_locked", lambda: None)


def _made_up(data: Dataset, folder: Path) -> None:
    """Write a file of a line for each that a release must have, and the provenance of the data."""
    for name in verify.REQUIRED:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"{name} of {data.month}")
    record = provenance.record(data, {"month": str(data.month), "area": ""}, {})
    (folder / PROVENANCE).write_text(json.dumps(record))
