"""What predicates are made of: the figures of all areas of a kind, and who has the least or most of them."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from markupsafe import Markup

from hotich.data.areas import Area
from hotich.measures import Measures
from hotich.measures.facts import Fact

Said = Mapping[str, object]
"""The values that a sentence is written with, facts and names."""
Predicate = Callable[[Measures, Said], bool]
Number = int | Decimal


def number(m: Measures, measure: str, area: str = "", scope: str = "all") -> Number | None:
    """Return a fact's number; None where there is no such fact."""
    found = m.find(measure, area, scope)
    return None if found is None else found.number


def numbers(m: Measures, measure: str, areas: Iterable[Area]) -> dict[str, Number]:
    """Return the number of each area that has one, by its code."""
    return {area.code: found.number for area in areas if (found := m.find(measure, area.code))}


def fact(said: Said, name: str) -> Fact:
    """Return a fact of the sentence. Raises TypeError for anything else."""
    value = said[name]
    if not isinstance(value, Fact):
        raise TypeError(f"{name} is no fact but {type(value).__name__}")
    return value


def words(said: Said, name: str) -> str:
    """Return a value of the sentence as a reader sees it."""
    value = said[name]
    return plainly(value.striptags() if isinstance(value, Markup) else str(value))


def plainly(text: str) -> str:
    """Return a text with single blanks, as a reader sees it."""
    return " ".join(text.split())


def names(m: Measures, codes: Iterable[str]) -> set[str]:
    """Return every form in which sentences name these areas."""
    found: set[str] = set()
    for area in map(m.area, codes):
        name = area.name(m.language)
        found |= {name, name[0].lower() + name[1:], m.short(area.code), area.short(m.language)}
    return set(map(plainly, found))


def least(values: Mapping[str, Number]) -> list[str]:
    """Return who has the least; several where they are equal."""
    return [code for code, value in values.items() if value == min(values.values())]


def most(values: Mapping[str, Number]) -> list[str]:
    """Return who has the most; several where they are equal."""
    return [code for code, value in values.items() if value == max(values.values())]


def earlier(m: Measures, measure: str) -> list[Number]:
    """Return the root's figures of the months before this one."""
    return [found.number for month in m.months[:-1] if (found := m.find(measure, month=month))]


def unfinished(m: Measures, areas: Iterable[Area]) -> list[Area]:
    """Return the areas that have work left."""
    return [area for area in areas if number(m, "left", area.code)]


def ranked(m: Measures, areas: Iterable[Area]) -> list[Area]:
    """Return the unfinished areas that have a rank: only who reported in full is compared."""
    return [area for area in unfinished(m, areas) if number(m, "rank", area.code)]


def lowest_district(m: Measures, said: Said) -> bool:
    """Return whether the sentence's `percent` is that of a part that no other lies below, with work left."""
    shares, at = numbers(m, "percent", m.parts), fact(said, "percent").area
    return (
        len(shares) > 1
        and at in least(shares)
        and bool(number(m, "left", at))
        and words(said, "lowest") in names(m, [at])
    )
