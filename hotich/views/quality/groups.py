"""Findings as people forward them: by the area below the office's own."""

from dataclasses import dataclass
from typing import Final

from hotich.checks import Checked
from hotich.checks.merging import Found
from hotich.checks.suites import SEVERITIES
from hotich.data.dataset import Dataset

WHOLE: Final = ""
"""The group of everything that is about no single area below: the month, the office itself, printed figures."""
UNKNOWN: Final = "?"
"""The group of codes that no list knows."""


@dataclass(frozen=True)
class Group:
    """What concerns one area, gravest first. `area` is a code, WHOLE or UNKNOWN."""

    area: str
    found: tuple[Found, ...]

    @property
    def gravest(self) -> int:
        """0 where there is a critical finding, 1 for a warning, 2 for a note."""
        return min(SEVERITIES.index(each.severity) for each in self.found)

    @property
    def by_rule(self) -> dict[str, list[Found]]:
        """What was found by the rule that leads, gravest first."""
        rules: dict[str, list[Found]] = {}
        for each in self.found:
            rules.setdefault(each.main.rule, []).append(each)
        return rules


def groups(checked: Checked) -> tuple[Group, ...]:
    """Return every group with findings: critical ones first, then the whole, areas with warnings, the others."""
    by_area: dict[str, list[Found]] = {}
    for each in checked.found:
        ours = each.main.suite == "waivers"  # the office's own list, whatever district a line is about
        by_area.setdefault(WHOLE if ours else below_root(checked.data, each.main.area), []).append(each)
    made = [Group(area, tuple(found)) for area, found in by_area.items()]
    order = {area.code: at for at, area in enumerate(checked.data.all_areas.all)}
    return tuple(
        sorted(
            made,
            key=lambda each: (each.gravest > 0, each.area != WHOLE, each.gravest, order.get(each.area, len(order))),
        )
    )


def below_root(data: Dataset, code: str) -> str:
    """Return the code of the area directly below the root in which an area lies, now or when it last existed."""
    root, path = data.root, [code]
    if code in ("", "*", root):
        return WHOLE
    while (parent := _parent(data, path[-1])) not in ("", root, *path):
        path.append(parent)
    if parent != root:
        return UNKNOWN
    top = data.areas.by_code.get(path[-1])
    return WHOLE if top and top.level == "office" else path[-1]


def _parent(data: Dataset, code: str) -> str:
    past = data.all_areas.ever(code)
    known = data.areas.by_code.get(code) or (past[-1] if past else None)
    return known.parent if known else ""
