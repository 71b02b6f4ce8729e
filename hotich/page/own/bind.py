"""Bind each figure in a text of the analyst's own to a fact, or refuse it with the facts nearest to it.

A figure in prose is written `{fact:138/all/percent}`, or just as the fact is written where only one can be meant: one
of the page's own area with three digits or more, or one of any area with four. What a notebook's code has printed or
drawn equals a fact that the notebook was given, by `m[…]`, `m.frame(…)` or `views.derived(…)`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from markupsafe import Markup, escape

from hotich.errors import Contradicted
from hotich.language import say
from hotich.measures import definitions
from hotich.measures.facts import Fact
from hotich.page.own.ground import Ground
from hotich.views import figures, figures_in_text
from hotich.views.figures_in_text import Candidates

_NAMED: Final = re.compile(r"\{\s*fact\b[:\s]*([^{}]*)\}", re.IGNORECASE)
"""A figure called by its name; one that is misspelt, such as {fact left}, is meant all the same."""
_SIGNED: Final = re.compile(r"(?<!\w)[-−+±]$")
"""What would turn a figure that follows it into another one."""
_LARGER: Final = re.compile(r"[%‰]|\s?(?:million|billion|thousand|[kKM]|bn|triệu|nghìn|ngàn|tỷ|tỉ|vạn)\b")
"""What would turn a figure before it into another one."""
_DISTINCT: Final = 3
"""Digits that a figure in prose has at least: 24 would equal some fact by chance."""
_DISTINCT_ANYWHERE: Final = 4


_LEVELS: Final = ("area", "name", "scope", "month", "measure", "value", "unit", "origin", "fact")
"""Labels of `m.frame` that the language files have names for."""


@dataclass(frozen=True)
class Bound:
    """A figure of a text: its fact, and how it is written there."""

    fact: Fact
    shown: str

    def __html__(self) -> Markup:
        return Markup('<data value="{}" data-fact="{}">{}</data>').format(self.fact.raw, self.fact.key, self.shown)


@dataclass(frozen=True)
class Named:
    """A name with digits in a text."""

    words: str

    def __html__(self) -> Markup:
        return Markup("<span data-name>{}</span>").format(self.words)


Piece = str | Bound | Named


def called(label: str, language: str) -> str:
    """Return what the page calls a label of `m.frame`: a measure by its term, a level of the index by its name."""
    if term := definitions.term(label, language):
        return term
    return say(language, f"page.frame.{label}") if label in _LEVELS else label


def plain(pieces: Sequence[Piece]) -> str:
    """Return pieces as a text, for drawings and alternative texts."""
    return "".join(
        piece if isinstance(piece, str) else piece.shown if isinstance(piece, Bound) else piece.words
        for piece in pieces
    )


def html(pieces: Sequence[Piece]) -> Markup:
    """Return pieces as HTML."""
    return Markup("").join(escape(piece) for piece in pieces)


@dataclass(frozen=True)
class Text:
    """How the texts of one cell are read: prose, or with `given` what its code has shown of these facts.

    A whole number of one or two digits equals many a fact by chance: it is one of the `short` ones, or of its cell.
    """

    ground: Ground
    cell: str
    given: Candidates | None = None
    short: Candidates | None = None

    def pieces(self, words: str, *, column: bool = False, likely: Fact | None = None) -> list[Piece]:
        """Return a text with its figures bound; `likely` is the fact that a table's cell is where it equals that.

        Raises Contradicted naming cell and figure for one that no fact is, and for digits of another script.
        """
        if odd := figures_in_text.strange(words):
            raise Contradicted("own.strange_digit", page=self.ground.page, cell=self.cell, text=words[:60], digit=odd)
        found: list[Piece] = []
        for part, name in _split(words, _NAMED):
            if name is not None:
                found.append(self._by_name(name[1]))
            else:
                found += self._in_plain(part, column, likely)
        self._refuse_joined(found, words)
        return found

    def _refuse_joined(self, pieces: Sequence[Piece], words: str) -> None:
        """Raise Contradicted for a figure that what stands next to it would make another one."""
        for before, after in pairwise(["", *pieces, ""]):
            if (isinstance(before, Bound) and _continues(after)) or (
                isinstance(after, Bound) and _SIGNED.search(str(before))
            ):
                where = {"page": self.ground.page, "cell": self.cell}
                raise Contradicted("own.joined", **where, number=plain([before, after]).strip()[:30], text=words[:60])

    def _by_name(self, name: str) -> Bound:
        fact = self.ground.fact(name.strip(), self.cell)
        signed = fact.measure.endswith("_change") and fact.unit != "date"
        return Bound(fact, figures.format_fact(fact, self.ground.language, signed=signed))

    def _in_plain(self, words: str, column: bool, likely: Fact | None) -> Iterator[Piece]:
        if words and not any(letter.isdigit() for letter in words):  # all facts need not be read for what has no figure
            yield words
            return
        for part, day in _split(words, self.ground.dated):
            if day:
                fact = self.ground.dates[day[0].lower()]
                yield Bound(fact, figures.format_fact(fact, self.ground.language))
                continue
            for rest, name in _split(part, self.ground.named):
                if name:
                    yield Named(name[0])
                    continue
                for other, token in _split(rest, figures_in_text.TOKEN):
                    yield self._figure(token, words, column, likely) if token else other

    def _figure(self, token: re.Match[str], words: str, column: bool, likely: Fact | None) -> Bound:
        language = self.ground.language
        if self.given is None:
            equal = self._in_prose(token)
            if len({fact.key for fact in equal}) == 1:
                return Bound(equal[0], token[0])
            raise self._unbound(token, words, equal)
        own = Candidates([likely] if likely else ()).equal(token, language, printed=True)
        known = self.given if _digits(token) >= _DISTINCT or _decimal(token) else self.short
        if equal := own or (known.equal(token, language, printed=True) if known else []):
            return Bound(equal[0], figures_in_text.shown(token, equal[0], language, column=column))
        raise self._unbound(token, words, [])

    def _in_prose(self, token: re.Match[str]) -> list[Fact]:
        digits = _digits(token)
        equal = self.ground.of_root.equal(token, self.ground.language, printed=False) if digits >= _DISTINCT else []
        if equal or digits < _DISTINCT_ANYWHERE:
            return equal
        return self.ground.all.equal(token, self.ground.language, printed=False)

    def _unbound(self, token: re.Match[str], words: str, equal: Sequence[Fact]) -> Contradicted:
        readings = list(figures_in_text.readings(token, self.ground.language, printed=True))
        nearest = [*equal[:3]] or self.ground.nearest(readings)
        return Contradicted(
            "own.ambiguous" if equal else "own.unbound",
            page=self.ground.page,
            cell=self.cell,
            number=token[0],
            text=" ".join(words.split())[:120],
            nearest=self.ground.offered(nearest, code=self.given is not None),
        )


def _digits(token: re.Match[str]) -> int:
    return sum(letter.isdigit() for letter in token[0])


def _decimal(token: re.Match[str]) -> bool:
    return not token["number"].isdigit()


def _continues(after: Piece) -> bool:
    """Return whether what follows a figure at once makes another one of it."""
    return isinstance(after, Bound) or (isinstance(after, str) and bool(_LARGER.match(after)))


def _split(words: str, pattern: re.Pattern[str]) -> Iterator[tuple[str, re.Match[str] | None]]:
    """Yield the text between the places where the pattern is found, and these places, in order."""
    at = 0
    for found in pattern.finditer(words):
        if found.start() > at:
            yield words[at : found.start()], None
        yield "", found
        at = found.end()
    if at < len(words):
        yield words[at:], None
