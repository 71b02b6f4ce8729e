"""The classes of charts and maps follow the office's threshold."""

import pytest

from hotich.measures.about_the_report import classes


@pytest.mark.parametrize(
    ("threshold", "begins"),
    [
        (90, (70, 80, 90, 100)),
        (60, (40, 50, 60, 100)),
        (99, (79, 89, 99, 100)),
        (10, (10, 40, 70, 100)),
        (1, (1, 34, 67, 100)),
    ],
)
def test_one_class_begins_at_the_threshold_and_two_lie_beside_it(threshold, begins):
    assert classes(threshold) == begins


def test_every_threshold_has_four_classes_that_rise():
    for threshold in range(1, 100):
        begins = classes(threshold)
        assert threshold in begins
        assert 0 < begins[0] < begins[1] < begins[2] < begins[3] == 100
