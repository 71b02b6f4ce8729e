import pytest
from markupsafe import Markup

from hotich.views import saved_table
from hotich.views.markup import Column, symbol
from hotich.views.saved_table import Coded, Valued, Vintage

UNIT, NUMBER, WORDS = (
    Column("", text=True, name="unit"),
    Column("", name="percent"),
    Column("", text=True, name="state"),
)
FIGURE = Markup('<data value="1234.5678" data-fact="11/all/percent{}" title="Tỷ lệ">1.234,6%</data>')
VINTAGE = Vintage({"as_of": "2024-10-22", "origin": "computed"}, {"2024-09": "2024-09-22"})


def rows(*cells):
    """The lines of a table with these rows, without its header."""
    return saved_table.text((UNIT, NUMBER, WORDS), cells, VINTAGE).splitlines()[1:]


def test_a_figure_is_saved_as_its_fact_has_it_and_a_mark_in_a_column_of_marks():
    shown = FIGURE.format("") + " " + symbol("[p]") + " " + symbol("[r]")
    assert rows((Coded("11", "Huyện Một"), shown, "a, b")) == [
        '11,Huyện Một,1234.5678,"a, b",2024-10-22,computed,percent [p][r]'
    ]


@pytest.mark.parametrize("shown", [symbol("[x]"), Markup("[x]"), "[x]"])
def test_a_symbol_in_place_of_a_figure_is_an_empty_cell_with_a_mark(shown):
    assert rows((Coded("11", "A"), shown, "")) == ["11,A,,,2024-10-22,computed,percent [x]"]


def test_a_row_about_another_month_has_the_cut_off_day_of_that_month():
    assert rows((Coded("11", "A"), FIGURE.format("@2024-09"), "")) == ["11,A,1234.5678,,2024-09-22,computed,"]


def test_words_for_a_number_are_saved_as_the_number_and_a_hidden_name_once():
    cells = (Coded("11", "Xã An", under="Một", shown=Markup("<b>Xã</b> An")), Valued("khớp", "0"), Markup("<i>x</i>"))
    assert rows(cells) == ["11,Xã An,0,x,2024-10-22,computed,"]


@pytest.mark.parametrize(
    ("columns", "cells", "message"),
    [
        ((UNIT,), ["Xã An"], "A name without its code in the column unit"),
        ((NUMBER,), ["1.234"], "No value in the column percent: 1.234"),
        ((NUMBER,), ["1.234,5"], "No value in the column percent: 1.234,5"),
        ((NUMBER,), [FIGURE.format("") + "/" + FIGURE.format("")], "No value in the column percent"),
        ((NUMBER, NUMBER), ["1", "2"], "Columns to be saved have no names of their own"),
        ((Column("B"),), ["1"], "Columns to be saved have no names of their own"),
    ],
)
def test_what_no_program_could_read_is_an_error_of_ours(columns, cells, message):
    with pytest.raises(ValueError, match=message):
        saved_table.text(columns, [cells], VINTAGE)
