"""A notebook's state, left behind as it was found."""

from decimal import Decimal

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib import pyplot as plt
from matplotlib.textpath import TextToPath

from hotich.jupyter import drawing, house_style
from hotich.measures import handed
from hotich.measures.facts import Fact
from hotich.month import Month

GIVEN = (
    Fact("138", "all", "left", 15_357, "entries", "reported"),
    Fact("140", "KS", "left", 15_357, "entries", "reported"),
    Fact("138", "all", "percent", Decimal("77.8912"), "percent", "reported"),
    Fact("138", "all", "percent", Decimal("70.1"), "percent", "reported", Month(2024, 9)),
)


@pytest.fixture(autouse=True)
def notebook(monkeypatch):
    """The house style in use, outlines watched, and some facts given."""
    monkeypatch.setattr(handed, "names", {fact.key: fact for fact in GIVEN})
    monkeypatch.setattr(TextToPath, "get_text_path", TextToPath.get_text_path)
    before = {name: pd.get_option(name) for name in house_style._TABLES}
    with mpl.rc_context(), mpl.rc_context({"backend": "agg"}):
        house_style.use()
        drawing.watch_outlines()
        drawing.outlined_words()
        yield
        plt.close("all")
    for name, value in before.items():
        pd.set_option(name, value)
