"""Which fact a cell of a DataFrame is: one that equals it, best the one that its labels name."""

import numpy as np
import pandas as pd
import pytest

from hotich.jupyter import cells


def names(values, index, columns):
    return cells.names(pd.DataFrame(values, index=index, columns=columns))


def test_a_cell_is_the_fact_that_it_equals():
    assert names([[77.8912, 99.0]], ["x"], ["a", "b"]) == [["138/all/percent", ""]]


@pytest.mark.parametrize("area", ["138", "140"])
def test_of_equal_facts_it_is_the_one_that_the_labels_name(area):
    index = pd.MultiIndex.from_tuples([(area, "Tên")], names=["area", "name"])
    assert names([[15_357]], index, ["left"])[0][0].startswith(f"{area}/")


def test_a_label_in_the_row_tells_the_register():
    assert names([["KS", 15_357]], ["x"], ["scope", "left"]) == [["", "140/KS/left"]]


@pytest.mark.parametrize("value", [None, np.nan, pd.NA, pd.NaT, "chữ", [1], np.inf, pd.Timestamp("2024-10-22")])
def test_what_is_no_number_is_no_fact(value):
    assert cells.of_values([value]) == [""]


@pytest.mark.parametrize("value", [15_357, 15_357.0, np.int64(15_357), "15357"])
def test_a_number_of_any_type_may_be_a_fact(value):
    assert cells.of_values([value])[0] in ("138/all/left", "140/KS/left")


def test_a_series_is_a_frame_of_one_column():
    assert list(cells.frame_of(pd.Series([1], name="left")).columns) == ["left"]
    assert list(cells.frame_of(pd.Series([1])).columns) == [""]


@pytest.mark.parametrize(("shown", "is_one"), [(pd.DataFrame().style, True), ("x", False), (5, False), (None, False)])
def test_a_styled_frame_is_one_and_other_values_are_none(shown, is_one):
    assert (cells.frame_of(shown) is not None) == is_one


@pytest.mark.parametrize(
    ("index", "numbered"),
    [(None, True), ([3, 0], True), (["a", "b"], False), (pd.Index([1, 2], name="n"), False), ([0.5, 1.5], False)],
)
def test_an_index_of_nothing_but_numbers_without_a_name_numbers_the_rows(index, numbered):
    assert cells.numbered(pd.DataFrame({"a": [1, 2]}, index=index)) is numbered
