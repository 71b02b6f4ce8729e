"""Changes: from one figure to another, the direction that is told, and by how much."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from hotich.text import cues
from hotich.text.checks.relations import same_unit
from hotich.text.figure import PERCENT, POINTS, Figure
from hotich.text.finding import AGREES, CONTRADICTS, Finding
from hotich.text.sentences import Sentence

_FAR = 70


def check(sentences: Sequence[Sentence]) -> Iterator[Finding]:
    """Yield an outcome for each "from A to B" whose direction or size is told."""
    for sentence in sentences:
        for first, second in pairwise(sentence.figures):
            if not from_to(sentence, first, second):
                continue
            direction = _direction(sentence, first, second)
            if direction and direction * (second.low - first.high) < 0 and direction * (second.high - first.low) < 0:
                key = "change_up" if direction > 0 else "change_down"
                yield Finding(key, CONTRADICTS, (second, first), {"first": first, "second": second})
            elif direction and (found := _size(sentence, first, second)):
                yield found


def from_to(sentence: Sentence, first: Figure, second: Figure) -> bool:
    """Return whether the words lead from one figure to the next: từ A lên B."""
    between = sentence.between(first, second)
    if first.why or second.why or first.kind != second.kind or not same_unit(first, second) or len(between) > _FAR:
        return False
    begun = cues.ending("relations", "from_to").search(sentence.before(first)[-_FAR:])
    led = cues.ending("relations", "to").search(between) or cues.ending("approximate", "exact").search(
        sentence.text[first.end : second.start]
    )
    return bool(begun and led)


def _direction(sentence: Sentence, first: Figure, second: Figure) -> int:
    """Return 1 for a rise, -1 for a fall, 0 where nobody says which or the words say both."""
    at = sentence.figures.index(first)
    size = sentence.figures[at - 1] if at else None
    sized = size is not None and size.role == "change" and len(sentence.before(first).split()) <= 1
    words = (
        (re.split(r"[,;]", sentence.before(size))[-1] if size and sized else "")
        + sentence.before(first)
        + sentence.text[first.end : second.start]
    )
    up = bool(cues.cue("relations", "up").search(words) or re.search(r"(?<!\w)lên(?!\w)", words, cues.FLAGS))
    down = bool(cues.cue("relations", "down").search(words) or re.search(r"(?<!\w)xuống(?!\w)", words, cues.FLAGS))
    return int(up) - int(down)


def _size(sentence: Sentence, first: Figure, second: Figure) -> Finding | None:
    """Return whether the size of the change, told just before or after, is that of the two figures."""
    at = sentence.figures.index(first)
    near = [*sentence.figures[max(0, at - 1) : at], *sentence.figures[at + 2 : at + 3]]
    for size in near:
        told = size.role == "change" or size.bound == "change"
        base = cues.cue("relations", "other_base").search(sentence.after(size))
        if not told or base or size.why or not _is_size(size, first) or ";" in sentence.words:
            continue
        values = {"first": first, "second": second, "printed": size}
        off = abs(second.value - first.value)
        if _fits(size, first, second):
            return Finding("change_size", AGREES, (size, first, second), values | {"right": off})
        # A percentage of change in a percentage may be meant as points or as a ratio: then nobody can tell.
        if size.kind != PERCENT and size.bound in ("", "change"):
            return Finding("change_size", CONTRADICTS, (size, first, second), values | {"right": off})
    return None


def _is_size(size: Figure, level: Figure) -> bool:
    if level.kind == PERCENT:
        return size.kind in (POINTS, PERCENT)
    return size.kind == level.kind and bool(size.unit) and size.unit == level.unit


def _fits(size: Figure, first: Figure, second: Figure) -> bool:
    low, high = second.low - first.high, second.high - first.low
    low, high = (low, high) if second.value >= first.value else (-high, -low)
    within = low <= size.high and size.low <= high
    ratio = abs(second.value - first.value) * 100 / first.value if first.value else None
    as_ratio = size.kind == PERCENT and ratio is not None and abs(ratio - size.value) <= Decimal(1)
    return within or as_ratio
