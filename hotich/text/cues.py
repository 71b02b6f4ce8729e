"""What words around a number say of it: phrases of `rules/*.toml`, in both languages at once, as patterns."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, Final

from hotich.language import LANGUAGES

_FOLDER: Final = Path(__file__).parent / "rules"
FLAGS: Final = re.IGNORECASE


@cache
def _rules(file: str) -> dict[str, Any]:
    with (_FOLDER / f"{file}.toml").open("rb") as source:
        return tomllib.load(source)


@cache
def phrases(section: str, name: str) -> tuple[str, ...]:
    """Return the phrases of a name in both languages, longest first."""
    found = [phrase for language in LANGUAGES for phrase in _rules(language)[section][name]]
    return tuple(sorted(dict.fromkeys(found), key=len, reverse=True))


@cache
def opposites() -> tuple[frozenset[str], ...]:
    """Return the pairs of phrases that divide all there is between them, in both languages."""
    return tuple(frozenset(pair) for language in LANGUAGES for pair in _rules(language)["relations"]["opposites"])


def names(section: str) -> tuple[str, ...]:
    """Return the names of a section, in the order of its file."""
    return tuple(_rules(LANGUAGES[0])[section])


def provinces() -> tuple[str, ...]:
    """Return the names of the country's provinces of 2024, with which a text may be about somebody else."""
    return tuple(_rules("provinces")["names"])


def alternatives(words: Iterable[str]) -> str:
    """Return a pattern that finds any of the phrases as whole words, the longest where several begin."""
    longest_first = sorted(words, key=len, reverse=True)
    return f"(?:{_beginning(longest_first)}(?:{'|'.join(map(_phrase, longest_first))}))"


def _beginning(words: Iterable[str]) -> str:
    """Return what holds where one of the phrases may begin: most places are passed over without trying each of them."""
    return f"(?=[{''.join(sorted({re.escape(each[0]) for each in words}))}])"


def _phrase(words: str) -> str:
    body = r"\s+".join(re.escape(word) for word in words.split())
    return (r"(?<!\w)" if words[0].isalnum() else "") + body + (r"(?!\w)" if words[-1].isalnum() else "")


@cache
def pattern(section: str, name: str) -> str:
    """Return the pattern of a name's phrases, without groups."""
    return alternatives(phrases(section, name))


@cache
def cue(section: str, name: str) -> re.Pattern[str]:
    """Return what finds a phrase of that name anywhere in a text."""
    return re.compile(pattern(section, name), FLAGS)


@cache
def ending(section: str, name: str, after: str = "") -> re.Pattern[str]:
    """Return what finds a phrase of that name at the end of a text, or before `after`, a pattern, at its end."""
    return re.compile(rf"{pattern(section, name)}{after}[\s:]*$", FLAGS)


@cache
def classes(section: str) -> re.Pattern[str]:
    """Return what finds a phrase of any name of a section; the name is the name of the group."""
    every = [(phrase, name) for name in names(section) for phrase in phrases(section, name)]
    every.sort(key=lambda pair: len(pair[0]), reverse=True)
    # Named groups must be unique: number them, longest first, so that the longest phrase wins.
    groups = (f"(?P<{name}_{at}>{_phrase(phrase)})" for at, (phrase, name) in enumerate(every))
    return re.compile(f"{_beginning(phrase for phrase, _ in every)}(?:{'|'.join(groups)})", FLAGS)


def name_of(found: re.Match[str]) -> str:
    """Return the name of a section's phrase that `classes` found."""
    return str(found.lastgroup).rpartition("_")[0]
