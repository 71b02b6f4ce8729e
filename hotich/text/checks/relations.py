"""How two figures of a sentence hang together: one is of the other, both count the same."""

import re
from typing import Final

from hotich.text import cues
from hotich.text.figure import COUNT, Figure
from hotich.text.sentences import Sentence

AREAS: Final = ("communes", "districts", "offices", "units")
_FAR: Final = 110


def same_unit(first: Figure, second: Figure) -> bool:
    """Return whether two counts may be of the same things; a count without a noun may be of any."""
    if not first.unit or not second.unit or first.unit == second.unit:
        return True
    return "units" in (first.unit, second.unit) and {first.unit, second.unit} <= set(AREAS)


def stated_pair(sentence: Sentence, first: Figure, second: Figure) -> tuple[Figure, Figure] | None:
    """Return part and whole, where two neighbouring counts are said to be that, in either order."""
    if is_of(sentence, first, second):
        return first, second
    whole_first = first.role == "required" or begins_as_whole(sentence, first)
    done = second.role == "digitised" or (begins_as_whole(sentence, first) and second.role != "left")
    parts = cues.cue("relations", "parts").search(sentence.between(first, second))
    if parts and first.unit and first.unit == second.unit and second.value <= first.value:
        return second, first
    word = second.unit not in cues.names("units")  # of 1,000 records 900 matched
    fits = (same_unit(first, second) or word) and second.value <= first.value
    return (second, first) if whole_first and done and fits else None


def begins_as_whole(sentence: Sentence, figure: Figure) -> bool:
    """Return whether a figure is said to be a whole before its part: Trong tổng số 173 xã, of the 173 communes."""
    before = re.split(r"[,;]", sentence.before(figure))[-1]
    said = re.fullmatch(rf"\W*(?:{cues.pattern('relations', 'of')}|of)\s*", before, cues.FLAGS)
    return said is not None and figure.kind == COUNT


def is_of(sentence: Sentence, part: Figure, whole: Figure, *, more: bool = False) -> bool:
    """Return whether the sentence says that one figure is part of the other: 60/173, A trên tổng số B, A out of B.

    With `more`, also where the part is the larger one.
    """
    between = sentence.between(part, whole)
    if part.kind != COUNT or whole.kind != COUNT or len(between) > _FAR or re.search(r"[;:]", between):
        return False
    if between.strip() == "/":
        return part.value <= whole.value or more
    if cues.cue("relations", "parts").search(between):
        return False
    said = cues.ending("relations", "of", r"(?:\s+(?:là|the|có|about|some|these|those))?").search(between)
    # "60 xã trên 173 xã" and not "60 xã có trên 173 hộ": nothing but what is counted stands between.
    bare = cues.ending("relations", "bare_of").search(between) and len(between.split()) <= 4
    larger = part.value > whole.value
    return bool(said or (bare and not larger)) and same_unit(part, whole) and (more or not larger)
