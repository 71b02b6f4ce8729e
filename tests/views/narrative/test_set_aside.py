"""A report that leaves a province with critical counts out does not say that all counts passed."""

import countries
import pytest

from hotich import checks, measures
from hotich.data import dataset
from hotich.views import narrative
from hotich.views.leader import content


def quality(office, area, language):
    return str(narrative.quality(measures.read(checks.run(dataset.read("2024-10", office.at)), area, language)).html)


@pytest.mark.parametrize("area", ["VN", "17"])
@pytest.mark.parametrize(
    ("language", "all_passed", "but"),
    [("vi", "không có lỗi nghiêm trọng", "trừ phần có lỗi nghiêm trọng"), ("en", "none that is critical", "set aside")],
)
def test_where_a_province_is_set_aside_no_page_says_that_nothing_critical_failed(
    tmp_path, area, language, all_passed, but
):
    country = countries.country(tmp_path / "data")
    assert all_passed in quality(country, area, language)
    country.write("2024-10", countries.cells(10) | {("1511", "KS"): ("300", "301", "")})
    said = quality(country, area, language)
    assert all_passed not in said
    assert but in said


@pytest.mark.parametrize(("language", "said"), [("vi", "Không tính "), ("en", "Set aside: ")])
def test_the_papers_for_leaders_name_the_province_that_is_missing(tmp_path, language, said):
    country = countries.country(tmp_path / "data")
    country.write("2024-10", countries.cells(10) | {("1511", "KS"): ("300", "301", "")})
    m = measures.read(checks.run(dataset.read("2024-10", country.at)), "VN", language)
    first = content.parts(m)[0].texts[0]
    assert first.startswith(said)
    assert m.area("15").name(language) in first
    of_another = measures.read(m.checked, "17", language)
    assert not content.parts(of_another)[0].texts[0].startswith(said)
