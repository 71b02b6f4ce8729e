"""Published figures that cannot be right: what is told of each, with the picture its error needs."""

import re

import pytest

from hotich import checks, measures
from hotich.data import dataset
from hotich.language import LANGUAGES
from hotich.views import charts

HEAD = "as_of,area,scope,measure,value,source,note\n"
PARTS = ("population,required,1254", "civil_status,required,183", "population,digitised,776")


def printed(office, *lines):
    folder = office.at.data / "published"
    folder.mkdir(exist_ok=True)
    rows = (f"2024-10-22,{line},press," for line in lines)
    (folder / "2024-10.csv").write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    return measures.read(checks.require(dataset.read("2024-10", office.at)))


@pytest.fixture(scope="module")
def october():
    return measures.read(checks.require(dataset.read("2024-10")))


def words(m, language="vi"):
    html = charts.discrepancies(m.seen_in(language))._repr_html_()
    return re.sub(r"\s+", " ", re.sub(r"<(?:svg.*?</svg|details.*?</details|[^>]*)>", " ", html, flags=re.DOTALL))


def test_october_has_three_cases_each_with_its_picture_and_the_figure_used(october):
    for language in LANGUAGES:
        html = charts.discrepancies(october.seen_in(language))._repr_html_()
        assert html.count("<article>") == october.get("discrepancies").value == 3
        assert html.count("<svg") == 2
        assert html.count('class="use"') == 3
        assert html.count("<table>") == 3
    said = words(october, "en")
    for used in ("637,356", "519,573", "59 / 173"):
        assert f"This report uses {used} ." in said


def test_swapped_digits_are_named_with_the_multiple_of_nine(october):
    first, second, nines = (october.get(f"swapped_{name}_digitised").value for name in ("first", "second", "nines"))
    assert (first, second, nines) == (7, 3, 4)
    assert "likely: the digits 7 and 3 changed places" in words(october, "en").replace("  ", " ")


def test_a_sum_that_does_not_add_up_is_written_out_with_the_sum_of_its_parts(office):
    m = printed(office, "1,all,required,1500", "1,population,required,1254", "1,civil_status,required,183")
    assert (m.get("parts_required").value, m.get("parts_difference_required").value) == (1437, 63)
    assert "công bố thừa 63" in words(m).replace("  ", " ")


def test_two_digits_far_apart_are_not_called_swapped(office):
    m = printed(office, "1,all,required,7431", "1,population,required,1254", "1,civil_status,required,183")
    assert m.find("swapped_nines_required") is None


def test_a_list_of_another_length_is_told_without_an_office_to_explain_it(office):
    m = printed(office, "1,all,communes_completed,5", "11,all,communes_completed,1", "12,all,communes_completed,0")
    assert m.get("parts_difference_communes_completed").value == 4
    assert "công bố 5 , danh sách cộng lại 1" in words(m)


def test_a_percentage_that_its_own_counts_contradict_is_a_case(office):
    m = printed(office, "11,all,required,1000", "11,all,digitised,500", "11,all,percent,51")
    assert m.get("parts_percent", "11").value == 50
    assert "Huyện Một" in words(m)


def test_figures_that_agree_make_no_case(office):
    m = printed(office, "1,all,communes_total,3", "1,all,districts_total,2")
    assert m.get("discrepancies").value == 0
    assert charts.discrepancies(m).html == ""


def test_a_case_without_the_figure_that_is_used_cannot_be_built(october):
    from markupsafe import Markup

    from hotich.data import published
    from hotich.views.charts import discrepancy_frame

    each = published.read(october.checked.data.folders, october.month)[0]
    with pytest.raises(ValueError, match="used"):
        discrepancy_frame.article(
            october, each, headline=Markup("h"), picture=Markup("p"), text=Markup(""), used=Markup("")
        )
