"""A drawing of the analyst's own, as Matplotlib saved it, as an inline SVG that a page may hold, its figures bound.

Every number written in it equals a fact that its notebook was given, or is one of three or more that a scale's even
(or logarithmic) places give. Where the marks lie is not proven; the page says so.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree

from markupsafe import Markup

from hotich import formats
from hotich.errors import Contradicted
from hotich.measures.facts import Fact
from hotich.page import sanitize
from hotich.page.own import bind
from hotich.page.own.bind import Text

_SVG: Final = "{http://www.w3.org/2000/svg}"
_LINK: Final = "{http://www.w3.org/1999/xlink}href"
_AXIS: Final = re.compile(r"matplotlib\.axis_\d+")
_TICK: Final = re.compile(r"[xy]tick_\d+")
_PLACE: Final = re.compile(r"(?:translate|rotate)\(([^)]*)\)")
_SCALE: Final = re.compile(r"[−-]?\d+(?:\.\d+)?")
_NEAR: Final = 0.01
"""How far from its even place a number of a scale may lie, as a part of the scale's length."""
_ENOUGH: Final = 3
_REFERS: Final = re.compile(r"#([\w.-]+)")
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
    _drop(root)
    scales = set(_scales(root))
    facts: dict[str, Fact] = {}
    for element in root.iter(f"{_SVG}text"):
        _write(element, text, element in scales, facts)
    _rename(root, f"{text.cell}-{chr(ord('a') + number)}")
    body = Markup("").join(_markup(child) for child in root)
    shown = Markup('<svg class="own" viewBox="{}" role="img" aria-label="{}" stroke-linejoin="round">{}</svg>').format(
        root.get("viewBox", ""), alt, body
    )
    cleaned = sanitize.html(shown, text.ground.page, text.cell)
    return Drawn(Markup(cleaned), tuple(facts.values()))  # noqa: S704 - cleaned


def _drop(root: ElementTree.Element) -> None:
    """Take out what only programs read: Matplotlib's data about the file, and its one style, which the page has."""
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in [f"{_SVG}{name}" for name in _DROPPED]:
                parent.remove(child)


def _scales(root: ElementTree.Element) -> Iterator[ElementTree.Element]:
    """Yield the texts that are a scale's numbers: three or more of an axis, each where its value puts it."""
    for axis in root.iter(f"{_SVG}g"):
        if not _AXIS.fullmatch(axis.get("id", "")):
            continue
        ticks = [tick for tick in axis if _TICK.fullmatch(tick.get("id", ""))]
        texts = [words for tick in ticks for words in tick.iter(f"{_SVG}text") if (words.text or "").strip()]
        if len(texts) >= _ENOUGH and all(_SCALE.fullmatch(words.text or "") for words in texts):
            values = [float((words.text or "").replace("−", "-")) for words in texts]
            places = [_place(words) for words in texts]
            if any(_even(values, [place[side] for place in places]) for side in (0, 1)):
                yield from texts


def _even(values: list[float], places: list[float]) -> bool:
    """Return whether places lie as values do: on a line, or on one of their logarithms."""
    logarithms = [[math.log10(value) for value in values]] if min(values) > 0 else []
    return any(_on_a_line(measured, places) for measured in (values, *logarithms))


def _on_a_line(values: list[float], places: list[float]) -> bool:
    length, way = values[-1] - values[0], places[-1] - places[0]
    if not length or not way:
        return False
    return all(
        abs((value - values[0]) / length - (place - places[0]) / way) <= _NEAR
        for value, place in zip(values, places, strict=True)
    )


def _place(words: ElementTree.Element) -> tuple[float, float]:
    """Return where a text stands, as Matplotlib writes it."""
    if moved := _PLACE.findall(words.get("transform", "")):
        numbers = [float(number) for number in re.split(r"[ ,]+", moved[0].strip())]
        if len(numbers) == _ENOUGH:  # rotate(angle, x, y)
            return numbers[1], numbers[2]
        return numbers[0], numbers[-1]
    return float(words.get("x", 0)), float(words.get("y", 0))


def _write(element: ElementTree.Element, text: Text, of_scale: bool, facts: dict[str, Fact]) -> None:
    """Write a text as the page's language writes its figures, and collect their facts."""
    words = "".join(element.itertext())
    if of_scale:
        element.set("class", "tick")
        element.text = _scale(words, text.ground.language)
        return
    pieces = text.pieces(words)
    if any(isinstance(piece, bind.Named) for piece in pieces):
        element.set("data-name", "")
    if len(element):
        if any(letter.isdigit() for letter in words):
            raise Contradicted("own.formula", page=text.ground.page, cell=text.cell, text=words[:60])
        return
    element.text = bind.plain(pieces)
    facts.update({piece.fact.key: piece.fact for piece in pieces if isinstance(piece, bind.Bound)})


def _scale(words: str, language: str) -> str:
    whole, _, decimals = words.replace("−", "-").partition(".")
    sign, digits = (formats.MINUS, whole[1:]) if whole.startswith("-") else ("", whole)
    point = "," if language == "vi" else "."
    return sign + formats.count(int(digits), language) + (f"{point}{decimals}" if decimals else "")


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
    tag = element.tag.removeprefix(_SVG)
    given = Markup("").join(
        Markup(' {}="{}"').format("href" if name == _LINK else name, value) for name, value in element.attrib.items()
    )
    inside = Markup("").join(
        (element.text or "", *(part for child in element for part in (_markup(child), child.tail or "")))
    )
    return Markup("<{0}{1}>{2}</{0}>").format(tag, given, inside if element.tag == f"{_SVG}text" else inside.strip())
