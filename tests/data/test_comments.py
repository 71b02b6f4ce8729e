"""Comments: four short signed texts, or a refusal that names file and heading."""

import unicodedata

import pytest

from hotich.data import comments
from hotich.errors import InputRefused
from hotich.language import LANGUAGES, say
from hotich.month import Month
from hotich.storage.paths import PROJECT, Folders

DATA = PROJECT / "data"
OCTOBER = Month(2024, 10)


@pytest.fixture
def places(tmp_path):
    (tmp_path / "comments").mkdir()
    return Folders(tmp_path, tmp_path / "reports")


def read(places, text, language="en"):
    places.comment(OCTOBER, language).write_text(text, encoding="utf-8")
    return comments.read(places, OCTOBER, language)


def refused(places, text):
    with pytest.raises(InputRefused) as refusal:
        read(places, text)
    assert refusal.value.values["file"] == "2024-10.en.md"
    assert all("2024-10.en.md" in refusal.value.message(language) for language in LANGUAGES)
    return refusal.value


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_has_all_four_parts_in_the_order_of_a_report(language):
    comment = comments.read(Folders(DATA, DATA), OCTOBER, language)
    assert [heading for heading, _ in comment.parts] == [say(language, f"data.comment.{p}") for p in comments.PARTS]
    assert all(0 < len(text.split()) <= comments.MOST_WORDS for _, text in comment.parts)
    assert comment.signature.startswith("— ")


def test_a_month_without_comment_has_none(places):
    assert comments.read(places, OCTOBER, "vi") is None


def test_lines_of_a_part_become_one_text(places):
    comment = read(places, "## Assessment\n\nOne\ntwo.\n\nThree.\n\n— A, 1 October 2024\n")
    assert comment.parts == (("Assessment", "One two. Three."),)
    assert comment.signature == "— A, 1 October 2024"


def test_text_is_kept_as_text_whatever_it_holds(places):
    comment = read(places, "## Assessment\n<script>x</script> **b**\n— A\n")
    assert comment.parts[0][1] == "<script>x</script> **b**"


def test_decomposed_letters_are_composed(places):
    comment = read(places, unicodedata.normalize("NFD", "## Đánh giá\nTốt.\n— Người lập\n"), "vi")
    assert comment.parts == (("Đánh giá", "Tốt."),)


def test_a_text_of_76_words_is_refused_and_one_of_75_is_not(places):
    assert read(places, f"## Tasks for next month\n{'word ' * 75}\n— A\n")
    refusal = refused(places, f"## Tasks for next month\n{'word ' * 76}\n— A\n")
    assert (refusal.key, refusal.values["heading"], refusal.values["words"]) == (
        "comments.long",
        "Tasks for next month",
        76,
    )


@pytest.mark.parametrize(
    ("text", "key", "named"),
    [
        ("## Opinion\nx\n— A\n", "comments.heading", "Opinion"),
        ("## Assessment\nx\n## Assessment\ny\n— A\n", "comments.twice", "Assessment"),
        ("Hello\n## Assessment\nx\n— A\n", "comments.outside", "Hello"),
        ("## Assessment\nx\n— A\nP.S.\n", "comments.after_signature", "P.S."),
    ],
)
def test_what_does_not_fit_is_named(places, text, key, named):
    refusal = refused(places, text)
    assert refusal.key == key
    assert refusal.values["found"] == named


def test_a_comment_that_nobody_signed_is_refused(places):
    assert refused(places, "## Assessment\nx\n").key == "comments.unsigned"


def test_another_encoding_is_refused(places):
    places.comment(OCTOBER, "en").write_bytes("## Assessment\nTrạm Tấu\n".encode("utf-16"))
    with pytest.raises(InputRefused) as refusal:
        comments.read(places, OCTOBER, "en")
    assert refusal.value.key == "comments.encoding"
