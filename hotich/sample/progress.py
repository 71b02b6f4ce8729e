"""Draw what every unit has digitised in the last month, meeting totals and thresholds exactly."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Final

from hotich.data.areas import AreasOn
from hotich.data.registers import GROUPS
from hotich.errors import WrongUsage
from hotich.sample import districts
from hotich.sample.apportion import apportion
from hotich.sample.chance import Chance
from hotich.sample.controls import Controls, refuse
from hotich.sample.controls import districts as districts_below
from hotich.sample.districts import Pair, Range, Room

Cell = tuple[str, str]
"""A unit's code and a register's."""
SPEED: Final = {"KS": 100, "KH": 112, "KT": 80, "CN": 120, "TD": 93}
"""Progress of registers against each other, in percent: death registers are old and faded, adoptions few."""
USUAL: Final = {GROUPS[0]: 75, GROUPS[1]: 90}
"""Percent of open cells that is digitised, where no control gives the total."""
SLACKS: Final = (60, 0)
"""An unfinished unit lacks a sixtieth of its largest register, or, where controls cannot be met so, a single entry."""


def digitised(
    required: Mapping[Cell, int],
    groups: Mapping[str, str],
    completed: frozenset[str],
    areas: AreasOn,
    root: str,
    controls: Controls,
    threshold: int,
    chance: Chance,
) -> dict[Cell, int]:
    """Draw what is digitised in every cell. Raises WrongUsage naming the control that cannot be met."""
    parts = _parts(areas, root)
    pace = {unit: 550 + chance.below(900) for unit in sorted({unit for unit, _ in required})}
    likes = {part: (700 + chance.below(500), 850 + chance.below(300), 8 + chance.below(33)) for part in parts}
    for slack in SLACKS:
        plan = _Plan(required, groups, completed, parts, areas, root, controls, threshold, slack)
        try:
            given = plan.by_part(likes)
        except WrongUsage:
            if slack == SLACKS[-1]:
                raise
        else:
            return plan.spread(given, pace)
    raise AssertionError("the last slack either returns or raises")


def _parts(areas: AreasOn, root: str) -> dict[str, frozenset[str]]:
    """Return the units of each area directly below the root; the root's own office is a part by itself."""
    below = (*areas.offices(root), *areas.children(root))
    return {area.code: frozenset(unit.code for unit in areas.units(area.code)) for area in below}


def _suffix_sums(values: list[int]) -> list[int]:
    return list(accumulate(reversed(values)))[::-1]


@dataclass(frozen=True)
class _Plan:
    required: Mapping[Cell, int]
    groups: Mapping[str, str]
    completed: frozenset[str]
    parts: Mapping[str, frozenset[str]]
    areas: AreasOn
    root: str
    controls: Controls
    threshold: int
    slack: int

    @cached_property
    def part_of(self) -> dict[str, str]:
        return {unit: part for part, units in self.parts.items() for unit in units}

    @cached_property
    def caps(self) -> dict[Cell, int]:
        """The most that may be digitised of each open cell: all but what keeps its unit from being finished."""
        kept: dict[str, tuple[bool, int, Cell]] = {}
        for cell, count in self.required.items():
            mark = (self.groups[cell[1]] == self._lagging and count > 0, count, cell)
            if cell[0] not in self.completed and (cell[0] not in kept or mark[:2] > kept[cell[0]][:2]):
                kept[cell[0]] = mark
        caps = {cell: count for cell, count in self.required.items() if cell[0] not in self.completed}
        for _, count, cell in kept.values():
            caps[cell] = max(count - 1 - (count // self.slack if self.slack else 0), 0)
        return caps

    @property
    def _lagging(self) -> str:
        """The group with the smaller published share: unfinished units lack entries there."""
        shares = {
            g: (done * 1_000_000 // required if required else 0) for g, (required, done) in self.controls.totals.items()
        }
        return min(GROUPS, key=lambda group: shares.get(group, USUAL[group] * 10_000))

    def by_part(self, likes: Mapping[str, tuple[int, int, int]]) -> dict[str, Pair]:
        """Return what each part has digitised of each group in its unfinished units."""
        over = [part for part in self.parts if part in (self.controls.over_threshold or ())]
        order = over + [part for part in self.parts if part not in over]
        rooms = [self._room(part) for part in order]
        totals = self._totals(sum(rooms, districts.NONE))
        firsts = [self._sums[part][0] * likes[part][0] for part in order]
        seconds = [self._sums[part][1] * likes[part][1] for part in order]
        ahead = list(zip(_suffix_sums(firsts), _suffix_sums(seconds), strict=True))

        def wish(at: int, left: Pair) -> Pair:
            first = left[0] * firsts[at] // max(ahead[at][0], 1)
            second = left[1] * seconds[at] // max(ahead[at][1], 1)
            return (self._above(order[at], likes[order[at]][2]) - second if at < len(over) else first), second

        return dict(zip(order, districts.distribute(totals, rooms, wish), strict=True))

    @cached_property
    def _sums(self) -> dict[str, list[int]]:
        """For each part: the most for its open cells in either group, what is required, and what is finished."""
        sums = {part: [0, 0, 0, 0] for part in self.parts}
        for cell, count in self.required.items():
            own = sums[self.part_of[cell[0]]]
            own[2] += count
            if cell in self.caps:
                own[GROUPS.index(self.groups[cell[1]])] += self.caps[cell]
            else:
                own[3] += count
        return sums

    def _above(self, part: str, tenths: int) -> int:
        """Return the entries that bring a district so many tenths of a point over the threshold."""
        _, _, required, finished = self._sums[part]
        return required * (self.threshold * 10 + tenths) // 1_000 - finished

    def _room(self, part: str) -> Room:
        """Return a part's bounds: over the threshold and not complete, at or under it, or free."""
        first, second, required, finished = self._sums[part]
        limit = self.threshold * required // 100 - finished
        if part in (self.controls.over_threshold or ()):
            room = districts.room(first, second, limit + 1, required - finished - 1)
            return room or refuse("over_unreachable", area=part, threshold=self.threshold)
        if self.controls.over_threshold is not None and part in self._limited:
            room = districts.room(first, second, 0, limit)
            return room or refuse("under_unreachable", area=part, threshold=self.threshold)
        return districts.room(first, second, 0, first + second) or districts.NONE

    @cached_property
    def _limited(self) -> frozenset[str]:
        names = {area.code for area in districts_below(self.areas, self.root)}
        return frozenset(part for part in names if not self.controls.complete(self.areas) >= self.parts[part])

    def _totals(self, room: Room) -> Pair:
        """Return what unfinished units have of each group: what the published totals leave, or the usual percentage."""
        fixed = [self._fixed(group) for group in GROUPS]
        for total, group, bounds in zip(fixed, GROUPS, (room.first, room.second), strict=True):
            if total is not None and total not in bounds:
                refuse("digitised_no_room", group=group, digitised=total, least=bounds.least, most=bounds.most)
        second = fixed[1] if fixed[1] is not None else self._free(1, room.second, room, fixed[0])
        first = fixed[0] if fixed[0] is not None else self._free(0, room.first, room, second)
        if first + second not in room.both:
            least, most = room.both.least, room.both.most
            refuse("thresholds_no_room", digitised=first + second, least=least, most=most, threshold=self.threshold)
        return first, second

    def _fixed(self, group: str) -> int | None:
        control = self.controls.totals.get(group)
        if control is None:
            return None
        finished = sum(n for c, n in self.required.items() if c[0] in self.completed and self.groups[c[1]] == group)
        if control[1] < finished:
            refuse("digitised_too_small", group=group, digitised=control[1], least=finished)
        return control[1] - finished

    def _free(self, group: int, own: Range, room: Room, other: int | None) -> int:
        usual = own.most * USUAL[GROUPS[group]] // 100
        fitting = Range(room.both.least - other, room.both.most - other) if other is not None else own
        return own.nearest(fitting.nearest(usual))

    def spread(self, given: Mapping[str, Pair], pace: Mapping[str, int]) -> dict[Cell, int]:
        """Return every cell's count: faster units and easier registers get more of their part's."""
        done = {cell: count for cell, count in self.required.items() if cell not in self.caps}
        open_cells: dict[tuple[str, str], list[Cell]] = {}
        for cell in self.caps:
            open_cells.setdefault((self.part_of[cell[0]], self.groups[cell[1]]), []).append(cell)
        for (part, group), cells in open_cells.items():
            total = given[part][GROUPS.index(group)]
            done |= zip(cells, apportion(total, self._weights(cells, pace), [self.caps[c] for c in cells]), strict=True)
        return done

    def _weights(self, cells: Iterable[Cell], pace: Mapping[str, int]) -> list[int]:
        return [self.required[cell] * pace[cell[0]] * SPEED.get(cell[1], 100) for cell in cells]
