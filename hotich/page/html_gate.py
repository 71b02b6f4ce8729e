"""The rules that every finished page keeps, tested on the finished page itself, whatever made it."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final

from hotich.errors import Contradicted
from hotich.language import LANGUAGES, say
from hotich.page import sanitize, script
from hotich.page.html_reader import Document, Node, read
from hotich.page.spec import PROSE

POLICY: Final = (
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src data:; base-uri 'none'; form-action 'none'"
)
"""What a browser may load for a page: nothing but what lies in it."""
SCRIPTED: Final = f"{POLICY}; script-src '{script.HASH}'"
"""The same for a page that holds the one script."""
TOLD: Final = 12
"""Problems that a message writes out."""
_FRAME: Final = frozenset({"html", "head", "meta", "title", "link", "style", "body", "main", "nav"})
_LINKS: Final = ("href", "xlink:href", "src", "srcset", "action", "formaction", "poster", "background", "cite", "ping")
_NAMES: Final = ("aria-labelledby", "aria-describedby", "aria-controls", "for")
_LOADS: Final = re.compile(r"url\((?!['\"]?(?:data:|#))|@import|image-set|//", re.IGNORECASE)
_INSIDE: Final = re.compile(r"url\(['\"]?data:[^)]*\)", re.IGNORECASE)
_USED: Final = re.compile(r"url\(['\"]?#([^)'\"]+)")
_EMPTY_WORDS: Final = re.compile(
    r"\W*|.*no description.*|(?:an? )?(?:image|picture|chart|figure|graph|map|alt(?: text)?|hình|ảnh|hình ảnh|biểu đồ)"
    r"\s*\d*|.*\.(?:png|svg|jpe?g)",
    re.IGNORECASE,
)
Problem = tuple[str, dict[str, object]]


def check(html: str, where: str) -> None:
    """Test every rule of pages. `where` is the page's name in the message.

    Raises Contradicted naming each rule that the page breaks, and where on the page.
    """
    document = read(html)
    if problems := [problem for rule in _RULES for problem in rule(document)]:
        listed = {language: _listed(problems, language) for language in LANGUAGES}
        raise Contradicted("page.rules", page=where, problems=listed, count=len(problems))


def _listed(problems: list[Problem], language: str) -> str:
    told = dict.fromkeys(say(language, f"page.problem.{key}", **values) for key, values in problems)
    return "; ".join(list(told)[:TOLD]) + ("; …" if len(told) > TOLD else "")


def _markup(document: Document) -> Iterator[Problem]:
    for tag in document.broken:
        yield "markup", {"element": tag}


def _head(document: Document) -> Iterator[Problem]:
    heads = list(document.all("head"))
    first = [node.given for node in heads[0].inside[:2]] if len(heads) == 1 else []
    policy = SCRIPTED if any(not _is_data(node) for node in document.all("script")) else POLICY
    wanted = [{"charset": "utf-8"}, {"http-equiv": "Content-Security-Policy", "content": policy}]
    if first != wanted:
        yield "policy", {}
    if next(document.all("html"), Node("", {})).given.get("lang") not in LANGUAGES:
        yield "language", {}
    if [bool(node.text) for head in heads for node in head.inside if node.tag == "title"] != [True]:
        yield "title", {}
    for node in document.all("meta"):
        if node.given.get("http-equiv", "Content-Security-Policy") != "Content-Security-Policy":
            yield "element", {"element": "meta http-equiv"}


def _elements(document: Document) -> Iterator[Problem]:
    known = {tag.lower() for tag in sanitize.ELEMENTS} | _FRAME
    for node in document.nodes:
        if node.tag not in known and not _the_script(node) and not _is_data(node):
            yield "element", {"element": node.tag}
        for name in node.given:
            if name.startswith("on"):
                yield "handler", {"element": node.tag, "name": name}


def _the_script(node: Node) -> bool:
    return node.tag == "script" and not node.given and node.text == script.SOURCE.strip()


def _is_data(node: Node) -> bool:
    """Return whether it is JSON in the head, which no browser runs."""
    return node.tag == "script" and node.given == {"type": "application/ld+json"} and _under(node, "head")


def _under(node: Node, tag: str) -> bool:
    return node.parent is not None and node.parent.tag == tag


def _links(document: Document) -> Iterator[Problem]:
    for node in document.nodes:
        for name in _LINKS:
            link = node.given.get(name)
            if link is not None and not _inside(node.tag, link) and not _said_outside(node, link):
                yield "link", {"element": node.tag, "link": link[:80]}
        if _loads(node.given.get("style", "")) or (node.tag == "style" and _loads(node.text)):
            yield "style", {"element": node.tag}


def _inside(tag: str, link: str) -> bool:
    if tag == "a":
        return sanitize.beside(link) or sanitize.saved(link)
    return sanitize.picture(link) if tag in ("img", "link") else link.startswith("#")


def _said_outside(node: Node, link: str) -> bool:
    """Return whether it is a link of prose to another site, which is opened only by a reader."""
    if node.tag != "a" or not sanitize.outside(link):
        return False
    return node.given.get("rel") == "noreferrer noopener" and any(
        each.given.get("class") == PROSE for each in node.around()
    )


def _loads(css: str) -> bool:
    return bool(_LOADS.search(_INSIDE.sub("", css)))


def _names(document: Document) -> Iterator[Problem]:
    ids = Counter(node.given["id"] for node in document.nodes if "id" in node.given)
    for name, count in ids.items():
        if count > 1:
            yield "id_twice", {"id": name}
    for node in document.nodes:
        for name in _targets(node):
            if name not in ids:
                yield "nowhere", {"element": node.tag, "id": name}


def _targets(node: Node) -> Iterator[str]:
    """Yield the ids of other elements that this one points to."""
    for attribute, value in node.given.items():
        if attribute in ("href", "xlink:href") and value.startswith("#"):
            yield value[1:]
        elif attribute in _NAMES:
            yield from value.split()
        else:
            yield from _USED.findall(value)


def _headings(document: Document) -> Iterator[Problem]:
    headings = [(int(node.tag[1]), node.text) for node in document.all("h1", "h2", "h3", "h4", "h5", "h6")]
    if [level for level, _ in headings].count(1) != 1:
        yield "h1", {"count": [level for level, _ in headings].count(1)}
    before = 0
    for level, text in headings:
        if level > before + 1:
            yield "heading_skipped", {"level": level, "heading": text[:60]}
        if not text:
            yield "heading_empty", {"level": level}
        before = level


def _figures(document: Document) -> Iterator[Problem]:
    for node in document.all("figure"):
        caption = next((each.text for each in node.all("figcaption")), "")
        if not caption:
            yield "figcaption", {}
        own = node.given.get("class") == "own"  # an analyst's: what is written in it is listed, if anything is
        if not own and not any(fold for fold in node.all("details") if any(fold.all("table"))):
            yield "figure_table", {"figure": caption[:60]}


def _pictures(document: Document) -> Iterator[Problem]:
    for node in document.nodes:
        if node.tag != "img" and node.tag != "svg" and node.given.get("role") != "img":
            continue
        if node.given.get("aria-hidden") == "true":
            continue
        words = node.given.get("alt" if node.tag == "img" else "aria-label", "")
        if _EMPTY_WORDS.fullmatch(words) or (node.tag == "svg" and node.given.get("role") != "img"):
            yield "description", {"element": node.tag, "words": words[:60]}


def _tables(document: Document) -> Iterator[Problem]:
    for node in document.all("table"):
        caption = next((each.text for each in node.all("caption")), "")
        heads = list(node.all("th"))
        if not caption:
            yield "caption", {"cell": heads[0].text[:60] if heads else "–"}
        if not heads or any(head.given.get("scope") not in ("col", "row", "colgroup", "rowgroup") for head in heads):
            yield "scope", {"table": caption[:60]}


def _data(document: Document) -> Iterator[Problem]:
    for node in document.all("data"):
        if not node.given.get("data-fact") or "value" not in node.given:
            yield "fact", {"text": node.text[:60]}


_RULES: Final[tuple[Callable[[Document], Iterator[Problem]], ...]] = (
    _markup,
    _head,
    _elements,
    _links,
    _names,
    _headings,
    _figures,
    _pictures,
    _tables,
    _data,
)
