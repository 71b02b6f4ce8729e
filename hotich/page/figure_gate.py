"""Every figure on a finished page is a fact of `measures.csv`, written as that fact is written; no other digit stands.

Digits may stand outside `<data>` only
- in names: of areas, registers, sources and the like, which the caller gives, and what a view marks as `data-name`,
  such as what the checks found or what came in: that is no fact of `measures.csv`;
- in code, file names and hashes (`<code>`, `<pre>`) and in what the office itself wrote (`<blockquote>`), where a view
  shows them; in the prose of a notebook, a quotation or a code span is read like any other text;
- in the contents list, whose entries are the headings;
- in drawings and texts for screen readers, if a fact shown in the same figure, or else on the same page, is written
  with just these digits; the labels of an axis are no figures.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import zip_longest
from typing import Final

from hotich.errors import Contradicted
from hotich.measures.facts import Fact
from hotich.page.html_reader import Document, Node, read
from hotich.page.spec import PROSE
from hotich.views import figures

_FREE: Final = frozenset({"data", "code", "pre", "blockquote", "style", "script", "head", "nav", "svg"})
_FREE_IN_PROSE: Final = frozenset({"data", "svg"})
_SPOKEN: Final = ("aria-label", "alt", "title")
_NUMBER: Final = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_DIGIT: Final = re.compile(r"\d")
Facts = Mapping[str, Fact]


def check(html: str, where: str, language: str, known: Facts, names: Collection[str]) -> None:
    """Compare every figure on the page with its fact, and look for digits that belong to none.

    `where` is the page's name in messages, `names` may hold digits. Raises Contradicted naming the figure or the text.
    """
    document = read(html)
    for node in document.all("data"):
        _figure(node, where, language, known)
    _refuse(_Digits(document, language, known, _Names(names)), where)


def refuse_bare_digits(html: str, where: str, names: Collection[str]) -> None:
    """Raise Contradicted naming a text with digits that belong to no `data` element, no name and no marked text.

    For pages whose figures are of several reports, or of none.
    """
    _refuse(_Digits(read(html), "", {}, _Names(names)), where)


def _refuse(digits: "_Digits", where: str) -> None:
    for text in digits.bare():
        raise Contradicted("page.bare_digits", page=where, text=text[:120])


def check_languages_agree(one: str, other: str, where: str) -> None:
    """Compare the two languages of a page, section by section. Raises Contradicted where they state other facts."""
    first, second = (list(_by_section(read(html))) for html in (one, other))
    for (anchor, mine), (other_anchor, theirs) in zip_longest(first, second, fillvalue=("", Counter[str]())):
        if apart := sorted({**(mine - theirs), **(theirs - mine)}):
            section = anchor or other_anchor or "–"
            raise Contradicted("page.languages", page=where, section=section, facts=", ".join(apart[:8]))


def _by_section(document: Document) -> Iterator[tuple[str, Counter[str]]]:
    """Yield the facts outside of sections, then those of each section with its name, in their order."""
    sections = list(document.all("section"))
    inside = Counter(id(node) for section in sections for node in section.all("data"))
    yield "", Counter(node.given.get("data-fact", "") for node in document.all("data") if id(node) not in inside)
    for section in sections:
        yield section.given.get("id", ""), Counter(node.given.get("data-fact", "") for node in section.all("data"))


def _figure(node: Node, where: str, language: str, known: Facts) -> None:
    name, value = node.given.get("data-fact", ""), node.given.get("value", "")
    fact = known.get(name)
    if fact is None or fact.raw != value:
        raise Contradicted("page.fact", page=where, fact=name, value=value, known=fact.raw if fact else "–")
    shown = node.text
    if not any(shown in (form, form[:1].upper() + form[1:]) for form in figures.forms(fact, language)):
        first = next(figures.forms(fact, language))
        raise Contradicted("page.fact_text", page=where, fact=name, shown=shown[:60], written=first)


class _Names:
    """Names that may hold digits."""

    def __init__(self, names: Collection[str]) -> None:
        wordy = sorted((n for n in names if _DIGIT.search(n) and re.search(r"[^\W\d]", n)), key=len, reverse=True)
        self._known = wordy
        self._any = (
            re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in wordy), re.IGNORECASE) if wordy else None
        )

    def without(self, text: str) -> str:
        """Return the text without the names in it; a name that a drawing cut short ends with an ellipsis."""
        if not _DIGIT.search(text):
            return ""
        cut, mark, rest = text.partition("…")
        if mark and any(name.startswith(cut) for name in self._known):
            text = rest
        return self._any.sub("", text) if self._any else text


@dataclass(frozen=True)
class _Digits:
    """The digits of a page in one language, and what they may belong to."""

    document: Document
    language: str
    known: Facts
    names: _Names
    seen: dict[int, frozenset[str]] = field(default_factory=dict)
    written: dict[int, frozenset[str]] = field(default_factory=dict)

    def bare(self) -> Iterator[str]:
        """Yield every text with digits that belong to no fact and no name."""
        headings = {node.text for node in self.document.all("h2")}
        yield from (node.text for nav in self.document.all("nav") for node in nav.all("a") if node.text not in headings)
        for node in self.document.nodes:
            if node.tag == "text" and node.given.get("class") != "tick" and self._unknown(node.text, node):
                yield node.text
            for words in filter(None, map(node.given.get, _SPOKEN)):
                if self._unknown(words, node):
                    yield words
        for body in self.document.all("body"):
            yield from self._texts(body)

    def _texts(self, node: Node, free: Collection[str] = _FREE) -> Iterator[str]:
        free = _FREE_IN_PROSE if node.given.get("class") == PROSE else free
        for part in node.parts:
            if isinstance(part, str):
                if _DIGIT.search(self.names.without(part)):
                    yield part.strip()
            elif part.tag not in free and "data-name" not in part.given:
                yield from self._texts(part, free)

    def _unknown(self, words: str, node: Node) -> set[str]:
        """Return the numbers that no fact of the same figure (outside of figures: of the page) is written with."""
        numbers = set(_NUMBER.findall(self.names.without(words)))
        if not numbers or any("data-name" in each.given for each in (node, *node.around())):
            return set()
        around = {each.tag: each for each in (node, *node.around()) if each.tag in ("article", "figure", "html")}
        place = around.get("article") or around.get("figure")
        if place is None and node.tag != "text":
            place = around["html"]
        if place is None:
            return numbers
        numbers -= self._seen(place)
        return numbers - self._written(place) if numbers else numbers

    def _seen(self, place: Node) -> frozenset[str]:
        """Return the numbers in the facts of an element as they stand there; nearly every search ends here."""
        if id(place) not in self.seen:
            self.seen[id(place)] = frozenset(n for node in place.all("data") for n in _NUMBER.findall(node.text))
        return self.seen[id(place)]

    def _written(self, place: Node) -> frozenset[str]:
        """Return the numbers in every form of the facts in an element."""
        if id(place) not in self.written:
            names = {node.given.get("data-fact", "") for node in place.all("data")} & self.known.keys()
            numbers = (n for name in names for n in _numbers(self.known[name], self.language))
            self.written[id(place)] = frozenset(numbers)
        return self.written[id(place)]


@cache
def _numbers(fact: Fact, language: str) -> frozenset[str]:
    return frozenset(n for form in figures.forms(fact, language) for n in _NUMBER.findall(form))
