"""The figures of a text: where they stand, what they are, and what they count."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from hotich.text import cues, masks, nearness, number_words, numbers
from hotich.text.figure import COUNT, PERCENT, Figure
from hotich.text.nouns import unit_after, word_after


def read(block: int, text: str, vietnamese: bool, *, sure: bool = False) -> list[Figure]:
    """Return the figures of a block in their order; `vietnamese` and `sure` as for `numbers.find`."""
    hidden = masks.spans(text)
    if (0, len(text)) in hidden:
        return []
    every = (*_in_digits(block, text, vietnamese, sure), *_in_words(block, text))
    found = sorted((each for each in every if not _covered(each, hidden)), key=lambda each: each.start)
    following = [*found, None][1:]
    told = nearness.ranges(_of_wholes(found, text), text)
    return [_named(figure, text, after) for figure, after in zip(told, following, strict=True)]


def _of_wholes(found: list[Figure], text: str) -> list[Figure]:
    """Return the figures with those that are a whole, not an approximation: 4.020 quyển trên 5.120 quyển."""
    made = list(found)
    for at, (first, second) in enumerate(pairwise(found), 1):
        said = cues.cue("relations", "bare_of").fullmatch(text[second.lead : second.start].strip())
        if said and first.kind == second.kind == COUNT and _counted_alike(first, second, text):
            made[at] = replace(second, lead=second.start, bound="", low=second.value, high=second.value)
    return made


def _counted_alike(part: Figure, whole: Figure, text: str) -> bool:
    """Return whether two counts are of the same things, or the part is told without any: 519.573 trên 637.356."""
    between = text[part.end : whole.lead]
    if not between.strip():
        return part.value <= whole.value and not part.why
    noun = re.fullmatch(r"\s+[^\W\d]+(?:\s+[^\W\d]+)?\s*", between)
    counted = unit_after(text, part.end)
    return bool(noun and counted) and counted == unit_after(text, whole.end)


def _covered(figure: Figure, spans: list[masks.Span]) -> bool:
    return any(start < figure.end and figure.start < end for start, end in spans)


def _in_digits(block: int, text: str, vietnamese: bool, sure: bool) -> Iterator[Figure]:
    for each in numbers.find(text, vietnamese, sure=sure):
        half = each.step / 2
        limits = each.value, each.value - half, each.value + half
        plain = Figure(block, each.start, each.end, each.start, text[each.start : each.end], *limits, each.kind)
        yield nearness.approximate(replace(plain, why=each.why), text)


def _in_words(block: int, text: str) -> Iterator[Figure]:
    for found, value, unsure in number_words.find(text):
        plain = Figure(block, found.start(), found.end(), found.start(), found[0], value, value, value)
        yield nearness.approximate(replace(plain, why="word" if unsure else ""), text)


def _named(figure: Figure, text: str, following: Figure | None) -> Figure:
    """Return the figure with what it counts; the part of a fraction counts what its whole counts."""
    between = text[figure.end : following.lead].strip() if following else ""
    of = re.compile(rf"/|{cues.pattern('relations', 'of')}|{cues.pattern('relations', 'bare_of')}", cues.FLAGS)
    moved = following and cues.cue("relations", "to").fullmatch(text[figure.end : following.start].strip())
    shares = of.fullmatch(between) or moved
    end = following.end if following and shares else figure.end
    unit = unit_after(text, end)
    if not unit and end == figure.end:
        unit = word_after(text, end)
    if moved and following and following.kind == PERCENT and figure.kind == COUNT:  # từ 78,3 lên 81,5%
        return replace(figure, kind=PERCENT)
    return replace(figure, unit=unit)
