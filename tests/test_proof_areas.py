"""A short version of `make prove-areas`: one kill."""

import pytest

from proof.mishaps import areas


@pytest.mark.slow
def test_whoever_is_killed_the_next_run_makes_only_what_is_missing_and_the_same_bytes(tmp_path):
    expected = areas.undisturbed(tmp_path / "undisturbed")
    assert len([name for name in expected if name.endswith(".vi.html") and "/notices/" in name]) == areas.PAGES // 2
    assert areas.prove(tmp_path / "killed", areas.points(7, 1)[0], expected) == []


def test_each_kind_of_process_has_its_turn_to_be_killed():
    assert [point.victim for point in areas.points(7, 3)] == list(areas.VICTIMS)
