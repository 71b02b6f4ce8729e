"""The office's own comment on a month: up to four short texts, signed."""

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from hotich.errors import InputRefused
from hotich.language import say
from hotich.month import Month
from hotich.storage import csv_table, regular
from hotich.storage.paths import Folders

PARTS: Final = ("assessment", "good_practice", "tasks", "proposals")
MOST_WORDS: Final = 75


@dataclass(frozen=True)
class Comment:
    """Headings with their texts, in the order of the file, and the signature. All of it is untrusted plain text."""

    parts: tuple[tuple[str, str], ...]
    signature: str


def read(folders: Folders, month: Month, language: str) -> Comment | None:
    """Return the month's comment in one language, or None if there is none.

    Raises InputRefused for an unknown or repeated heading, text outside the headings, a text of more than 75 words, and
    a signature that is missing or not the last line.
    """
    path = folders.comment(month, language)
    if not regular.present(path):
        return None
    try:
        text = unicodedata.normalize("NFC", path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        raise InputRefused("comments.encoding", file=path.name) from None
    csv_table.require_readable(text, path.name)
    return _checked(_parsed(text, [say(language, f"data.comment.{part}") for part in PARTS], path.name), path.name)


def _parsed(text: str, allowed: list[str], file: str) -> Comment:
    parts: dict[str, list[str]] = {}
    signature = ""
    for line in filter(None, map(str.strip, text.splitlines())):
        if signature:
            raise InputRefused("comments.after_signature", file=file, found=line[:40])
        if line.startswith("## "):
            parts[_heading(line[3:].strip(), allowed, parts, file)] = []
        elif line.startswith("— "):
            signature = line
        elif parts:
            parts[next(reversed(parts))].append(line)
        else:
            raise InputRefused("comments.outside", file=file, found=line[:40], allowed=", ".join(allowed))
    return Comment(tuple((heading, " ".join(lines)) for heading, lines in parts.items()), signature)


def _heading(heading: str, allowed: list[str], parts: Collection[str], file: str) -> str:
    if heading not in allowed:
        raise InputRefused("comments.heading", file=file, found=heading, allowed=", ".join(allowed))
    if heading in parts:
        raise InputRefused("comments.twice", file=file, found=heading)
    return heading


def _checked(comment: Comment, file: str) -> Comment:
    for heading, text in comment.parts:
        if len(text.split()) > MOST_WORDS:
            words = len(text.split())
            raise InputRefused("comments.long", file=file, heading=heading, words=words, most=MOST_WORDS)
    if not comment.signature:
        raise InputRefused("comments.unsigned", file=file)
    return comment
