"""Entries of several tables and files about the same unit and register: one if they agree, a problem if not."""

from collections.abc import Iterable

from hotich.intake.problems import Place, Problem, problem, report
from hotich.intake.records import Difficulty, Entry
from hotich.language import LANGUAGES


def entries(read: Iterable[Entry]) -> tuple[tuple[Entry, ...], tuple[Problem, ...]]:
    """Return each unit and register once, in order, and problems. An empty entry is replaced by one with counts."""
    kept: dict[tuple[str, str], Entry] = {}
    problems: list[Problem] = []
    for entry in read:
        key = (entry.area, entry.register)
        first = kept.get(key)
        if first is None or not first.reported:
            kept[key] = entry
        elif entry.reported:
            problems += _repeated(first, entry)
    return tuple(kept.values()), tuple(problems)


def _repeated(first: Entry, second: Entry) -> list[Problem]:
    pairs = (
        (first.required, second.required, first.place, second.place),
        (first.digitised, second.digitised, first.digitised_place, second.digitised_place),
    )
    different = [problem("twice.apart", there, b, other=_words(here), first=a) for a, b, here, there in pairs if a != b]
    counts = f"{first.required}, {first.digitised}"
    return different or [report("twice.same", second.place, counts, other=_words(first.place))]


def _words(place: Place) -> dict[str, str]:
    return {language: place.words(language) for language in LANGUAGES}


def difficulties(read: Iterable[Difficulty]) -> tuple[Difficulty, ...]:
    """Return each unit's difficulty once: a template has a row for each register, and units write it on one or all."""
    kept = {(d.area, d.kind, d.note): d for d in reversed(list(read))}
    return tuple(reversed(kept.values()))
