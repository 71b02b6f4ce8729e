"""The months that every chart is read back on."""

import months
import pytest
from conftest import small_office


@pytest.fixture(scope="session")
def october():
    """The real office's October, without what the rules say of it."""
    return months.october()


@pytest.fixture(scope="module", params=["October 2024", *months.SEEDS])
def m(request, tmp_path_factory):
    """October 2024 and random months of the small office, in some of which units of one district are silent."""
    return _month(request.param, tmp_path_factory, silent="12")


@pytest.fixture(scope="module", params=["October 2024", *months.SEEDS])
def complete(request, tmp_path_factory):
    """October 2024 and random months in which every unit has reported, so that the whole has percentages and a pace."""
    return _month(request.param, tmp_path_factory, silent="")


def _month(seed, tmp_path_factory, silent):
    if seed == "October 2024":
        return months.october()
    office = small_office(tmp_path_factory.mktemp("office") / "data")
    return months.random_month(office, seed, ("vi", "en")[seed % 2], silent)
