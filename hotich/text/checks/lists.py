"""How many areas are named against how many are said, those over a threshold against the percentages given."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from hotich.text import cues, names, number_words
from hotich.text.checks.relations import is_of
from hotich.text.figure import COUNT, PERCENT, Figure
from hotich.text.finding import AGREES, CONTRADICTS, REMARK, Finding, Value
from hotich.text.sentences import Sentence, usable

_AREAS: Final = ("communes", "districts", "units", "offices", "provinces")
_MOST: Final = 40
BESIDES: Final = 40
"""So many characters of a sentence may say that it tells of others than those before."""
_OVER: Final = ("over", "least")


@dataclass(frozen=True)
class NamedAreas:
    """The names of areas that a number introduces, and where their list stands in the block."""

    names: tuple[str, ...]
    start: int
    end: int


def check(sentences: Sequence[Sentence]) -> Iterator[Finding]:
    """Yield an outcome for each number of areas that are then named, and a remark where it is meant besides others."""
    for at, sentence in enumerate(sentences):
        for count in (each for each in sentence.figures if each.kind == COUNT and each.unit in _AREAS):
            found = _named(sentence, count)
            if not found:
                continue
            values: dict[str, Value] = {"printed": count, "right": len(found.names), "names": ", ".join(found.names)}
            yield Finding("named", AGREES if count.value == len(found.names) else CONTRADICTS, (count,), values)
            yield from _threshold(sentence, found)
            if at and (remark := _besides(sentences[at - 1], sentence, count, found.names)):
                yield remark


def _named(sentence: Sentence, count: Figure) -> NamedAreas | None:
    """Return the list of names that a number introduces; None where it is not certain that it does, or is whole."""
    whole = next((each for each in sentence.figures if each.start >= count.end and is_of(sentence, count, each)), count)
    after = sentence.text[whole.end : sentence.end].partition(";")[0]
    end = whole.end + len(after)
    if any(count.end < each.start < end and each.kind == COUNT and each is not whole for each in sentence.figures):
        return None
    if count.why or count.bound or not 2 <= count.value <= _MOST or is_whole(sentence, count):
        return None
    if cues.cue("relations", "open_list").search(after):
        return None
    whole_of = cues.ending("relations", "of").search(sentence.text[sentence.start : count.lead])
    if whole_of:
        return None
    for cue in re.finditer(rf"(?:{cues.pattern('relations', 'named')}|\()[\s:]*", after, cues.FLAGS):
        tail = after[cue.end() :]
        found = names.listed(tail.partition(")")[0] if cue[0].startswith("(") else tail)
        sure = not number_words.anywhere(after[: cue.start()]) and names.of_kind(found.names, after[: cue.start()])
        if 2 <= len(found.names) <= _MOST and found.whole and (sure or count.value == len(found.names)):
            start = whole.end + cue.end()
            return NamedAreas(found.names, start, start + found.end)
    return None


def is_whole(sentence: Sentence, count: Figure) -> bool:
    """Return whether a number is the whole of another before it."""
    at = sentence.figures.index(count)
    return at > 0 and is_of(sentence, sentence.figures[at - 1], count)


def _threshold(sentence: Sentence, found: NamedAreas) -> Iterator[Finding]:
    """Yield whether each percentage in brackets behind a name is over the threshold of its list."""
    bounds = [
        each for each in sentence.main if each.kind == PERCENT and each.bound in _OVER and each.end <= found.start
    ]
    for each in sentence.figures:
        listed = each.kind == PERCENT and each.aside and usable(each) and found.start <= each.start < found.end
        if len(bounds) == 1 and listed and not each.bound:
            below = each.value < bounds[0].value or (bounds[0].bound == "over" and each.high <= bounds[0].value)
            values = {"printed": each, "threshold": bounds[0]}
            yield Finding("threshold", CONTRADICTS if below else AGREES, (each, bounds[0]), values)


def _besides(before: Sentence, sentence: Sentence, count: Figure, named: tuple[str, ...]) -> Finding | None:
    """Return the remark that a number is right besides the area at 100 % just before, with which it is one more."""
    besides = cues.cue("relations", "besides").search(sentence.words[:BESIDES])
    over = [each for each in sentence.main if each.kind == PERCENT and each.bound in _OVER]
    full = [each for each in before.figures if each.kind == PERCENT and each.value == 100]
    whole = next((each for each in sentence.figures if is_of(sentence, count, each)), None)
    if not (besides and over and full and whole and count.value == len(named)):
        return None
    kinds = cues.pattern("units", "districts" if count.unit == "districts" else "communes")
    first = re.search(rf"{kinds}\s+(?=[^\W\d_])", before.words, cues.FLAGS)
    said = names.runs(before.words[first.end() :])[:1] if first else names.runs(before.words)[:1]
    if not said or any(said[0] in name for name in named):
        return None
    values: dict[str, Value] = {"printed": count, "whole": whole, "name": said[0], "more": count.value + 1}
    return Finding("besides", REMARK, (count, whole), values)
