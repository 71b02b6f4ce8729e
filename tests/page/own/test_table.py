"""A DataFrame becomes a table of the page: headings, bound figures, nothing hidden."""

import re

import pandas as pd
import pytest

from hotich.errors import Contradicted
from hotich.page.own import table

FRAME = pd.DataFrame({"left": [15_357, 117_783]}, index=["Trấn Yên", "Toàn tỉnh"])


def made(text, frame, cells=(), caption="Theo huyện", **given):
    html = frame if isinstance(frame, str) else frame._repr_html_()
    return table.table(html, cells, text, caption, **given)


def refused(text, frame, **given):
    with pytest.raises(Contradicted) as caught:
        made(text, frame, **given)
    assert text.cell in caught.value.message("vi")
    return caught.value


def words(html):
    return [re.sub(r"<[^>]*>", "", part) for part in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", html)]


def test_rows_and_columns_have_headings_and_figures_their_facts(shown):
    html = made(shown, FRAME)
    assert words(html) == ["–", "Còn lại", "Trấn Yên", "15.357", "Toàn tỉnh", "117.783"]
    assert '<th scope="row" class="l">Trấn Yên</th>' in html
    assert '<data value="117783" data-fact="15/all/left">117.783</data>' in html
    assert "<caption>Theo huyện</caption>" in html


def test_of_two_equal_facts_a_cell_is_the_one_that_its_kernel_named(shown):
    for key in ("138/all/left", "140/all/digitised"):
        assert f'data-fact="{key}">15.357' in made(shown, FRAME, [[key], [""]])


def test_a_fact_that_a_cell_is_said_to_be_must_equal_it(shown):
    assert 'data-fact="15/all/left">117.783' in made(shown, FRAME, [["nix"], ["138/all/left"]])


def test_missing_values_are_dashes(shown):
    assert words(made(shown, pd.DataFrame({"left": [None, 117_783.0]}, index=["a", "b"])))[3] == "–"


def test_codes_of_areas_are_labels_in_the_index_and_in_their_column(shown):
    coded = pd.DataFrame(
        {"left": [15_357]}, index=pd.MultiIndex.from_tuples([("138", "Trấn Yên")], names=["area", "name"])
    )
    assert words(made(shown, coded)) == ["Mã", "Địa bàn", "Còn lại", "138", "Trấn Yên", "15.357"]
    assert words(made(shown, coded.reset_index(), numbered=True)) == words(made(shown, coded))
    assert refused(shown, pd.DataFrame({"left": ["138"]}, index=["a"])).key == "own.unbound"


def test_names_of_facts_are_no_figures(shown):
    assert "138/all/left" in words(made(shown, pd.DataFrame({"fact": ["138/all/left"]}, index=["a"])))


def test_columns_in_levels_have_all_their_labels(shown):
    frame = pd.DataFrame({("left", "KS"): [67_858], ("left", "KT"): [15_357]}, index=["a"])
    assert words(made(shown, frame))[:3] == ["–", "Còn lại · KS", "Còn lại · KT"]


def test_an_index_of_levels_is_written_in_every_row(shown):
    index = pd.MultiIndex.from_product([["Bắc"], ["a", "b"]])
    assert words(made(shown, FRAME.set_axis(index)))[3:] == ["Bắc", "a", "15.357", "Bắc", "b", "117.783"]


def test_numbers_of_rows_are_left_out_if_they_are_nothing_else(shown):
    frame = pd.DataFrame({"name": ["Trấn Yên"], "left": [15_357]})
    assert words(made(shown, frame, numbered=True)) == ["Địa bàn", "Còn lại", "Trấn Yên", "15.357"]
    assert words(made(shown, frame.style.hide(axis="index"), numbered=True))[0] == "Địa bàn"


def test_a_caption_may_be_that_of_pandas(shown):
    assert "<caption>Còn <data" in made(shown, FRAME.style.set_caption("Còn {fact:left}"), caption="")


def test_a_table_without_a_caption_is_refused(shown):
    assert refused(shown, FRAME, caption="").key == "own.no_caption"


def test_a_table_that_pandas_has_cut_short_is_refused_and_the_advice_helps(shown):
    long = pd.DataFrame({"left": [117_783] * 100}, index=["a"] * 100)
    advice = re.search(r"pd\.set_option\((.*?)\)", refused(shown, long).message("en"))[1]
    with pd.option_context(*[eval(part) for part in advice.split(", ")]):
        assert made(shown, long).count("117.783") == 100


@pytest.mark.parametrize(
    ("frame", "wrong"),
    [
        (FRAME + 1, "15358"),
        (FRAME.rename(index={"Trấn Yên": "Trấn Yên 99,9%"}), "99,9%"),
        (FRAME.rename(columns={"left": "Còn 99,9%"}), "99,9%"),
        (FRAME.rename_axis("Huyện 99"), "99"),
        (FRAME.assign(x="٩"), "٩"),
        (FRAME.assign(x="&#57;&#57;"), "57"),
        (FRAME.assign(x="9\u200b8"), "8"),
        (FRAME.style.set_caption("99,9%"), "99,9%"),
    ],
)
def test_a_wrong_figure_is_refused_wherever_it_stands(shown, frame, wrong):
    error = refused(shown, frame, caption="" if hasattr(frame, "set_caption") else "Bảng")
    assert wrong in (error.values.get("number"), error.values.get("digit"))


@pytest.mark.parametrize(
    "hostile", ["<script>alert()</script>", "<img src=x onerror=alert()>", "<b onclick=x()>chữ</b>"]
)
def test_html_in_a_cell_of_a_frame_is_text(shown, hostile):
    html = made(shown, FRAME.assign(x=hostile).rename(index={"Trấn Yên": hostile}), caption=hostile)
    assert "<script" not in html
    assert "<img" not in html
    assert "<b " not in html
    assert html.count("&lt;") >= 4


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert()</script>",
        "<img src=x alt=y>",
        "<svg><text>99</text></svg>",
        "</td><td colspan=99999999>",
        "</td><td rowspan=99999999>",
        "</td><td colspan=x>",
        "</td><td colspan=-1>",
        "</td><td colspan=٩>",
        "<data value=1>99</data>",
        "<input value=99>",
    ],
)
def test_html_that_a_styler_lets_through_is_refused(shown, hostile):
    assert refused(shown, FRAME.assign(x=hostile).style).key == "own.not_allowed"


def test_what_a_styler_hides_by_a_style_is_not_hidden(shown):
    styled = FRAME.style.set_properties(**{"display": "none", "color": "white"})
    html = made(shown, styled)
    assert "117.783" in html
    assert "style" not in html
    assert "white" not in html


@pytest.mark.parametrize("html", ["", "x", "<table></table>", "<table><tr><td>15.357</td></tr></table>", "<tbody><tr>"])
def test_what_is_no_table_of_pandas_does_no_harm(shown, html):
    assert "99" not in made(shown, html, [["x"]])
