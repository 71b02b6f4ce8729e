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
    """October 2024 and random months of the small office."""
    if request.param == "October 2024":
        return months.october()
    office = small_office(tmp_path_factory.mktemp("office") / "data")
    return months.random_month(office, request.param, ("vi", "en")[request.param % 2])
