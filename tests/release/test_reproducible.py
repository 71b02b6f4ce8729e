"""The same bytes whatever surrounds the run: the variations at once here, one by one in `make prove-repro`."""

import sys

import pytest

from hotich.storage.paths import PROJECT

sys.path.insert(0, str(PROJECT / "bench"))
import repro

OF_PROGRAMS = ("clock", "cores")
"""Variations by programs that not every machine has."""


@pytest.mark.slow
def test_a_month_gives_the_same_bytes_whatever_surrounds_it(office, tmp_path):
    """Where this fails, `make prove-repro` tells which of the variations it is."""
    everything = repro.together(*(name for name in repro.VARIATIONS if name not in OF_PROGRAMS))
    plain, varied = (
        repro.rendered("2024-10", office.at.data, each, tmp_path / name)
        for name, each in (("plain", repro.Variation("plain")), ("varied", everything))
    )
    assert len(plain) > 10
    assert repro.unlike(plain, varied) == []


def test_variations_at_once_differ_from_a_plain_run_in_all_that_each_of_them_does():
    at_once = repro.together("timezone", "umask", "folder", "order", "cores")
    assert at_once.variables == {"TZ": "Pacific/Kiritimati"}
    assert (at_once.umask, at_once.backwards) == (0o077, True)
    assert (at_once.folder, at_once.before) == (repro.VARIATIONS["folder"].folder, ("taskset", "-c", "0"))


def test_a_file_that_differs_is_named():
    assert repro.unlike({"a": "1", "b": "2"}, {"a": "1", "b": "3", "c": "4"}) == ["b", "c"]
    assert "differs: b" in repro.table("2024-10", {"folder": ["b"]})
