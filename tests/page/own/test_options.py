"""What a cell says of its chart or table, in each of the ways in which it may."""

import nbformat.v4 as v4
import pytest

from hotich.page.own.options import Options


def words(option, source="x", language="vi", said=None, **about):
    return Options.of(v4.new_code_cell(source, metadata=about), said).words(option, language)


@pytest.mark.parametrize(
    "source", ["#| alt: Thanh", '#|alt: "Thanh"', "x = 1\n#|  alt:  Thanh  ", "#| fig-alt: Thanh", "#| alt-vi: Thanh"]
)
def test_a_line_in_the_code_says_it(source):
    assert words("alt", source) == "Thanh"


def test_metadata_say_it_before_a_line():
    assert words("alt", "#| alt: Cột", alt="Thanh") == "Thanh"
    assert words("alt", "#| alt: Cột", **{"alt-vi": "Thanh"}) == "Thanh"


def test_a_view_says_it_before_all_else():
    assert words("alt", "#| alt: Cột", alt="Que", said={"alt": "Thanh"}) == "Thanh"


def test_each_language_has_its_own_words():
    both = {"vi": "Thanh", "en": "Bars"}
    assert [words("alt", language=language, said={"alt": both}) for language in ("vi", "en")] == ["Thanh", "Bars"]
    assert words("alt", "#| alt-en: Bars", "vi") == ""


@pytest.mark.parametrize("option", ["headline", "caption"])
def test_a_headline_and_a_caption_stand_for_one_another(option):
    assert words(option, "#| headline: Còn lại") == words(option, "#| caption: Còn lại") == "Còn lại"


@pytest.mark.parametrize("given", ["", "  ", 5, None, ["x"], {"vi": 5}, {"en": "x"}])
def test_words_that_are_none_are_not_there(given):
    assert words("alt", said={"alt": given}) == ""
