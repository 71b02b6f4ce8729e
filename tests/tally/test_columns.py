"""Which headings are understood, that no column of persons' names ever is, and what a message may show of a cell."""

from datetime import date

import pytest
from record_lists import HEADS

from hotich.intake import lists
from hotich.intake.fold_text import fold
from hotich.intake.lists import RECORD_COLUMNS
from hotich.intake.problems import Place
from hotich.intake.tables.match_names import Names
from hotich.language import LANGUAGES
from hotich.storage.paths import PROJECT
from hotich.tally import columns
from hotich.tally.columns import Headings

NEEDED = [
    ("area_code", "VARCHAR"),
    ("register", "VARCHAR"),
    ("year", "INTEGER"),
    ("number", "INTEGER"),
    ("scan", "BOOLEAN"),
]
OF_PERSONS = [
    "Họ và tên",
    "HỌ TÊN",
    "Họ, chữ đệm, tên",
    "ho_ten (Họ tên)",
    "Họ tên cha",
    "Người khai",
    "Tên con",
    "Vợ",
    "Chồng",
    "Mẹ",
    "full_name",
    "Name",
    "first name",
    "surname",
    "child",
    "MotherName",
    "Số CCCD",
    "Số định danh",
    "Dân tộc",
]


def headings(data=PROJECT / "data"):
    return Headings(Names(lists.read(data, date(2024, 11, 22))))


def chosen(described, path=(), data=PROJECT / "data"):
    found, problems = headings(data).chosen(described, dict(path), Place("a.csv"))
    return {role: column.heading for role, column in found.items()}, problems


def test_every_role_has_spellings_and_each_spelling_means_that_role():
    for role in RECORD_COLUMNS:
        assert [headings().role(spelling) for spelling in columns._shipped()[role]] == [role] * len(
            columns._shipped()[role]
        )


@pytest.mark.parametrize("heading", OF_PERSONS)
def test_a_heading_of_persons_has_no_role(heading):
    assert headings().role(heading) == ""


@pytest.mark.parametrize("heading", ["Họ và tên", "Tên con", "full name"])
def test_no_alias_makes_names_of_persons_readable(office, heading):
    (office.at.data / "aliases.csv").write_text(f"kind,code,alias\nrecord,book,{heading}\nrecord,number,Số vào sổ\n")
    assert headings(office.at.data).role(heading) == ""
    assert headings(office.at.data).role("số vào sổ:") == "number"


def test_only_what_is_needed_is_chosen_of_a_real_list():
    found, problems = chosen([(head, "VARCHAR") for head in HEADS.values()])
    assert not problems
    assert "Họ và tên" not in found.values()
    assert set(found) == {
        "area_code",
        "register",
        "year",
        "book",
        "number",
        "digitised",
        "scan",
        "registered_on",
        "digitised_on",
    }


@pytest.mark.parametrize("column", range(len(NEEDED)))
def test_a_needed_column_that_is_missing_is_named_with_what_is_allowed(column):
    _, (problem,) = chosen(NEEDED[:column] + NEEDED[column + 1 :])
    assert problem.key == "record.column_missing"
    for language in LANGUAGES:
        assert "aliases.csv" in problem.message(language)


def test_the_nearest_heading_is_shown_and_none_that_may_be_a_name():
    described = [*NEEDED[:3], ("Số đăng kí", "VARCHAR"), ("Nguyễn Văn Số", "VARCHAR"), ("Họ tên", "VARCHAR"), NEEDED[4]]
    _, (problem,) = chosen(described)
    assert problem.found == "Số đăng kí"
    assert "Tiêu đề gần giống nhất trong tệp: Số đăng kí." in problem.message("vi")


def test_a_missing_column_is_named_in_words_and_without_a_heading_that_is_like_nothing():
    _, (problem,) = chosen([*NEEDED[:2], *NEEDED[3:]])
    assert "cần thiết (năm). Các" in problem.message("vi")
    assert "(year). Allowed" in problem.message("en")
    assert "code=year" in problem.message("vi")


def test_two_columns_of_one_meaning_are_refused():
    _, (problem,) = chosen([*NEEDED, ("Số đăng ký", "VARCHAR")])
    assert problem.key == "record.column_twice"


def test_a_code_is_read_and_not_the_name_beside_it():
    found, _ = chosen([*NEEDED, ("Xã", "VARCHAR"), ("Mã sổ", "VARCHAR")])
    assert (found["area_code"], "area" in found) == ("area_code", False)
    assert (found["register_code"], "register" in found) == ("Mã sổ", False)


def test_what_a_folder_states_is_a_column_too():
    found, problems = chosen([NEEDED[0], *NEEDED[2:]], {"register": "KS", "batch": "7"}.items())
    assert (found["register"], problems) == ("register", [])


@pytest.mark.parametrize("text", ["999", "00123", "12/1998", "Q-1", "31/02/2024", "ZZ", "CDGH2"])
def test_digits_and_codes_are_shown(text):
    assert columns.shown(text) == text


@pytest.mark.parametrize("text", ["Nguyễn Văn An", "An", "nguyen van an", "Lê", "N. V. An 1998", "VAN AN"])
def test_what_may_be_a_name_is_told_by_its_length_alone(text):
    assert columns.shown(text) == f"… ({len(text)})"


def test_what_is_like_something_known_is_shown():
    assert columns.shown("Xã Bản Côngg", [fold("Xã Bản Công")]) == "Xã Bản Côngg"
