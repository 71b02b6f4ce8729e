"""Pages made by the workers of a Dask cluster; nothing of Dask is imported before a cluster is asked for."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from hotich.errors import CannotNow
from hotich.pipeline.cluster import address

if TYPE_CHECKING:
    from hotich.pipeline.cluster.driver import Farm


@contextmanager
def joined(given: str) -> Iterator["Farm | None"]:
    """Have the workers of the cluster that a user names while the block lasts; None where no name is given.

    Raises WrongUsage for what names no cluster, CannotNow without the library or when the cluster cannot be used.
    """
    if not given:
        yield None
        return
    named = address.read(given)
    try:
        from hotich.pipeline.cluster import driver
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] in ("dask", "distributed"):
            raise CannotNow("cluster.not_installed") from error
        raise
    with driver.joined(named) as farm:
        yield farm
