"""What an office's tables may hold: the text that somebody sees, and nothing that changes how it is seen."""

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


def test_letters_of_every_alphabet_emoji_and_line_ends_in_quotes_are_text(tmp_path):
    text = 'code,name\r\n1,"Xã 漢字 😀 Đắk\nLắk"\r\n'
    (tmp_path / "areas.csv").write_text(text, encoding="utf-8", newline="")
    assert csv_table.read(tmp_path / "areas.csv", ("code", "name"))[0]["name"] == "Xã 漢字 😀 Đắk\nLắk"
