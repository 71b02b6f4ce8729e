"""A finding about a data folder: what is set, assumed, missing or contradicting, and its sentence."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from hotich import formats
from hotich.errors import HotichError
from hotich.language import say

FEW: Final = 8
"""Codes that are named."""


@dataclass(frozen=True)
class Finding:
    """What was found, by the key of its sentence below `office.<state>.`; or what a reader refused."""

    state: str
    key: str
    values: Mapping[str, object]
    refusal: HotichError | None = None

    def words(self, language: str) -> str:
        """Return its sentence."""
        if self.refusal:
            return self.refusal.message(language)
        shown = {
            name: formats.day(value, language) if isinstance(value, date) else value
            for name, value in self.values.items()
        }
        return say(language, f"office.{self.state}.{self.key}", **shown)


def codes(found: Iterable[str]) -> str:
    """Return codes or names as a list, of many the first and how many more there are."""
    every = list(found)
    more = f" … (+{len(every) - FEW})" if len(every) > FEW else ""
    return ", ".join(every[:FEW]) + more
