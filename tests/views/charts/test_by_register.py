"""Registers show their facts: read back from the drawing, for screens and for phones."""

import pytest
from drawings import across, box, colour, drawn, rows, runs_right_and_down, written

from hotich.data.registers import GROUPS
from hotich.formats import sentence_case
from hotich.language import say
from hotich.views.figures import format_fact

REGISTER, GROUP, TRACK = "#6593BC", "#12436D", "#EEF1F4"


@pytest.fixture(scope="module")
def drawings(m):
    """The drawing for a screen and the one for a phone."""
    return drawn("by_register", m)


def shown(m):
    """Scopes in order: each group, then its registers, those with most to do first."""
    found = []
    for group in GROUPS:
        own = [each for each in m.registers if each.group == group and m.find("required", scope=each.code)]
        own.sort(key=lambda each: -m.get("required", scope=each.code).value)
        found += [(group, None), *((each.code, each) for each in own)] if own else []
    return found


def name(m, scope, register):
    return sentence_case(register.short(m.language)) if register else say(m.language, f"charts.group.{scope}")


def test_there_is_a_drawing_for_screens_and_one_for_phones(drawings):
    assert [ax.figure.bbox.width for ax in drawings] == [720, 340]
    assert all(runs_right_and_down(ax) for ax in drawings)


def test_a_bar_is_as_long_as_the_percentage_of_its_register_or_group(m, drawings):
    for ax in drawings:
        tracks, bars = ax.containers
        for y, ((scope, register), track, bar) in enumerate(zip(shown(m), tracks, bars, strict=True)):
            fact = m.find("percent", scope=scope)
            percent = float(fact.value) if fact else 0
            assert (bar.get_x(), bar.get_width(), track.get_x(), track.get_width()) == (0, percent, 0, 100)
            assert bar.get_y() + bar.get_height() / 2 == pytest.approx(y)
            assert bar.get_window_extent().width == pytest.approx(ax.bbox.width * percent / 100)
            assert track.get_window_extent().height == pytest.approx(18)
            assert colour(bar.get_facecolor()) == (REGISTER if register else GROUP)
            assert colour(track.get_facecolor()) == TRACK


def test_a_row_says_name_percentage_and_what_is_left(m, drawings):
    for ax in drawings:
        for row, (scope, register) in zip(rows(ax, len(shown(m))), shown(m), strict=True):
            *names, share, left = written(row)
            assert " ".join(names) == name(m, scope, register)
            assert left == format_fact(m.get("left", scope=scope), m.language)
            if fact := m.find("percent", scope=scope):
                assert share == format_fact(fact, m.language, column=True)
            elif not m.covers():
                assert share == "[x]"
            else:
                counts = (m.get(measure, scope=scope) for measure in ("digitised", "required"))
                assert share == "/".join(format_fact(count, m.language) for count in counts) + " [b]"


def test_words_stand_in_the_columns_of_their_headings_beside_the_bars(m, drawings):
    screen, _ = drawings
    heads = [say(m.language, f"charts.registers.{each}") for each in ("share_head", "left_head")]
    for ax in drawings:
        share, left = (next(each for each in ax.texts if each.get_text() == head) for head in heads)
        for row in rows(ax, len(shown(m))):
            assert box(row[-2]).x0 == pytest.approx(box(share).x0, abs=2)
            assert box(row[-1]).x1 == pytest.approx(box(left).x1, abs=2)
            assert box(row[-2]).x0 > across(ax, 100)
            assert all(box(words).x1 < across(ax, 0) for words in row[:-2]) or ax is not screen


def test_a_line_divides_the_groups(m, drawings):
    groups = [y for y, (_, register) in enumerate(shown(m)) if y and register is None]
    for ax in drawings:
        (lines,) = [found.get_segments() for found in ax.collections] or [[]]
        divided = [round(line[0][1] + 0.5) for line in lines]
        assert divided == groups
        assert all((line[0][0], line[1][0]) == (0, ax.figure.bbox.width) for line in lines)
