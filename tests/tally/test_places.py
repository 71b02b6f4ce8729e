"""What names and codes of units and registers in record lists mean."""

from datetime import date

import pytest

from hotich.intake import lists
from hotich.tally import places, sql
from hotich.tally.columns import Column


@pytest.fixture
def known(office):
    return places.of(lists.read(office.at.data, date(2024, 11, 22)))


def unit(known, **given):
    keyed = sql.keys([{part: Column(part) for part in given}])
    return known.unit(sql.JOINED.join(given[part] for part in keyed.unit), keyed)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"area_code": "111"}, "111"),
        ({"area_code": "0111"}, "111"),
        ({"area_code": "11-PTP"}, "11-PTP"),
        ({"area_code": "11"}, ""),
        ({"area_code": "122"}, ""),
        ({"area": "xã an"}, "111"),
        ({"area": "Phòng Tư pháp huyện Hai"}, "12-PTP"),
        ({"area": "Huyện Một"}, ""),
        ({"province": "1", "area_code": "111"}, "111"),
        ({"province": "01", "area_code": "111"}, "111"),
        ({"province": "Tỉnh Thử", "area": "Xã An"}, "111"),
        ({"province": "2", "area_code": "111"}, ""),
        ({"district": "11", "area": "Xã An"}, "111"),
        ({"district": "Huyện Hai", "area": "Xã An"}, ""),
        ({"district": "12", "area_code": "111"}, ""),
        ({"district": "", "area_code": "111"}, "111"),
        ({"area_code": ""}, ""),
    ],
)
def test_a_unit_is_known_by_code_or_name_and_only_where_its_list_says_it_is(known, given, code):
    assert unit(known, **given) == code


@pytest.mark.parametrize(("key", "code"), [("KS", "KS"), ("sổ khai sinh", "KS"), ("Birth registers", "KS"), ("ZZ", "")])
def test_a_register_is_known_by_code_or_name(known, key, code):
    assert known.register(key, sql.keys([{"register": Column("register")}])) == code


def test_a_number_of_a_cell_leads_back_to_its_unit_and_register(known):
    for code, register in known.kept:
        number = known.unit_at[code] * places.WIDTH + known.register_at[register]
        assert known.cell(number) == (code, register)
