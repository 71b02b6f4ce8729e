"""Figures from elsewhere: each with name, unit and source, or refused with file and line."""

from datetime import date
from decimal import Decimal

import pytest

from hotich.data import quoted
from hotich.errors import InputRefused
from hotich.language import LANGUAGES
from hotich.month import Month
from hotich.storage.paths import Folders

OCTOBER = Month(2024, 10)
HEAD = "name,value,unit,source,source_en\n"


def read(tmp_path, text):
    folders = Folders(tmp_path, tmp_path / "reports")
    (tmp_path / "figures").mkdir(exist_ok=True)
    folders.figures(OCTOBER).write_text(text, encoding="utf-8")
    return quoted.read(folders, OCTOBER)


def refused(tmp_path, line):
    with pytest.raises(InputRefused) as caught:
        read(tmp_path, f"{HEAD}fine,1,count,Báo,\n{line}\n")
    for language in LANGUAGES:
        assert "figures/2024-10.csv" in caught.value.message(language)
        assert "3" in caught.value.message(language)
    return caught.value


def test_a_month_without_the_file_has_none(tmp_path):
    assert quoted.read(Folders(tmp_path, tmp_path), OCTOBER) == ()


@pytest.mark.parametrize(
    ("written", "unit", "value"),
    [
        ("21500", "count", 21500),
        ("-3", "count", -3),
        ("79.2", "percent", Decimal("79.2")),
        ("4.3", "points", Decimal("4.3")),
        ("1.5", "ratio", Decimal("1.5")),
        ("2024-09-10", "date", date(2024, 9, 10)),
        ("2024-09", "month", Month(2024, 9)),
        ("Bão số 3", "text", "Bão số 3"),
    ],
)
def test_a_value_is_of_its_unit(tmp_path, written, unit, value):
    (figure,) = read(tmp_path, f"{HEAD}storm,{written},{unit},Báo,Newspaper\n")
    assert figure.value == value
    assert figure.sources == {"vi": "Báo", "en": "Newspaper"}


def test_the_english_source_may_be_left_out(tmp_path):
    (figure,) = read(tmp_path, "name,value,unit,source\nstorm,3,count,Báo\n")
    assert figure.sources == {"vi": "Báo", "en": "Báo"}


@pytest.mark.parametrize("name", ["", "Bão", "3x", "a-b", "A", "a b", "a/b", "é"])
def test_a_name_has_small_letters_digits_and_underscores(tmp_path, name):
    assert refused(tmp_path, f"{name},1,count,Báo,").key == "quoted.name"


def test_a_name_stands_once(tmp_path):
    assert refused(tmp_path, "fine,2,count,Báo,").key == "quoted.twice"


@pytest.mark.parametrize("unit", ["", "entries", "Count", "đồng"])
def test_a_unit_is_one_of_those_that_the_message_lists(tmp_path, unit):
    error = refused(tmp_path, f"a,1,{unit},Báo,")
    assert error.key == "quoted.unit"
    for allowed in error.values["allowed"].split(", "):
        value = {"date": "2024-10-22", "month": "2024-10"}.get(allowed, "3")
        value = "Số 3" if allowed == "text" else value
        assert read(tmp_path, f"{HEAD}a,{value},{allowed},Báo,\n")


@pytest.mark.parametrize(
    ("value", "unit"),
    [
        ("", "count"),
        ("79.2", "count"),
        ('"79,2"', "percent"),
        ("21.500.000", "count"),
        ("NaN", "ratio"),
        ("1e5", "ratio"),
        ("٣", "count"),
        ("1234567890123", "count"),
        ("22/10/2024", "date"),
        ("2024-02-30", "date"),
        ("10/2024", "month"),
        ("", "text"),
        ("99", "text"),
        ('"99,9%"', "text"),
        ("đạt 99%", "text"),
        ("về 519.999", "text"),
    ],
)
def test_a_value_that_is_not_of_its_unit_is_refused(tmp_path, value, unit):
    assert refused(tmp_path, f"a,{value},{unit},Báo,").key == "quoted.value"


def test_a_figure_without_a_source_is_refused(tmp_path):
    assert refused(tmp_path, "a,1,count, ,").key == "quoted.source"


def test_a_column_that_is_none_is_refused(tmp_path):
    with pytest.raises(InputRefused, match=r"2024-10\.csv"):
        read(tmp_path, "name,value,source\na,1,Báo\n")
