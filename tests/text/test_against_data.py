"""Figures of a text against a month's facts: equal, rounded, different with the likely slip, or not to be told."""

import pytest

from hotich.language import say
from hotich.storage.paths import PROJECT, Folders
from hotich.text import against_data, sentences
from hotich.text.documents import open_file


@pytest.fixture(scope="module")
def october_facts(tmp_path_factory):
    return against_data.known("2024-10", Folders(PROJECT / "data", tmp_path_factory.mktemp("reports")))


def told(text, month):
    document = open_file.parsed("a.txt", text.encode(), ".txt")
    about = against_data.subjects(sentences.read(document), month)
    found, why = against_data.check(about, month)
    outcomes = {each.figures[0].shown: (each.verdict, each.slip) for each in found}
    return outcomes | {figure.shown: reason for figure, reason in why.items()}


def fact(month, key):
    return month.facts[key].number


def test_a_figure_that_equals_its_fact_agrees_in_either_language(october_facts):
    for text in (
        "Tỉnh Yên Bái đã số hóa 519.573 thông tin trên tổng số 637.356 thông tin.",
        "Yên Bái Province has digitised 519,573 entries out of a total of 637,356 entries.",
        "Yen Bai province has digitized 519,573 information out of a total of 637,356 information.",
        "TỈNH YÊN BÁI đã số hoá 519.573 thông tin/637.356 thông tin.",
    ):
        assert set(told(text, october_facts).values()) == {("agrees", "")}, text


def test_a_rounded_figure_agrees_with_its_fact(october_facts):
    text = "Tỉnh Yên Bái đã số hóa hơn 519 nghìn thông tin, tỷ lệ số hóa đạt 81,5%."
    assert told(text, october_facts) == {"519 nghìn": ("agrees", ""), "81,5%": ("agrees", "")}


def test_a_group_is_held_against_its_own_figures(october_facts):
    text = "Tỉnh Yên Bái: nhóm 4 loại sổ đã số hóa 419.447 thông tin; nhóm 6 loại sổ đã số hóa 100.126 thông tin."
    found = told(text, october_facts)
    assert found["419.447"] == ("agrees", "")


@pytest.mark.parametrize(
    ("printed", "slip"),
    [("519.537", "swapped"), ("51.573", "lost"), ("519.673", "digit"), ("5.195.730", "factor"), ("419.447", "scope")],
)
def test_a_different_figure_is_contradicted_with_the_likely_slip(october_facts, printed, slip):
    found = told(f"Tỉnh Yên Bái đã số hóa {printed} thông tin.", october_facts)
    assert found[printed] == ("contradicts", slip)


def test_last_months_figure_and_that_of_another_area_are_named(october_facts):
    september = fact(october_facts, "15/all/digitised@2024-09")
    elsewhere = fact(october_facts, "136/all/digitised")
    text = f"Tỉnh Yên Bái đã số hóa {september} thông tin. Huyện Lục Yên đã số hóa {elsewhere} thông tin."
    found = told(text, october_facts)
    assert found[str(september)] == ("contradicts", "month")
    assert found[str(elsewhere)] == ("contradicts", "area")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Đã số hóa 500.000 thông tin.", "no_area"),
        ("Tỉnh Lào Cai đã số hóa 500.000 thông tin.", "foreign"),
        ("Lào Cai đã số hóa 500.000 thông tin.", "foreign"),
        ("Phòng Tư pháp huyện Trạm Tấu đã số hóa 500.000 thông tin.", "foreign"),
        ("Tính đến ngày 15/11/2024, tỉnh Yên Bái đã số hóa 500.000 thông tin.", "other_day"),
        ("Năm nay tỉnh Yên Bái có 500.000 lượt khách.", "no_measure"),
        ("Tỉnh Yên Bái đã giải quyết 500.000 hồ sơ trên tổng số 500.000 hồ sơ.", "no_measure"),
        ("Xã Lạ, huyện Trạm Tấu đã số hóa 500.000 thông tin.", "foreign"),
        ("Huyện Trạm Tấu và huyện Văn Yên đã số hóa 500.000 thông tin.", "unsure"),
        ("Tỉnh Yên Bái làm việc này tốt. Đã số hóa 500.000 thông tin.", "unsure"),
    ],
)
def test_what_is_not_certain_to_be_a_figure_of_the_month_is_not_contradicted(october_facts, text, why):
    assert told(text, october_facts) == {"500.000": why}


def test_of_a_commune_and_its_district_the_commune_is_meant(october_facts):
    (commune,) = (each for each in october_facts.data.areas.by_code.values() if each.name_vi == "Xã Bản Công")
    printed = fact(october_facts, f"{commune.code}/all/digitised")
    for text in ("Xã Bản Công, huyện Trạm Tấu,", "Xã Bản Công (huyện Trạm Tấu)", "Xã Bản Công của huyện Trạm Tấu"):
        assert told(f"{text} đã số hóa {printed} thông tin.", october_facts) == {str(printed): ("agrees", "")}


def test_completed_communes_are_counted_by_area(october_facts):
    text = "Trong tỉnh Yên Bái, huyện Trạm Tấu có 12/12 xã hoàn thành số hóa; TP Yên Bái có 3 phường hoàn thành."
    assert told(text, october_facts) == {"12": ("agrees", ""), "3": ("contradicts", "")}


def test_a_figure_is_of_the_day_that_its_sentence_names_before_it(october_facts):
    september = fact(october_facts, "140/all/digitised@2024-09")
    text = f"Huyện Văn Chấn đến 30/9 đã số hóa {september} thông tin, đến 22/10 đã số hóa 1 thông tin."
    assert told(text, october_facts)[str(september)] == "other_day"


def test_communes_that_are_not_done_are_not_held_against_those_that_are(october_facts):
    text = "Tỉnh Yên Bái có 59/173 xã hoàn thành số hóa, còn 114 xã chưa hoàn thành."
    assert told(text, october_facts)["114"] == "no_measure"


LEVELS = [f"level_{each}" for each in ("up", "down", "same", "first", "small")]


def level(key, digitised, percent):
    words = {"as_of": "22/10/2024", "place": "tỉnh Yên Bái", "digitised": digitised, "required": "637.356"}
    more = {"percent": percent, "size": "5,2", "previous": "tháng 9/2024"}
    return say("vi", f"report.points.{key}", **words, **more)


@pytest.mark.parametrize("key", LEVELS)
def test_the_reports_own_vietnamese_is_read_as_part_of_a_whole(october_facts, key):
    right = told(level(key, "519.573", "81,5%"), october_facts)
    assert right["519.573"] == right["637.356"] == ("agrees", "")
    wrong = told(level(key, "519.537", "81,6%"), october_facts)
    assert wrong["519.537"] == ("contradicts", "swapped")
    assert wrong.get("81,6%", ("contradicts",))[0] == "contradicts"


@pytest.mark.parametrize(
    "text", ["Tỉnh Yên Bái số hóa đạt trên 80%.", "Tỉnh Yên Bái số hóa đạt trên 637.000 thông tin."]
)
def test_above_a_number_without_a_count_before_it_is_a_bound(text):
    (sentence,) = sentences.read(open_file.parsed("a.txt", text.encode(), ".txt"))
    assert [each.bound for each in sentence.figures] == ["over"]


@pytest.mark.parametrize(
    "text",
    [
        "By 22 October 2024 Yên Bái Province had digitised 81.5%, up 5.2 percentage points on September 2024. "
        "60 of 173 communes are complete.",
        "Yên Bái Province has digitised more than on 30 September 2024, with 60 of 173 communes complete.",
        "Yên Bái Province, little changed since the end of September 2024, digitised. 60/173 communes are complete.",
        "Tỉnh Yên Bái có 60/173 xã hoàn thành số hóa, thêm 11 so với tháng 9/2024.",
        "So với ngày 30/9/2024, tỉnh Yên Bái tăng khá; đã có 60/173 xã hoàn thành số hóa.",
    ],
)
def test_the_base_of_a_change_is_not_the_day_of_the_levels_around_it(october_facts, text):
    found = told(text, october_facts)
    assert (found["60"], found["173"]) == (("contradicts", ""), ("agrees", ""))


@pytest.mark.parametrize(
    "text",
    [
        "On 30 September 2024 Yên Bái Province had digitised 500,000 entries.",
        "Yên Bái Province has digitised more than in September 2024 with its 500,000 entries.",
        "Tỉnh Yên Bái số hóa nhiều hơn so với tháng 9/2024 là 500,000 thông tin.",
    ],
)
def test_a_figure_of_the_day_itself_is_of_that_day(october_facts, text):
    assert told(text, october_facts).get("500,000", "other_day") == "other_day"
