"""What a cell has put out stands on the page by its kind, or is refused with what to do instead."""

import nbformat.v4 as v4
import pytest
from markupsafe import Markup

from hotich.errors import Contradicted, HotichError, NotebookFailed
from hotich.language import LANGUAGES, say
from hotich.page.own.outputs import Cell

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 360"><text>117783</text></svg>'
WORDS = "#| headline: Còn {fact:left}\n#| alt: Thanh\n"


def blocks(ground, *outputs, source="x", **about):
    cell = v4.new_code_cell(source, id="code", outputs=list(outputs), metadata=about)
    return list(Cell(cell, ground, Markup("Nguồn: Sở.")).blocks())


def output(data, **about):
    return v4.new_output("display_data", data, metadata={"hotich": about} if about else {})


def html(*given, **named):
    return "".join(block.html for block in blocks(*given, **named))


def refused(ground, *outputs, **named):
    with pytest.raises(HotichError) as caught:
        blocks(ground, *outputs, **named)
    for language in LANGUAGES:
        assert "code" in caught.value.message(language)
    return caught.value


def figure(svg=SVG, **about):
    return output(
        {"image/svg+xml": svg, "text/plain": "<Figure>"}, **{"kind": "figure", "facts": ["15/all/left"], **about}
    )


def test_a_chart_has_headline_words_source_and_its_figures(ground):
    made = html(ground, figure(), source=f"{WORDS}#| source: sổ của phòng")
    assert '<span class="ft">Còn <data value="117783" data-fact="15/all/left">117.783</data></span>' in made
    assert 'aria-label="Thanh"' in made
    assert "Nguồn: Sở." in made
    assert "sổ của phòng. " in made
    assert say("vi", "page.own_drawing") in made
    assert made.count('data-fact="15/all/left"') == 2


def test_a_chart_tells_how_many_of_its_marks_are_facts(ground):
    made = html(ground, figure(marks=["15/all/left", "", "15/all/nix"]), source=WORDS)
    assert ">1</span>" in made
    assert ">3</span>" in made


@pytest.mark.parametrize(
    ("given", "lacking"), [("", "headline, alt"), ("#| alt: x", "headline"), ("#| headline: x", "alt")]
)
def test_a_chart_without_words_is_refused_and_the_lines_of_the_message_help(ground, given, lacking):
    error = refused(ground, figure(), source=given)
    assert (error.key, error.values["lacking"]) == ("own.lacking", lacking)
    lines = "\n".join(part for part in error.message("vi").split("`") if part.startswith("#|"))
    assert html(ground, figure(), source=f"{lines}\n{given}")


def test_a_chart_with_words_as_outlines_is_refused(ground):
    assert refused(ground, figure(outlines=True), source=WORDS).key == "own.outlines"


def test_a_table_a_fact_markdown_and_html_are_shown(ground):
    table = {
        "text/html": "<table><thead><tr><th></th><th>left</th></tr></thead><tbody><tr><th>a</th><td>117783</td></tr>"
    }
    given = {"facts": ["15/all/left"]}
    assert "117.783" in html(ground, output(table, kind="table", **given), source="#| caption: Bảng")
    assert html(ground, output({"text/plain": "x"}, kind="fact", **given)).startswith("<p><data ")
    assert "117.783" in html(ground, output({"text/markdown": "Còn 117783"}, kind="text", **given))
    assert html(ground, output({"text/html": "<p>chữ</p>", "text/plain": "x"})) == "<p>chữ</p>"


def test_code_has_only_the_figures_that_it_was_given(ground):
    assert refused(ground, output({"text/markdown": "Còn 117783"}, kind="text", facts=[])).key == "own.unbound"
    assert refused(ground, figure(facts=[]), source="#| headline: Còn\n#| alt: Thanh").key == "own.unbound"


@pytest.mark.parametrize(
    ("given", "key"),
    [
        (v4.new_output("stream", name="stdout", text="x"), "printed"),
        (v4.new_output("stream", name="stderr", text="x"), "warned"),
        (output({"image/png": "aaaa"}), "pixels"),
        (output({"image/jpeg": "aaaa", "text/html": "x"}), "pixels"),
        (output({"application/vnd.vegalite.v5+json": {}, "text/plain": "x"}), "interactive"),
        (output({"application/vnd.plotly.v1+json": {}, "text/html": "x"}), "interactive"),
        (output({"application/vnd.jupyter.widget-view+json": {}}), "interactive"),
        (output({"application/javascript": "x"}), "interactive"),
        (output({"text/latex": "x", "text/plain": "x"}), "latex"),
        (output({"text/plain": "x"}), "plain"),
        (output({"image/svg+xml": SVG}), "other"),
        (output({"application/pdf": "x"}), "other"),
    ],
)
def test_each_kind_of_output_that_no_page_shows_is_refused_with_what_to_do_instead(ground, given, key):
    error = refused(ground, given)
    assert isinstance(error, NotebookFailed)
    for language in LANGUAGES:
        assert say(language, f"errors.own.instead_of.{key}") in error.message(language)


def test_an_output_that_is_hostile_is_shown_harmlessly_in_its_message(ground):
    error = refused(ground, v4.new_output("stream", name="stdout", text="\x1b[31m\u202eđỏ"))
    assert "\x1b" not in error.message("vi")
    assert "\u202e" not in error.message("en")


@pytest.mark.parametrize("about", [["x"], "x", 5, {"kind": 5}, {"kind": "fact"}, {"kind": "fact", "facts": "15"}, {}])
def test_forged_metadata_do_no_harm(ground, about):
    forged = v4.new_output("display_data", {"text/html": "<p>chữ</p>"}, metadata={"hotich": about})
    assert html(ground, forged) == "<p>chữ</p>"


@pytest.mark.parametrize("kind", ["figure", "table", "text", "fact"])
@pytest.mark.parametrize("facts", [7, "15/all/left", [None], [["15/all/left"]], {"15/all/left": 1}])
def test_forged_facts_bind_nothing(ground, kind, facts):
    forged = output({"text/markdown": "Còn 117783"}, kind=kind, facts=facts, cells=facts, marks=facts)
    with pytest.raises(Contradicted):
        blocks(ground, forged)


def test_a_forged_fact_is_none(ground):
    assert refused(ground, output({"text/html": "x"}, kind="fact", facts=["99"])).key == "own.no_fact"


@pytest.mark.parametrize("hostile", ["<script>x</script>", "<p onclick=x()>a</p>", "<iframe></iframe>"])
def test_a_forged_view_holds_no_more_than_views_may(ground, hostile):
    assert refused(ground, output({"text/html": hostile}, kind="view")).key == "page.not_allowed"
