"""The months that every chart is read back on."""

import pytest
from conftest import small_office
from months import SEEDS, random_month

from hotich import measures
from hotich.checks import Checked
from hotich.data import dataset


@pytest.fixture(scope="session")
def october():
    """The real office's October, without what the rules say of it."""
    return measures.read(Checked(dataset.read("2024-10"), ()))


@pytest.fixture(params=["October 2024", *SEEDS])
def m(request, tmp_path):
    """October 2024 and random months of the small office."""
    if request.param == "October 2024":
        return request.getfixturevalue("october")
    return random_month(small_office(tmp_path / "data"), request.param, ("vi", "en")[request.param % 2])
