"""What an office's tables may hold: the text that somebody sees, and nothing that changes how it is seen."""

import unicodedata

import pytest

from hotich.errors import InputRefused
from hotich.language import LANGUAGES
from hotich.storage import csv_table


@pytest.mark.parametrize("code", [0x00, 0x07, 0x1B, 0x7F, 0x85, 0x9B, 0x200E, 0x2028, 0x202E, 0x2066, 0x2069, 0x61C])
def test_a_character_that_changes_what_is_seen_is_refused_with_its_line_and_code(tmp_path, code):
    (tmp_path / "areas.csv").write_text(f"code,name\n1,An\n2,B{chr(code)}ình\n", encoding="utf-8")
    with pytest.raises(InputRefused) as caught:
        csv_table.read(tmp_path / "areas.csv", ("code", "name"))
    for language in LANGUAGES:
        message = caught.value.message(language)
        assert f"U+{code:04X}" in message
        assert message.isprintable()
    assert "line 3" in caught.value.message("en")


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "table.header"),
        (b"code,name,code\n1,An,1\n", "table.header"),
        (b"code;name\n1;An\n", "table.header"),
        (b"code,name\n1,An\n2\n", "table.ragged"),
        (b"code,name\n1,An,\n", "table.ragged"),
        (b'code,name\n1,"An\n2,Binh\n', "table.quotes"),
        ("code,name\n1,Bình\n".encode("latin-1"), "table.encoding"),
        ("code,name\n1,Bình\n".encode("utf-16"), "table.encoding"),
        ("code,name\n1,Bì".encode()[:-1], "table.encoding"),
    ],
)
def test_what_is_not_the_expected_table_is_refused_with_its_file(tmp_path, content, key):
    (tmp_path / "areas.csv").write_bytes(content)
    with pytest.raises(InputRefused) as caught:
        csv_table.read(tmp_path / "areas.csv", ("code", "name"))
    assert caught.value.key == key
    assert all("areas.csv" in caught.value.message(language) for language in LANGUAGES)


def test_decomposed_letters_and_a_mark_of_utf_8_change_nothing(tmp_path):
    text = "code,name\n1,Xã Bản Công\n"
    for name, content in (("a", text), ("b", "\ufeff" + unicodedata.normalize("NFD", text))):
        (tmp_path / f"{name}.csv").write_text(content, encoding="utf-8")
    one, other = (csv_table.read(tmp_path / f"{name}.csv", ("code", "name")) for name in "ab")
    assert one == other


def test_letters_of_every_alphabet_emoji_and_line_ends_in_quotes_are_text(tmp_path):
    text = 'code,name\r\n1,"Xã 漢字 😀 Đắk\nLắk"\r\n'
    (tmp_path / "areas.csv").write_text(text, encoding="utf-8", newline="")
    assert csv_table.read(tmp_path / "areas.csv", ("code", "name"))[0]["name"] == "Xã 漢字 😀 Đắk\nLắk"
