"""Names that may hold digits and are no figures: of areas, registers, sources, difficulties and the like."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import astuple

from hotich import formats
from hotich.data import comments, published
from hotich.data.areas import Area
from hotich.data.dataset import Dataset
from hotich.data.difficulties import DIFFICULTIES
from hotich.data.office import Office
from hotich.language import LANGUAGES, say, text
from hotich.language.unseen import visible


def with_digits(data: Dataset) -> tuple[str, ...]:
    """Return every name with a digit in it, as pages show it, in all languages, in order and once."""
    return _shown(_all(data))


def of_areas(areas: Iterable[Area], office: Office) -> tuple[str, ...]:
    """Return the names with a digit of areas, the office and pages themselves: of a page that shows no other."""
    return _shown(_common(areas, office))


def _shown(names: Iterable[str]) -> tuple[str, ...]:
    shown = filter(re.compile(r"\d").search, map(visible, names))
    return tuple(dict.fromkeys(form for name in shown for form in _forms(name)))


def _forms(name: str) -> tuple[str, str, str]:
    """Return a name as it is, at the start of a sentence and in the middle of one."""
    return name, name[0].upper() + name[1:], name[0].lower() + name[1:]


def _all(data: Dataset) -> Iterator[str]:
    yield from _common(data.all_areas.all, data.office)
    for each in published.read(data.folders, data.month):
        yield from (formats.dated(each.source, language) for language in LANGUAGES)
    for language in LANGUAGES:
        for register in data.registers:
            yield from (register.name(language), register.short(language))
        yield from (target.name(language) for target in data.office.targets)
        yield from (say(language, f"data.difficulty.{kind}") for kind in DIFFICULTIES)
        if comment := comments.read(data.folders, data.month, language):
            yield comment.signature


def _common(areas: Iterable[Area], office: Office) -> Iterator[str]:
    for area in areas:
        yield from (area.name_vi, area.name_en, area.official_vi, area.official_en)
        yield from (area.short(language) for language in LANGUAGES)
    *letterhead, recipients, recipients_en = astuple(office.letterhead)
    yield from (*letterhead, *recipients, *recipients_en)
    for language in LANGUAGES:
        yield office.name(language)
        yield from text(language, "page.names").split("; ")
