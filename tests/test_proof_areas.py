"""A short version of `make prove-areas`: one kill of each kind."""

from proof.mishaps import areas


def test_whoever_is_killed_the_next_run_makes_only_what_is_missing_and_the_same_bytes(tmp_path):
    expected = areas.undisturbed(tmp_path / "undisturbed")
    assert len([name for name in expected if name.endswith(".vi.html") and "/notices/" in name]) == areas.PAGES // 2
    points = areas.points(7, 3)
    assert [point.victim for point in points] == list(areas.VICTIMS)
    wrong = [problem for at, point in enumerate(points) for problem in areas.prove(tmp_path / str(at), point, expected)]
    assert wrong == []
