"""A figure of a text, and between which values its writer says that the truth lies."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

PERCENT: Final = "percent"
POINTS: Final = "points"
COUNT: Final = "count"


@dataclass(frozen=True)
class Figure:
    """A number at `start` to `end` of a block; `lead` is where its approximation begins (nearly, hơn).

    The truth lies from `low` to `high`. `bound` is how it was said: nothing, about, over, nearly, least or most.
    `why` says why no check may rest on it: range, ambiguous, word; else it is empty. `unit` is the class of what is
    counted (`cues.names("units")`), the word itself where it is of no class, or empty. `role` is the name of what was
    done with them (`cues.names("roles")`), or of a time that is not now (`period`). An `aside` stands in brackets.
    """

    block: int
    start: int
    end: int
    lead: int
    shown: str
    value: Decimal
    low: Decimal
    high: Decimal
    kind: str = COUNT
    bound: str = ""
    unit: str = ""
    why: str = ""
    role: str = ""
    aside: bool = False

    @property
    def exact(self) -> bool:
        """Return whether it is a plain count of which every digit is meant."""
        return self.kind == COUNT and self.low == self.high
