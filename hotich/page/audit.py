"""The rules that every finished page keeps, tested on the page itself."""

import re
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Final

from hotich.errors import Contradicted

_VOID: Final = {"meta", "br", "img", "link", "input", "hr"}
_LOADS: Final = ("src", "srcset", "href", "xlink:href", "action", "poster", "data")
_AWAY: Final = re.compile(r"^\s*(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)
_CSS_AWAY: Final = re.compile(r"url\(\s*['\"]?\s*(?!data:|#)|@import", re.IGNORECASE)


class _Page(HTMLParser):
    """What the rules need to know of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.problems: list[str] = []
        self.stack: list[str] = []
        self.headings: list[int] = []
        self.ids: list[str] = []
        self.anchors: list[str] = []
        self.figures: list[set[str]] = []
        self.tables: list[set[str]] = []
        self.head: list[str] = []
        self.lang = ""
        self.facts: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._note(tag, given)
        self._safe(tag, given)
        if tag not in _VOID:
            self.stack.append(tag)

    def _note(self, tag: str, given: dict[str, str]) -> None:
        if "head" in self.stack:
            self.head.append(given.get("http-equiv", tag))
        if tag == "html":
            self.lang = given.get("lang", "")
        if "id" in given:
            self.ids.append(given["id"])
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "figure":
            self.figures.append(set())
        if tag == "table":
            self.tables.append(set())
        for inside in self.figures[-1:] if "figure" in self.stack else ():
            inside.add(tag)
        for inside in self.tables[-1:] if "table" in self.stack else ():
            inside.add("th scope" if tag == "th" and "scope" in given else tag)
        if tag == "data" and "data-fact" in given:
            self.facts.append((given["data-fact"], given.get("value", "")))

    def _safe(self, tag: str, given: dict[str, str]) -> None:
        if tag in ("script", "iframe", "object", "embed", "base", "form", "link"):
            self.problems.append(f"<{tag}>")
        for name, value in given.items():
            if name.startswith("on"):
                self.problems.append(f"{tag} {name}")
            if name in _LOADS and tag != "data" and _AWAY.match(value) and not value.startswith("data:"):
                self.problems.append(f"{tag} {name}={value[:60]}")
            if name == "style" and _CSS_AWAY.search(value):
                self.problems.append(f"{tag} style={value[:60]}")
        if given.get("href", "").startswith("#"):
            self.anchors.append(given["href"][1:])
        if given.get("role") == "img" and not given.get("aria-label"):
            self.problems.append(f"{tag} role=img without a label")
        if tag == "img" and not given.get("alt"):
            self.problems.append("img without alt")

    def handle_endtag(self, tag: str) -> None:
        while self.stack and self.stack.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self.stack[-1:] == ["style"] and _CSS_AWAY.search(data):
            self.problems.append("style loads something")


def page(html: str, name: str) -> None:
    """Raises Contradicted naming every rule of pages that this one breaks."""
    found = _parsed(html)
    problems = [*found.problems, *_structure(found)]
    if problems:
        raise Contradicted("page.rules", page=name, problems="; ".join(problems[:10]))


def facts(html: str, name: str, known: Mapping[str, str]) -> None:
    """Every figure on the page is a fact with the value that `measures.csv` has. Raises Contradicted naming both."""
    for fact, value in _parsed(html).facts:
        if known.get(fact) != value:
            ours = known.get(fact, "–")
            raise Contradicted("page.fact", page=name, fact=fact, value=value, known=ours)


def _parsed(html: str) -> _Page:
    found = _Page()
    found.feed(html)
    found.close()
    return found


def _structure(found: _Page) -> list[str]:
    problems = []
    if found.headings.count(1) != 1:
        problems.append(f"{found.headings.count(1)} h1")
    if not found.lang:
        problems.append("no lang")
    if found.head[1:2] != ["Content-Security-Policy"]:
        problems.append("no Content-Security-Policy first in head")
    skipped = [b for a, b in zip(found.headings, found.headings[1:], strict=False) if b > a + 1]
    problems += [f"h{level} skips a level" for level in skipped]
    problems += sorted({f"id {each} twice" for each in found.ids if found.ids.count(each) > 1})
    problems += [f"#{anchor} leads nowhere" for anchor in found.anchors if anchor not in found.ids]
    problems += ["figure without caption or table" for f in found.figures if not {"figcaption", "table"} <= f]
    problems += ["table without caption or scopes" for t in found.tables if not {"caption", "th scope"} <= t]
    return problems
