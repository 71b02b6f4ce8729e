"""A drawing of Matplotlib becomes an inline SVG whose words are compared; what is no such drawing is refused."""

import re

import pytest

from hotich.errors import Contradicted
from hotich.language import LANGUAGES
from hotich.page.own import drawing


def drawn(text, inside, box="0 0 720 360", number=0):
    source = f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="{box}">'
    return drawing.drawn(f"{source}{inside}</svg>", "Thanh theo huyện", text, number)


def refused(text, inside, **given):
    with pytest.raises(Contradicted) as caught:
        drawn(text, inside, **given)
    assert all(text.cell in caught.value.message(language) for language in LANGUAGES)
    return caught.value.key


def words(made):
    return re.findall(r"<text[^>]*>(.*?)</text>", made.svg)


def test_a_drawing_has_its_words_for_those_who_cannot_see_it(shown):
    assert drawn(shown, "<path d='M0 0'/>").svg.startswith(
        '<svg class="own" viewBox="0 0 720 360" role="img" aria-label="Thanh theo huyện"'
    )


def test_a_narrow_drawing_is_not_blown_up(shown):
    assert 'class="own narrow"' in drawn(shown, "<path d='M0 0'/>", box="0 0 352 360").svg


def test_figures_are_written_as_on_the_page_and_their_facts_told(shown):
    made = drawn(shown, "<text>117783</text><text>519,573 mục</text><text>117783</text>")
    assert words(made) == ["117.783", "519.573 mục", "117.783"]
    assert [fact.key for fact in made.facts] == ["15/all/left", "15/all/digitised"]


def test_labels_of_frames_are_written_by_their_terms(shown):
    assert words(drawn(shown, "<text>left</text>")) == ["Còn lại"]


def test_names_with_digits_are_names(shown):
    assert 'data-name=""' in drawn(shown, "<text>tháng 10/2024</text>").svg


@pytest.mark.parametrize(
    ("inside", "key"),
    [
        ("<text>99,9%</text>", "own.unbound"),
        ("<text><tspan>99,9%</tspan></text>", "own.formula"),
        ("<text><tspan>10</tspan><tspan dy='-3'>4</tspan></text>", "own.formula"),
        ("<text>٩٩</text>", "own.strange_digit"),
        ("<text class='tick'>98765</text>", "own.unbound"),
        ("<text data-name=''>98765</text>", "own.unbound"),
        ("<g id='xtick_1'><text>98765</text></g>", "own.scale"),
        ("<image href='data:image/png;base64,aaaa'/>", "own.pixels"),
        ("<image xlink:href='https://example.org/a.png'/>", "own.pixels"),
        ("<script>x</script>", "own.no_drawing"),
        ("<foreignObject><p>99</p></foreignObject>", "own.no_drawing"),
        ("<path onclick='x()'/>", "own.no_drawing"),
        ("<a href='javascript:x'><text>a</text></a>", "own.no_drawing"),
        ("<use xlink:href='https://example.org/a.svg#b'/>", "own.no_drawing"),
        ("<path fill='url(https://example.org/a)'/>", "own.no_drawing"),
        ("<path style='fill:url(//example.org/a)'/>", "own.no_drawing"),
        ("<path style='position:fixed'/>", "own.no_drawing"),
        ("<animate attributeName='x'/>", "own.no_drawing"),
        ("<iframe/>", "own.no_drawing"),
    ],
)
def test_what_a_drawing_may_not_hold_is_refused(shown, inside, key):
    assert refused(shown, inside) == key


@pytest.mark.parametrize(
    "source",
    ["", "x", "<svg", "<html/>", '<!DOCTYPE a [<!ENTITY b "c">]><svg>&b;</svg>', "<svg xmlns='x:y'><script/></svg>"],
)
def test_what_is_no_svg_shows_nothing(shown, source):
    try:
        made = drawing.drawn(source, "Thanh", shown, 0)
    except Contradicted as error:
        assert error.key == "own.no_drawing"  # noqa: PT017 - either is right
    else:
        assert re.sub(r"<[^>]*>", "", made.svg).strip() == ""


@pytest.mark.parametrize("hidden", ["title", "desc", "metadata", "style"])
def test_what_only_programs_read_is_left_out(shown, hidden):
    assert "99" not in drawn(shown, f"<{hidden}>99,9%</{hidden}><g><{hidden}>99</{hidden}></g>").svg


def test_what_is_referred_to_gets_a_name_of_its_own_and_nothing_else_has_one(shown):
    inside = (
        "<defs><path id='m1' d='M0 0'/><clipPath id='p'><path d='M0 0'/></clipPath></defs>"
        "<g id='figure_1' clip-path='url(#p)'><use xlink:href='#m1'/></g>"
    )
    made = [drawn(shown, inside, number=number).svg for number in (0, 30)]
    assert [re.findall(r' id="([^"]+)"', svg) for svg in made] == [["code-0-0", "code-0-1"], ["code-30-0", "code-30-1"]]
    assert 'href="#code-0-0"' in made[0]
    assert 'clip-path="url(#code-0-1)"' in made[0]


def test_hostile_words_are_escaped(shown):
    assert words(drawn(shown, "<text>&lt;script&gt;x&lt;/script&gt;</text>")) == ["&lt;script&gt;x&lt;/script&gt;"]
