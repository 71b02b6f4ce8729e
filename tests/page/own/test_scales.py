"""Numbers at an axis are a scale where they lie as their values do; labels of any other kind are figures."""

from xml.etree import ElementTree

import pytest

from hotich.page.own import scales


def axis(kind, *labels, upright=False):
    """An axis of a drawing with labels at places."""
    texts = "".join(
        f'<g id="{"y" if upright else "x"}tick_{at}"><g><text transform="translate({0 if upright else place} '
        f'{place if upright else 0})">{words}</text></g></g>'
        for at, (words, place) in enumerate(labels, 1)
    )
    return ElementTree.fromstring(f'<svg xmlns="http://www.w3.org/2000/svg"><g id="{kind}">{texts}</g></svg>')


def written(kind, *labels, language="vi", **given):
    return [*scales.written(axis(kind, *labels, **given), language).values()]


def at(*words):
    return [(word, 100 * place) for place, word in enumerate(words)]


@pytest.mark.parametrize("upright", [False, True])
def test_three_numbers_at_even_places_are_a_scale(upright):
    assert written("scale-numbers", *at("0", "5000", "10000"), upright=upright) == ["0", "5.000", "10.000"]


@pytest.mark.parametrize(
    ("kind", "words", "vi", "en"),
    [
        ("numbers", ["0.0", "0.5", "1.0"], ["0,0", "0,5", "1,0"], ["0.0", "0.5", "1.0"]),
        ("numbers", ["1.125", "1.250", "1.375"], ["1,125", "1,250", "1,375"], ["1.125", "1.250", "1.375"]),
        ("numbers", ["−20000", "0", "20000"], ["−20.000", "0", "20.000"], ["−20,000", "0", "20,000"]),
        ("labels", ["0", "5,000", "10,000"], ["0", "5.000", "10.000"], ["0", "5,000", "10,000"]),
        ("labels", ["0 mục", "5.000 mục", "10.000 mục"], ["0 mục", "5.000 mục", "10.000 mục"], None),
        ("labels", ["0%", "12.5%", "25%"], ["0%", "12,5%", "25%"], ["0%", "12.5%", "25%"]),
        ("labels", ["0 nghìn", "5 nghìn", "10 nghìn"], ["0 nghìn", "5 nghìn", "10 nghìn"], None),
    ],
)
def test_a_scale_is_written_as_the_page_writes_numbers(kind, words, vi, en):
    assert written(f"scale-{kind}", *at(*words)) == vi
    if en:
        assert written(f"scale-{kind}", *at(*words), language="en") == en


def test_a_logarithmic_scale_is_one():
    assert written("scale-labels", *at("10", "100", "1000")) == ["10", "100", "1.000"]


@pytest.mark.parametrize(
    "labels",
    [
        at("99", "98"),
        at("97", "99", "98"),
        at("10", "20", "50"),
        at("10", "20", "30 mục"),
        at("10", "20", "nhiều"),
        at("10", "20", "30–40"),
        at("10", "10", "10"),
        [("10", 0), ("20", 0), ("30", 0)],
        at("1.2.3", "2.3.4", "3.4.5"),
        [],
    ],
)
def test_labels_that_do_not_lie_as_their_values_do_are_none(labels):
    assert written("scale-numbers", *labels) == []


@pytest.mark.parametrize("kind", ["matplotlib.axis_1", "axis", "scale", "scale-x", ""])
def test_an_axis_that_was_labelled_by_hand_is_none(kind):
    assert written(kind, *at("10", "20", "30")) == []


@pytest.mark.parametrize(
    ("words", "vi", "en"),
    [
        ("2024-03", "3/2024", "Mar 2024"),
        ("Jan", "thg 1", "Jan"),
        ("October", "thg 10", "Oct"),
        ("2024", "2024", "2024"),
        ("2024-03-15", "2024-03-15", "2024-03-15"),
        ("15/03", "15/03", "15/03"),
        ("12:30", "12:30", "12:30"),
    ],
)
def test_dates_are_written_as_the_language_has_them(words, vi, en):
    assert written("scale-dates", *at(words)) == [vi]
    assert written("scale-dates", *at(words), language="en") == [en]


@pytest.mark.parametrize("words", ["99,9%", "117783", "1999", "99 %", "còn 117783 mục", "٩", "Ⅲ"])
def test_what_is_no_date_is_none_at_an_axis_of_dates_either(words):
    assert written("scale-dates", *at(words)) == []


def test_a_label_that_is_turned_stands_where_it_is_turned():
    texts = "".join(
        f'<g id="xtick_{n}"><text transform="rotate(-45 {100 * n} 7)">{10 * n}</text></g>' for n in (1, 2, 3)
    )
    root = ElementTree.fromstring(f'<svg xmlns="http://www.w3.org/2000/svg"><g id="scale-numbers">{texts}</g></svg>')
    assert [*scales.written(root, "en").values()] == ["10", "20", "30"]
