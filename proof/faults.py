"""Kinds of fault: each function puts one fault into a month and returns whether the month had a place for it.

Sizes go down to one entry wherever one entry can be distinguished from real life.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Final

from hotich.data import totals
from hotich.data.counts import NOT_APPLICABLE, NOT_REPORTED, REPORTED, Counts
from proof import mergers, printing
from proof.month import DIGITISED, REQUIRED, STATUS, Line, Spoilt

Inject = Callable[[Spoilt], bool]
CRITICAL, OTHER, LIFE = "critical", "other", "life"


@dataclass(frozen=True)
class Fault:
    """A kind of fault: `critical` must stop the report, `other` must warn, `life` looks like real life (`reason`).

    `first` is the first month of a series in which it makes sense.
    """

    name: str
    group: str
    inject: Inject
    reason: str = ""
    first: int = 2


FAULTS: Final[list[Fault]] = []


def fault(name: str, group: str = OTHER, reason: str = "", first: int = 2) -> Callable[[Inject], Inject]:
    """Add the decorated function to FAULTS."""

    def listed(inject: Inject) -> Inject:
        FAULTS.append(Fault(name, group, inject, reason, first))
        return inject

    return listed


def _set(line: Line | None, column: int, value: object) -> bool:
    """Write a value into a line. Returns False if there is no line or it has that value already."""
    if line is None or line[column] == str(value):
        return False
    line[column] = str(value)
    return True


# Structure


@fault("a line is missing", CRITICAL)
def line_missing(month: Spoilt) -> bool:
    line = month.pick(month.cells())
    month.lines = [each for each in month.lines if each is not line]
    return line is not None


@fault("all lines of a unit are missing", CRITICAL)
def unit_missing(month: Spoilt) -> bool:
    code = month.choose(month.units())
    month.lines = [each for each in month.lines if each[0] != code]
    return True


@fault("a second line for a cell, one entry apart", CRITICAL)
def conflicting_line(month: Spoilt) -> bool:
    line = month.pick(month.cells(2))
    month.lines.append([*line[:REQUIRED], str(int(line[REQUIRED]) + 1), *line[DIGITISED:]] if line else [])
    return line is not None


@fault("an area code that does not exist", CRITICAL)
def unknown_area(month: Spoilt) -> bool:
    line = month.pick(month.cells())
    return _set(line, 0, line[0].lstrip("0") if line and line[0].startswith("0") else "99999")


@fault("counts under the code of a district", CRITICAL)
def district_code(month: Spoilt) -> bool:
    line = month.pick([each for each in month.cells() if not each[0].endswith(("PTP", "STP"))])
    if line is None:
        return False
    parent = month.data.areas[line[0]].parent
    month.touched.add(parent)
    return _set(line, 0, parent)


@fault("a register code that does not exist", CRITICAL)
def unknown_register(month: Spoilt) -> bool:
    return _set(month.pick(month.cells()), 1, month.chance.choice(["ks", "KS ", "KHS", "", "KT1"]))


@fault("a status that does not exist", CRITICAL)
def unknown_status(month: Spoilt) -> bool:
    return _set(month.pick(month.cells()), STATUS, month.chance.choice(["later", "0", "NOT_REPORTED", " "]))


@fault("a count with a separator, a sign, a blank, a letter or other digits", CRITICAL)
def no_count(month: Spoilt) -> bool:
    line, column = month.pick(month.cells(1)), month.chance.choice([REQUIRED, DIGITISED])
    if line is None:
        return False
    text = line[column]
    bad = [
        f"{text}.0",
        f"-{text}",
        f" {text}",
        f"{text}\u00a0",
        f"O{text}",
        f"1.{text}",
        f"{text},5",
        "１２",
        "1e3",
        "x",
    ]
    return _set(line, column, month.chance.choice(bad))


@fault("a count of ten digits or more", CRITICAL)
def too_long(month: Spoilt) -> bool:
    return _set(month.pick(month.cells()), REQUIRED, 10 ** month.chance.randrange(9, 25))


@fault("both counts are empty without a status", CRITICAL)
def empty_cell(month: Spoilt) -> bool:
    line = month.pick(month.cells())
    return _set(line, REQUIRED, "") & _set(line, DIGITISED, "")


@fault("one of two counts is empty", CRITICAL)
def half_empty(month: Spoilt) -> bool:
    return _set(month.pick(month.cells()), month.chance.choice([REQUIRED, DIGITISED]), "")


@fault("counts beside “not reported”", CRITICAL)
def counts_with_status(month: Spoilt) -> bool:
    return _set(month.pick(month.cells()), STATUS, NOT_REPORTED)


@fault("“not applicable” where the unit keeps the register", CRITICAL)
def not_applicable(month: Spoilt) -> bool:
    line = month.pick(month.cells())
    return _set(line, REQUIRED, "") & _set(line, DIGITISED, "") & _set(line, STATUS, NOT_APPLICABLE)


@fault("counts where the unit does not keep the register", CRITICAL)
def should_not_apply(month: Spoilt) -> bool:
    line = month.pick([each for each in month.lines if each[STATUS] == NOT_APPLICABLE])
    return _set(line, REQUIRED, 1) & _set(line, DIGITISED, 0) & _set(line, STATUS, REPORTED)


@fault("the as-of date lies in another month", CRITICAL)
def other_as_of(month: Spoilt) -> bool:
    as_of = month.data.counts.delivery.as_of
    month.delivered(as_of=as_of + timedelta(days=month.chance.choice([-365, -31, 31, 365])))
    return True


@fault("digitised is one entry more than required", CRITICAL)
def over_by_one(month: Spoilt) -> bool:
    line = month.pick(month.cells())
    return line is not None and _set(line, DIGITISED, int(line[REQUIRED]) + 1)


@fault("digitised is far more than required", CRITICAL)
def over_by_much(month: Spoilt) -> bool:
    line = month.pick(month.cells(1))
    return line is not None and _set(line, DIGITISED, int(line[REQUIRED]) * month.chance.choice([2, 10, 100, 1000]))


@fault("required and digitised changed places", CRITICAL)
def columns_swapped(month: Spoilt) -> bool:
    line = month.pick([each for each in month.cells(1) if each[REQUIRED] != each[DIGITISED]])
    if line is None:
        return False
    line[REQUIRED], line[DIGITISED] = line[DIGITISED], line[REQUIRED]
    return True


@fault("the columns of a whole unit changed places", CRITICAL)
def unit_columns_swapped(month: Spoilt) -> bool:
    code = month.choose(month.unfinished())
    for line in month.unit(code or ""):
        line[REQUIRED], line[DIGITISED] = line[DIGITISED], line[REQUIRED]
    return code is not None


@fault("last month's file delivered again", CRITICAL)
def month_copied(month: Spoilt) -> bool:
    month.lines = [list(line) for line in month.before]
    return True


@fault("a line stands there twice")
def repeated_line(month: Spoilt) -> bool:
    line = month.pick(month.lines)
    month.lines.append(list(line or []))
    return line is not None


@fault("the file was changed after it was logged")
def other_hash(month: Spoilt) -> bool:
    month.delivered(sha256="0" * 64)
    return True


@fault("a register is not reported")
def cell_not_reported(month: Spoilt) -> bool:
    line = month.pick(month.cells())
    return _set(line, REQUIRED, "") & _set(line, DIGITISED, "") & _set(line, STATUS, NOT_REPORTED)


@fault("a whole unit is not reported")
def unit_not_reported(month: Spoilt) -> bool:
    for line in month.unit(month.choose(month.units()) or ""):
        line[REQUIRED:] = ["", "", NOT_REPORTED]
    return True


@fault("zeros for a unit that did not report")
def unit_of_zeros(month: Spoilt) -> bool:
    for line in month.unit(month.choose(month.units()) or ""):
        line[REQUIRED : DIGITISED + 1] = ["0", "0"]
    return True


# Compared with the month before


def _reported(month: Spoilt, least: int = 1) -> list[Line]:
    """Return the cells reported in this month and the one before, with at least so much digitised."""
    units = set(month.units()) | set(month.units("office"))
    return [line for line in month.cells(1) if line[0] in units and int(line[DIGITISED]) >= least]


def _before(month: Spoilt, line: Line) -> Line:
    return month.last(line[0])[line[1]]


@fault("digitised falls by one entry")
def falls_by_one(month: Spoilt) -> bool:
    line = month.pick([each for each in _reported(month) if int(_before(month, each)[DIGITISED]) > 0])
    return line is not None and _set(line, DIGITISED, int(_before(month, line)[DIGITISED]) - 1)


@fault("digitised lost its last digit")
def lost_digit(month: Spoilt) -> bool:
    line = month.pick(_reported(month, 20))
    return line is not None and _set(line, DIGITISED, int(line[DIGITISED]) // 10)


@fault("a finished unit lost an entry, or found one more")
def no_longer_finished(month: Spoilt) -> bool:
    code = month.choose(month.finished())
    line = month.pick([each for each in month.unit(code or "") if int(each[REQUIRED]) > 0])
    if line is None:
        return False
    more = month.chance.choice([True, False])
    return _set(line, REQUIRED if more else DIGITISED, int(line[REQUIRED]) + (1 if more else -1))


@fault("required moves by 3 to 30 percent, two entries at least")
def required_moves(month: Spoilt) -> bool:
    line = month.pick(_reported(month))
    if line is None:
        return False
    before = int(_before(month, line)[REQUIRED])
    change = max(before * month.chance.randrange(3, 31) // 100, before // 50 + 1, 2) * month.chance.choice([1, -1])
    return before + change >= int(line[DIGITISED]) and _set(line, REQUIRED, before + change)


@fault("required ten, a hundred or a thousand times too large")
def required_times_ten(month: Spoilt) -> bool:
    line = month.pick(_reported(month))
    return line is not None and _set(line, REQUIRED, int(line[REQUIRED]) * month.chance.choice([10, 100, 1000]))


@fault("both counts ten, a hundred or a thousand times too large")
def both_times_ten(month: Spoilt) -> bool:
    line, factor = month.pick(_reported(month)), month.chance.choice([10, 100, 1000])
    if line is None:
        return False
    return _set(line, REQUIRED, int(line[REQUIRED]) * factor) & _set(line, DIGITISED, int(line[DIGITISED]) * factor)


@fault("both counts ten, a hundred or a thousand times too small")
def both_by_ten(month: Spoilt) -> bool:
    line, factor = month.pick(_reported(month, 2)), month.chance.choice([10, 100, 1000])
    if line is None:
        return False
    return _set(line, REQUIRED, int(line[REQUIRED]) // factor) & _set(line, DIGITISED, int(line[DIGITISED]) // factor)


def _exchanged(text: str, at: int) -> str:
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


@fault("two neighbouring digits of required exchanged")
def required_digits(month: Spoilt) -> bool:
    line = month.pick([each for each in _reported(month) if len(set(each[REQUIRED])) > 1])
    if line is None:
        return False
    found = [_exchanged(line[REQUIRED], at) for at in range(len(line[REQUIRED]) - 1)]
    found = [each for each in found if each != line[REQUIRED] and each[0] != "0" and int(each) >= int(line[DIGITISED])]
    return bool(found) and _set(line, REQUIRED, month.chance.choice(found))


@fault("two neighbouring digits of digitised exchanged, so that it falls")
def digitised_digits(month: Spoilt) -> bool:
    line = month.pick([each for each in _reported(month) if len(set(each[DIGITISED])) > 1])
    if line is None:
        return False
    found = [_exchanged(line[DIGITISED], at) for at in range(len(line[DIGITISED]) - 1)]
    found = [each for each in found if each[0] != "0" and int(each) < int(_before(month, line)[DIGITISED])]
    return bool(found) and _set(line, DIGITISED, month.chance.choice(found))


@lru_cache(maxsize=32)
def _digitised(delivered: Counts) -> Counter[tuple[str, str]]:
    """Return what was digitised by unit and register, and by unit alone (an empty register)."""
    found = Counter[tuple[str, str]]()
    for row in delivered.rows:
        for register in ("", row["register"]):
            found[row["area"], register] += int(row["digitised"] or 0)
    return found


def _average(month: Spoilt, code: str, register: str = "") -> float:
    """Return the mean monthly growth of a unit, or of one of its registers, up to the month before."""
    earlier = month.data.deliveries[:-1]
    first, last = (_digitised(each)[code, register] for each in (earlier[0], earlier[-1]))
    return (last - first) / max(len(earlier) - 1, 1)


@fault("a cell grows six to twelve times as fast as it did so far", first=6)
def cell_jumps(month: Spoilt) -> bool:
    times = month.chance.randrange(6, 13)
    lines = [
        line
        for line in _reported(month)
        if (step := _average(month, line[0], line[1]) * times) >= 20
        and int(_before(month, line)[DIGITISED]) + step <= int(line[REQUIRED])
    ]
    line = month.pick(lines)
    if line is None:
        return False
    before = int(_before(month, line)[DIGITISED])
    return _set(line, DIGITISED, before + round(_average(month, line[0], line[1]) * times))


@fault("a unit with less than half done reports everything as done", first=2)
def unit_all_done(month: Spoilt) -> bool:
    half = [
        code
        for code in month.unfinished()
        if sum(int(line[DIGITISED]) for line in month.last(code).values() if line[STATUS] == REPORTED) * 2
        < sum(int(line[REQUIRED]) for line in month.unit(code))
    ]
    code = month.choose(half)
    for line in month.unit(code or ""):
        line[DIGITISED] = line[REQUIRED]
    return code is not None


@fault("an unfinished unit sends the same counts a third time", first=4)
def stalled(month: Spoilt) -> bool:
    code = month.choose(month.unfinished())
    earlier = {
        row["register"]: list(row.cells.values()) for row in month.data.deliveries[-3].rows if row["area"] == code
    }
    if code is None or any(line[STATUS] == NOT_REPORTED for line in earlier.values()):
        return False
    for line in (*month.lines, *month.before):
        if line[0] == code:
            line[DIGITISED:] = earlier[line[1]][DIGITISED:]
    return all(int(line[DIGITISED]) <= int(line[REQUIRED]) for line in month.unit(code))


@fault("a district sends last month's counts again")
def district_copied(month: Spoilt) -> bool:
    root, unfinished = month.data.office.root, set(month.unfinished())
    districts = [
        area.code
        for area in month.data.areas.children(root)
        if len({unit.code for unit in month.data.areas.units(area.code)} & unfinished) >= 3
    ]
    if not districts:
        return False
    district = month.chance.choice(districts)
    month.touched.add(district)
    units = {unit.code for unit in month.data.areas.units(district)}
    last = {(line[0], line[1]): line for line in month.before}
    month.lines = [list(last[line[0], line[1]]) if line[0] in units else line for line in month.lines]
    return True


@fault("the file of two months ago delivered again", first=4)
def older_month(month: Spoilt) -> bool:
    month.lines = [list(row.cells.values()) for row in month.data.deliveries[-3].rows]
    return True


@fault("a unit has another unit's counts")
def other_units_counts(month: Spoilt) -> bool:
    one, other = month.chance.sample(month.units(), 2)
    month.touched.add(one)
    theirs = {line[1]: line for line in month.unit(other)}
    for line in month.unit(one):
        line[REQUIRED:] = theirs[line[1]][REQUIRED:]
    return True


@fault("two units changed places")
def units_swapped(month: Spoilt) -> bool:
    one, other = month.chance.sample(month.units(), 2)
    month.touched |= {one, other}
    for line in month.lines:
        line[0] = {one: other, other: one}.get(line[0], line[0])
    return True


@fault("two registers of a unit changed places")
def registers_swapped(month: Spoilt) -> bool:
    lines = month.unit(month.choose(month.units()) or "")
    pairs = [(a, b) for a in lines for b in lines if int(a[REQUIRED]) != int(b[REQUIRED])]
    if not pairs:
        return False
    one, other = month.chance.choice(pairs)
    one[REQUIRED:], other[REQUIRED:] = other[REQUIRED:], one[REQUIRED:]
    return True


@fault("a unit's counts moved by a line")
def moved_by_a_line(month: Spoilt) -> bool:
    lines = month.unit(month.choose(month.units()) or "")
    counts = [line[REQUIRED:] for line in lines]
    for line, moved in zip(lines, [*counts[1:], counts[0]], strict=True):
        line[REQUIRED:] = moved
    return True


@fault("one number filled down over four registers or more")
def filled_down(month: Spoilt) -> bool:
    lines = month.unit(month.choose(month.units()) or "")
    first = month.chance.randrange(max(len(lines) - 3, 1))
    for line in lines[first + 1 : first + 1 + month.chance.randrange(3, 7)]:
        line[REQUIRED:] = lines[first][REQUIRED:]
    return True


@fault("a unit estimates to the nearest ten")
def estimates(month: Spoilt) -> bool:
    for line in month.unit(month.choose(month.unfinished()) or ""):
        required, done = (round(int(line[at]), -1) for at in (REQUIRED, DIGITISED))
        line[REQUIRED : DIGITISED + 1] = [str(required), str(min(required, done))]
    return True


@fault("the month before is missing", first=3)
def month_missing(month: Spoilt) -> bool:
    month.data = replace(month.data, deliveries=(*month.data.deliveries[:-2], month.data.deliveries[-1]))
    month.before = [list(row.cells.values()) for row in month.data.deliveries[-2].rows]
    return True


@fault("a merger in which a former unit's counts were forgotten")
def merger_forgets(month: Spoilt) -> bool:
    if (drawn := mergers.chosen(month)) is None:
        return False
    mergers.end(month, *drawn)
    return True


@fault("a merger in which a former unit's counts were added twice")
def merger_counts_twice(month: Spoilt) -> bool:
    if (drawn := mergers.chosen(month)) is None:
        return False
    gone, kept = drawn
    mergers.add(month, kept[0], mergers.end(month, gone, kept), times=2)
    return True


@fault("a merger in which a former unit's counts were put on another unit than its successor")
def merger_puts_elsewhere(month: Spoilt) -> bool:
    if (drawn := mergers.chosen(month, others=2)) is None:
        return False
    gone, (successor, other) = drawn
    mergers.add(month, other, mergers.end(month, gone, [successor]))
    return True


@fault("a division in which half of a former unit's counts were lost")
def division_loses(month: Spoilt) -> bool:
    if (drawn := mergers.chosen(month, others=2)) is None:
        return False
    gone, kept = drawn
    half, _ = mergers.halves(mergers.end(month, gone, kept))
    mergers.add(month, kept[0], half)
    return True


@fault("a division in which all of a former unit's counts were put on both of its successors")
def division_counts_twice(month: Spoilt) -> bool:
    if (drawn := mergers.chosen(month, others=2)) is None:
        return False
    gone, kept = drawn
    lines = mergers.end(month, gone, kept)
    for unit in kept:
        mergers.add(month, unit, lines)
    return True


# Published figures


def _misprinted(
    measure: str, change: Callable[[Spoilt, str], str], scope: str = "", *, by_counts: bool = False
) -> Inject:
    """Return a fault that publishes all figures correctly but one of that measure.

    Where only the counts can show it (`by_counts`), it needs a month in which every unit has reported in full.
    """

    def inject(month: Spoilt) -> bool:
        units = {unit.code for unit in month.data.areas.units(month.data.office.root)}
        if by_counts and not units <= totals.reported_in_full(month.data.counts):
            return False
        rows = printing.true(month.data)
        found = [row for row in rows if row[3] == measure and scope in ("", row[2])]
        if not found:
            return False
        row = month.chance.choice(found)
        wrong = change(month, row[4])
        changed, row[4] = wrong != row[4], wrong
        month.data = printing.publish(month.data, rows)
        return changed

    return inject


def _one_off(month: Spoilt, value: str) -> str:
    return str(max(int(value) + month.chance.choice([-1, 1]), 0))


def _tenth_off(month: Spoilt, value: str) -> str:
    return str(Decimal(value) + month.chance.choice([Decimal("-0.1"), Decimal("0.1")]))


def _digits(month: Spoilt, value: str) -> str:
    return _exchanged(value, month.chance.randrange(1, len(value) - 1)) if len(value) > 2 else value


for _measure in ("required", "digitised"):
    fault(f"printed total of {_measure} one entry off")(_misprinted(_measure, _one_off, "all"))
    fault(f"printed {_measure} of a group one entry off")(_misprinted(_measure, _one_off, "population"))
    fault(f"two digits of printed {_measure} exchanged")(_misprinted(_measure, _digits))
fault("printed percentage a tenth off")(_misprinted("percent", _tenth_off))
fault("printed number of completed communes one off")(_misprinted("communes_completed", _one_off))
fault("printed number of communes one off")(_misprinted("communes_total", _one_off))
fault("printed number of districts over the threshold one off")(
    _misprinted("districts_over_threshold", _one_off, by_counts=True)
)


@fault("last month's printed total was larger than this month's")
def printed_falls(month: Spoilt) -> bool:
    now, last = printing.true(month.data), printing.true(month.data)
    row = next(row for row in last if row[2:4] == ["all", "digitised"])
    row[4] = str(int(row[4]) + month.chance.choice([1, 10, 1000]))
    month.data = printing.publish(month.data, now, last)
    return True


# Not distinguishable from real life


@fault("one entry more within the usual growth", LIFE, "A unit that entered one more looks exactly so.")
def one_more(month: Spoilt) -> bool:
    lines = [
        line
        for line in _reported(month)
        if int(_before(month, line)[DIGITISED]) < int(line[DIGITISED]) < int(line[REQUIRED])
    ]
    line = month.pick(lines)
    return line is not None and _set(line, DIGITISED, int(line[DIGITISED]) + 1)


@fault("a unit sends last month's counts once more", LIFE, "Units do enter nothing in a month; a note says so (S17).")
def unit_copied(month: Spoilt) -> bool:
    code = month.choose(month.unfinished())
    last = month.last(code or "")
    for line in month.unit(code or ""):
        line[REQUIRED:] = last[line[1]][REQUIRED:]
    return code is not None


@fault("required moves by one percent", LIFE, "Units do correct their inventory; a note says so (S16).")
def required_moves_little(month: Spoilt) -> bool:
    line = month.pick([each for each in _reported(month) if int(each[REQUIRED]) >= 100])
    return line is not None and _set(line, REQUIRED, int(line[REQUIRED]) * 101 // 100)


@fault(
    "neighbouring digits exchanged upwards within the usual growth",
    LIFE,
    "The wrong count is as likely as the right one.",
)
def digits_upwards(month: Spoilt) -> bool:
    line = month.pick([each for each in _reported(month) if len(each[DIGITISED]) > 1])
    if line is None or line[DIGITISED][-1] <= line[DIGITISED][-2]:
        return False
    found = int(_exchanged(line[DIGITISED], len(line[DIGITISED]) - 2))
    return found <= int(line[REQUIRED]) and _set(line, DIGITISED, found)
