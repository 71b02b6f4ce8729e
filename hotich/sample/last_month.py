"""Draw the last month of the series: every unit's and register's counts, meeting all controls exactly."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from hotich.data.areas import Area, AreasOn
from hotich.data.registers import GROUPS, Register
from hotich.sample.apportion import apportion
from hotich.sample.chance import Chance
from hotich.sample.controls import Controls, districts, refuse
from hotich.sample.progress import Cell, digitised

SHARE: Final = {
    "KS": 6_200,
    "KH": 2_250,
    "KT": 1_500,
    "CN": 50,
    "XN": 7_700,
    "TD": 1_350,
    "CMC": 530,
    "LH": 380,
    "GH": 35,
    "CDGH": 5,
}
"""Size of each register within its group, in ten thousandths."""
OTHER_SHARE: Final = 200
"""The same for any other register."""
GROUP_SIZE: Final = {GROUPS[0]: 3_400, GROUPS[1]: 680}
"""Entries of an average commune, where no control gives the total."""


@dataclass(frozen=True)
class LastMonth:
    """Counts of every applicable cell, and the units that have finished."""

    required: Mapping[Cell, int]
    digitised: Mapping[Cell, int]
    completed: frozenset[str]


def draw(
    areas: AreasOn, root: str, registers: Sequence[Register], controls: Controls, threshold: int, chance: Chance
) -> LastMonth:
    """Draw the month. Raises WrongUsage naming the control that cannot be met."""
    units = areas.units(root)
    completed = _completed(areas, root, controls, chance)
    size = {unit.code: _size(unit, chance) for unit in units}
    for among, percent in _limits(areas, root, controls, threshold):
        _shrink(size, among, completed, percent)
    required: dict[Cell, int] = {}
    for group in GROUPS:
        cells = [(u.code, r.code) for u in units for r in registers if r.group == group and _keeps(areas, u, r)]
        required |= _required(group, cells, size, completed, controls.totals.get(group))
    in_file = {(u.code, r.code): required[u.code, r.code] for u in units for r in registers if _keeps(areas, u, r)}
    groups = {register.code: register.group for register in registers}
    done = digitised(in_file, groups, completed, areas, root, controls, threshold, chance)
    return LastMonth(in_file, done, completed)


def _keeps(areas: AreasOn, unit: Area, register: Register) -> bool:
    return register.kept_by(areas.unit_level(unit.code))


def _size(unit: Area, chance: Chance) -> int:
    """Draw the size of a unit, 1,000 being an average commune; offices are smaller."""
    spread = 350 + chance.below(900) + chance.below(400)
    return spread if unit.level == "commune" else spread * 6 // 10


def _completed(areas: AreasOn, root: str, controls: Controls, chance: Chance) -> frozenset[str]:
    """Choose the finished units: as many communes as published, else up to half of a district's; offices as named."""
    complete = controls.complete(areas)
    chosen = {*complete, *(controls.completed_offices or ())}
    counts = controls.completed_communes
    communes = areas.communes(root)
    below: dict[str, list[str]] = {}
    for unit in communes:
        below.setdefault(unit.parent, []).append(unit.code)
    for parent, codes in sorted(below.items()):
        count = chance.below(len(codes) // 2 + 1) if counts is None else counts.get(parent, 0)
        chosen.update(chance.some([code for code in codes if code not in complete], count))
    return frozenset(chosen)


def _limits(areas: AreasOn, root: str, controls: Controls, threshold: int) -> list[tuple[frozenset[str], int]]:
    """Return sets of units with the percent of each that finished units may hold at most to meet the controls."""
    limits = []
    if controls.over_threshold is not None:
        free = {a.code for a in districts(areas, root)} - {*controls.over_threshold, *controls.complete_areas}
        limits = [(frozenset(u.code for u in areas.units(code)), threshold * 9 // 10) for code in sorted(free)]
    shares = [done * 95 // required for required, done in controls.totals.values() if required]
    everything = frozenset(unit.code for unit in areas.units(root))
    return limits + [(everything, share) for share in sorted(shares)[:1]]


def _shrink(size: dict[str, int], among: frozenset[str], completed: frozenset[str], percent: int) -> None:
    """Make finished units smaller until they hold no more than that percent: small communes finish first."""
    finished = sum(size[unit] for unit in among & completed)
    allowed = sum(size[unit] for unit in among - completed) * percent // max(100 - percent, 1)
    if finished > allowed > 0:
        for unit in among & completed:
            size[unit] = max(size[unit] * allowed // finished, 1)


def _required(
    group: str,
    cells: Sequence[Cell],
    size: Mapping[str, int],
    completed: frozenset[str],
    control: tuple[int, int] | None,
) -> dict[Cell, int]:
    """Distribute a group's required entries; finished units get at least one in each register, to count as such."""
    least = [int(unit in completed) for unit, _ in cells]
    weights = [size[unit] * SHARE.get(register, OTHER_SHARE) for unit, register in cells]
    total = control[0] if control else sum(weights) * GROUP_SIZE[group] // 10_000_000
    if total < sum(least) or (total and not cells):
        refuse("required_too_small" if cells else "no_registers", group=group, required=total, least=sum(least))
    counts = apportion(total - sum(least), weights) if cells else []
    return {cell: count + floor for cell, count, floor in zip(cells, counts, least, strict=True)}
