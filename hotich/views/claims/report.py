"""When the sentences of the report's narrative are true: `report.toml`."""

from typing import Final

from hotich.data.difficulties import DIFFICULTIES
from hotich.data.names import is_assumed
from hotich.data.registers import Register
from hotich.measures import Measures
from hotich.measures.levels import LITTLE
from hotich.views.claims.ground import (
    Number,
    Predicate,
    Said,
    fact,
    least,
    lowest_district,
    most,
    names,
    number,
    numbers,
    ranked,
    words,
)


def _change(m: Measures) -> Number:
    found = number(m, "percent_change")
    if found is None:
        raise KeyError("percent_change")
    return found


def _done(m: Measures) -> bool:
    return number(m, "left") == 0 and number(m, "units_missing") == 0


def _done_reported(m: Measures) -> bool:
    return number(m, "left") == 0 and bool(number(m, "units_missing"))


def _set_aside(m: Measures, said: Said) -> bool:
    """Return whether exactly these parts are set aside, and nothing that their units sent is in any figure."""
    parts = m.checked.set_aside
    silent = all(number(m, "units_reported", code) == 0 and m.find("digitised", code) is None for code in parts)
    return words(said, "names") == ", ".join(m.area(code).name(m.language) for code in parts) and silent


def _overdue(m: Measures) -> bool:
    return m.as_of >= m.office.targets[-1].day and bool(number(m, "left"))


def _before_the_deadline(m: Measures) -> bool:
    return m.as_of < m.office.targets[-1].day and bool(number(m, "left"))


def _communes(m: Measures, way: int, *, whole: bool) -> bool:
    """Return whether completed communes went that way, over all units or only those that reported in both months."""
    added = number(m, "communes_completed_change")
    return added is not None and (added > 0) - (added < 0) == way and m.compares() == whole


def _first_district(m: Measures, said: Said) -> bool:
    """Return whether the district is the one that is complete now and none was at any time before."""
    done = [area.code for area in m.districts if number(m, "completed", area.code)]
    before = [m.find("percent", area.code, month=month) for area in m.districts for month in m.months[:-1]]
    never = all(found is None or found.number < 100 for found in before)
    return _communes(m, 1, whole=True) and len(done) == 1 and words(said, "district") in names(m, done) and never


def _all_over(m: Measures) -> bool:
    return m.of_parts("over_threshold").value == m.of_parts("total").value


def _over_before(m: Measures, said: Said, way: int) -> bool:
    before, now = m.of_parts("over_threshold", m.previous), m.of_parts("over_threshold").number
    if (now > before.number) - (now < before.number) != way:
        return False
    return lowest_district(m, said)


def _rose(m: Measures, area: str) -> bool:
    before, rank = m.find("rank", area, month=m.previous) if m.previous else None, number(m, "rank", area)
    return before is not None and rank is not None and before.number > rank


def _gained_least(m: Measures, name: object) -> bool:
    not_yet = [area for area in m.parts if not number(m, "completed", area.code)]
    gains = numbers(m, "percent_change", not_yet)
    return len(gains) > 1 and name in names(m, least(gains))


def _gained_most(m: Measures, name: object) -> bool:
    gains = numbers(m, "percent_change", m.parts)
    return len(gains) > 1 and max(gains.values()) > 0 and name in names(m, most(gains))


def lagging(m: Measures) -> list[Register]:
    """Return the registers with the lowest percentage, of those that have work left and hold 1 % of all entries."""
    floor = m.get("register_base").number * m.get("required").number
    shares = {
        each.code: found.number
        for each in m.registers
        if (found := m.find("percent", scope=each.code))
        and number(m, "left", scope=each.code)
        and (number(m, "required", scope=each.code) or 0) * 100 >= floor
    }
    return [each for each in m.registers if each.code in least(shares)] if shares else []


def _largest(m: Measures) -> list[Register]:
    lefts = {each.code: left for each in m.registers if (left := number(m, "left", scope=each.code))}
    return [each for each in m.registers if each.code in most(lefts)] if lefts else []


def _registers(m: Measures, said: Said, *, same: bool) -> bool:
    low, large = fact(said, "percent").scope, fact(said, "share").scope
    known = low in [each.code for each in lagging(m)] and large in [each.code for each in _largest(m)]
    return known and (low == large) == same


def _headed(m: Measures, said: Said, *, same: bool) -> bool:
    low, large = ({each.name(m.language).casefold() for each in found} for found in (lagging(m), _largest(m)))
    slowest, largest = words(said, "slowest").casefold(), words(said, "largest").casefold()
    return slowest in low and largest in large and (slowest == largest) == same


def _lowest_commune(m: Measures, said: Said) -> bool:
    shares = numbers(m, "percent", ranked(m, m.communes()))
    return fact(said, "percent").area in least(shares) and words(said, "lowest") in names(
        m, [fact(said, "percent").area]
    )


def _finished_first(m: Measures, said: Said) -> bool:
    done = [area.code for area in m.communes() if number(m, "completed", area.code)]
    since = [m.find("completed_since", code) for code in done]
    known = [found.value for found in since if found]
    return len(known) == len(done) > 0 and fact(said, "month").value == min(known, key=str)


def _finished_district(m: Measures, said: Said) -> bool:
    done = [area.code for area in m.districts if number(m, "completed", area.code)]
    return words(said, "district") in names(m, done)


def _few(m: Measures, said: Said) -> bool:
    at = fact(said, "percent").area
    shares = numbers(m, "percent", m.communes(at)).values()
    few = fact(said, "done").number * 5 < fact(said, "total").number
    return fact(said, "percent").number > m.office.threshold and few and min(shares) == fact(said, "lowest").number


def _most_work(m: Measures, said: Said) -> bool:
    """Return whether the communes named are those with most left."""
    lefts = numbers(m, "left", m.communes())
    held = sorted(lefts.values(), reverse=True)[int(m.get("largest_count").number) - 1]
    named = [code for code in lefts if any(name in words(said, "communes") for name in names(m, [code]))]
    return all(code in named for code in lefts if lefts[code] > held)


def _gained_most_of_communes(m: Measures, said: Said) -> bool:
    gains = numbers(m, "percent_change", m.communes())
    first = most(gains)
    return len(first) == 1 and any(name in words(said, "commune") for name in names(m, first))


def _named_most(m: Measures, said: Said) -> bool:
    now = [each.number for kind in DIFFICULTIES if (each := m.find(f"difficulty_{kind}"))]
    return fact(said, "count").number == max(now) and now.count(max(now)) == 1


def _warned(m: Measures, least_many: int, most_many: int | None) -> bool:
    found = number(m, "rules_warned_counts")
    right = found is not None and found >= least_many and (most_many is None or found <= most_many)
    return right and not m.checked.broken


def _some(m: Measures, name: str) -> bool:
    """Return whether there are units of a kind after a change of areas (see `measures.reorganised`)."""
    return (number(m, f"units_{name}") or 0) > 0


def _another_area(m: Measures) -> bool:
    return m.previous is not None and m.find("required", month=m.previous) is None


CLAIMS: Final[dict[str, Predicate]] = {
    "report.points.reorganised": lambda m, _: _some(m, "anew"),
    "report.points.reorganised_ended": lambda m, _: _some(m, "ended") and not _some(m, "anew"),
    "report.reorganised.followed": lambda m, _: m.find("changed_on") is not None,
    "report.reorganised.ended": lambda m, _: _some(m, "ended"),
    "report.reorganised.anew": lambda m, _: _some(m, "anew"),
    "report.reorganised.other": lambda m, _: _another_area(m),
    "report.reorganised.wider": lambda m, _: _another_area(m),
    "report.opening.stand_done": lambda m, _: _done(m),
    "report.opening.stand_done_reported": lambda m, _: _done_reported(m),
    "report.opening.stand_overdue": lambda m, _: _overdue(m),
    "report.opening.stand_no_pace": lambda m, _: _before_the_deadline(m),
    "report.opening.stand_partial": lambda m, _: not m.covers(),
    "report.opening.set_aside": _set_aside,
    "report.key.change_up": lambda m, _: _change(m) > 0,
    "report.key.change_down": lambda m, _: _change(m) < 0,
    "report.key.change_same": lambda m, _: _change(m) == 0,
    "report.key.communes_same": lambda m, _: number(m, "communes_completed_change") == 0,
    "report.key.left_overdue": lambda m, _: m.as_of >= m.office.targets[-1].day,
    "report.points.level_up": lambda m, _: _change(m) >= LITTLE,
    "report.points.level_down": lambda m, _: _change(m) <= -LITTLE,
    "report.points.level_same": lambda m, _: -LITTLE < _change(m) < LITTLE,
    "report.points.level_partial": lambda m, _: not m.covers(),
    "report.coverage.missing_own": lambda m, _: m.alone,
    "report.points.coverage": lambda m, _: (number(m, "units_missing") or 0) > 1,
    "report.points.coverage_one": lambda m, _: number(m, "units_missing") == 1,
    "report.points.finished": lambda m, _: _done(m),
    "report.points.finished_reported": lambda m, _: _done_reported(m),
    "report.points.overdue": lambda m, _: _overdue(m),
    "report.points.communes_up": lambda m, _: _communes(m, 1, whole=True),
    "report.points.communes_same": lambda m, _: _communes(m, 0, whole=True),
    "report.points.communes_down": lambda m, _: _communes(m, -1, whole=True),
    "report.points.communes_up_both": lambda m, _: _communes(m, 1, whole=False),
    "report.points.communes_down_both": lambda m, _: _communes(m, -1, whole=False),
    "report.points.communes_up_first": _first_district,
    "report.points.communes_none": lambda m, _: number(m, "communes_completed") == 0,
    "report.points.communes_all": lambda m, _: number(m, "communes_completed") == number(m, "communes_total"),
    "report.points.districts_low": lowest_district,
    "report.points.districts_low_up": lambda m, said: _over_before(m, said, 1),
    "report.points.districts_low_down": lambda m, said: _over_before(m, said, -1),
    "report.points.districts_low_least": lambda m, said: (
        lowest_district(m, said) and _gained_least(m, words(said, "lowest"))
    ),
    "report.points.districts_none": lambda m, said: (
        m.of_parts("over_threshold").value == 0 and lowest_district(m, said)
    ),
    "report.points.districts_all": lambda m, said: _all_over(m) and lowest_district(m, said),
    "report.points.districts_all_done": lambda m, _: _all_over(m),
    "report.points.registers": lambda m, said: _registers(m, said, same=False),
    "report.points.registers_same": lambda m, said: _registers(m, said, same=True),
    "report.points.mover_up": lambda m, said: _gained_most(m, words(said, "district")),
    "report.registers.heading": lambda m, said: _headed(m, said, same=False),
    "report.registers.heading_same": lambda m, said: _headed(m, said, same=True),
    "report.registers.assumption": lambda m, _: any(is_assumed(each.source) for each in m.registers),
    "report.districts.heading_all": lambda m, _: _all_over(m),
    "report.districts.heading_none": lambda m, _: m.of_parts("over_threshold").value == 0,
    "report.districts.up": lambda m, said: _rose(m, fact(said, "rank").area),
    "report.districts.most": lambda m, said: _gained_most(m, words(said, "district")),
    "report.districts.least": lambda m, said: _gained_least(m, words(said, "district")),
    "report.districts.gap": lambda m, _: len(set(numbers(m, "rank", m.parts).values())) > 1,
    "report.communes.text": _lowest_commune,
    "report.communes.text_many": _lowest_commune,
    "report.completed.heading": lambda m, _: _communes(m, 1, whole=True),
    "report.completed.heading_none": lambda m, _: (
        number(m, "communes_completed") == 0 and number(m, "units_missing") == 0
    ),
    "report.completed.first": _finished_first,
    "report.completed.first_several": _finished_first,
    "report.completed.first_many": _finished_first,
    "report.completed.district": _finished_district,
    "report.completed.district_before": _finished_district,
    "report.completed.few": _few,
    "report.behind.heading": lambda m, _: (number(m, "behind_districts") or 0) > 1,
    "report.behind.largest": _most_work,
    "report.behind.gained": _gained_most_of_communes,
    "report.difficulties.most": _named_most,
    "report.difficulties.most_before": _named_most,
    "report.quality.heading_good": lambda m, _: _warned(m, 0, 0),
    "report.quality.heading_good_printed": lambda m, _: _warned(m, 0, 0) and bool(number(m, "rules_warned_published")),
    "report.quality.heading_one": lambda m, _: _warned(m, 1, 1),
    "report.quality.heading_warned": lambda m, _: _warned(m, 2, None),
    "report.quality.heading_apart": lambda m, _: bool(m.checked.set_aside),
    "report.quality.verdict": lambda m, _: not m.checked.broken,
    "report.quality.verdict_apart": lambda m, _: bool(m.checked.set_aside),
}
