"""What the last month of the illustrative series must meet exactly: `sample.toml`, which an office need not have."""

import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, NoReturn

from hotich import month
from hotich.areas import AreasOn
from hotich.errors import WrongUsage
from hotich.month import Month

FIRST, LAST = Month(2024, 1), Month(2024, 10)


@dataclass(frozen=True)
class Controls:
    """Published facts that the series is calibrated to. What is None or empty is free."""

    first: Month = FIRST
    last: Month = LAST
    storm_month: Month | None = None
    storm_areas: tuple[str, ...] = ()
    complete_areas: tuple[str, ...] = ()
    over_threshold: tuple[str, ...] | None = None
    completed_offices: tuple[str, ...] | None = None
    completed_communes: dict[str, int] | None = None
    totals: dict[str, tuple[int, int]] = field(default_factory=dict)

    def verify(self, areas: AreasOn) -> None:
        """Raises WrongUsage for controls that contradict the area list or each other, saying which."""
        for area in (
            *self.storm_areas,
            *self.complete_areas,
            *(self.over_threshold or ()),
            *(self.completed_communes or {}),
        ):
            if area not in areas:
                refuse("unknown_area", area=area)
        for area, count in (self.completed_communes or {}).items():
            total = len(areas.communes(area))
            if not 0 <= count <= total:
                refuse("too_many_communes", area=area, count=count, total=total)
        for area in self.complete_areas:
            self._verify_complete(areas, area)
        for group, (required, digitised) in self.totals.items():
            if not 0 <= digitised <= required:
                refuse("digitised_over_required", group=group, required=required, digitised=digitised)

    def _verify_complete(self, areas: AreasOn, area: str) -> None:
        count = (self.completed_communes or {}).get(area)
        if count is not None and count != len(areas.communes(area)):
            refuse("complete_but_not_all", area=area, count=count, total=len(areas.communes(area)))
        offices = {unit.code for unit in areas.units(area) if unit.level == "office"}
        if self.completed_offices is not None and not offices <= set(self.completed_offices):
            refuse("complete_but_office_not", area=area, office=", ".join(sorted(offices)))
        if self.over_threshold is not None and area in self.over_threshold:
            refuse("complete_and_over", area=area)


def refuse(reason: str, **values: object) -> NoReturn:
    """Refuse controls that cannot be met."""
    raise WrongUsage(f"sample.{reason}", **values)


def read(data: Path) -> Controls:
    """`sample.toml`; without the file everything is free. Raises WrongUsage when it cannot be read."""
    path = data / "sample.toml"
    if not path.is_file():
        return Controls()
    try:
        return _controls(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise WrongUsage("sample.unreadable", reason=str(error)) from None


def _controls(raw: dict[str, Any]) -> Controls:
    unknown = set(raw) - {field.name for field in fields(Controls)}
    if unknown:
        raise KeyError(", ".join(sorted(unknown)))
    return Controls(
        first=month.exact(raw.get("first", str(FIRST))),
        last=month.exact(raw.get("last", str(LAST))),
        storm_month=month.exact(raw["storm_month"]) if "storm_month" in raw else None,
        storm_areas=tuple(raw.get("storm_areas", ())),
        complete_areas=tuple(raw.get("complete_areas", ())),
        over_threshold=tuple(raw["over_threshold"]) if "over_threshold" in raw else None,
        completed_offices=tuple(raw["completed_offices"]) if "completed_offices" in raw else None,
        completed_communes=dict(raw["completed_communes"]) if "completed_communes" in raw else None,
        totals={group: (int(t["required"]), int(t["digitised"])) for group, t in raw.get("totals", {}).items()},
    )
