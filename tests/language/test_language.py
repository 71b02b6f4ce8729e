"""The catalogue of texts."""

import re
import sys

import pytest
from markupsafe import Markup

from hotich.language import NoZones, TwoLevels, html, say, spoken
from hotich.storage.paths import PACKAGE

COUNTED = "communes|entries|points|units|districts|rules|findings|lines|rows|warnings|releases|files|periods"


def test_a_text_that_is_lacking_is_named_with_the_file_where_it_belongs():
    with pytest.raises(KeyError, match=r"hotich/language/vi/charts\.toml has no text completed\.best"):
        say("vi", "charts.completed.best")
    with pytest.raises(KeyError, match="has no text completed'"):
        say("vi", "charts.completed")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (1, "All 1 commune is complete."),
        (2, "All 2 communes are complete."),
        (Markup('<data value="1">1</data>'), 'All <data value="1">1</data> commune is complete.'),
        (Markup("<b>11</b>"), "All <b>11</b> communes are complete."),
    ],
)
def test_a_word_has_the_form_that_its_number_asks_for(value, said):
    assert html("en", "report.points.communes_all", total=value) == said


@pytest.mark.parametrize("sign", ["", "+", "-", "\N{MINUS SIGN}"])
def test_a_sign_does_not_make_one_many(sign):
    assert say("en", "report.districts.gap", gap=f"{sign}1").endswith(f"{sign}1 percentage point apart.")


def test_no_plural_stands_alone_behind_its_number():
    alone = re.compile(rf"(?<![Oo]f )(?<!of its )(?<!of the )(?<!/)\{{\w+\}}(?:</?\w+>)* (?:\w+ )?(?:{COUNTED})\b")
    texts = [path.read_text(encoding="utf-8") for path in (PACKAGE / "language" / "en").glob("*.toml")]
    assert [found[0] for text in texts for found in alone.finditer(text)] == []


@pytest.mark.parametrize(("named", "expected"), [("en", "en"), ("vi", "vi"), ("fr", "vi"), (None, "vi")])
def test_the_language_of_a_notebook_is_what_it_calls_language(monkeypatch, named, expected):
    monkeypatch.setattr(sys.modules["__main__"], "language", named, raising=False)
    assert spoken() == expected


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (TwoLevels("vi"), "Mỗi chấm là một xã, phường hay đặc khu."),
        (NoZones("vi"), "Mỗi chấm là một xã hay phường."),
        (TwoLevels("en"), "Each dot is a commune, ward or special zone."),
        (NoZones("en"), "Each dot is a commune or ward."),
    ],
)
def test_a_province_without_special_zones_hears_of_none(language, said):
    assert say(language, "report.communes.text", lowest="An", percent="9%").startswith(said)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_province_of_three_levels_sees_no_sign_of_the_forms(language):
    assert say(language, "tables.measure.communes_over_threshold").count("{") == 0
