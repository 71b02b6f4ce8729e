"""A finished page as elements, read by the plain grammar that all our pages keep to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from typing import Final

_VOID: Final = frozenset({"meta", "link", "br", "hr", "img"})
_DOCTYPE: Final = "<!doctype html>"
_PAIR: Final = r"""\s+[^\s"'<>/=]+(?:="[^"]*")?"""
_TAG: Final = re.compile(rf"""<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:{_PAIR})*)\s*>""")
_ATTRIBUTE: Final = re.compile(r"""([^\s"'<>/=]+)(?:="([^"]*)")?""")


@dataclass
class Node:
    """An element of the page with what is in it."""

    tag: str
    given: dict[str, str]
    parent: "Node | None" = None
    parts: list["Node | str"] = field(default_factory=list)

    @property
    def inside(self) -> list["Node"]:
        """The elements directly in it."""
        return [part for part in self.parts if isinstance(part, Node)]

    def around(self) -> Iterator["Node"]:
        """Yield the elements that it stands in, the nearest first."""
        here = self.parent
        while here is not None:
            yield here
            here = here.parent

    def all(self, *tags: str) -> Iterator["Node"]:
        """Yield every element of these tags below this one, in order."""
        for node in self.inside:
            if node.tag in tags:
                yield node
            yield from node.all(*tags)

    @property
    def text(self) -> str:
        """All text in it."""
        return "".join(part if isinstance(part, str) else part.text for part in self.parts).strip()


@dataclass
class Document:
    """A page's elements in order, and the markup that does not keep to the grammar of pages."""

    nodes: list[Node] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    def all(self, *tags: str) -> Iterator[Node]:
        """Return every element of these tags, in order."""
        return (node for node in self.nodes if node.tag in tags)


@lru_cache(maxsize=4)
def read(html: str) -> Document:
    """Return the page's elements. Markup that could be read in more than one way is reported as broken."""
    document, here, position = Document(), Node("", {}), 0
    source = html.removeprefix(_DOCTYPE)
    document.broken += [_DOCTYPE] if source == html else []
    for found in _TAG.finditer(source):
        _add_text(document, here, source[position : found.start()])
        position = found.end()
        closing, tag, attributes = found[1], found[2].lower(), found[3]
        if not closing:
            node = _node(document, tag, attributes, here)
            here = here if tag in _VOID else node
        elif here.tag == tag and here.parent:
            here = here.parent
        else:
            document.broken.append(f"</{tag}>")
    _add_text(document, here, source[position:])
    document.broken += [f"<{here.tag}>"] if here.tag else []
    return document


def _node(document: Document, tag: str, attributes: str, parent: Node) -> Node:
    pairs = _ATTRIBUTE.findall(attributes)
    node = Node(tag, {name.lower(): unescape(value) for name, value in pairs}, parent)
    if len(node.given) < len(pairs):
        document.broken.append(f"<{tag}{attributes}>")
    parent.parts.append(node)
    document.nodes.append(node)
    return node


def _add_text(document: Document, here: Node, text: str) -> None:
    if "<" in text:
        document.broken.append(text[text.index("<") :][:40])
    here.parts.append(unescape(text))
