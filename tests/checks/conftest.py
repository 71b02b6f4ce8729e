"""Rules are run by Great Expectations itself."""

import pytest

from hotich.checks import gx


@pytest.fixture(autouse=True)
def judged_each_time(judged_once, monkeypatch):
    """Ask it each time: here it is what is tested."""
    monkeypatch.setattr(gx, "run", gx.run.__wrapped__)
