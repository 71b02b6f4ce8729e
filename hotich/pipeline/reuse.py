"""Which papers of the last draft are still right, by what the records of their inputs say."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from hotich.data import results

SPARED: Final[dict[str, tuple[str, ...]]] = {
    "report": (),  # it lists every input with its hash
    "quality": results.SHOWN_ONLY,
    "notice": results.SHOWN_ONLY,
    "word": ("comments/", "areas.geojson"),
}
"""Inputs (or folders of them) that a kind of paper shows nothing of: a test changes them and compares its bytes."""


def changed(old: Mapping[str, Any], new: Mapping[str, Any]) -> frozenset[str] | None:
    """The inputs that differ between two records, those gone or added too; None where anything else differs."""
    if {**old, "inputs": None} != {**new, "inputs": None}:
        return None
    before, now = old["inputs"], new["inputs"]
    return frozenset(name for name in {**before, **now} if before.get(name) != now.get(name))


def stands(kind: str, differing: Collection[str] | None) -> bool:
    """Whether a paper of that kind is still right although these inputs differ."""
    return differing is not None and all(name.startswith(SPARED.get(kind, ())) for name in differing)
