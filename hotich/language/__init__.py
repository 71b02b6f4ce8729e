"""The catalogue of every text that users read, in Vietnamese and English.

The texts are in `vi/*.toml` and `en/*.toml`, one file for each part of the product; a key is `file.section.name`.
Both languages have the same keys with the same placeholders (a test compares them); English chooses between the forms
of a word by its number: `{done} {done:|commune is|communes are} complete`; what special zones are named in has a form
with them and one for a province that has none: `phường{zones:|, đặc khu|}`. Texts are trusted and may contain
HTML; the values put into them are not, and are escaped where the text goes to a page.
"""

import re
import sys
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path, PurePath
from typing import Any, ClassVar, Final

from markupsafe import Markup

from hotich.language.unseen import Lines, one_line, visible

LANGUAGES: Final = ("vi", "en")
_FOLDER: Final = Path(__file__).parent
_FORMS: Final = re.compile(r"\{(?P<name>\w+):\|(?P<one>[^|{}]*)\|(?P<more>[^|{}]*)\}")
_ZONES: Final = re.compile(r"\{zones:\|([^|{}]*)\|([^|{}]*)\}")
_ONE: Final = ("1", "one", "One")
_SIGNS: Final = "+-\N{MINUS SIGN}"


class OfLevels(str):
    """A language as it speaks of an area whose levels are not those of a province with districts.

    What the files in `OWN` say comes before the usual text, the first that has one first.
    """

    __slots__ = ()
    OWN: ClassVar[tuple[str, ...]] = ()


class TwoLevels(OfLevels):
    """A language as it speaks of a province whose communes lie directly below it: what `two_levels.toml` says first.

    Such a province has no districts and no townships (since 01/07/2025), and what is said of its parts is said of
    communes.
    """

    __slots__ = ()
    OWN = ("two_levels",)


class NoZones(TwoLevels):
    """The same of a province that has no special zone (đặc khu): none is named."""

    __slots__ = ()


class Country(OfLevels):
    """A language as it speaks of a country: what is said of its parts is said of provinces."""

    __slots__ = ()
    OWN: ClassVar[tuple[str, ...]] = ("country",)


class CountryOfTwoLevels(Country):
    """The same of a country whose provinces have no districts (since 01/07/2025)."""

    __slots__ = ()
    OWN = ("country_two_levels", "country", "two_levels")


@cache
def _catalog(language: str, file: str) -> dict[str, Any]:
    with (_FOLDER / language / f"{file}.toml").open("rb") as source:
        return tomllib.load(source)


def text(language: str, key: str) -> str:
    """Return the text of `key` with its placeholders. Raises KeyError with the file that lacks it if there is none."""
    file, *path = key.split(".")
    said = (_entry(_catalog(language, own), [file, *path]) for own in getattr(language, "OWN", ()))
    entry = next(filter(None, said), None) or _entry(_catalog(language, file), path)
    if entry is None:
        raise KeyError(f"hotich/language/{language}/{file}.toml has no text {'.'.join(path)}")
    return _ZONES.sub(r"\2" if isinstance(language, NoZones) else r"\1", entry)


def _entry(entry: Any, path: list[str]) -> str | None:  # noqa: ANN401 - a table of TOML
    for name in path:
        entry = entry.get(name) if isinstance(entry, dict) else None
    return entry if isinstance(entry, str) else None


def say(language: str, key: str, **values: object) -> str:
    """Return the text with `values` as plain text, for terminals, files and attributes.

    A value that is text, a path or an error may come from anybody: it begins no line of its own, unless it is Lines,
    and hides nothing.
    """
    return _number(text(language, key), values).format(**{name: _harmless(value) for name, value in values.items()})


def _harmless(value: object) -> object:
    if isinstance(value, str):
        return visible(value) if isinstance(value, Lines) else one_line(value)
    return one_line(str(value)) if isinstance(value, PurePath | Exception) else value


def html(language: str, key: str, **values: object) -> Markup:
    """Return the text as HTML: values that are not Markup are escaped."""
    return Markup(_number(text(language, key), values)).format(**values)


def _number(template: str, values: Mapping[str, object]) -> str:
    """Return the text with the forms of words that its numbers ask for: `{done} {done:|commune|communes}`."""

    def chosen(found: re.Match[str]) -> str:
        shown = Markup(values[found["name"]]).striptags().lstrip(_SIGNS)
        return found["one"] if shown in _ONE else found["more"]

    return _FORMS.sub(chosen, template) if "|" in template else template


def spoken() -> str:
    """Return the language of the notebook that runs here, its variable `language`; where there is none, the first."""
    named = getattr(sys.modules.get("__main__"), "language", "")
    return named if named in LANGUAGES else LANGUAGES[0]


def both(key: str, **values: object) -> dict[str, str]:
    """Return the plain text in every language, as {language: text}."""
    return {language: say(language, key, **values) for language in LANGUAGES}
