"""What the head of a page says about it, for search engines, link previews and programs.

All of it is taken from the page's own opening, whose figures the gate compares with the facts: there is no second text.
"""

import base64
import json
import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from hotich.language import say
from hotich.storage.paths import ANNEX, DATA, MEASURES

ICON: Final = "data:image/svg+xml;base64," + base64.b64encode(
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="3" fill="#12436D"/>'
    b'<path d="M3 13V8h2.6v5zM6.7 13V5h2.6v8zM10.4 13V3H13v10z" fill="#fff"/></svg>'
).decode("ascii")
"""The sign of the pages, three bars."""
LOCALES: Final = {"vi": "vi_VN", "en": "en_GB"}
_STAND: Final = re.compile(r'<p class="stand">(.*?)</p>', re.DOTALL)
_OFFICE: Final = re.compile(r'<p class="top"><span><b>(.*?)</b>', re.DOTALL)
_AS_OF: Final = re.compile(r'<data value="(\d{4}-\d{2}-\d{2})" data-fact="[^"]*/as_of"')
_TABLES: Final = {
    DATA: "text/csv",
    MEASURES: "text/csv",
    ANNEX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True)
class Head:
    """A page's description in a sentence or two, its locale, and for a report the Dataset of schema.org as JSON."""

    description: str
    locale: str
    dataset: str = ""
    icon: str = ICON


def of(title: str, language: str, opening: Collection[str], *, synthetic: bool, dataset: bool = False) -> Head:
    """Return what the head says of a page with this opening; `dataset` for a page with files of figures beside it."""
    html = "".join(opening)
    stand = _STAND.search(html)
    said = _text(stand[1]) if stand else title
    mark = f"{say(language, 'page.synthetic')} " if synthetic else ""
    described = f"{mark}{said}"
    record = _dataset(title, described, language, html) if dataset else ""
    return Head(described, LOCALES[language], record)


def _dataset(title: str, described: str, language: str, html: str) -> str:
    """Return the Dataset as JSON that no HTML can begin or end in."""
    office, as_of = _OFFICE.search(html), _AS_OF.search(html)
    record: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": title,
        "description": described,
        "inLanguage": language,
        "isAccessibleForFree": True,
        "distribution": [
            {"@type": "DataDownload", "contentUrl": file, "encodingFormat": kind} for file, kind in _TABLES.items()
        ],
    }
    if office:
        record["creator"] = {"@type": "GovernmentOrganization", "name": _text(office[1])}
    if as_of:
        record["temporalCoverage"] = as_of[1]
    text = json.dumps(record, ensure_ascii=False)
    return "".join(f"\\u{ord(letter):04x}" if letter in "<>&" else letter for letter in text)


def _text(html: str) -> str:
    return Markup(html).striptags()  # noqa: S704 - text, which the template escapes
