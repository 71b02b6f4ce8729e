"""The house style holds for whatever is drawn from then on, and may be changed as ever."""

import matplotlib as mpl
import pandas as pd


def test_charts_have_the_pages_font_and_no_formulas():
    assert mpl.rcParams["font.family"] == ["Source Sans 3"]
    assert mpl.rcParams["svg.fonttype"] == "none"
    assert not mpl.rcParams["text.parse_math"]
    assert not mpl.rcParams["axes.formatter.useoffset"]


def test_tables_are_not_cut_short():
    assert "..." not in pd.DataFrame({"a": range(900)})._repr_html_()
    assert "..." not in pd.DataFrame([range(50)])._repr_html_()
