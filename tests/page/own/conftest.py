"""The facts on which the texts of these tests stand."""

from datetime import date
from decimal import Decimal

import pytest

from hotich.measures.facts import Fact
from hotich.month import Month
from hotich.page.own.bind import Text
from hotich.page.own.ground import Ground
from hotich.views.figures_in_text import Candidates

FACTS = (
    Fact("15", "all", "left", 117_783, "entries", "reported"),
    Fact("15", "all", "digitised", 519_573, "entries", "reported"),
    Fact("15", "all", "percent", Decimal("81.52"), "percent", "reported"),
    Fact("15", "all", "percent", Decimal("76.3"), "percent", "reported", Month(2024, 9)),
    Fact("15", "all", "percent_change", Decimal("5.2"), "points", "reported"),
    Fact("15", "all", "units_total", 9, "units", "reported"),
    Fact("15", "all", "as_of", date(2024, 10, 22), "date", "reported"),
    Fact("15", "all", "month", Month(2024, 10), "month", "reported"),
    Fact("15", "KS", "left", 67_858, "entries", "reported"),
    Fact("138", "all", "left", 15_357, "entries", "reported"),
    Fact("138", "all", "units_total", 24, "units", "reported"),
    Fact("140", "all", "digitised", 15_357, "entries", "reported"),
    Fact("15", "quoted", "without_power", 24, "count", "quoted"),
    Fact("15", "quoted", "storm", "Bão số 3", "text", "quoted"),
)
KNOWN = {fact.key: fact for fact in FACTS}


@pytest.fixture
def ground(tmp_path):
    """A Vietnamese page about the province, with these facts."""
    return Ground("own.vi.html", "vi", KNOWN, "15", "15", ("Đề án 06",), tmp_path)


@pytest.fixture
def text(ground):
    """Prose of its cell `words`."""
    return Text(ground, "words")


@pytest.fixture
def shown(ground):
    """What code of its cell `code` has shown, which was given every fact."""
    return Text(ground, "code", Candidates(KNOWN.values()))
