"""The style sheet of a page: faces and rules inside the page itself, and what stands in the margins on paper."""

import base64
from functools import cache
from pathlib import Path
from typing import Final

from hotich.language.unseen import visible

_HERE: Final = Path(__file__).parent
_FACES: Final = (
    ("Source Sans 3", "400", "sans-Regular"),
    ("Source Sans 3", "600", "sans-SemiBold"),
    ("Source Serif 4", "600", "serif-SemiBold"),
)
_OF_PAPERS: Final = (
    ("Tinos", "400", "tinos-Regular"),
    ("Tinos", "700", "tinos-Bold"),
    ("Tinos", "400;font-style:italic", "tinos-Italic"),
)
"""A face as wide as Times New Roman, which official papers are set in and not every machine has."""


def sheet(title: str, watermark: str, more: str = "") -> str:
    """Return the style sheet of a page. The title stands atop each printed page, the watermark beside it, in rust.

    `more` is the file of rules for a page of a kind of its own.
    """
    return _faces(_FACES) + _rules() + (_rules(more) if more else "") + _margins(title, watermark)


def notice(watermark: str) -> str:
    """Return the style sheet of an official paper (NĐ 30/2020/NĐ-CP): page numbers at the top from page 2 of each part.

    The watermark stands at the foot of every page.
    """
    face = 'Tinos,"Times New Roman",serif'
    return (
        _faces(_OF_PAPERS)
        + _rules("notice.css")
        + (
            # Size and margins stand here for print, in notice.css for screens and in views/notice/notice.docx for Word.
            "@page{size:A4;margin:20mm 18mm 20mm 30mm;"
            f"@top-center{{content:counter(page);font:13.5pt {face}}}"
            f"@bottom-center{{content:{quoted(watermark)};font:italic 10pt {face}}}}}\n"
            "@page:first{@top-center{content:none}}\n"
            # The annex has numbers of its own, from its page 2; Chromium counts them in a page context alone.
            '@counter-style unnumbered{system:cyclic;symbols:" "}'
            "@counter-style later{system:extends decimal;range:2 infinite;fallback:unnumbered}\n"
            f"@page annex{{counter-increment:annex;@top-center{{content:counter(annex,later);font:13.5pt {face}}}}}\n"
        )
    )


def summary(watermark: str) -> str:
    """Return the style sheet of the leader's page: that of an official paper, set so that it fills one page of A4."""
    return notice(watermark) + _rules("summary.css")


@cache
def _faces(faces: tuple[tuple[str, str, str], ...]) -> str:
    return "".join(
        f'@font-face{{font-family:"{family}";font-weight:{weight};'
        f'src:url(data:font/woff2;base64,{_base64(name)}) format("woff2")}}\n'
        for family, weight, name in faces
    )


def _base64(name: str) -> str:
    return base64.b64encode((_HERE / "fonts" / f"{name}.woff2").read_bytes()).decode("ascii")


def _rules(file: str = "page.css") -> str:
    return (_HERE / file).read_text(encoding="utf-8")


def _margins(title: str, watermark: str) -> str:
    face = '"Source Sans 3",sans-serif'
    return (
        "@page{size:A4;margin:18mm 17mm 16mm;"
        f"@top-left{{content:{quoted(watermark)};font:600 8.5pt {face};color:#9A3412}}"
        f"@top-right{{content:{quoted(title)};font:8.5pt {face};color:#4C5762}}"
        f'@bottom-right{{content:counter(page) " / " counter(pages);font:9pt {face};color:#4C5762}}}}\n'
    )


def quoted(text: str) -> str:
    """Return a CSS string that is safe inside a style element: all but letters, digits and spaces are codes."""
    return '"' + "".join(c if c.isalnum() or c == " " else f"\\{ord(c):x} " for c in visible(text)) + '"'
