"""A corpus of our own texts, clean and with one slip each; and what a press article with real slips must give."""

import tomllib
from pathlib import Path

import pytest

from hotich.text import inside, sentences
from hotich.text.documents import open_file
from hotich.text.finding import AGREES, CONTRADICTS, REMARK

CORPUS = Path(__file__).parent / "corpus"
TEXTS = [
    pytest.param(each, id=f"{language}-{at}-{each['slip']}")
    for language in ("vi", "en")
    for at, each in enumerate(tomllib.loads((CORPUS / f"{language}.toml").read_text(encoding="utf-8"))["text"])
]
CLEAN = [
    line
    for language in ("vi", "en")
    for line in (CORPUS / f"clean.{language}.txt").read_text(encoding="utf-8").splitlines()
]


def found(text):
    document = open_file.parsed("text.txt", text.encode(), ".txt")
    return inside.check(sentences.read(document))


def contradictions(text):
    return [each for each in found(text) if each.verdict == CONTRADICTS]


@pytest.mark.parametrize("each", TEXTS)
def test_a_clean_text_is_not_contradicted_and_its_slip_is_found(each):
    assert each["right"] in each["text"]
    assert contradictions(each["text"]) == []
    slipped = contradictions(each["text"].replace(each["right"], each["wrong"]))
    assert [finding.kind for finding in slipped] == [each["found"]]


def test_the_corpus_has_a_dozen_kinds_of_slips_in_both_languages():
    kinds = {
        language: {each.values[0]["slip"] for each in TEXTS if each.id.startswith(language)}
        for language in ("vi", "en")
    }
    assert all(len(each) >= 12 for each in kinds.values())
    assert 2 * len(TEXTS) >= 60


def test_what_is_not_certain_is_no_contradiction():
    assert [line for line in CLEAN if contradictions(line)] == []


def test_sentences_that_follow_each_other_do_not_contradict_each_other():
    assert contradictions(" ".join(CLEAN)) == []


ARTICLE = (CORPUS / "article.vi.txt").read_text(encoding="utf-8")


def test_the_slips_of_the_october_article_are_found_and_nothing_else_is_called_one():
    every = found(ARTICLE)
    wrong = {each.figures[0].shown: each for each in every if each.verdict == CONTRADICTS}
    assert {shown: int(each.values["off"]) for shown, each in wrong.items()} == {"519.537": 36, "637.469": 113, "60": 1}
    assert wrong["519.537"].slip == "swapped"
    assert wrong["519.537"].values["right_digits"] == "73"
    assert wrong["60"].values["total"] == 59
    assert (wrong["60"].slip, wrong["60"].values["offices"]) == ("office", "1")


def test_the_percentages_of_the_october_article_and_its_complete_district_are_confirmed():
    agreed = {(each.kind, each.figures[0].shown) for each in found(ARTICLE) if each.verdict == AGREES}
    assert {("percent", "81,5%"), ("percent", "79,2%"), ("percent", "93%"), ("all", "12")} <= agreed


def test_a_number_that_is_right_besides_an_area_named_before_is_a_remark():
    (remark,) = (each for each in found(ARTICLE) if each.verdict == REMARK)
    assert (remark.kind, remark.values["name"], remark.values["more"]) == ("besides", "Trạm Tấu", 4)


def test_a_percentage_whose_decimals_were_cut_is_a_remark():
    (remark,) = found("Đã số hóa 8.157 trên tổng số 10.001 thông tin, đạt 81,5%.")
    assert (remark.verdict, remark.kind) == (REMARK, "percent")


def test_a_rounded_figure_agrees_with_the_exact_one():
    text = "Đã số hóa hơn 519 nghìn thông tin. Cụ thể, đã số hóa 519.573 thông tin."
    assert [(each.kind, each.figures[0].shown) for each in found(text)] == [("rounds", "519 nghìn")]
