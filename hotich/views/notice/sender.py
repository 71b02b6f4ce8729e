"""Who writes a notice: the office whose folder it is to the areas directly below its own, and to no others.

A Ministry writes to provinces; to a district, or to a commune without one, writes the Department of Justice of its
province (Sở Tư pháp), which compiles the month's counts there. It is named from the lists.
"""

from dataclasses import dataclass

from hotich.data import letterheads
from hotich.data.areas import Area
from hotich.data.office import Letterhead
from hotich.measures import Measures


@dataclass(frozen=True)
class Sender:
    """Who writes: the letterhead of the paper, and how the office is called in it."""

    name: str
    head: Letterhead


def of(m: Measures) -> Sender:
    """Return who writes to the area that the page is about."""
    department = _department(m)
    if department is None:
        return Sender(m.office.name(m.language), m.office.letterhead)
    province = m.area(department.parent)
    head = letterheads.of_department(province.type, province.without_kind, m.office.paper)
    return Sender(department.name(m.language), head)


def _department(m: Measures) -> Area | None:
    """Return the justice office of the province above the area, where that is not the office's own; else None."""
    above = m.area(m.root).parent
    while above in m.checked.data.areas and above != m.office.root:
        if m.area(above).level == "province":
            return next(iter(m.checked.data.areas.offices(above)), None)
        above = m.area(above).parent
    return None
