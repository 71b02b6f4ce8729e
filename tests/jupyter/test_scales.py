"""Axes are named by who wrote their labels; those of scales have three numbers or more."""

import re
from datetime import date

import matplotlib.dates
import pandas as pd
import pytest
from matplotlib import pyplot as plt
from matplotlib.ticker import PercentFormatter

from hotich.jupyter import drawing, scales


def kind(draw):
    """The name of the x axis of what is drawn."""
    _, ax = plt.subplots()
    draw(ax)
    scales.name(ax.figure)
    return ax.xaxis.get_gid()


def labels(draw):
    """The words along the x axis of what is drawn."""
    _, ax = plt.subplots()
    draw(ax)
    found = drawing.svg(ax.figure).partition('id="xtick_1"')[2].partition('id="ytick_1"')[0]
    return re.findall(r"<text[^>]*>([^<]+)</text>", found)


DAYS = [date(2024, month, 1) for month in (1, 5, 9)]


@pytest.mark.parametrize(
    ("draw", "named"),
    [
        (lambda ax: ax.plot([0, 1]), scales.NUMBERS),
        (lambda ax: (ax.plot([0, 1]), ax.set_xticks([0, 0.5, 1])), scales.NUMBERS),
        (lambda ax: (ax.plot([1, 10]), ax.set_xscale("log")), scales.LABELS),
        (lambda ax: ax.xaxis.set_major_formatter("{x:,.0f} mục"), scales.LABELS),
        (lambda ax: ax.xaxis.set_major_formatter(lambda value, _: f"{value}"), scales.LABELS),
        (lambda ax: ax.xaxis.set_major_formatter(PercentFormatter()), scales.LABELS),
        (lambda ax: ax.plot(DAYS, [1, 2, 3]), scales.DATES),
        (lambda ax: ax.xaxis.set_major_formatter(matplotlib.dates.DateFormatter("%d/%m")), scales.DATES),
        (lambda ax: pd.Series([1, 2], pd.period_range("2024-01", periods=2, freq="M")).plot(ax=ax), scales.DATES),
        (lambda ax: ax.plot(["97", "98"], [1, 2]), None),
        (lambda ax: ax.set_xticks([0, 1], ["97", "98"]), None),
        (lambda ax: (ax.set_xticks([0, 1]), ax.set_xticklabels(["97", "98"])), None),
        (lambda ax: pd.Series([1, 2], index=["97", "98"]).plot.bar(ax=ax), None),
        (lambda ax: ax.xaxis.set_gid("scale-numbers") or ax.set_xticks([0, 1], ["97", "98"]), None),
    ],
)
def test_an_axis_is_named_by_who_wrote_its_labels(draw, named):
    assert kind(draw) == named


@pytest.mark.parametrize("most", [2, 20, 300, 20_000, 3e6, 5e10])
def test_a_logarithmic_axis_has_numbers_and_enough_of_them(most):
    found = labels(lambda ax: (ax.plot([1, most], [1, 1]), ax.set_xscale("log")))
    assert len(found) >= 3
    assert all(re.fullmatch(r"\d+(\.\d+)?", words) for words in found)


def test_a_small_axis_has_three_numbers():
    found = labels(lambda ax: (ax.figure.set_size_inches(1.2, 1), ax.plot([79, 101], [1, 1])))
    assert len(found) >= 3


def test_a_logarithmic_axis_of_both_signs_has_numbers():
    assert "10" in labels(lambda ax: (ax.plot([-10, 100], [1, 1]), ax.set_xscale("symlog")))
