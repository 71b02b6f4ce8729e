"""What units say holds them up: read as it was written, or refused with its line."""

import pytest

from hotich.data import difficulties
from hotich.errors import InputRefused
from hotich.month import exact
from hotich.storage import csv_table
from hotich.storage.paths import PROJECT, Folders


def difficulties_of(tmp_path, line):
    (tmp_path / "areas.csv").write_bytes((PROJECT / "data" / "areas.csv").read_bytes())
    csv_table.write(tmp_path / "difficulties.csv", difficulties.COLUMNS, [line])
    return difficulties.read(Folders(tmp_path, tmp_path), exact("2024-10"))


def test_a_difficulty_is_read_with_its_note(tmp_path):
    (found,) = difficulties_of(tmp_path, ("2024-10", "04249", "other", "không có điện"))
    assert (found.area, found.kind, found.note) == ("04249", "other", "không có điện")


def test_difficulties_of_other_months_are_left_out(tmp_path):
    assert difficulties_of(tmp_path, ("2024-09", "04249", "storm", "")) == ()


@pytest.mark.parametrize(
    ("line", "key"),
    [
        (("2024-10", "04249", "rain", ""), "difficulties.kind"),
        (("10", "04249", "storm", ""), "difficulties.month"),
        (("2024-10", "4249", "storm", ""), "difficulties.area"),
    ],
)
def test_a_bad_line_of_difficulties_is_refused_with_its_line(tmp_path, line, key):
    with pytest.raises(InputRefused) as refusal:
        difficulties_of(tmp_path, line)
    assert refusal.value.key == key
    assert refusal.value.values["line"] == 2
    assert "2" in refusal.value.message("vi")


def test_an_office_without_a_list_of_difficulties_has_none(tmp_path):
    assert difficulties.read(Folders(tmp_path, tmp_path), exact("2024-10")) == ()
