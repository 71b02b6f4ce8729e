"""What the office itself says about a month: four short, signed texts that a person wrote."""

import unicodedata
from dataclasses import dataclass
from typing import Final

from hotich.errors import InputRefused
from hotich.language import say
from hotich.month import Month
from hotich.places import Places

PARTS: Final = ("assessment", "good_practice", "tasks", "proposals")
MOST_WORDS: Final = 75


@dataclass(frozen=True)
class Comment:
    """Headings with their texts, in the order of a report, and who signed. All of it is untrusted plain text."""

    parts: tuple[tuple[str, str], ...]
    signature: str


def read(places: Places, month: Month, language: str) -> Comment | None:
    """The month's comment in one language, if there is one.

    Raises InputRefused for an unknown heading, text outside the headings, a text of more than 75 words, no signature.
    """
    path = places.comment(month, language)
    if not path.is_file():
        return None
    try:
        text = unicodedata.normalize("NFC", path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        raise InputRefused("comments.encoding", file=path.name) from None
    allowed = [say(language, f"data.comment.{part}") for part in PARTS]
    parts: dict[str, list[str]] = {}
    signature = ""
    for line in (each.strip() for each in text.splitlines()):
        if line.startswith("## "):
            parts[_heading(line[3:].strip(), allowed, path.name)] = []
        elif line.startswith("— "):
            signature = line
        elif line:
            if not parts:
                raise InputRefused("comments.outside", file=path.name, found=line[:40], allowed=", ".join(allowed))
            parts[next(reversed(parts))].append(line)
    return _checked(Comment(tuple((h, " ".join(lines)) for h, lines in parts.items()), signature), path.name)


def _heading(found: str, allowed: list[str], file: str) -> str:
    if found not in allowed:
        raise InputRefused("comments.heading", file=file, found=found, allowed=", ".join(allowed))
    return found


def _checked(comment: Comment, file: str) -> Comment:
    for heading, text in comment.parts:
        if len(text.split()) > MOST_WORDS:
            words = len(text.split())
            raise InputRefused("comments.long", file=file, heading=heading, words=words, most=MOST_WORDS)
    if not comment.signature:
        raise InputRefused("comments.unsigned", file=file)
    return comment
