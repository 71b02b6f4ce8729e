"""Controls that the last month of the illustrative series must meet exactly: the optional file `sample.toml`."""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, NoReturn

from hotich import month
from hotich.data.areas import Area, AreasOn
from hotich.data.registers import GROUPS
from hotich.errors import WrongUsage
from hotich.month import Month
from hotich.storage import regular, toml_table

FIRST, LAST = Month(2024, 1), Month(2024, 10)


@dataclass(frozen=True)
class Controls:
    """Published facts that the series is calibrated to; docs/sample.md explains each. None or empty: no constraint.

    `completed_communes` counts the communes directly below an area; areas not named have none. `over_threshold` lists
    the districts over the threshold and under 100 percent; all others are not.
    """

    first: Month = FIRST
    last: Month = LAST
    storm_month: Month | None = None
    storm_areas: tuple[str, ...] = ()
    complete_areas: tuple[str, ...] = ()
    over_threshold: tuple[str, ...] | None = None
    completed_offices: tuple[str, ...] | None = None
    completed_communes: dict[str, int] | None = None
    totals: dict[str, tuple[int, int]] = field(default_factory=dict)

    def verify(self, areas: AreasOn, root: str) -> None:
        """Raise WrongUsage naming controls that contradict the area list or each other."""
        self._verify_names(areas, root)
        for area, count in (self.completed_communes or {}).items():
            own = _communes(areas, area)
            if not own:
                refuse("no_communes", area=area)
            if not 0 <= count <= len(own):
                refuse("too_many_communes", area=area, count=count, total=len(own))
        for area in self.complete_areas:
            self._verify_complete(areas, area)
        for group, (required, digitised) in self.totals.items():
            if not 0 <= digitised <= required:
                refuse("digitised_over_required", group=group, required=required, digitised=digitised)

    def complete(self, areas: AreasOn) -> frozenset[str]:
        """Return every unit in the areas that are complete."""
        return frozenset(unit.code for area in self.complete_areas for unit in areas.units(area))

    def _verify_names(self, areas: AreasOn, root: str) -> None:
        offices = self.completed_offices or ()
        for area in (*self.storm_areas, *self.complete_areas, *(self.completed_communes or {}), *offices):
            if area not in areas or not areas.within(area, root):
                refuse("unknown_area", area=area)
        for office in offices:
            if areas[office].level != "office":
                refuse("no_office", area=office)
        allowed = [district.code for district in districts(areas, root)]
        for area in self.over_threshold or ():
            if area not in allowed:
                refuse("no_district", area=area, allowed=", ".join(allowed) or "–")
            if area in self.complete_areas:
                refuse("complete_and_over", area=area)

    def _verify_complete(self, areas: AreasOn, area: str) -> None:
        units = areas.units(area)
        for parent in sorted({unit.parent for unit in units if unit.level == "commune"}):
            count, total = (self.completed_communes or {}).get(parent), len(_communes(areas, parent))
            if count is not None and count != total:
                refuse("complete_but_not_all", area=parent, count=count, total=total)
        missing = {unit.code for unit in units if unit.level == "office"} - set(self.completed_offices or ())
        if self.completed_offices is not None and missing:
            refuse("complete_but_office_not", area=area, office=", ".join(sorted(missing)))


def districts(areas: AreasOn, root: str) -> tuple[Area, ...]:
    """Return the areas directly below the root, of any level but communes: the threshold is about them."""
    return tuple(area for area in areas.children(root) if area.level != "commune")


def _communes(areas: AreasOn, parent: str) -> tuple[Area, ...]:
    return tuple(area for area in areas.children(parent) if area.level == "commune")


def refuse(key: str, **values: object) -> NoReturn:
    """Raise WrongUsage with the message `sample.key`."""
    raise WrongUsage(f"sample.{key}", **values)


def _refuse_setting(name: str, value: object) -> NoReturn:
    refuse("setting", name=month.printable(name), value=month.printable(repr(value)))


def read(data: Path) -> Controls:
    """Read `sample.toml`; without the file there are no constraints.

    Raises WrongUsage naming a wrong setting, InputRefused for a file that is no TOML.
    """
    path = data / "sample.toml"
    if not regular.present(path):
        return Controls()
    settings = toml_table.read(path).settings
    controls = Controls(**{name: _value(name, value) for name, value in settings.items()})
    if controls.last < controls.first:
        _refuse_setting("last", str(controls.last))
    if controls.storm_month and not controls.first <= controls.storm_month <= controls.last:
        _refuse_setting("storm_month", str(controls.storm_month))
    return controls


def _value(name: str, value: Any) -> Any:  # noqa: ANN401 - what a TOML file may hold
    if name not in {control.name for control in fields(Controls)}:
        _refuse_setting(name, value)
    if name in ("first", "last", "storm_month"):
        return _month(name, value)
    if name == "totals":
        return {group: _total(f"totals.{group}", pair) for group, pair in _table(name, value, GROUPS)}
    if name == "completed_communes":
        return {area: _count(f"{name}.{area}", count) for area, count in _table(name, value)}
    if not isinstance(value, list) or not all(isinstance(code, str) for code in value):
        _refuse_setting(name, value)
    return tuple(value)


def _month(name: str, value: object) -> Month:
    try:
        return month.exact(value if isinstance(value, str) else "")
    except WrongUsage:
        _refuse_setting(name, value)


def _table(name: str, value: object, allowed: Iterable[str] | None = None) -> Iterable[tuple[str, object]]:
    if not isinstance(value, dict):
        _refuse_setting(name, value)
    for key in value:
        if allowed is not None and key not in allowed:
            _refuse_setting(f"{name}.{key}", value[key])
    return value.items()


def _total(name: str, value: object) -> tuple[int, int]:
    pair = {key: _count(f"{name}.{key}", count) for key, count in _table(name, value, ("required", "digitised"))}
    if len(pair) != 2:
        _refuse_setting(name, value)
    return pair["required"], pair["digitised"]


def _count(name: str, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        _refuse_setting(name, value)
    return value
