import json

import pytest

from hotich.page import head

OPENING = (
    '<header><p class="top"><span><b>Sở Tư pháp &amp; Co</b> · Báo cáo</span></p><h1>A</h1>',
    '<p class="stand">Đã số hóa <data value="81.52" data-fact="15/all/percent">81,5%</data>.</p>',
    '<p>Đến <data value="2024-10-22" data-fact="15/all/as_of">22/10/2024</data></p></header>',
)


def test_the_description_is_the_finding_of_the_page_word_for_word():
    assert head.of("Báo cáo", "vi", OPENING, synthetic=False).description == "Đã số hóa 81,5%."


@pytest.mark.parametrize(("language", "mark"), [("vi", "SỐ LIỆU MINH HỌA. "), ("en", "ILLUSTRATIVE DATA. ")])
def test_the_description_of_made_up_figures_says_so_first(language, mark):
    assert head.of("Báo cáo", language, OPENING, synthetic=True, dataset=True).description.startswith(mark)


def test_a_page_without_a_finding_is_described_by_its_title():
    assert head.of("Thông báo", "vi", [], synthetic=False).description == "Thông báo"


def test_the_dataset_names_office_day_and_the_files_beside_it():
    record = json.loads(head.of("Báo cáo", "vi", OPENING, synthetic=False, dataset=True).dataset)
    assert (record["@type"], record["creator"]["name"]) == ("Dataset", "Sở Tư pháp & Co")
    assert record["temporalCoverage"] == "2024-10-22"
    assert [each["contentUrl"] for each in record["distribution"]] == ["data.csv", "measures.csv", "annex.xlsx"]


def test_no_name_ends_the_data_early():
    hostile = "</script><script>alert(1)</script>&"
    written = head.of(hostile, "vi", OPENING, synthetic=False, dataset=True).dataset
    assert not set(written) & set("<>&")
    assert json.loads(written)["name"] == hostile
