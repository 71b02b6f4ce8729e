"""What the release before this report stated about figures that the counts, corrected since, now give otherwise."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from hotich.measures import facts as stored
from hotich.measures.facts import Fact
from hotich.measures.monthly_sums import Basis
from hotich.storage.paths import MEASURES

STATED: Final = (
    ("required", "all"),
    ("digitised", "all"),
    ("percent", "all"),
    ("required", "population"),
    ("digitised", "population"),
    ("percent", "population"),
    ("required", "civil_status"),
    ("digitised", "civil_status"),
    ("percent", "civil_status"),
    ("communes_completed", "all"),
    ("offices_completed", "all"),
    ("districts_over_threshold", "all"),
    ("communes_over_threshold", "all"),
    ("rank", "all"),
)
"""The figures that are compared, for the root and its districts: measure and scope."""


def facts(basis: Basis, computed: Mapping[str, Fact]) -> Iterator[Fact]:
    """Yield `said_X`, what the release stated of its month, and `revised_X`, now minus then, where they differ."""
    for release in basis.data.stated:
        stated = stored.read(release.folder / MEASURES)
        month = release.month if release.month != basis.now.month else None
        for area in basis.wholes:
            for measure, scope in STATED:
                said = stated.get(f"{area}/{scope}/{measure}")
                now = computed.get(replace(said, month=month).key) if said else None
                if said and now and said.value != now.value:
                    yield from _revised(replace(said, month=month), now)


def _revised(said: Fact, now: Fact) -> Iterator[Fact]:
    yield replace(said, measure=f"said_{said.measure}")
    unit = "points" if now.unit == "percent" else now.unit
    yield replace(now, measure=f"revised_{now.measure}", value=now.number - said.number, unit=unit)
