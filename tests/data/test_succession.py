"""What went as a whole into one unit is followed; what was divided, ended or came from elsewhere is not."""

from datetime import date

import pytest
from reorganised import JUNE, LIST, reorganised, rows

from hotich.data import areas, counts, succession, totals
from hotich.errors import InputRefused
from hotich.month import Month


@pytest.fixture
def listed(tmp_path):
    (tmp_path / "areas.csv").write_text(LIST, encoding="utf-8")
    return areas.read(tmp_path)


def between(listed, earlier, later):
    return succession.between(listed, listed.on(date.fromisoformat(earlier)), listed.on(date.fromisoformat(later)))


def test_units_that_went_into_one_as_a_whole_are_followed(listed):
    found = between(listed, "2025-06-22", "2025-07-22")
    assert found.parts == {"111": {"111", "112"}, "115": {"115"}}
    assert found.became["113"] == {"113", "114"}
    assert found.became["11-PTP"] == found.became["1-STP"] == frozenset()
    assert not found.unchanged
    assert found.whole == {"111": "111", "112": "111", "115": "115"}


def test_two_changes_one_after_the_other_are_followed_through_both(listed):
    assert between(listed, "2024-10-22", "2025-07-22").parts["111"] == {"110", "111", "112"}
    assert between(listed, "2024-10-22", "2024-12-22").parts["111"] == {"110", "111"}


def test_the_same_code_may_mean_another_area(listed):
    assert "113" not in between(listed, "2025-06-22", "2025-07-22").parts


def test_without_a_change_every_unit_is_itself(listed):
    found = between(listed, "2025-01-22", "2025-06-22")
    assert found.unchanged
    assert found.parts["112"] == {"112"}


def test_counts_are_sums_of_all_parts_or_nothing(tmp_path):
    office = reorganised(tmp_path)
    office.write("2025-06", rows(JUNE) | {("112", "XN"): ("", "", "not_reported")})
    listed = areas.read(office.at.data)
    found = totals.carried(counts.read(office.at, Month(2025, 6)), between(listed, "2025-06-22", "2025-07-22"))
    cells = {(area, register): (required, done) for area, register, required, done in found.itertuples(index=False)}
    assert cells == {("111", "KS"): (500, 300), ("115", "KS"): (400, 100), ("115", "XN"): (40, 10)}


def test_a_successor_of_a_divided_area_that_is_nowhere_is_named(tmp_path):
    (tmp_path / "areas.csv").write_text(LIST.replace("113 114", "113 199"), encoding="utf-8")
    with pytest.raises(InputRefused) as caught:
        areas.read(tmp_path)
    assert "199" in caught.value.message("en")


def test_what_was_divided_is_told_together_with_all_that_shares_units_with_it(listed):
    assert list(between(listed, "2025-06-22", "2025-07-22").divided()) == [({"113", "114"}, {"113", "114"})]
    assert list(between(listed, "2025-01-22", "2025-06-22").divided()) == []
