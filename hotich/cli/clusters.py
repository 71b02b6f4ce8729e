"""The cluster of a command, as a person meets it: who makes the pages, and where to look at them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from hotich.cli import console
from hotich.pipeline import cluster

if TYPE_CHECKING:
    from hotich.pipeline.make_page import Elsewhere


@contextmanager
def joined(given: str) -> Iterator["Elsewhere | None"]:
    """Have the cluster that a user names while the block lasts, and say who works there. Raises as `cluster.joined`."""
    with cluster.joined(given) as farm:
        if farm:
            console.line("terminal.cluster", workers=farm.workers, address=farm.address)
            if farm.dashboard:
                console.line("terminal.dashboard", address=farm.dashboard)
            else:
                console.line("terminal.no_dashboard")
        yield farm
