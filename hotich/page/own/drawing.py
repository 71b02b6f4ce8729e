"""A drawing of the analyst's own, as Matplotlib saved it, as an inline SVG that a page may hold, its figures bound.

Every number written in it equals a fact that its notebook was given, or belongs to a scale. Where the marks lie is not
proven; the page says so.
"""

import re
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree

from markupsafe import Markup

from hotich.errors import Contradicted
from hotich.measures.facts import Fact
from hotich.page import sanitize
from hotich.page.own import bind, scales
from hotich.page.own.bind import Text
from hotich.page.own.scales import SVG

_LINK: Final = "{http://www.w3.org/1999/xlink}href"
_REFERS: Final = re.compile(r"#([\w.-]+)")
_NARROW: Final = 528
"""Points: a drawing narrower than this, such as a pie, is not drawn as wide as the page."""
_DROPPED: Final = ("metadata", "style", "title", "desc")


@dataclass(frozen=True)
class Drawn:
    """A drawing for the page, and the facts that are written in it, in order and once."""

    svg: Markup
    facts: tuple[Fact, ...]


def drawn(source: str, alt: str, text: Text, number: int) -> Drawn:
    """Return the drawing; `number` tells it from others of its cell. Raises Contradicted for what no page shows."""
    try:
        root = ElementTree.fromstring(source)  # noqa: S314 - no entities: expat limits them
    except ElementTree.ParseError:
        raise Contradicted("own.no_drawing", page=text.ground.page, cell=text.cell) from None
    if root.find(f".//{SVG}image") is not None:
        raise Contradicted("own.pixels", page=text.ground.page, cell=text.cell)
    _drop(root)
    labels = scales.written(root, text.ground.language)
    beside = set(scales.ticks(root)) - labels.keys()
    facts: dict[str, Fact] = {}
    for element in root.iter(f"{SVG}text"):
        if element in labels:
            element.text = labels[element]
            element.set("class", "tick")
        else:
            _write(element, text, element in beside, facts)
    _rename(root, f"{text.cell}-{number}")
    body = Markup("").join(_markup(child) for child in root)
    shown = Markup('<svg class="{}" viewBox="{}" role="img" aria-label="{}" stroke-linejoin="round">{}</svg>').format(
        "own narrow" if _width(root) < _NARROW else "own", root.get("viewBox", ""), alt, body
    )
    try:
        cleaned = sanitize.html(shown)
    except Contradicted:
        raise Contradicted("own.no_drawing", page=text.ground.page, cell=text.cell) from None
    return Drawn(Markup(cleaned), tuple(facts.values()))  # noqa: S704 - cleaned


def _width(root: ElementTree.Element) -> float:
    """Return the width of a drawing in points, which are pixels of the page."""
    _, _, width, *_ = [*(root.get("viewBox") or "").split(), "0", "0", "0"]
    return float(width) if re.fullmatch(r"\d+(\.\d+)?", width) else 0


def _drop(root: ElementTree.Element) -> None:
    """Take out what only programs read: Matplotlib's data about the file, and its one style, which the page has."""
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in [f"{SVG}{name}" for name in _DROPPED]:
                parent.remove(child)


def _write(element: ElementTree.Element, text: Text, at_axis: bool, facts: dict[str, Fact]) -> None:
    """Write a text as the page's language writes its figures, and collect their facts."""
    words = "".join(element.itertext())
    if len(element) and any(letter.isdigit() for letter in words):
        raise Contradicted("own.formula", page=text.ground.page, cell=text.cell, text="".join(words.split())[:60])
    try:
        pieces = text.pieces(bind.called(words, text.ground.language))
    except Contradicted as error:
        if at_axis and error.key == "own.unbound":
            raise Contradicted("own.scale", **error.values) from None
        raise
    if any(isinstance(piece, bind.Named) for piece in pieces):
        element.set("data-name", "")
    if len(element):
        return
    element.text = bind.plain(pieces)
    facts.update({piece.fact.key: piece.fact for piece in pieces if isinstance(piece, bind.Bound)})


def _rename(root: ElementTree.Element, start: str) -> None:
    """Give what is referred to a name of its own on the page, and take the names of all else."""
    used = {found for each in root.iter() for value in each.attrib.values() for found in _REFERS.findall(value)}
    names = {name: f"{start}-{at}" for at, name in enumerate(sorted(used))}
    for each in root.iter():
        name = each.attrib.pop("id", "")
        if name in names:
            each.set("id", names[name])
        for attribute, value in each.attrib.items():
            if "url(" in value or attribute == _LINK:
                each.set(attribute, _REFERS.sub(lambda found: f"#{names.get(found[1], found[1])}", value))


def _markup(element: ElementTree.Element) -> Markup:
    tag = element.tag.removeprefix(SVG)
    given = Markup("").join(
        Markup(' {}="{}"').format("href" if name == _LINK else name, value) for name, value in element.attrib.items()
    )
    inside = Markup("").join(
        (element.text or "", *(part for child in element for part in (_markup(child), child.tail or "")))
    )
    return Markup("<{0}{1}>{2}</{0}>").format(tag, given, inside if element.tag == f"{SVG}text" else inside.strip())
