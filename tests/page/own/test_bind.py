"""Every figure of a text is a fact, or the text is refused with what to paste instead."""

import re

import pytest

from hotich.errors import Contradicted
from hotich.language import LANGUAGES
from hotich.page.own import bind
from hotich.page.own.bind import Bound, Named, Text
from hotich.views.figures_in_text import Candidates


def keys(pieces):
    return [piece.fact.key for piece in pieces if isinstance(piece, Bound)]


def refused(text, words):
    with pytest.raises(Contradicted) as caught:
        text.pieces(words)
    for language in LANGUAGES:
        assert text.cell in caught.value.message(language)
    return caught.value


@pytest.mark.parametrize(
    ("words", "key", "shown"),
    [
        ("{fact:percent}", "15/all/percent", "81,5%"),
        ("{fact:KS/left}", "15/KS/left", "67.858"),
        ("{fact:138/left}", "138/all/left", "15.357"),
        ("{fact:138/all/left}", "138/all/left", "15.357"),
        ("{fact:percent@2024-09}", "15/all/percent@2024-09", "76,3%"),
        ("{fact:percent_change}", "15/all/percent_change", "+5,2"),
        ("{fact:as_of}", "15/all/as_of", "22/10/2024"),
        ("{fact:storm}", "15/quoted/storm", "Bão số 3"),
        ("{ Fact : left }", "15/all/left", "117.783"),
        ("{fact left}", "15/all/left", "117.783"),
    ],
)
def test_a_figure_is_called_by_its_name(text, words, key, shown):
    (piece,) = text.pieces(words)
    assert (piece.fact.key, piece.shown) == (key, shown)


@pytest.mark.parametrize("name", ["", "nix", "left@nix", "999/all/left", "../left", "<b>", "{"])
def test_a_name_of_nothing_is_refused_with_names_that_are(text, name):
    error = refused(text, f"{{fact:{name.strip('{')}}}")
    assert error.key == "own.no_fact"
    offered = re.findall(r"\{fact:[^}]+\}", error.values["nearest"])
    assert offered
    assert all(keys(text.pieces(each)) for each in offered)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Còn 117.783 mục", ["15/all/left"]),
        ("đạt 81,5%", ["15/all/percent"]),
        ("ngày 22/10/2024", ["15/all/as_of"]),
        ("ngày 2024-10-22", ["15/all/as_of"]),
        ("từ 117.783–519.573", ["15/all/left", "15/all/digitised"]),
        ("tháng 10/2024, năm 2024, 9/2024, tháng 9, Đề án 06", []),
    ],
)
def test_a_typed_figure_that_can_be_but_one_fact_is_bound(text, words, found):
    assert keys(text.pieces(words)) == found


def test_a_name_with_digits_is_a_name(text):
    assert text.pieces("Theo đề án 06.") == ["Theo ", Named("đề án 06"), "."]


@pytest.mark.parametrize(
    "words",
    ["24 xã", "Còn 117,783", "99,9%", "Bão số 3", "10²0", "23/10/2024", "tháng 9/2019", "năm 1999", "−117.783", "1e5"],
)
def test_a_typed_figure_that_is_bound_to_nothing_is_refused(text, words):
    assert refused(text, words).key in ("own.unbound", "own.strange_digit")


def test_what_is_offered_for_an_unbound_figure_works_when_pasted(text):
    error = refused(text, "Còn 117,783 mục")
    first = re.search(r"\{fact:[^}]+\}", error.values["nearest"]["vi"])[0]
    assert first == "{fact:15/all/left}"
    assert keys(text.pieces(f"Còn {first} mục")) == ["15/all/left"]


def test_a_figure_that_may_be_two_facts_is_refused_with_both(text):
    error = refused(text, "Còn 15.357 mục")
    assert error.key == "own.ambiguous"
    assert "{fact:138/all/left}" in error.values["nearest"]["en"]
    assert "{fact:140/all/digitised}" in error.values["nearest"]["en"]


def test_what_is_offered_to_code_is_code(shown):
    assert 'm["15/all/left"]' in refused(shown, "117784").values["nearest"]["vi"]


@pytest.mark.parametrize("words", ["٩٩ mục", "９９ mục", "10²", "½", "Ⅲ"])
def test_a_number_in_another_script_is_refused(text, words):
    assert refused(text, words).key == "own.strange_digit"


@pytest.mark.parametrize("words", ["{fact:units_total}{fact:units_total}", "{fact:left}%", "{fact:left}{fact:percent}"])
def test_two_figures_that_read_as_one_are_refused(text, words):
    assert refused(text, words).key == "own.joined"


def test_what_code_printed_is_written_as_the_page_writes_it(shown):
    assert bind.plain(shown.pieces("519573, 81.52, 519,573, +5.2")) == "519.573, 81,5%, 519.573, +5,2"


def test_code_has_only_the_figures_that_it_was_given(ground):
    none = Text(ground, "code", Candidates(()))
    assert refused(none, "519573").key == "own.unbound"


def test_html_of_a_figure_names_its_fact_and_escapes_the_rest(text):
    html = bind.html(text.pieces("<b>{fact:left}</b> theo Đề án 06"))
    assert html == (
        '&lt;b&gt;<data value="117783" data-fact="15/all/left">117.783</data>&lt;/b&gt; theo '
        "<span data-name>Đề án 06</span>"
    )


@pytest.mark.parametrize(("label", "called"), [("left", "Còn lại"), ("name", "Địa bàn"), ("Huyện", "Huyện")])
def test_labels_of_frames_are_called_by_their_terms(label, called):
    assert bind.called(label, "vi") == called
