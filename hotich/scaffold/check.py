"""`hotich check-office`: what of an office's data folder is set, assumed, missing, or contradicts something else.

Every file is read as a report reads it; one that is refused is a contradiction in its reader's words, and the others
are still looked through.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, TypeVar

from hotich.data import areas, counts, difficulties, office, registers
from hotich.data.areas import Areas, AreasOn
from hotich.data.names import is_assumed
from hotich.data.office import Office
from hotich.data.registers import Register
from hotich.errors import ExitCode, HotichError
from hotich.intake import lists
from hotich.intake.deliver import incoming_log
from hotich.scaffold import check_areas, check_shapes
from hotich.scaffold.findings import Finding, codes
from hotich.scaffold.settings import ASSUMED
from hotich.storage import csv_table
from hotich.storage.paths import Folders

STATES: Final = ("set", "assumed", "missing", "contradicting")
_Read = TypeVar("_Read")


@dataclass(frozen=True)
class Overview:
    """What was found, in the order of the states, as the areas are on a day."""

    folder: str
    day: date
    findings: tuple[Finding, ...]

    def of(self, state: str) -> list[Finding]:
        """Return the findings of a state."""
        return [finding for finding in self.findings if finding.state == state]

    @property
    def exit_code(self) -> ExitCode:
        """Return INPUT_REFUSED where something contradicts, else DONE."""
        return ExitCode.INPUT_REFUSED if self.of("contradicting") else ExitCode.DONE

    def record(self) -> dict[str, Any]:
        """Return the outcome for machines."""
        return {
            "folder": self.folder,
            "as_of": str(self.day),
            **{state: [finding.words("en") for finding in self.of(state)] for state in STATES},
        }


def check(folders: Folders, today: date) -> Overview:
    """Return what is set, assumed, missing and contradicting in a data folder, as it is today.

    Of an office whose area has ended it is looked at on the area's last day.
    """
    refused: list[Finding] = []
    settings = _tried(lambda: office.read(folders.data), refused)
    listed = _tried(lambda: areas.read(folders.data), refused)
    kept = _tried(lambda: registers.read(folders.data), refused)
    day = _day(settings, listed, today)
    found = [*refused, *(_settings(folders, settings, day) if settings else ()), *(_registers(kept) if kept else ())]
    if settings and listed:
        found += _units(listed.on(day), settings, kept or ())
        found += check_areas.findings(listed, settings.root, day)
        found += _logs(folders, day)
        if settings.root in listed.on(day):
            found += check_shapes.findings(folders.data, listed, settings.root, day)
    order = {state: place for place, state in enumerate(STATES)}
    return Overview(str(folders.data), day, tuple(sorted(found, key=lambda finding: order[finding.state])))


def _tried(read: Callable[[], _Read], refused: list[Finding]) -> _Read | None:
    """Return what a reader reads, or None with its refusal among the contradictions."""
    try:
        return read()
    except HotichError as error:
        refused.append(Finding("contradicting", "", {}, error))
        return None


def _day(settings: Office | None, listed: Areas | None, today: date) -> date:
    ends = [area.valid_to for area in listed.ever(settings.root)] if settings and listed else []
    last = max((end for end in ends if end), default=today)
    return min(today, last) if ends and None not in ends else today


def _settings(folders: Folders, settings: Office, day: date) -> Iterator[Finding]:
    numbers = {"threshold": settings.threshold, "cutoff_day": settings.cutoff_day, "paper": settings.paper}
    yield Finding("set", "office", {"vi": settings.name_vi, "en": settings.name_en, "root": settings.root})
    yield Finding("set", "numbers", numbers)
    yield Finding("set", "languages", {"languages": ", ".join(settings.languages)})
    for target in settings.targets:
        state = "assumed" if is_assumed(target.source) else "set"
        yield Finding(state, "target", {"day": target.day, "name": target.name_vi, "source": target.source})
    if settings.targets[-1].day < day:
        yield Finding("missing", "target", {"day": settings.targets[-1].day})
    if settings.letterhead.of_notices != (settings.paper == office.PAPERS[0]):
        values = {"paper": settings.paper, "symbol": settings.letterhead.symbol}
        yield Finding("contradicting", "symbol", values)
    if settings.name_en == settings.name_vi:
        yield Finding("missing", "english_office", {})
    yield from _nameless("targets", {target.id: (target.name_vi, target.name_en) for target in settings.targets})
    text = csv_table.text(folders.data / office.FILE, office.FILE)
    for number, line in enumerate(text.splitlines(), 1):
        setting, comment, _ = line.partition(f"# {ASSUMED}")
        if comment and "=" in setting:
            yield Finding("assumed", "setting", {"line": number, "setting": setting.strip()})


def _nameless(what: str, names: Mapping[str, tuple[str, str]]) -> Iterator[Finding]:
    """Yield which of the targets or registers have no name in English: their reader gave them the Vietnamese one."""
    if found := [code for code, (vi, en) in names.items() if vi == en]:
        yield Finding("missing", f"english_{what}", {"codes": codes(found)})


def _registers(kept: tuple[Register, ...]) -> Iterator[Finding]:
    for group in registers.GROUPS:
        names = [register for register in kept if register.group == group]
        yield Finding("set" if names else "missing", f"group_{group}", {"codes": codes(each.code for each in names)})
    yield from _nameless("registers", {each.code: (each.name_vi, each.name_en) for each in kept})
    assumed = [register.code for register in kept if is_assumed(register.source)]
    if assumed:
        yield Finding("assumed", "registers", {"codes": codes(assumed)})


def _units(areas_on: AreasOn, settings: Office, kept: tuple[Register, ...]) -> Iterator[Finding]:
    """Yield how many units report, registers that nobody keeps, and units that keep none."""
    if settings.root not in areas_on:
        return
    units = areas_on.units(settings.root)
    levels = {unit.code: areas_on.unit_level(unit.code) for unit in units}
    levels_of = Counter(area.level for area in areas_on.by_code.values() if areas_on.within(area.code, settings.root))
    counted = {f"{level}s": levels_of[level] for level in ("province", "district", "commune", "office")}
    key = f"units{'' if levels_of['district'] else '_two_levels'}{'_country' if levels_of['country'] else ''}"
    yield Finding("set", key, counted | {"day": areas_on.day})
    for register in kept:
        if not any(map(register.kept_by, levels.values())):
            yield Finding("contradicting", "register", {"code": register.code, "levels": ", ".join(register.levels)})
    if kept and (none := [code for code, level in levels.items() if not any(each.kept_by(level) for each in kept)]):
        yield Finding("contradicting", "unit", {"codes": codes(none)})


def _logs(folders: Folders, day: date) -> Iterator[Finding]:
    """Yield which months there are, the aliases, and what the readers of the office's logs refuse."""
    refused: list[Finding] = []
    months = _tried(lambda: [counts.read(folders, month).delivery.month for month in counts.months(folders)], refused)
    known = _tried(lambda: lists.read(folders.data, day).aliases, refused)
    if months:
        _tried(lambda: difficulties.read(folders, months[-1]), refused)
    _tried(lambda: incoming_log.read(folders), refused)
    if months:
        yield Finding("set", "months", {"count": len(months), "first": months[0], "last": months[-1]})
    elif months is not None:
        yield Finding("missing", "months", {})
    if known:
        yield Finding("set", "aliases", {"count": len(known)})
    elif known is not None:
        yield Finding("missing", "aliases", {})
    yield from refused
