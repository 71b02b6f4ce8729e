"""The crossed digits of a printed total: read back from the drawing and compared with both numbers."""

from random import Random

import pytest
from conftest import small_office
from drawings import drawn, labels
from months import SEEDS, october, printed, random_month
from PIL import ImageFont

from hotich.views.charts.style import FONTS
from hotich.views.figures import format_fact


def random_swap(office, seed):
    """Print the sum of two groups with two neighbouring digits of it in each other's place."""
    random = Random(seed)
    while True:
        parts = random.randint(100_000, 900_000), random.randint(100_000, 900_000)
        digits, at = list(str(sum(parts))), random.randint(1, 4)
        if digits[at] != digits[at + 1]:
            break
    digits[at], digits[at + 1] = digits[at + 1], digits[at]
    lines = [f"1,population,digitised,{parts[0]}", f"1,civil_status,digitised,{parts[1]}"]
    return printed(office, random_month(office, seed), f"1,all,digitised,{''.join(digits)}", *lines)


@pytest.fixture(scope="module", params=["october", *SEEDS])
def m(request, tmp_path_factory):
    if request.param == "october":
        return october()
    return random_swap(small_office(tmp_path_factory.mktemp("office") / "data"), request.param)


@pytest.fixture(scope="module")
def ax(m):
    return drawn("discrepancies", m)[0]


def big(ax):
    """Return both numbers by where they begin."""
    return {words.get_position(): words for words in ax.texts if words.get_fontsize() > 20}


def test_the_sum_stands_over_the_printed_number_and_each_has_its_name(m, ax):
    above, below = m.get("parts_digitised"), m.get("published_digitised")
    assert {at: words.get_text() for at, words in big(ax).items()} == {
        (0, 1): format_fact(above, "vi"),
        (0, 0): format_fact(below, "vi"),
    }
    assert ax.get_ylim() == (0, 1)
    assert [(words.xy, words.get_text()) for words in labels(ax) if words not in big(ax).values()] == [
        ((0, 1), "Cộng lại"),
        ((0, 0), "Đã công bố"),
    ]


def test_two_lines_cross_from_each_digit_to_where_it_was_printed(ax):
    above, below = (big(ax)[0, y].get_text() for y in (1, 0))
    font = ImageFont.truetype(FONTS[600], 32)

    def digit(words, x):
        """Return the place of the digit whose middle lies there."""
        middles = [font.getlength(words[:at]) + font.getlength(words[at]) / 2 for at in range(len(words))]
        (found,) = [at for at, middle in enumerate(middles) if abs(middle - x) < 4]
        return found

    ends = [list(zip(line.get_xdata(), line.get_ydata(), strict=True)) for line in ax.lines]
    assert all(upper > lower for (_, upper), (_, lower) in ends)
    pairs = {(digit(above, x), digit(below, lower)) for (x, _), (lower, _) in ends}
    apart = [at for at, (one, other) in enumerate(zip(above, below, strict=True)) if one != other]
    assert pairs == {tuple(apart), tuple(reversed(apart))}
    assert all(above[upper] == below[lower] for upper, lower in pairs)


def test_a_pixel_of_text_is_a_pixel_of_the_drawing(ax):
    assert ax.get_xlim() == (0, pytest.approx(ax.bbox.width))
