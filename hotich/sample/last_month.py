"""The last month of the series: required and digitised of every unit and register, meeting every control exactly."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from hotich.areas import Area, AreasOn
from hotich.registers import GROUPS, Register
from hotich.sample.apportion import shared
from hotich.sample.controls import Controls, refuse

Cell = tuple[str, str]
"""A unit's code and a register's."""
SHARE: Final = {
    "KS": 0.62, "KH": 0.225, "KT": 0.15, "CN": 0.005,
    "XN": 0.77, "TD": 0.135, "CMC": 0.053, "LH": 0.038, "GH": 0.0035, "CDGH": 0.0005,
}  # fmt: skip
"""How large registers are within their group: births lead, the end of guardianship is rare."""
SPEED: Final = {"KS": 1.0, "KH": 1.12, "KT": 0.8, "CN": 1.2, "TD": 0.93}
"""How far registers are ahead of each other: death registers are old and faded, adoptions few."""
MEAN_SIZE: Final = 3_400
"""Entries of an average commune where no control says more."""
OTHER_SHARE: Final = 0.02


@dataclass(frozen=True)
class LastMonth:
    """The last month: counts of every applicable cell, and the units that have finished."""

    required: Mapping[Cell, int]
    digitised: Mapping[Cell, int]
    completed: frozenset[str]


def draw(
    areas: AreasOn, root: str, registers: Sequence[Register], controls: Controls, threshold: int, rng: Random
) -> LastMonth:
    """Draw the month. Raises WrongUsage naming the control that cannot be met."""
    units = areas.units(root)
    cells = [
        (unit.code, register)
        for unit in units
        for register in registers
        if areas.unit_level(unit.code) in register.levels
    ]
    size = {unit.code: _size(unit, rng) for unit in units}
    completed = _completed(areas, root, controls, rng)
    required: dict[Cell, int] = {}
    for group in GROUPS:
        required |= _required(
            [(u, r) for u, r in cells if r.group == group], size, completed, controls.totals.get(group), group
        )
    plan = _Plan(areas, root, controls, threshold, required, completed, {r.code: r.group for r in registers}, rng)
    return LastMonth(required, plan.digitised(), completed)


def _size(unit: Area, rng: Random) -> float:
    spread = 0.45 + rng.random() + rng.random() * 0.5
    return MEAN_SIZE * (spread if unit.level == "commune" else spread * 0.6)


def _completed(areas: AreasOn, root: str, controls: Controls, rng: Random) -> frozenset[str]:
    """Which units have finished: as many communes of each district as published, offices as named, else one in four."""
    chosen: set[str] = set(controls.completed_offices or ())
    for area in controls.complete_areas:
        chosen |= {unit.code for unit in areas.units(area)}
    counts = controls.completed_communes
    for unit_parent in sorted({unit.parent for unit in areas.communes(root)}):
        communes = [unit.code for unit in areas.communes(unit_parent)]
        drawn = sorted((rng.random(), code) for code in communes)
        count = counts.get(unit_parent, 0) if counts is not None else round(len(communes) * 0.5 * rng.random())
        chosen |= {code for _, code in drawn[:count]}
    return frozenset(chosen)


def _required(
    cells: list[tuple[str, Register]], size: Mapping[str, float], completed: frozenset[str],
    control: tuple[int, int] | None, group: str,
) -> dict[Cell, int]:  # fmt: skip
    """A finished unit has at least one entry in each of its registers, so that nobody doubts that it has finished."""
    floor = [1 if unit in completed else 0 for unit, _ in cells]
    weights = [size[unit] * SHARE.get(register.code, OTHER_SHARE) for unit, register in cells]
    if group == GROUPS[1]:
        weights = [weight * 0.2 for weight in weights]
    total = control[0] if control else round(sum(weights))
    if total < sum(floor):
        refuse("required_too_small", group=group, required=total, least=sum(floor))
    counts = shared(total - sum(floor), weights)
    return {
        (unit, register.code): count + least
        for (unit, register), count, least in zip(cells, counts, floor, strict=True)
    }  # fmt: skip


@dataclass(frozen=True)
class _Plan:
    areas: AreasOn
    root: str
    controls: Controls
    threshold: int
    required: Mapping[Cell, int]
    completed: frozenset[str]
    group: Mapping[str, str]
    rng: Random

    def digitised(self) -> dict[Cell, int]:
        """Civil-status counts first, at about one level everywhere; the population group then decides who is over."""
        population, civil = GROUPS
        done = {cell: count for cell, count in self.required.items() if cell[0] in self.completed}
        done |= self._level(civil, 0.9)
        targets = self._districts(population, done)
        for district, count in targets.items():
            cells = [c for c in self._open(population) if self._district(c[0]) == district]
            done |= self._spread(cells, count, f"{district}/{population}")
        return done

    def _open(self, group: str) -> list[Cell]:
        return [c for c in self.required if c[0] not in self.completed and self.group[c[1]] == group]

    def _caps(self, cells: Sequence[Cell]) -> list[int]:
        """An unfinished unit keeps something to do in its largest register."""
        largest: dict[str, Cell] = {}
        for cell in cells:
            if cell[0] not in largest or self.required[cell] > self.required[largest[cell[0]]]:
                largest[cell[0]] = cell
        kept = set(largest.values())
        return [self.required[c] - (1 + self.required[c] // 60 if c in kept and self.required[c] else 0) for c in cells]

    def _spread(self, cells: Sequence[Cell], total: int, name: str) -> dict[Cell, int]:
        pace = {unit: 0.55 + 0.9 * self.rng.random() for unit in sorted({unit for unit, _ in cells})}
        weights = [self.required[u, r] * pace[u] * SPEED.get(r, 1.0) for u, r in cells]
        caps = self._caps(cells)
        try:
            return dict(zip(cells, shared(total, weights, caps), strict=True))
        except ValueError:
            refuse("digitised_no_room", name=name, digitised=total, most=sum(caps))

    def _level(self, group: str, share: float) -> dict[Cell, int]:
        cells = self._open(group)
        total = self._rest(group)
        if total is None:
            total = round(share * sum(self.required[cell] for cell in cells))
        return self._spread(cells, total, group)

    def _rest(self, group: str) -> int | None:
        """What the published total leaves for unfinished units."""
        control = self.controls.totals.get(group)
        if control is None:
            return None
        finished = sum(n for (u, r), n in self.required.items() if u in self.completed and self.group[r] == group)
        if control[1] < finished:
            refuse("digitised_too_small", group=group, digitised=control[1], least=finished)
        return control[1] - finished

    def _district(self, unit: str) -> str:
        """The area directly below the root that a unit lies in; the root's own office stands for itself."""
        while self.areas[unit].parent != self.root:
            unit = self.areas[unit].parent
        return unit

    def _districts(self, group: str, done: Mapping[Cell, int]) -> dict[str, int]:
        """How much of the group each district has digitised in its unfinished units."""
        base: dict[str, int] = {}
        finished: dict[str, int] = {}
        room: dict[str, int] = {}
        for cell in self.required:
            district = self._district(cell[0])
            base[district] = base.get(district, 0) + self.required[cell]
            finished[district] = finished.get(district, 0) + done.get(cell, 0)
        cells = self._open(group)
        for cell, cap in zip(cells, self._caps(cells), strict=True):
            room[self._district(cell[0])] = room.get(self._district(cell[0]), 0) + cap
        given = self._over(base, finished, room)
        rest = self._rest(group)
        others = [district for district in room if district not in given]
        return given | self._under(others, base, finished, room, None if rest is None else rest - sum(given.values()))

    def _over(self, base: Mapping[str, int], finished: Mapping[str, int], room: Mapping[str, int]) -> dict[str, int]:
        """Districts that must be over the threshold get one to four points more than it."""
        given: dict[str, int] = {}
        for district in self.controls.over_threshold or ():
            share = self.threshold + 0.8 + 3.2 * self.rng.random()
            count = max(int(base[district] * share / 100) - finished[district], 0)
            reachable = min(count, room.get(district, 0))
            if (finished[district] + reachable) * 100 <= self.threshold * base[district]:
                refuse("over_unreachable", area=district, threshold=self.threshold)
            given[district] = reachable
        return given

    def _under(
        self, districts: Iterable[str], base: Mapping[str, int], finished: Mapping[str, int],
        room: Mapping[str, int], total: int | None,
    ) -> dict[str, int]:  # fmt: skip
        """The others share what is left, none of them over the threshold where the controls say who is."""
        names = sorted(districts)
        limit = {d: room[d] for d in names}
        if self.controls.over_threshold is not None:
            limit = {d: max(min(room[d], base[d] * self.threshold // 100 - finished[d]), 0) for d in names}
            for district in names:
                if finished[district] * 100 > self.threshold * base[district]:
                    refuse("under_unreachable", area=district, threshold=self.threshold)
        weights = [room[d] * (0.7 + 0.5 * self.rng.random()) for d in names]
        if total is None:
            total = min(round(0.75 * sum(room[d] for d in names)), sum(limit.values()))
        try:
            return dict(zip(names, shared(total, weights, [limit[d] for d in names]), strict=True))
        except ValueError:
            refuse("digitised_no_room", name=GROUPS[0], digitised=total, most=sum(limit.values()))
