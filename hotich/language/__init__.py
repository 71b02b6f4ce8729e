"""The catalogue of every text that users read, in Vietnamese and English.

The texts are in `vi/*.toml` and `en/*.toml`, one file for each part of the product; a key is `file.section.name`.
Both languages have the same keys with the same placeholders (a test compares them). Texts are trusted and may contain
HTML; the values put into them are not, and are escaped where the text goes to a page.
"""

import tomllib
from functools import cache
from pathlib import Path, PurePath
from typing import Any, Final

from markupsafe import Markup

from hotich.language.unseen import Lines, one_line, visible

LANGUAGES: Final = ("vi", "en")
_FOLDER: Final = Path(__file__).parent


@cache
def _catalog(language: str, file: str) -> dict[str, Any]:
    with (_FOLDER / language / f"{file}.toml").open("rb") as source:
        return tomllib.load(source)


def text(language: str, key: str) -> str:
    """Return the text of `key` with its placeholders. Raises KeyError with the file that lacks it if there is none."""
    file, *path = key.split(".")
    entry: Any = _catalog(language, file)
    for name in path:
        entry = entry.get(name) if isinstance(entry, dict) else None
    if not isinstance(entry, str):
        raise KeyError(f"hotich/language/{language}/{file}.toml has no text {'.'.join(path)}")
    return entry


def say(language: str, key: str, **values: object) -> str:
    """Return the text with `values` as plain text, for terminals, files and attributes.

    A value that is text, a path or an error may come from anybody: it begins no line of its own, unless it is Lines,
    and hides nothing.
    """
    return text(language, key).format(**{name: _harmless(value) for name, value in values.items()})


def _harmless(value: object) -> object:
    if isinstance(value, str):
        return visible(value) if isinstance(value, Lines) else one_line(value)
    return one_line(str(value)) if isinstance(value, PurePath | Exception) else value


def html(language: str, key: str, **values: object) -> Markup:
    """Return the text as HTML: values that are not Markup are escaped."""
    return Markup(text(language, key)).format(**values)


def both(key: str, **values: object) -> dict[str, str]:
    """Return the plain text in every language, as {language: text}."""
    return {language: say(language, key, **values) for language in LANGUAGES}
