"""The outcome of the proof for one kind of fault."""

from collections import Counter
from dataclasses import dataclass, field

from proof.faults import Fault


@dataclass
class Result:
    """In how many places the fault was put, in how many it was caught, and by which rules."""

    fault: Fault
    places: int = 0
    caught: int = 0
    rules: Counter[str] = field(default_factory=Counter)
