"""What is answered: every figure with its outcome and why, contradictions first, for people and for machines."""

from pathlib import Path

import pytest

from hotich.errors import ExitCode, InputRefused
from hotich.language import LANGUAGES
from hotich.text import answer, sentences
from hotich.text.documents import open_file

ARTICLE = (Path(__file__).parent / "corpus" / "article.vi.txt").read_text(encoding="utf-8")


def answered(text):
    return answer.of(open_file.parsed("bài viết.txt", text.encode(), ".txt"))


def test_every_figure_has_an_outcome_and_a_reason_in_both_languages():
    given = answered(ARTICLE)
    assert [given.status(each) for each in given.figures].count("contradicts") == 3
    for language in LANGUAGES:
        assert all(given.why(each, language) for each in given.figures)


def test_a_contradiction_is_an_exit_code_and_a_clean_text_is_none():
    assert answered(ARTICLE).exit_code == ExitCode.CONTRADICTED
    assert answered("Đã số hóa 8 trên tổng số 10 thông tin, đạt 80%.").exit_code == ExitCode.DONE


def test_a_part_of_a_contradicted_list_says_so():
    given = answered(ARTICLE)
    (part,) = (each for each in given.figures if each.shown == "14")
    assert given.status(part) == "unchecked"
    assert given.why(part, "en") == answer.say("en", "text.why.part")


def test_the_swap_and_the_office_are_said_in_words():
    first, _, third = answered(ARTICLE).contradicted.values()
    assert answer.sentences_of(first, "vi") == (
        "Các phần 419.447 + 100.126 = 519.573, nhiều hơn 519.537 là 36. Rất có thể hai chữ số bị đảo: 37 thay cho 73."
    )
    assert answer.sentences_of(third, "en").endswith(
        "The list names 1 justice office besides; with that the number is right."
    )


def test_the_record_says_where_each_figure_stands_and_what_contradicts_it():
    given = answered(ARTICLE)
    record = given.record()
    assert record["verdict"] == "contradicts"
    assert [(each["kind"], each["slip"]) for each in record["contradictions"]] == [
        ("parts_more", "swapped"),
        ("parts", None),
        ("parts", "office"),
    ]
    for each in record["figures"]:
        assert given.document.blocks[each["block"]].text[each["start"] : each["end"]] == each["printed"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Mục tiêu là 95% vào cuối năm.", "plan"),
        ("Đạt từ 80 đến 90%.", "range"),
        ("Tăng 35.200 thông tin.", "change"),
        ("Mỗi ngày nhập 150 thông tin.", "period"),
        ("Có 12 cán bộ.", "alone"),
        ("Huyện | 12 xã | 45%", "table"),
    ],
)
def test_what_cannot_be_checked_says_why(text, why):
    given = answered(text)
    reasons = {given.why(each, "en") for each in given.figures}
    assert reasons == {answer.say("en", f"text.why.{why}")}


def test_a_text_without_figures_is_told_as_such():
    given = answered("Không có gì.")
    assert given.verdict("en") == "The text holds no figure."
    assert given.exit_code == ExitCode.DONE


def test_a_text_of_endless_figures_is_refused(monkeypatch):
    monkeypatch.setattr(sentences, "MOST_FIGURES", 3)
    with pytest.raises(InputRefused) as refused:
        answered("Có 5 xã, 6 xã, 7 xã, 8 xã.")
    assert refused.value.key == "text.many"
