"""Every sentence a person reads, in Vietnamese and English.

The texts lie in `vi/*.toml` and `en/*.toml`, one file for each part of the product; a key is `file.section.name`.
Both languages hold the same keys with the same placeholders (a test keeps them so). Texts are trusted and may hold
HTML; the values put into them are not, and are escaped where the text goes to a page.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Final

from markupsafe import Markup

LANGUAGES: Final = ("vi", "en")
_FOLDER: Final = Path(__file__).parent


@cache
def _catalog(language: str, file: str) -> dict[str, Any]:
    with (_FOLDER / language / f"{file}.toml").open("rb") as source:
        return tomllib.load(source)


def text(language: str, key: str) -> str:
    """The sentence stored under `key`, placeholders and all. Raises KeyError with language and key if there is none."""
    file, *path = key.split(".")
    found: Any = _catalog(language, file)
    for name in path:
        if not isinstance(found, dict) or name not in found:
            raise KeyError(f"{language}: {key}")
        found = found[name]
    if not isinstance(found, str):
        raise KeyError(f"{language}: {key} is not a text")
    return found


def say(language: str, key: str, **values: object) -> str:
    """The sentence as plain text, for terminals, files and attributes."""
    return text(language, key).format(**values)


def html(language: str, key: str, **values: object) -> Markup:
    """The sentence as HTML: values that are not Markup are escaped, whatever they hold."""
    return Markup(text(language, key)).format(**values)


def both(key: str, **values: object) -> dict[str, str]:
    """The sentence in every language, for records that carry them all."""
    return {language: say(language, key, **values) for language in LANGUAGES}
