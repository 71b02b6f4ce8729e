"""Settings are read by their names and kinds; whatever else a file holds is refused with what is allowed."""

import pytest

from hotich.errors import InputRefused
from hotich.language import LANGUAGES
from hotich.storage import toml_table


def settings(tmp_path, text):
    (tmp_path / "office.toml").write_bytes(text if isinstance(text, bytes) else text.encode())
    return toml_table.read(tmp_path / "office.toml")


def refused(read):
    with pytest.raises(InputRefused) as caught:
        read()
    messages = [caught.value.message(language) for language in LANGUAGES]
    assert all("office.toml" in message for message in messages)
    assert all(message.isprintable() for message in messages)
    return caught.value.message("en")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a = 1\nb = ", 2),
        ("a = 1\nb = 'x", 2),
        ("a = 1\na = 2\n", 2),
        ("a = tờ trình\n", 1),
        ("a = 1\nb = 2024-13-45\n", 2),
        ("a = 1\nb = “x”\n", 2),
        ("x = 1\na = " + "9" * 5000 + "\n", 2),
        ("x = 1\na = " + "[" * 5000 + "\n", 2),
        (b"a = 1\nb = '\xe1\xb0'\n", 2),
        ("a = 1\nb = 'x\u202ey'\n", 2),
    ],
)
def test_what_is_no_toml_is_refused_with_its_line(tmp_path, text, line):
    assert f"line {line}" in refused(lambda: settings(tmp_path, text))


def test_a_mark_at_the_beginning_and_the_line_ends_of_windows_change_nothing(tmp_path):
    assert settings(tmp_path, b"\xef\xbb\xbfa = 'x'\r\nb = 2\r\n").settings == {"a": "x", "b": 2}


def test_a_folder_or_a_pipe_in_the_place_of_the_file_is_not_waited_for(tmp_path):
    (tmp_path / "office.toml").mkdir()
    assert "not a regular file" in refused(lambda: toml_table.read(tmp_path / "office.toml"))


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("60.5", "60.5"),
        ("true", "true"),
        ('"60"', '"60"'),
        ("-1", "-1"),
        ("1000", "1000"),
        ("0x" + "F" * 5000, "0xfff"),
        ("2024-12-31", "2024-12-31"),
        ("[60]", "[…]"),
        ("{ a = 1 }", "[…]"),
        ('"a\\u001bb"', '"a�b"'),
        ("nan", "nan"),
    ],
)
def test_a_value_of_another_kind_is_shown_with_what_is_allowed(tmp_path, value, shown):
    message = refused(lambda: settings(tmp_path, f"threshold = {value}").whole("threshold", 1, 99))
    assert f"threshold is {shown}" in message
    assert "from 1 to 99" in message


def test_a_date_with_a_time_is_no_day_and_a_text_is_none_either(tmp_path):
    for value in ("2024-12-31T00:00:00", '"30/06/2025"', "12:30:00", "20241231"):
        assert "written 2024-12-31" in refused(lambda value=value: settings(tmp_path, f"day = {value}").day("day"))


def test_a_setting_that_is_missing_is_said_to_be(tmp_path):
    assert "root is missing" in refused(lambda: settings(tmp_path, "a = 1").text("root"))
    assert settings(tmp_path, "a = 1").text("root", optional=True) == ""


def test_a_text_is_kept_in_one_form_and_holds_nothing_that_nobody_sees(tmp_path):
    assert settings(tmp_path, 'a = " tho\u0302ng ba\u0301o "').text("a", choices=("thông báo",)) == "thông báo"
    assert "U+202E" in refused(lambda: settings(tmp_path, 'a = "x\\u202Ey"').text("a"))


def test_a_misspelt_name_is_told_with_the_nearest_one(tmp_path):
    message = refused(lambda: settings(tmp_path, "treshold = 90").require_known(("root", "threshold")))
    assert "treshold" in message
    assert "nearest one is threshold" in message


def test_a_setting_below_the_line_of_a_table_is_said_to_belong_higher(tmp_path):
    found = settings(tmp_path, "[letterhead]\nbody = 'x'\nroot = '1'\n").table("letterhead")
    assert "move it up" in refused(lambda: found.require_known(("body",), above=("root",)))
