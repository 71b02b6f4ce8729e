"""Nothing that comes from outside moves the cursor, turns the order of a line, or begins a line of its own."""

import unicodedata
from pathlib import Path

import pytest

from hotich.errors import InputRefused
from hotich.language import LANGUAGES, say, unseen

HOSTILE = "a\x1b[31m\r\nPASS: 3 releases are whole\x9b2J\u202etxt.exe\u2066\udcff\U000e0041"


def harmless(text):
    """Whether a terminal or a browser shows the text as it is written, in one line."""
    return not [c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")]


@pytest.mark.parametrize("value", [HOSTILE, Path(HOSTILE), ValueError(HOSTILE)], ids=["text", "path", "error"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_put_into_a_text_is_one_line_that_hides_nothing(language, value):
    said = say(language, "errors.places.no_folder", value=value)
    assert harmless(said)
    assert all(shown in said for shown in ("[U+001B][31m PASS", "[U+009B]2J", "[U+202E]txt", "[U+2066][U+DCFF]"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_has_a_line_for_each_of_its_texts_and_no_other(language):
    listed = unseen.listing(["one", HOSTILE])
    message = InputRefused("release.not_right", count=2, listed=listed).message(language)
    lines = message.splitlines()
    assert [line.strip()[:3] for line in lines[-2:]] == ["one", "a[U"]
    assert all(map(harmless, lines))
    assert not [line for line in lines if line.startswith("PASS")]


def test_every_control_and_every_mark_that_turns_the_order_is_written_out():
    bidi = {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}
    for code in range(0x110000):
        character = chr(code)
        turns = unicodedata.bidirectional(character) in bidi or code in (0x61C, 0x200E, 0x200F)
        control = unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") and character not in "\t\n"
        if turns or control:
            assert unseen.visible(f"x{character}y") == f"x[U+{code:04X}]y"


@pytest.mark.parametrize("text", ["Xã Đắk Lắk", "a\tb\nc\r\nd", "漢字 😀 é", ""])
def test_every_other_text_stays_as_it_is(text):
    assert unseen.visible(text) == text
