"""The same bytes whatever surrounds the run: two variations here, all of them in `make prove-repro`."""

import sys

import pytest

from hotich.storage import hashing
from hotich.storage.paths import PROJECT

sys.path.insert(0, str(PROJECT / "bench"))
import repro

ALWAYS = "folder"
# Another one for every state of the project, and the same one for the same state.
ROTATING = [name for name in repro.VARIATIONS if name not in (ALWAYS, "clock", "cores")]


@pytest.mark.parametrize("name", [ALWAYS, ROTATING[int(hashing.content(), 16) % len(ROTATING)]])
def test_a_month_gives_the_same_bytes_whatever_surrounds_it(office, name):
    assert repro.prove("2024-10", office.at.data, [name]) == {name: []}


def test_a_file_that_differs_is_named():
    assert repro.unlike({"a": "1", "b": "2"}, {"a": "1", "b": "3", "c": "4"}) == ["b", "c"]
    assert "differs: b" in repro.table("2024-10", {"folder": ["b"]})
