"""The columns of completed communes: read back from the drawing and compared with the facts."""

from dataclasses import replace

import months
import pytest
from conftest import cells
from drawings import drawn, labels, names, short
from matplotlib.colors import same_color

from hotich import checks, measures
from hotich.data import dataset
from hotich.views.charts.completed import completed
from hotich.views.charts.style import GREY, NAVY
from hotich.views.figures import format_fact


@pytest.fixture(scope="module")
def sizes(m):
    screen, phone = drawn("completed", m)
    assert screen.bbox.width > phone.bbox.width
    return screen, phone


def facts(m):
    return [m.get("communes_completed", month=month) for month in m.months]


def test_columns_are_as_high_as_the_number_of_communes_and_run_from_left_to_right(m, sizes):
    for ax in sizes:
        columns = ax.containers[0].patches
        assert [column.get_height() for column in columns] == [fact.value for fact in facts(m)]
        assert {column.get_y() for column in columns} == {0}
        assert [column.get_center()[0] for column in columns] == pytest.approx(list(range(len(m.months))))
        assert ax.get_xlim() == (-0.5, len(m.months) - 0.5)
        assert (ax.get_ylim()[0], ax.get_yscale()) == (0, "linear")
        assert ax.get_ylim()[1] >= max(fact.value for fact in facts(m))


def test_only_the_month_itself_is_dark(m, sizes):
    for ax in sizes:
        shown = [column.get_facecolor() for column in ax.containers[0].patches]
        assert same_color(shown, [GREY] * (len(m.months) - 1) + [NAVY])


def test_each_number_and_each_month_stands_at_its_own_column(m, sizes):
    for ax in sizes:
        numbers = {words.xy: words.get_text() for words in labels(ax)}
        own = {(at, fact.value): format_fact(fact, m.language) for at, fact in enumerate(facts(m))}
        assert numbers.items() <= own.items()
        assert len(numbers) > len(own) / 3
        assert max(numbers) == max(own)
        months = {words.xy: words.get_text() for words in names(ax)}
        own = {(at, 0): short(m, month.number) + provisional(m, month) for at, month in enumerate(m.months)}
        assert months.items() <= own.items()
        assert max(months) == max(own)


def provisional(m, month):
    """The symbol behind a month in which some unit has not reported everything, as long as some have."""
    missing, reported = (m.get(f"units_{name}", month=month).value for name in ("missing", "reported"))
    return " [p]" if missing and reported else ""


def test_a_month_of_which_nobody_has_reported_has_its_place_and_no_number(office):
    office.write("2024-09", {key: ("", "", row[2] or "not_reported") for key, row in cells().items()})
    m = measures.read(checks.run(dataset.read("2024-10", office.at)), "", "vi")
    for ax in drawn("completed", m):
        assert len(ax.containers[0].patches) == 2
        assert [words.get_text() for words in labels(ax) if words.get_text()] == ["1"]


def headline(m, **changes):
    """Return the headline where so many communes were completed in some months: `_2024_10=12`."""
    by_month = {f"_{month}".replace("-", "_"): month for month in m.months[1:]}
    facts = [(m.get("communes_completed_change", month=by_month[at]), value) for at, value in changes.items()]
    return str(completed(replace(m, facts={**m.facts, **{fact.key: replace(fact, value=n) for fact, n in facts}})))


def test_no_period_is_called_the_record_where_some_unit_sent_nothing_in_another():
    m = months.october()
    compared = [m.get("units_compared", month=month) for month in m.months[1:]]
    assert [str(month) for month in m.months[1:] if not m.compares(month)] == ["2024-03", "2024-04"]
    whole = replace(m, facts={**m.facts, **{fact.key: replace(fact, value=183) for fact in compared}})
    assert "nhiều nhất từ trước đến nay" in headline(whole, _2024_10=12)
    assert "nhiều nhất từ trước đến nay" not in headline(m, _2024_10=12)
    assert "nhiều nhất từ trước đến nay" not in headline(m, _2024_10=12, _2024_04=20)
