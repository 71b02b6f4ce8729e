"""Facts by what an analyst types: their names, short forms of them, and what is nearest to a name that is none."""

import difflib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from hotich.data.areas import AreasOn
from hotich.errors import WrongUsage
from hotich.measures.facts import Fact
from hotich.month import Month, exact, printable

_NEAREST: Final = 3


class NoSuchFact(WrongUsage, KeyError):
    """A name that no fact has."""


@dataclass(frozen=True)
class Place:
    """What a name says; an empty area is the root."""

    area: str
    scope: str
    measure: str
    month: Month | None

    @property
    def name(self) -> str:
        """The whole name."""
        return f"{self.area}/{self.scope}/{self.measure}" + (f"@{self.month}" if self.month else "")


def place(name: str, scopes: Iterable[str]) -> Place:
    """Return what a name says: `138/all/percent@2024-09`, `138/percent`, `KS/percent` and `percent` of the root.

    Raises WrongUsage where what stands behind @ is no month.
    """
    path, _, month = str(name).partition("@")
    *before, measure = path.split("/")
    area, scope = "", "all"
    if len(before) == 1:
        area, scope = ("", before[0]) if before[0] in scopes else (before[0], "all")
    elif before:
        area, scope = "/".join(before[:-1]), before[-1]
    return Place(area, scope, measure, exact(month) if month else None)


def unknown(name: str, wanted: Place, facts: Mapping[str, Fact]) -> NoSuchFact:
    """Return the error for a name that no fact has: it tells which part of it is unknown, and the nearest names."""
    value = printable(str(name), 80)
    measures = {fact.measure for fact in facts.values()}
    if wanted.measure not in measures:
        near = nearest(wanted.measure, measures)
        return NoSuchFact("facts.measure", value=value, measure=printable(wanted.measure), nearest=near)
    same = [fact.key for fact in facts.values() if fact.measure == wanted.measure]
    near = nearest(wanted.name, same)
    return NoSuchFact("facts.none", value=value, measure=wanted.measure, count=len(same), nearest=near)


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the names most like a word, as they would be typed; the first ones where none is like it."""
    listed = sorted(known)
    found = difflib.get_close_matches(word, listed, _NEAREST, 0.5) or listed[:_NEAREST]
    return ", ".join(f'"{each}"' for each in found)


def elsewhere(measure: str, facts: Collection[Fact], areas: AreasOn, root: str) -> NoSuchFact:
    """Return the error for a measure of which nothing is known where a frame looks, with what to write to get some."""
    shown, same = printable(str(measure)), [fact for fact in facts if fact.measure == measure]
    if not same:
        near = nearest(str(measure), {fact.measure for fact in facts})
        return NoSuchFact("facts.measure", value=shown, measure=shown, nearest=near)
    call = next((_call(fact, areas) for fact in same if areas.within(fact.area, root)), f'm["{same[0].key}"]')
    return NoSuchFact("facts.elsewhere", measure=measure, count=len(same), call=call)


def _call(fact: Fact, areas: AreasOn) -> str:
    months = f', months="{fact.month}"' if fact.month else ""
    return f'm.frame("{fact.measure}", level="{areas[fact.area].level}", scope="{fact.scope}"{months})'
