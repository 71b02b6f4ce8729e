"""What a report was made from, by hash."""

from hotich.data import provenance


def test_the_last_line_of_an_input_counts_without_a_line_end(tmp_path):
    (tmp_path / "areas.geojson").write_text("{}", encoding="utf-8")
    assert provenance._input("areas.geojson", tmp_path / "areas.geojson").lines == 1
