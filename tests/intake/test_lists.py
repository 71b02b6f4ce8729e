"""The names that files may use: an alias means one thing, and an empty one means nothing."""

from datetime import date

import pytest

from hotich.errors import InputRefused
from hotich.intake import lists
from hotich.intake.files import encodings
from hotich.language import LANGUAGES

OCTOBER = date(2024, 10, 22)


def read(office, *lines):
    text = "\n".join(("kind,code,alias", *lines)) + "\n"
    (office.at.data / "aliases.csv").write_text(text, encoding="utf-8")
    return lists.read(office.at.data, OCTOBER)


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("register,XN,", "intake.alias_empty"),
        ("register,XN, \u00a0 ", "intake.alias_empty"),
        ("register,XN,sổ  SINH", "intake.alias_twice"),
        ("column,digitised,Phải làm", None),
        ("areas,111,An", "intake.alias_kind"),
        ("area,999,An", "intake.alias_code"),
        ("column,done,Xong", "intake.alias_code"),
    ],
)
def test_an_alias_that_cannot_be_used_is_refused_with_its_line(office, line, key):
    known = ("register,KS,Sổ sinh", "area,111,An", "area,112,An")
    if key is None:
        assert len(read(office, *known, line).aliases) == 4
        return
    with pytest.raises(InputRefused) as caught:
        read(office, *known, line)
    assert (caught.value.key, caught.value.values["line"]) == (key, 5)
    assert all(caught.value.message(language).startswith("aliases.csv") for language in LANGUAGES)


def test_a_text_that_no_table_of_letters_changes_is_in_none_of_them():
    assert encodings.legacy(["Sở Tư pháp tỉnh Lâm Sơn"], lambda text: text == "") == ("", "")


def test_a_root_that_no_report_can_be_about_is_refused_before_any_file_is_read(office):
    path = office.at.data / "office.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('root = "1"', 'root = "111"'), encoding="utf-8")
    with pytest.raises(InputRefused, match=r"office\.toml"):
        read(office)
