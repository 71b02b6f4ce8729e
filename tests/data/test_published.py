"""Printed figures: read exactly as printed, and refused with their line when they cannot be."""

from datetime import date
from decimal import Decimal

import pytest

from hotich.data import published
from hotich.errors import InputRefused
from hotich.month import Month
from hotich.storage.paths import PROJECT, Folders

DATA = PROJECT / "data"
OCTOBER = Month(2024, 10)
HEADER = ",".join(published.COLUMNS)


@pytest.fixture
def places(tmp_path):
    for name in ("areas.csv", "registers.csv"):
        (tmp_path / name).write_bytes((DATA / name).read_bytes())
    (tmp_path / "published").mkdir()
    return Folders(tmp_path, tmp_path / "reports")


def read(places, *lines):
    text = "\n".join((HEADER, *lines)) + "\n"
    places.published(OCTOBER).write_text(text, encoding="utf-8")
    return published.read(places, OCTOBER)


def test_the_article_of_october_is_kept_as_printed_with_its_contradictions():
    figures = {
        (each.area, each.scope, each.measure): each.value for each in published.read(Folders(DATA, DATA), OCTOBER)
    }
    assert figures["15", "all", "required"] == 637_469
    assert figures["15", "all", "digitised"] == 519_537
    assert figures["15", "population", "required"] + figures["15", "civil_status", "required"] == 637_356
    assert figures["15", "all", "communes_completed"] == 60
    assert sum(value for key, value in figures.items() if key[2] == "communes_completed" and key[0] != "15") == 59
    assert [key[0] for key in figures if key[2] == "percent_over"] == ["136", "137", "135"]
    assert figures["139", "all", "offices_completed"] == 1


def test_a_month_that_nobody_wrote_about_has_no_figures(places):
    assert published.read(places, Month(2024, 9)) == ()


def test_counts_are_whole_numbers_and_percentages_exact_decimals(places):
    count, percent = read(
        places, "2024-10-22,15,all,required,637469,press,", "2024-10-22,15,all,percent,81.5,press,rounded"
    )
    assert (count.value, type(count.value), count.line) == (637_469, int, 2)
    assert (percent.value, percent.note, percent.line) == (Decimal("81.5"), "rounded", 3)
    assert percent.as_of == date(2024, 10, 22)


def test_one_register_can_be_a_scope(places):
    (figure,) = read(places, "2024-10-22,139,KS,digitised,7,press,")
    assert figure.scope == "KS"


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("22/10/2024,15,all,required,1,press,", "published.as_of"),
        ("20241022,15,all,required,1,press,", "published.as_of"),
        ("2024-10-32,15,all,required,1,press,", "published.as_of"),
        ("2024-10-22,999,all,required,1,press,", "published.area"),
        ("2024-10-22,15,everything,required,1,press,", "published.scope"),
        ("2024-10-22,15,all,units_completed,1,press,", "published.measure"),
        ("2024-10-22,15,all,required,637.469,press,", "published.value"),
        ('2024-10-22,15,all,percent,"81,5",press,', "published.value"),
        ("2024-10-22,15,all,required,１２,press,", "published.value"),
        ("2024-10-22,15,all,required,,press,", "published.value"),
        ("2024-10-22,15,all,required,-5,press,", "published.value"),
        ("2024-10-22,15,all,percent,NaN,press,", "published.value"),
        (f"2024-10-22,15,all,required,{'9' * 5000},press,", "published.value"),
        (f"2024-10-22,15,all,percent,1.{'9' * 5000},press,", "published.value"),
        (f"2024-10-22,{'9' * 5000},all,required,1,press,", "published.area"),
    ],
)
def test_a_line_that_cannot_be_is_refused_with_file_and_line(places, line, key):
    with pytest.raises(InputRefused) as refusal:
        read(places, "2024-10-22,15,all,required,637469,press,", line)
    assert refusal.value.key == key
    assert (refusal.value.values["file"], refusal.value.values["line"]) == ("2024-10.csv", 3)
    assert "2024-10.csv" in refusal.value.message("vi")
    assert "2024-10.csv" in refusal.value.message("en")
    assert len(refusal.value.message("vi")) < 700, "what came is shown no longer than it helps"


def test_a_ragged_line_is_refused(places):
    with pytest.raises(InputRefused) as refusal:
        read(places, "2024-10-22,15,all,required,1")
    assert refusal.value.key == "table.ragged"


def test_sources_are_numbered_in_the_order_of_the_file_one_for_each_day(places):
    lines = ("2024-10-22,15,all,required,1,press,", "2024-10-22,15,all,required,2,radio,")
    found = read(places, *lines, "2024-10-22,15,all,digitised,1,press,", "2024-10-15,15,all,required,1,press,")
    assert [each.printing for each in found] == [1, 2, 1, 3]
    assert [each.fact("published") for each in found[:2]] == ["published_required", "published_required.2"]
    assert found[1].fact("parts", "digitised") == "parts_digitised.2"
    assert [[each.line for each in group] for group in published.printings(places, OCTOBER)] == [[2, 4], [3], [5]]


def test_a_source_that_states_a_figure_twice_is_refused_with_both_lines(places):
    lines = ("2024-10-22,15,all,required,1,press,", "2024-10-22,15,all,required,2,press,")
    with pytest.raises(InputRefused, match=r"line 3.*press.*line 2"):
        read(places, *lines)
    assert len(read(places, *(line.replace("press", f"press p. {at}") for at, line in enumerate(lines)))) == 2


@pytest.mark.parametrize("codes", ["15", "139 139", "139,x", "138-PTP-1"])
def test_what_a_number_is_meant_besides_are_other_areas_each_once(places, codes):
    line = f"2024-10-22,15,all,districts_over_threshold,3,press,,{codes}".replace("139,x", "139 x")
    path = places.published(OCTOBER)
    path.write_text(f"{HEADER},besides\n{line}\n", encoding="utf-8")
    with pytest.raises(InputRefused, match=r"line 2.*besides"):
        published.read(places, OCTOBER)


def test_only_numbers_of_areas_are_meant_besides_some(places):
    path = places.published(OCTOBER)
    path.write_text(f"{HEADER},besides\n2024-10-22,15,all,percent,81.5,press,,139\n", encoding="utf-8")
    with pytest.raises(InputRefused):
        published.read(places, OCTOBER)
    path.write_text(f"{HEADER},besides\n2024-10-22,15,all,communes_completed,48,press,,139 138\n", encoding="utf-8")
    assert published.read(places, OCTOBER)[0].besides == ("139", "138")
