"""The allow-list of HTML that may stand on a page; everything else is taken out."""

from typing import Final

import nh3

_TEXT: Final = {
    "a", "article", "aside", "b", "blockquote", "br", "caption", "code", "data", "dd", "details", "div", "dl", "dt",
    "em", "figcaption", "figure", "footer", "h1", "h2", "h3", "header", "i", "li", "ol", "p", "pre", "section",
    "small", "span", "strong", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
}  # fmt: skip
_DRAWING: Final = {"svg", "g", "path", "text", "tspan", "rect", "circle", "line", "polyline", "polygon", "defs", "use",
                   "clipPath", "title"}  # fmt: skip
_SHAPE: Final = {
    "class", "id", "style", "transform", "d", "x", "y", "width", "height", "cx", "cy", "r", "x1", "y1", "x2", "y2",
    "points", "fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin", "stroke-linecap", "opacity",
    "fill-opacity", "text-anchor", "font-size", "font-weight", "font-family", "clip-path", "clip-rule", "paint-order",
    "viewBox", "preserveAspectRatio",
}  # fmt: skip
_ATTRIBUTES: Final = {
    "*": {"class", "id", "lang", "role"},
    "a": {"href", "hreflang", "download"},
    "data": {"value", "title"},
    "div": {"tabindex"},
    "i": {"style"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    **dict.fromkeys(_DRAWING, _SHAPE),
    "use": _SHAPE | {"href"},
}
_PREFIXES: Final = {"data-", "aria-"}
_CSV: Final = "data:text/csv;charset=utf-8;base64,"


def html(dirty: str) -> str:
    """The same HTML without any element, attribute or link that is not allowed on a page."""
    return nh3.clean(
        dirty, tags=_TEXT | _DRAWING, attributes=_ATTRIBUTES, generic_attribute_prefixes=_PREFIXES,
        url_schemes={"data"}, link_rel=None, strip_comments=True, attribute_filter=_link,
    )  # fmt: skip


def _link(tag: str, attribute: str, value: str) -> str | None:
    """Links lead to a place on the page, to a file beside it or to its own CSV, never away."""
    if attribute != "href":
        return value
    if value.startswith(("#", _CSV)):
        return value
    plain = all(c.isalnum() or c in "._-/" for c in value)
    return value if tag == "a" and plain and not value.startswith("/") and ".." not in value else None
