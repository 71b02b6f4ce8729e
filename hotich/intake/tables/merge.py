"""What several tables and files say about the same unit and register: once if they agree, a problem if they do not."""

from collections.abc import Iterable

from hotich.intake.problems import Place, Problem, problem, report
from hotich.intake.records import Difficulty, Entry
from hotich.language import LANGUAGES


def entries(found: Iterable[Entry]) -> tuple[tuple[Entry, ...], tuple[Problem, ...]]:
    """Each unit and register once, in the order found. A cell left empty gives way to one that is filled in."""
    kept: dict[tuple[str, str], Entry] = {}
    problems: list[Problem] = []
    for entry in found:
        key = (entry.area, entry.register)
        before = kept.get(key)
        if before is None or not before.reported:
            kept[key] = entry
        elif entry.reported:
            problems += _again(before, entry)
    return tuple(kept.values()), tuple(problems)


def _again(first: Entry, second: Entry) -> list[Problem]:
    pairs = (
        (first.required, second.required, first.at, second.at),
        (first.digitised, second.digitised, first.digitised_at, second.digitised_at),
    )
    apart = [problem("twice.apart", there, b, other=_words(here), first=a) for a, b, here, there in pairs if a != b]
    same = f"{first.required}, {first.digitised}"
    return apart or [report("twice.same", second.at, same, other=_words(first.at))]


def _words(place: Place) -> dict[str, str]:
    return {language: place.words(language) for language in LANGUAGES}


def difficulties(found: Iterable[Difficulty]) -> tuple[Difficulty, ...]:
    """Each unit's difficulty once: a template has a row for each register, and units write it on one or on all."""
    kept = {(each.area, each.kind, each.note): each for each in reversed(list(found))}
    return tuple(reversed(kept.values()))
