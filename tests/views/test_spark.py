"""A sparkline goes through the percentage of each month."""

import re

import pytest
from months import october, random_month

from hotich.views import spark
from hotich.views.spark import HEIGHT, MARGIN, WIDTH


def points(m, area):
    (written,) = re.findall(r'points="([^"]*)"', spark.of_area(m, area))
    return [tuple(map(float, pair.split(","))) for pair in written.split()]


@pytest.mark.parametrize("district", ["132", "138", "139"])
def test_its_months_run_evenly_to_the_right_and_shares_upwards_on_their_scale(district):
    m = october()
    shares = [float(m.get("percent", district, month=month).number) for month in m.months]
    drawn = points(m, district)
    assert [x for x, _ in drawn] == pytest.approx(
        [MARGIN + at * (WIDTH - 2 * MARGIN) / (len(shares) - 1) for at in range(len(shares))], abs=0.06
    )
    low, high = min(shares), max(shares)
    back = [low + (HEIGHT - MARGIN - y) / (HEIGHT - 2 * MARGIN) * (high - low) for _, y in drawn]
    assert back == pytest.approx(shares, abs=(high - low) / 100)


def test_one_month_is_no_line(office):
    office.forget("2024-09")
    m = random_month(office, 1)
    only = m.months[0]
    assert spark.labelled([m.get("percent", month=only)] if m.find("percent", month=only) else [], "{}", "en") == ""
