"""The outlook of the example months: every end worked out again from the counts, and the same for whoever asks."""

import csv
import math
from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction

import pytest
from conftest import cells

from hotich import checks, measures
from hotich.data import dataset
from hotich.measures.facts import cut

MONTHS = [f"2024-{month:02}" for month in range(1, 11)]
TARGET = date(2024, 12, 31)


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module", params=MONTHS)
def m(request):
    return measures.read(checks.require(dataset.read(request.param)))


def plain(data, upto):
    """Return each unit's (required, digitised) by month, None where not all was reported, and the cut-off days."""
    totals, silent = defaultdict(lambda: defaultdict(lambda: [0, 0])), set()
    days = {row["month"]: date.fromisoformat(row["as_of"]) for row in rows(data / "deliveries.csv")}
    months = [month for month in MONTHS if month <= upto]
    for month in months:
        for row in rows(data / "counts" / f"{month}.csv"):
            silent |= {(row["area"], month)} if row["status"] == "not_reported" else set()
            if not row["status"]:
                totals[row["area"]][month][0] += int(row["required"])
                totals[row["area"]][month][1] += int(row["digitised"])
    counts = {
        unit: [None if (unit, month) in silent else tuple(of[month]) for month in months] for unit, of in totals.items()
    }
    return counts, [days[month] for month in months]


def plain_pace(history, days):
    since = next(at for at in range(max(0, len(days) - 4), len(days)) if history[at])
    return Fraction(max(0, history[-1][1] - history[since][1]), (days[-1] - days[since]).days)


def plain_paces(m, counts, days):
    """Return the pace of each unit: three quarters its own, one quarter its district's for so much work."""
    root = [f"{m.root}-STP"]
    paces = {}
    for units in (root, *([unit.code for unit in m.checked.data.areas.units(area.code)] for area in m.districts)):
        now = {unit: counts[unit] for unit in units if counts[unit][-1]}
        own = {unit: plain_pace(history, days) for unit, history in now.items()}
        still = [unit for unit, history in now.items() if history[-1][0] > history[-1][1]]
        each = Fraction(sum(own[unit] for unit in still), sum(now[unit][-1][0] for unit in still) or 1)
        paces |= {unit: (3 * own[unit] + each * now[unit][-1][0]) / 4 for unit in now}
    return paces


def test_every_end_is_that_of_the_last_unit_by_plain_fractions(m):
    """In the example every unit has reported lately, so that none has but the pace of its district."""
    counts, days = plain(m.checked.data.folders.data, str(m.month))
    paces = plain_paces(m, counts, days) if len(days) > 1 else {}
    for code in (m.root, *(area.code for area in m.districts)):
        units = [
            (unit.code, counts[unit.code][-1]) for unit in m.checked.data.areas.units(code) if counts[unit.code][-1]
        ]
        if len(days) < 5:
            assert m.find("finish", code) is m.find("finish_most", code) is m.find("percent_at_target", code) is None
            continue
        still = [(now[0] - now[1], paces[unit]) for unit, now in units if now[0] > now[1]]
        if not still:
            assert m.find("units_open", code) is None
            continue
        ends = [math.ceil(left / pace) if pace else math.inf for left, pace in still]
        ends = [end if end <= 3_652 else math.inf for end in ends]
        finish = m.find("finish", code)
        assert (finish and finish.value) == (days[-1] + timedelta(max(ends)) if max(ends) < math.inf else None)
        assert m.get("units_endless", code).value == ends.count(math.inf)
        assert m.get("units_in_time", code).value == sum(
            days[-1] + timedelta(end) <= TARGET for end in ends if end < 9e9
        )
        gain = sum(min(left, math.floor(pace * (TARGET - days[-1]).days)) for left, pace in still)
        done, required = m.get("digitised", code).number, m.get("required", code).number
        assert m.get("percent_at_target", code).value == cut(Fraction((done + gain) * 100, required))


def test_a_whole_ends_with_the_last_of_its_parts_whoever_asks(m):
    ends = [fact.value for area in m.districts if (fact := m.find("finish", area.code))]
    whole = m.find("finish")
    assert whole is None or whole.value >= max(ends)
    for area in m.districts:
        own = m.seen_from(area.code)
        for measure in ("finish", "finish_most", "finish_moved", "percent_at_target", "units_in_time"):
            assert own.find(measure) is m.find(measure, area.code)


def test_what_a_month_says_is_what_its_earlier_report_said(m):
    """Counts of earlier months are as they were; `outlook_1` of a month is what the month before would have said."""
    if m.previous is None or (said := m.find("outlook_1")) is None:
        return
    before = measures.read(checks.require(dataset.read(str(m.previous))))
    for name in ("outlook_1", "outlook_1_least", "outlook_2_most"):
        again, then = m.find(name, month=m.previous), before.find(name)
        assert (again and again.value) == (then and then.value)
    assert before.get("percent").number <= said.number


def test_with_fewer_than_four_periods_there_is_no_outlook_and_no_range(office):
    for at, month in enumerate(("2024-06", "2024-07", "2024-08")):
        office.write(month, cells(-15 + 5 * at))
    for month, speaks in (("2024-09", False), ("2024-10", True)):
        m = measures.read(checks.require(dataset.read(month, office.at)))
        assert m.find("pace_recent") is not None
        assert (m.find("units_open") is not None) is speaks
        assert (m.find("percent_at_target") is not None) is speaks


def test_without_a_deadline_ahead_there_is_an_end_but_nothing_at_the_target(office):
    for at, month in enumerate(("2024-06", "2024-07", "2024-08")):
        office.write(month, cells(-15 + 5 * at))
    text = (office.at.data / "office.toml").read_text(encoding="utf-8")
    (office.at.data / "office.toml").write_text(text.replace("2024-12-31", "2024-10-20"), encoding="utf-8")
    m = measures.read(checks.require(dataset.read("2024-10", office.at)))
    assert m.find("percent_at_target") is m.find("units_in_time") is None
    assert m.find("finish") is not None
