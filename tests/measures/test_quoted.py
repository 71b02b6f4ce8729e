"""Figures from elsewhere are facts of the reported month, of origin quoted, and known by their short names."""

import pytest

from hotich import measures
from hotich.checks import Checked
from hotich.data import dataset
from hotich.errors import InputRefused


def test_a_figure_from_elsewhere_is_a_fact_of_the_office(office):
    (office.at.data / "figures").mkdir()
    (office.at.data / "figures" / "2024-10.csv").write_text(
        "name,value,unit,source\nwithout_power,24,count,Báo\nstorm,Bão số 3,text,Báo\n", encoding="utf-8"
    )
    m = measures.read(Checked(dataset.read("2024-10", office.at), ()))
    fact = m["quoted/without_power"]
    assert (fact.key, fact.value, fact.unit, fact.origin) == ("1/quoted/without_power", 24, "count", "quoted")
    assert m.facts["1/quoted/storm"].value == "Bão số 3"


def test_without_the_file_there_is_none(office):
    m = measures.read(Checked(dataset.read("2024-10", office.at), ()))
    assert not any(fact.scope == "quoted" for fact in m.facts.values())


def test_a_name_of_a_figure_of_the_report_is_taken(office):
    (office.at.data / "figures").mkdir()
    (office.at.data / "figures" / "2024-10.csv").write_text(
        "name,value,unit,source\nleft,24,count,Báo\n", encoding="utf-8"
    )
    with pytest.raises(InputRefused) as caught:
        measures.read(Checked(dataset.read("2024-10", office.at), ()))
    assert "left is the name of a figure" in caught.value.message("en")
