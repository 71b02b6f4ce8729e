"""The allow-list of HTML that may stand on a page. What is not on it is refused, never mended."""

import re
from collections import Counter
from typing import Final

import nh3

from hotich.errors import Contradicted
from hotich.language.unseen import visible


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_TEXT: Final = _words("""
    a article aside b blockquote br caption code data dd details div dl dt em figcaption figure footer h1 h2 h3 h4
    header hr i img li ol p pre s section small span strong summary table tbody td tfoot th thead tr ul
""")
_DRAWING: Final = _words("""
    svg g path text tspan rect circle ellipse line polyline polygon defs use clipPath pattern title desc
""")
ELEMENTS: Final = _TEXT | _DRAWING
"""Every element that a view may use."""
_SHAPE: Final = _words("""
    style transform d x y dx dy width height cx cy r rx ry x1 y1 x2 y2 points fill fill-opacity fill-rule stroke
    stroke-width stroke-dasharray stroke-dashoffset stroke-opacity stroke-linejoin stroke-linecap stroke-miterlimit
    opacity text-anchor dominant-baseline font-size font-weight font-family clip-path clip-rule paint-order viewBox
    version preserveAspectRatio focusable xml:space patternUnits patternTransform
""")
_ATTRIBUTES: Final = {
    "*": {"class", "id", "lang", "role", "tabindex"},
    "a": {"href", "hreflang", "download", "rel"},
    "data": {"value", "title"},
    "details": {"open"},
    "i": {"style"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "th": {"scope", "colspan", "rowspan", "title"},
    "td": {"colspan", "rowspan"},
    **dict.fromkeys(_DRAWING, _SHAPE),
    "use": _SHAPE | {"href", "xlink:href"},
}
_PROPERTIES: Final = _words("""
    background clip-path clip-rule color fill fill-opacity fill-rule font font-family font-size font-style
    font-weight height left opacity paint-order stroke stroke-dasharray stroke-dashoffset stroke-linecap
    stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-anchor visibility white-space width
""")
_REMOTE: Final = re.compile(r"url\((?!['\"]?#)|image-set|expression|//|\\|@", re.IGNORECASE)
_BESIDE: Final = re.compile(
    r"(?!\.\.)[\w-][\w./-]*\.(?:html|xlsx|docx|csv|json|ipynb)(?:#[\w-]+)?|\.\./index(?:\.en)?\.html", re.ASCII
)
_OUTSIDE: Final = re.compile(r"https://[a-z0-9.-]+\.[a-z]{2,}(?::\d+)?(?:[/?#][\w./?#=&%+~:,;!'()*-]*)?", re.ASCII)
_SAVED: Final = "data:text/csv;charset=utf-8;base64,"
_PICTURE: Final = re.compile(r"data:image/(?:png|jpeg|svg\+xml);base64,[A-Za-z0-9+/=\s]*")
_IGNORED: Final = {"xmlns", "xmlns:xlink"}  # says nothing inside HTML, where an svg element is one without it
_VALUE: Final = r"""(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>=]+))?"""
_NAME: Final = re.compile(rf"([^\s\"'<>/=]+){_VALUE}")
_TAG: Final = re.compile(rf"<(/?[a-zA-Z][^\s/>]*)((?:\s+[^\s\"'<>/=]+{_VALUE})*)\s*/?>")


def html(dirty: str, where: str = "", cell: str = "", *, outside: bool = False) -> str:
    """Return the HTML of a view; every element, attribute and link in it is allowed.

    Prose may also have links to the `outside`, over https. `where` and `cell` name the page and the notebook cell in
    the message. Raises Contradicted naming what is not allowed: our views never hold such a thing, so it came from a
    value that somebody forgot to escape.
    """
    cleaned = _cleaner(outside).clean(visible(dirty))
    lost = sorted((_census(dirty) - _census(cleaned)).elements())
    if lost:
        raise Contradicted("page.not_allowed", page=where, cell=cell, found=", ".join(dict.fromkeys(lost[:10])))
    return cleaned


def beside(link: str) -> bool:
    """Return whether a link leads to a place on the page, a file of the same report, or the list of releases."""
    return link.startswith("#") or _BESIDE.fullmatch(link) is not None


def saved(link: str) -> bool:
    """Return whether a link holds the table to be saved itself."""
    return link.startswith(_SAVED)


def outside(link: str) -> bool:
    """Return whether a link leads to another site, in plain letters and over https, and to nobody's name there."""
    return _OUTSIDE.fullmatch(link) is not None


def picture(source: str) -> bool:
    """Return whether an image lies in the page itself."""
    return _PICTURE.fullmatch(source) is not None


def style(declarations: str) -> bool:
    """Return whether a style attribute sets only what drawings and bars need, and loads nothing."""
    names = {part.partition(":")[0].strip() for part in declarations.split(";") if part.strip()}
    return names <= _PROPERTIES and not _REMOTE.search(declarations)


def _cleaner(outside: bool) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(ELEMENTS),
        attributes=_ATTRIBUTES,
        generic_attribute_prefixes={"data-", "aria-"},
        clean_content_tags={"script", "style"},
        attribute_filter=_allowed_outside if outside else _allowed,
        url_schemes={"data", "https"} if outside else {"data"},
        link_rel=None,
    )


def _allowed(element: str, attribute: str, value: str) -> str | None:
    """Return the value of an attribute if it may stand there."""
    if attribute in ("href", "xlink:href"):
        kept = beside(value) or saved(value) if element == "a" else value.startswith("#")
    elif attribute == "src":
        kept = picture(value)
    elif attribute == "style":
        kept = style(value)
    else:
        kept = not _REMOTE.search(value) if attribute in _SHAPE else True
    return value if kept else None


def _allowed_outside(element: str, attribute: str, value: str) -> str | None:
    if element == "a" and attribute == "href":
        return value if outside(value) or beside(value) else None
    return _allowed(element, attribute, value)


def _census(html: str) -> Counter[str]:
    """Return how often each element and attribute occurs, and each "<" that begins neither, such as of a comment."""
    counted: Counter[str] = Counter()
    for tag, attributes in _TAG.findall(html):
        if tag.startswith("/"):
            continue
        element = tag.lower()
        counted[f"<{element}>"] += 1
        counted.update(
            f"{element} {name}" for each in _NAME.findall(attributes) if (name := each.lower()) not in _IGNORED
        )
    counted["<"] = _TAG.sub("", html).count("<")
    return counted
