"""Names that may hold digits and are no figures: of areas, registers, sources, difficulties and the like."""

import re
from collections.abc import Iterator

from hotich import formats
from hotich.data import comments, published
from hotich.data.dataset import Dataset
from hotich.data.difficulties import DIFFICULTIES
from hotich.language import LANGUAGES, say, text
from hotich.views.markup import visible


def with_digits(data: Dataset) -> tuple[str, ...]:
    """Return every name with a digit in it, as pages show it, in all languages, in order and once."""
    shown = filter(re.compile(r"\d").search, map(visible, _all(data)))
    return tuple(dict.fromkeys(form for name in shown for form in _forms(name)))


def _forms(name: str) -> tuple[str, str, str]:
    """Return a name as it is, at the start of a sentence and in the middle of one."""
    return name, name[0].upper() + name[1:], name[0].lower() + name[1:]


def _all(data: Dataset) -> Iterator[str]:
    for area in data.all_areas.all:
        yield from (area.name_vi, area.name_en, *(area.short(language) for language in LANGUAGES))
    for each in published.read(data.folders, data.month):
        yield from (formats.dated(each.source, language) for language in LANGUAGES)
    for language in LANGUAGES:
        for register in data.registers:
            yield from (register.name(language), register.short(language))
        yield data.office.name(language)
        yield from (target.name(language) for target in data.office.targets)
        yield from (say(language, f"data.difficulty.{kind}") for kind in DIFFICULTIES)
        yield from text(language, "page.names").split("; ")
        if comment := comments.read(data.folders, data.month, language):
            yield comment.signature
