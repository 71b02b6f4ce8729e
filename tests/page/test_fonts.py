"""The fonts of pages and charts are the ones documented and hold every letter that a report can need."""

import hashlib
import re
import unicodedata
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

import hotich.page
from hotich.data import dataset
from hotich.errors import InputRefused
from hotich.language import LANGUAGES
from hotich.page import letters
from hotich.storage.paths import PROJECT

FONTS = Path(hotich.page.__file__).parent / "fonts"
DOCUMENTED = PROJECT / "docs" / "fonts.md"
DRAWN = ("SourceSans3-Regular.ttf", "SourceSans3-SemiBold.ttf")
EMBEDDED = ("sans-Regular.woff2", "sans-SemiBold.woff2", "serif-SemiBold.woff2")
OF_PAPERS = ("tinos-Regular.woff2", "tinos-Bold.woff2", "tinos-Italic.woff2")
LICENCES = ("OFL-SourceSans3.txt", "OFL-SourceSerif4.txt", "OFL-Tinos.txt")

VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
VIETNAMESE = {unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES} | {"đ"}
SIGNS = set("0123456789%−–—“”‘’…·×≥≤→▲▼½")


def faces(name):
    return TTFont(FONTS / name, lazy=True)


@pytest.mark.parametrize("name", DRAWN)
def test_every_vietnamese_letter_and_sign_can_be_drawn(name):
    wanted = VIETNAMESE | {letter.upper() for letter in VIETNAMESE} | SIGNS
    known = faces(name).getBestCmap()
    assert len(wanted) == 2 * (12 * 6 + 1) + len(SIGNS)
    assert {letter for letter in wanted if ord(letter) not in known} == set()


@pytest.mark.parametrize("name", DRAWN)
def test_every_letter_that_a_name_may_have_can_be_drawn(name):
    known = faces(name).getBestCmap()
    unseen = {"\n", "\t"}
    assert {letter for letter in letters.LETTERS - unseen if ord(letter) not in known} == set()
    assert VIETNAMESE <= letters.LETTERS


@pytest.mark.parametrize("strange", ["漢", "😀", "Ж", "①"])
def test_a_name_that_no_font_of_ours_can_show_is_refused_with_its_place(office, strange):
    path = office.at.data / "areas.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("Huyện Hai,", f"Huyện {strange}2,"), encoding="utf-8")
    with pytest.raises(InputRefused) as caught:
        letters.require(dataset.read("2024-10", office.at))
    for language in LANGUAGES:
        said = caught.value.message(language)
        assert "areas.csv, 12: “Huyện " in said
        assert f"U+{ord(strange):04X}" in said


def test_what_offices_write_otherwise_is_looked_at_as_their_names_are(office):
    data = office.at.data
    letters.require(dataset.read("2024-10", office.at))
    (data / "registers.csv").write_text((data / "registers.csv").read_text().replace("Birth registers", "Birth ✓"))
    with pytest.raises(InputRefused, match=r"registers\.csv, KS: “Birth ✓”"):
        letters.require(dataset.read("2024-10", office.at))


@pytest.mark.parametrize("name", DRAWN)
def test_digits_and_the_minus_sign_stand_in_columns(name):
    font = faces(name)
    known, widths = font.getBestCmap(), font["hmtx"]
    assert len({widths[known[ord(sign)]][0] for sign in "0123456789−"}) == 1


def test_charts_find_both_weights_under_one_name():
    assert [faces(name)["OS/2"].usWeightClass for name in DRAWN] == [400, 600]
    assert {faces(name)["name"].getBestFamilyName() for name in DRAWN} == {"Source Sans 3"}


@pytest.mark.parametrize("name", [*EMBEDDED, *OF_PAPERS])
def test_an_embedded_font_is_small_enough_for_every_page(name):
    content = (FONTS / name).read_bytes()
    assert content.startswith(b"wOF2")
    assert len(content) <= 30_000


@pytest.mark.parametrize("name", [*DRAWN, *EMBEDDED, *OF_PAPERS])
def test_each_font_is_the_one_that_is_documented(name):
    listed = dict(
        re.findall(r"^\| `([0-9a-f]{64})` \| `([^`]+)`", DOCUMENTED.read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert listed[hashlib.sha256((FONTS / name).read_bytes()).hexdigest()] == name


def test_every_font_file_has_its_licence_beside_it():
    assert {file.name for file in FONTS.iterdir()} == {*DRAWN, *EMBEDDED, *OF_PAPERS, *LICENCES}
    assert all("SIL OPEN FONT LICENSE" in file.read_text(encoding="utf-8") for file in FONTS.glob("OFL-*.txt"))
