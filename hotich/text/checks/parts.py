"""Parts against their whole: "trong đó", "of which", and lists that illustrate a total."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import takewhile
from typing import Final

from hotich.text import cues, names, slips
from hotich.text.checks.relations import begins_as_whole, is_of, same_unit
from hotich.text.figure import COUNT, Figure
from hotich.text.finding import AGREES, CONTRADICTS, Finding, Value
from hotich.text.sentences import Sentence

_BULLET: Final = re.compile(r"\s*[-–+•*·]\s")
_CLOSE: Final = Decimal("0.002")
"""How near, relative to a whole of thousands, parts come to it only if they are meant to be all of it."""
_LARGE: Final = 1000
ZERO: Final = Decimal(0)
_FIRST: Final = 20
"""Words so near the beginning of a sentence speak of the one before."""
_MOST: Final = 60
"""So many sentences may go on with a list."""
_PLAIN: Final = 3
"""Behind a part that has no more words nothing else is said of it."""
_LIST: Final = 3
"""So many parts, each of another area, are a list that means to be whole if its sum comes near."""


@dataclass(frozen=True)
class Parts:
    """What a sentence says are parts: the wholes before, the parts with the names they stand with, and the words.

    `words` are those of the list, `said` those of the sentence with the whole, where that is another.
    """

    wholes: tuple[Figure, ...]
    parts: tuple[Figure, ...]
    named: tuple[str, ...]
    kinds: tuple[str, ...]
    exhaustive: bool
    words: str
    said: str

    @property
    def open(self) -> bool:
        """Return whether its words say that there are more parts than those told."""
        return cues.cue("relations", "open_list").search(f"{self.said} {self.words}") is not None

    @property
    def leaves_rest(self) -> bool:
        """Return whether it ends with a rest that has no number: còn lại là các việc khác."""
        rest = rf"{cues.pattern('relations', 'remainder')}[^\d]*$"
        return re.search(rest, self.words, cues.FLAGS) is not None

    @property
    def complementary(self) -> bool:
        """Return whether there are two parts, one that is done and one that is not."""
        if len(self.parts) != 2:
            return False
        return _divide(self.words) or sorted(each.role for each in self.parts) == ["digitised", "left"]

    @property
    def of_kinds(self) -> bool:
        """Return whether every part is of registers of its own, so that together they cannot be more than the whole."""
        return len(self.kinds) == len(self.parts) == len(set(self.kinds)) and all(self.kinds)

    @property
    def of_areas(self) -> bool:
        """Return whether every part has the name of an area of its own."""
        return (
            len(self.named) == len(self.parts) >= _LIST and len(set(self.named)) == len(self.named) and all(self.named)
        )


def check(sentences: Sequence[Sentence]) -> Iterator[Finding]:
    """Yield an outcome for every whole whose parts are given, by role where each part has several figures."""
    for at in range(len(sentences)):
        if found := _parts(sentences, at):
            yield from _by_role(found)


def _parts(sentences: Sequence[Sentence], at: int) -> Parts | None:
    sentence = sentences[at]
    cue = _cue(sentence)
    if not cue:
        return None
    start, end, words = cue
    before = [each for each in sentence.main if each.end <= start]
    if words == "(":
        same_period = [
            each for each in sentence.figures if each.end <= start and each.role == "period" and not each.why
        ]
        before = same_period[-1:] or before
    own = [each for each in sentence.figures if start <= each.start < end]
    earlier = sentences[at - 1] if at else None
    if not before and earlier and start - sentence.start < _FIRST and words not in ":(":
        before, whole_said = list(earlier.main), earlier.words
    else:
        whole_said = ""
    listed = [(sentence, own)] + [(each, list(each.figures)) for each in _going_on(sentences, at, own)]
    if any(each.why for _, figures in listed for each in figures):
        return None
    items = [(said, each) for said, figures in listed for each in _items(said, figures)]
    ahead = not items or items[0][0] is not sentence or bool(names.runs(sentence.text[start : items[0][1].lead]))
    return Parts(
        tuple(each for each in before if each.kind == COUNT),
        tuple(each for _, each in items),
        tuple(_name(said, each, ahead=ahead) for said, each in items),
        tuple(_kind(said, each) for said, each in items),
        cues.cue("relations", "whole_parts").fullmatch(words) is not None,
        " ".join(said.words for said, _ in listed),
        whole_said,
    )


def _cue(sentence: Sentence) -> tuple[int, int, str] | None:
    """Return where a list of parts begins and may end, and the words that introduce it, where there is one such place.

    Without such words it is a colon, or a bracket, before a list.
    """
    found = list(cues.cue("relations", "parts").finditer(sentence.words))
    if len(found) == 1:
        return sentence.start + found[0].end(), sentence.end, found[0][0].strip()
    sign = re.compile(r"[:(]").search(sentence.words) if not found else None
    if not sign or (sign[0] == "(" and _begins_divided(sentence)):
        return _begins_divided(sentence)
    start = sentence.start + sign.end()
    end = sentence.text.find(")", start) if sign[0] == "(" else sentence.end
    counts = [each for each in sentence.figures if start <= each.start < end and each.kind == COUNT]
    least = 2 if sign[0] == "(" and _divide(sentence.text[start:end]) else _LIST
    return (start, end, sign[0]) if len(counts) >= least else None


def _begins_divided(sentence: Sentence) -> tuple[int, int, str] | None:
    """Return where the two parts of a sentence stand that begins with their whole: of 3,450 children 1,794 are boys."""
    counts = [each for each in sentence.main if each.kind == COUNT]
    if len(counts) != 3 or len({each.unit for each in counts}) > 1 or not counts[0].unit:
        return None
    whole, _, last = counts
    plain = len(re.split(r"[.,;()]", sentence.after(last))[0].split()) <= _PLAIN  # not "40 hồ sơ trực tiếp đã trả"
    sexes = set(cues.cue("relations", "sexes").findall(sentence.text[whole.end : sentence.end].casefold()))
    said = begins_as_whole(sentence, whole) and len(sexes) == 2
    return (whole.end, sentence.end, "") if said and plain else None


def _divide(words: str) -> bool:
    """Return whether words name two that are all there is: trực tuyến, trực tiếp."""
    return any(all(word in words.casefold() for word in pair) for pair in cues.opposites())


def _going_on(sentences: Sequence[Sentence], at: int, own: Sequence[Figure]) -> Iterator[Sentence]:
    """Yield the sentences after it that go on with its list: bullets, or sentences with figures of the same roles."""
    roles = sorted(each.role for each in own if each.kind == COUNT and each.role)
    for following in sentences[at + 1 : at + 1 + _MOST]:
        bullet = _BULLET.match(following.words) and not own
        alike = own and following.block == sentences[at].block and len(roles) > 1
        theirs = sorted(each.role for each in following.main if each.kind == COUNT and each.role)
        if cues.cue("relations", "parts").search(following.words) or not (bullet or (alike and theirs == roles)):
            return
        yield following


def _counts(figures: Sequence[Figure]) -> list[Figure]:
    return [each for each in figures if each.kind == COUNT]


def _items(sentence: Sentence, listed: Sequence[Figure]) -> list[Figure]:
    """Return the counts of a list, of a fraction its part; those in brackets where there are no others."""
    usable = [each for each in listed if each in sentence.main and each.kind == COUNT]
    bracketed = [each for each in listed if each.kind == COUNT and each.aside]
    counts = usable if len(usable) >= 2 or len(bracketed) < 2 else bracketed
    return [
        each
        for at, each in enumerate(counts)
        if not (at and is_of(sentence, counts[at - 1], each)) and each.unit not in ("registers", "time")
    ]


def _name(sentence: Sentence, figure: Figure, *, ahead: bool) -> str:
    """Return the name of the area that a part is of, which in its list stands `ahead` of the figures or behind them."""
    said = sentence.before(figure) if ahead else re.split(r"[,;]", sentence.after(figure))[0]
    found = names.runs(said)
    return found[-1 if ahead else 0] if found else ""


def _kind(sentence: Sentence, figure: Figure) -> str:
    """Return the registers that a part is of, by the words around it in its own clause."""
    around = re.split(r"[,;]", sentence.before(figure))[-1] + re.split(r"[,;]", sentence.after(figure))[0]
    found = cues.cue("relations", "qualified").search(around)
    return found[0].casefold() if found else ""


def _by_role(found: Parts) -> Iterator[Finding]:
    roles = {role: [each for each in found.parts if each.role == role] for role in ("required", "digitised")}
    if all(len(parts) >= 2 for parts in roles.values()) and len({len(parts) for parts in roles.values()}) == 1:
        for role, parts in roles.items():
            wholes = [each for each in found.wholes if each.role == role]
            if len(wholes) == 1:
                yield from _outcome(found, wholes, parts)
    elif len(found.parts) >= 2 and len({each.role for each in found.parts if each.role} - {"digitised"}) <= 1:
        yield from _outcome(found, found.wholes, found.parts)


def _outcome(found: Parts, wholes: Sequence[Figure], parts: Sequence[Figure]) -> Iterator[Finding]:
    wholes = [whole for whole in wholes if all(same_unit(whole, part) for part in parts[:2])]
    known = list(takewhile(lambda part: _may_be_of(part, wholes), parts))
    for whole in wholes:
        ends = [end for end, each in enumerate(known) if end > 1 and each.unit == whole.unit]
        for some in (known[:end] for end in (len(known), *ends)):
            low, high = sum((each.low for each in some), ZERO), sum((each.high for each in some), ZERO)
            if whole.low <= high and low <= whole.high:
                yield _finding(AGREES, found, whole, some)
                return
    sure = _is_plain if found.exhaustive else _is_exact
    exact = [whole for whole in wholes if sure(whole)]
    if not exact or not all(sure(each) and same_unit(exact[0], each) for each in known):
        return
    total = sum((each.value for each in known), ZERO)
    meant = [whole for whole in exact if _must_sum(found, whole, total, alone=len(exact) == 1)]
    if meant:
        yield _finding(CONTRADICTS, found, meant[0], known)


def _is_exact(figure: Figure) -> bool:
    return figure.exact


def _is_plain(figure: Figure) -> bool:
    """Return whether nothing but its own rounding is between a figure and the truth."""
    return not figure.bound


def _may_be_of(part: Figure, wholes: Sequence[Figure]) -> bool:
    """Return whether a part may count the same as the wholes: a word of no class may be an adjective."""
    return part.unit not in cues.names("units") or all(same_unit(whole, part) for whole in wholes)


def _must_sum(found: Parts, whole: Figure, total: Decimal, *, alone: bool) -> bool:
    """Return whether parts that do not make a whole contradict it: they are said to be all of it, or come too near."""
    off = abs(total - whole.value)
    if found.leaves_rest and total < whole.value:
        return False
    if found.exhaustive and not found.open and alone and whole.unit:
        return True
    if whole.value >= _LARGE and not found.complementary and not (found.of_kinds and total > whole.value):
        return off <= whole.value * _CLOSE or slips.between(whole.value, total)[0] in ("swapped", "digit")
    if found.complementary or (found.of_kinds and total > whole.value):
        return True
    if not found.of_areas:
        return False
    if alone and total > whole.value:
        return True
    return off <= max(Decimal(1), whole.value / 20) or (whole is found.wholes[0] and total > whole.value)


def _finding(verdict: str, found: Parts, whole: Figure, parts: Sequence[Figure]) -> Finding:
    total = sum((each.value for each in parts), ZERO)
    added = tuple(parts)
    values: dict[str, Value] = {"whole": whole, "total": total, "parts": added, "off": abs(whole.value - total)}
    slip, more = slips.between(whole.value, total)
    if verdict == CONTRADICTS and _offices(found) == whole.value - total and whole.unit == "communes":
        slip, more = "office", {"offices": str(_offices(found))}
    kind = "parts" if total < whole.value else "parts_more"
    return Finding(kind, verdict, (whole, *parts), values | more, slip if verdict == CONTRADICTS else "")


def _offices(found: Parts) -> int:
    """Return how many offices the words of the list name beside the communes, without a number."""
    named = cues.cue("units", "offices").finditer(found.words)
    return sum(not re.search(r"\d\s*$", found.words[: each.start()]) for each in named)
