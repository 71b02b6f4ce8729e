"""The months that every chart is read back on."""

from functools import cache

import months
import pytest


@pytest.fixture(scope="session")
def october():
    """The real office's October, without what the rules say of it."""
    return months.october()


@pytest.fixture(scope="module", params=["October 2024", *months.SEEDS])
def m(request, made):
    """October 2024 and random months of the small office, in some of which units of one district are silent."""
    return made(request.param, silent="12")


@pytest.fixture(scope="module", params=["October 2024", *months.SEEDS])
def complete(request, made):
    """October 2024 and random months in which every unit has reported, so that the whole has percentages and a pace."""
    return made(request.param, silent="")


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """Gives a random month by its seed, made once for the tests of all modules."""

    @cache
    def month(seed, silent):
        if seed == "October 2024":
            return months.october()
        return months.in_its_own_place(tmp_path_factory, seed, silent)

    return month
