"""What `hotich tally`, and `hotich sample --records`, print, and how they are run."""

import sys
from decimal import Decimal
from typing import TYPE_CHECKING

from hotich import formats
from hotich import month as months
from hotich.cli import console
from hotich.data import counts
from hotich.storage import paths

if TYPE_CHECKING:
    from hotich.tally.month import Tallied


def sample(records: str, to: str, data: str, seed: int) -> None:
    """Write made-up record lists and say where they are, and what to try with them."""
    from hotich.sample import records as lists

    made = lists.write(paths.find(data), records, to, seed)
    cases = formats.count(made.cases, console.language())
    told = {"cases": cases, "files": made.files, "folder": made.folder}
    console.line("tally.terminal.sample", **told, folders=console.folders(data))


def tally(
    month: str,
    source: str,
    *,
    engine: str,
    year: str,
    as_of: str,
    reason: str,
    data: str,
    reports: str,
    yes: bool,
    as_json: bool,
) -> None:
    """Count record lists into a month and say what was read, what is wrong with it, and what comes next."""
    from hotich.tally import month as counting

    folders = paths.own(data, reports)
    wanted = months.coming(month, counts.months(folders), year)
    with console.Progress() as progress:
        done = counting.tally(
            folders,
            wanted,
            source,
            engine=engine,
            as_of=as_of,
            reason=reason,
            agreed=lambda made, lists: console.agreed(made, lists, progress, yes=yes),
            tell=progress.doing,
            record=sys.stdout.write if as_json else None,
        )
    _summary(done)
    if done.received:
        console.received(done.received, console.folders(data, reports), sent=False)


def _summary(done: "Tallied") -> None:
    spoken = console.language()
    size = formats.decimal(Decimal(f"{done.size / 1_000_000:.1f}"), spoken)
    seconds = formats.decimal(Decimal(f"{done.seconds:.1f}"), spoken)
    cases = formats.count(done.cases, spoken)
    console.line("tally.terminal.read", files=done.files, size=size, cases=cases, engine=done.engine, seconds=seconds)
    if done.made_up:
        console.line("tally.terminal.made_up")
    for each in done.judged:
        if each.failed:
            counted = {"cells": formats.count(each.failed, spoken), "count": formats.count(each.violations, spoken)}
            console.line("tally.terminal.rule", rule=each.rule.id, title=each.rule.text("title", spoken), **counted)
