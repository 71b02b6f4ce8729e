"""The pieces that pages are made of."""

import pytest

from hotich.views.markup import Column, Table


def test_a_row_without_a_cell_for_each_column_is_named_by_its_table():
    table = Table("Completed", (Column("District", text=True), Column("Communes")), [("Lục Yên", "14"), ("Văn Yên",)])
    with pytest.raises(ValueError, match="“Completed” has 2 columns and a row of 1 cells"):
        table.html("en")
