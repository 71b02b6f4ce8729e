"""Registers: each has a code and names that no other has, and keeps clear of the words for several of them."""

import pytest
from conftest import REGISTERS

from hotich.data import registers
from hotich.errors import InputRefused
from hotich.language import LANGUAGES

XN = "XN,civil_status,Sổ xác nhận,Certificate registers"


@pytest.fixture
def read(tmp_path):
    def reading(old, new):
        assert old in REGISTERS
        (tmp_path / "registers.csv").write_text(REGISTERS.replace(old, new), encoding="utf-8")
        return registers.read(tmp_path)

    return reading


@pytest.mark.parametrize(
    ("old", "new", "key", "line"),
    [
        (XN, XN.replace("XN", "KS"), "registers.twice", 3),
        (XN, XN.replace("XN", "ks"), "registers.twice", 3),
        (XN, XN.replace("Sổ xác nhận", "Sổ  khai sinh"), "registers.twice", 3),
        (XN, XN.replace("Certificate", "Birth"), "registers.twice", 3),
        (XN, XN.replace("XN", "all"), "registers.reserved", 3),
        (XN, XN.replace("XN", "Population"), "registers.reserved", 3),
        (XN, XN.replace("XN", "X/N"), "table.code", 3),
        (XN, XN.replace("XN", ""), "table.code", 3),
        (XN, XN.replace("Sổ xác nhận", ""), "table.name", 3),
        (XN, XN.replace("civil_status", "other"), "registers.unknown", 3),
        ("commune district_office department,test\nXN", ",test\nXN", "registers.unknown", 2),
        ("commune district_office department,test\nXN", "ward,test\nXN", "registers.unknown", 2),
    ],
)
def test_a_register_that_cannot_be_is_refused_with_its_line(read, old, new, key, line):
    with pytest.raises(InputRefused) as caught:
        read(old, new)
    assert (caught.value.key, caught.value.values["line"]) == (key, line)
    assert all(caught.value.message(language).startswith("registers.csv") for language in LANGUAGES)


def test_a_list_without_a_register_is_refused(read):
    with pytest.raises(InputRefused) as caught:
        read(REGISTERS, REGISTERS.splitlines(keepends=True)[0])
    assert "registers.csv" in caught.value.message("vi")


def test_an_empty_english_name_is_the_vietnamese_one(read):
    assert read("Birth registers", "")[0].name("en") == "Sổ khai sinh"
