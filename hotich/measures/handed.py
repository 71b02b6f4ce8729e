"""Which facts the cells of a notebook have been given by name: a figure of their own drawing must be one of these."""

from typing import Final

from hotich.measures.facts import Fact

names: Final[dict[str, Fact]] = {}
"""Every fact that `m[…]` and `m.frame(…)` gave since the kernel started, by its name; the last one of each name."""

called: Final[dict[str, str]] = {}
"""What `m.frame(…)` called the areas of these facts, by their codes."""


def over(fact: Fact) -> Fact:
    """Record a fact as given, and return it."""
    names[fact.key] = fact
    return fact
