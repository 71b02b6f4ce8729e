"""A month of which nothing has changed since its last run: what came of it is told again, and nothing is made."""

import time
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from hotich.data import sealing
from hotich.month import Month
from hotich.pipeline import inputs, reuse
from hotich.pipeline.notebooks import Tells
from hotich.pipeline.open_month import MonthResult
from hotich.pipeline.plan import Wanted
from hotich.storage import atomic, paths
from hotich.storage.paths import Folders


def found(wanted: Month, area: str, make: Wanted, folders: Folders, tell: Tells) -> MonthResult | None:
    """Return what came of the last run where nothing has changed since: neither what it rested on nor its files.

    Raises HotichError and OSError for what cannot be read: then the month's own run says what is wrong.
    """
    began = time.monotonic()
    target, record = folders.draft(wanted, area), folders.outputs(wanted, area)
    if not record.is_file():
        return None
    with atomic.locked(target):
        last = reuse.run_again(target, record, _rests_on(inputs.digest(wanted, folders), area, make, folders))
        files = reuse.intact(target, record) if last else frozenset()
    if not last:
        return None
    names = [name.removesuffix(".html") for name in last["pages"]]
    tell.expect(len(names) - make.papers)
    for name in (str(wanted), *names):
        tell.finished(name)
    kept = len(files - {paths.MEASURES, paths.VALIDATION, paths.PROVENANCE})
    told = MonthResult(**{**last, **{name: tuple(last.get(name, ())) for name in ("pages", "dropped")}})
    return replace(told, made=0, reused=kept, seconds=time.monotonic() - began)


def remember(wanted: Month, area: str, make: Wanted, folders: Folders, inputs_then: str, result: MonthResult) -> None:
    """Keep what came of a run, and what it rested on, beside its draft, which is in place."""
    rests_on = _rests_on(inputs_then, area, make, folders)
    reuse.remember_run(folders.outputs(wanted, area), rests_on, asdict(result))


def _rests_on(inputs_then: str, area: str, make: Wanted, folders: Folders) -> Mapping[str, Any]:
    """Return all that decides what a run makes, as plain values: what is wanted, and what it is made from."""
    return {
        "inputs": inputs_then,
        "elsewhere": make.from_elsewhere,
        "pages": {page.name: [str(page.notebook), *page.languages] for page in make.pages},
        "notices": make.notices,
        "receiver": make.receiver,
        "area": area,
        "sealing": str(sealing.read(folders.reports)),
    }
