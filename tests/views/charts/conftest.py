"""The months that every chart is drawn for: October 2024, and random ones of the small office."""

import pytest
from conftest import small_office
from months import SEEDS, october, random_month


@pytest.fixture(scope="module", params=["october", *SEEDS])
def m(request, tmp_path_factory):
    if request.param == "october":
        return october()
    return random_month(small_office(tmp_path_factory.mktemp("office") / "data"), request.param)
