"""The style sheets: what they say outside themselves holds there, too."""

import re

import pytest
from docx import Document

from hotich.page import style
from hotich.storage.paths import PACKAGE

A4 = (210, 297)


def millimetres(text):
    return tuple(int(number) for number in re.findall(r"(\d+)mm", text))


def test_a_notice_has_the_same_paper_in_print_in_word_and_across_on_the_screen():
    sheet = style.notice("")
    margins = millimetres(re.search(r"@page\{size:A4;margin:([^;]+);", sheet)[1])
    section = Document(str(PACKAGE / "views" / "notice" / "notice.docx")).sections[0]
    word = (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
    assert tuple(round(length.mm) for length in word) == margins
    assert (round(section.page_width.mm), round(section.page_height.mm)) == A4
    screen = re.search(r"\.wrap \{ width: (\S+);.*min-height: (\S+);.*padding: ([^;]+);", sheet)
    assert millimetres(" ".join(screen.groups()[:2])) == A4
    assert millimetres(screen[3])[1::2] == margins[1::2]


@pytest.mark.parametrize("text", ['"; } body { display: none }', "</style>", "a\\", "Hộ tịch {x}"])
def test_what_stands_in_a_margin_cannot_leave_its_string(text):
    inside = style.quoted(text)[1:-1]
    assert re.fullmatch(r"(?:[\w ]|\\[0-9a-f]+ )*", inside)
    back = re.sub(r"\\([0-9a-f]+) ", lambda code: chr(int(code[1], 16)), inside)
    assert back == text
