"""Sentences of a text with their figures, each with the role that the words around it give it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from hotich.errors import InputRefused
from hotich.text import cues, figures, numbers
from hotich.text.documents.document import Block, Document
from hotich.text.figure import Figure

_END: Final = re.compile(r"(?<=[.!?…])[\"”’»)\]]*\s+(?=[\"“‘«([]*[A-ZÀ-ỸĐ\d\-+*•])|\n+")
_SHORT: Final = re.compile(
    r"(?:\b(?:TP|TX|TT|Tp|Tx|Tt|H|X|P|Mr|Mrs|Ms|Dr|No|Nos|St|Ths|ThS|TS|PGS|GS|approx|e\.g|i\.e|tr|Art|[A-ZĐ])\.)$"
)
_CLAUSE: Final = re.compile(r"[,;:()–—]|\s-\s")
_NOW: Final = re.compile(r"(?<!\w)(?:đã|đạt được|has|have|had|was|were|reached|đang)(?!\w)", cues.FLAGS)
_NEAR: Final = 4
"""So many words behind a figure may say of which time it is."""
MOST_FIGURES: Final = 5_000
EXCLUDED: Final = ("change", "plan", "period")
"""Roles of figures that are no level of now."""


@dataclass(frozen=True)
class Sentence:
    """A sentence: `text` is its whole block, in which it stands from `start` to `end`."""

    block: int
    text: str
    start: int
    end: int
    figures: tuple[Figure, ...]

    @property
    def words(self) -> str:
        """Its own text."""
        return self.text[self.start : self.end]

    @property
    def main(self) -> tuple[Figure, ...]:
        """Its figures that say how things stand now, outside brackets."""
        return tuple(each for each in self.figures if usable(each) and not each.aside)

    def between(self, first: Figure, second: Figure) -> str:
        """Return the text between two of its figures."""
        return self.text[first.end : second.lead]

    def before(self, figure: Figure) -> str:
        """Return the text from the figure before, or from its beginning."""
        at = self._places[figure.start]
        return self.text[self.figures[at - 1].end if at else self.start : figure.lead]

    def after(self, figure: Figure) -> str:
        """Return the text up to the next figure, or to its end."""
        at = self._places[figure.start] + 1
        return self.text[figure.end : self.figures[at].lead if at < len(self.figures) else self.end]

    @cached_property
    def _places(self) -> dict[int, int]:
        """The place of each figure among the others, by where it begins."""
        return {each.start: at for at, each in enumerate(self.figures)}


def usable(figure: Figure) -> bool:
    """Return whether a check may rest on a figure: it is sure what it is, and it says how things stand now."""
    return not figure.why and figure.bound != "change" and figure.role not in EXCLUDED


def read(document: Document) -> list[Sentence]:
    """Return the sentences of a document; a row of a table is one, of whose figures nothing is known.

    Raises InputRefused for a document with more figures than any notice has.
    """
    vietnamese = document.vietnamese
    sure = numbers.shows_decimals((each.text for each in document.blocks), vietnamese)
    found: list[Sentence] = []
    count = 0
    for at, block in enumerate(document.blocks):
        said = list(split(at, block, vietnamese, sure))
        found += said
        count += sum(len(each.figures) for each in said)
        if count > MOST_FIGURES:
            raise InputRefused("text.many", file=document.file, most=MOST_FIGURES)
    return found


def split(at: int, block: Block, vietnamese: bool, sure: bool = False) -> Iterator[Sentence]:
    """Yield the sentences of a block."""
    found = [_placed(each, block) for each in figures.read(at, block.text, vietnamese, sure=sure)]
    text = block.text
    start = 0
    for end in [*_ends(text, found), len(text)]:
        inside = tuple(each for each in found if start <= each.start < end)
        plain = Sentence(at, text, start, end, inside)
        yield replace(plain, figures=tuple(_with_role(plain, each) for each in inside))
        start = end


def _placed(figure: Figure, block: Block) -> Figure:
    """Return the figure with the reason for which its place keeps checks from it: a table, a quotation."""
    quoted = any(start <= figure.start < end for start, end in block.quoted)
    return replace(figure, why="quoted" if quoted else "table" if block.row else figure.why)


def _ends(text: str, found: list[Figure]) -> Iterator[int]:
    for end in _END.finditer(text):
        within = any(each.start < end.start() and end.end() <= each.end for each in found)
        if not within and not _SHORT.search(text[: end.start()]):
            yield end.end()


def _with_role(sentence: Sentence, figure: Figure) -> Figure:
    opened = sentence.text[sentence.start : figure.start]
    aside = opened.count("(") > opened.count(")")
    return replace(figure, aside=aside, role=_role(sentence, figure))


def _role(sentence: Sentence, figure: Figure) -> str:
    before, after = sentence.before(figure), sentence.after(figure)
    clause_before, clause_after = _CLAUSE.split(before)[-1], _CLAUSE.split(after)[0]
    said = list(cues.classes("roles").finditer(clause_before))
    if said and cues.name_of(said[-1]) == "change":
        return "change"
    if _planned(sentence.text[sentence.start : figure.lead]):
        return "plan"
    first = sentence.text[sentence.start : figure.lead].partition(",")[0] if sentence.figures[0] is figure else ""
    behind = " ".join(clause_after.split()[:_NEAR])
    if any(cues.cue("relations", "period").search(part) for part in (clause_before, behind, first)):
        return "period"
    found = said[-1] if said else cues.classes("roles").search(clause_after)
    if not found:
        found = next(reversed([*cues.classes("roles").finditer(before)]), None)
    name = cues.name_of(found) if found else ""
    return "" if name in (*EXCLUDED, "share") else name


def _planned(before: str) -> bool:
    """Return whether the words before a figure speak of what is to come, and of nothing done since."""
    plans = list(cues.cue("roles", "plan").finditer(before))
    done = list(_NOW.finditer(before))
    return bool(plans) and (not done or done[-1].start() < plans[-1].start())
