"""The main points: candidates are weighed by what they mean for the reader, and at most six are said."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from hotich.data.areas import Area
from hotich.language import html
from hotich.measures import Measures
from hotich.measures.facts import Fact
from hotich.measures.levels import LITTLE
from hotich.views.markup import Fragment, section
from hotich.views.narrative import outlook
from hotich.views.narrative.phrases import in_month, in_words, inside, lower, of_a_whole, over_before, place, size
from hotich.views.narrative.printed import wrong
from hotich.views.narrative.ranking import departure, share, weight
from hotich.views.narrative.reorganised import reorganised
from hotich.views.sentences import covered, sentence

MOST: Final = 6
"""Main points that a reader keeps."""
WORDS: Final = {"en": 25, "vi": 36}
"""A point is shorter than this: 25 English words; Vietnamese writes syllables apart, about three for two words.

Its coverage in brackets is not counted.
"""
TURN: Final = 1.5
"""A month's pace is told beside the mean when it is so many times the month before's, or that is of it."""
FIRST: Final = 100.0
"""The level of the whole always comes first."""


@dataclass(frozen=True)
class Point:
    """A sentence by its key in `report.toml`, how it reads, and how much it matters (see `weight`)."""

    key: str
    weight: float
    said: Markup


def main_points(m: Measures) -> Fragment:
    """Return the section of main points, the weightiest first, and after a change of areas what can be compared.

    For instance `narrative.main_points(m)`.
    """
    items = Markup("").join(Markup("<li>{}</li>").format(point.said) for point in chosen(m))
    points = section(
        "main-points", html(m.language, "report.points.heading"), Markup('<ol class="mp">{}</ol>').format(items)
    )
    return Fragment(points.html + reorganised(m).html)


def chosen(m: Measures) -> list[Point]:
    """Return at most six points, by falling weight."""
    candidates: list[Point] = []
    sources: tuple[Callable[[Measures], Iterator[Point]], ...] = (
        _level,
        _rank,
        _reorganised,
        _coverage,
        _needed,
        _pace,
        _communes,
        _districts,
        _registers,
        _published,
        _mover,
    )
    for source in sources:
        candidates.extend(source(m))
    return sorted(candidates, key=lambda point: -point.weight)[:MOST]


def _point(
    m: Measures, key: str, matters: float, values: Mapping[str, object], *, change: bool = False, pace: bool = False
) -> Point:
    """Return a point about the whole, with its coverage where units are missing (see `covered`)."""
    return Point(key, matters, covered(m, sentence(m, f"report.points.{key}", **values), change=change, pace=pace))


def _level(m: Measures) -> Iterator[Point]:
    values: dict[str, object] = {
        "as_of": m.get("as_of"),
        "place": place(m),
        "digitised": m.get("digitised"),
        "required": m.get("required"),
    }
    percent, change = m.find("percent"), m.find("percent_change")
    if not m.covers():
        reported = {name: m.get(f"units_{name}") for name in ("reported", "expected")}
        yield Point("level_partial", FIRST, sentence(m, "report.points.level_partial", **reported, **values))
    elif percent is None:
        yield _point(m, "level_small", FIRST, values)
    elif change is None:
        yield _point(m, "level_first", FIRST, values | {"percent": percent})
    else:
        way = "same" if -LITTLE < change.number < LITTLE else "up" if change.number > 0 else "down"
        values |= {"percent": percent, "previous": m.get("previous_month"), "size": size(m, change)}
        yield _point(m, f"level_{way}", FIRST, values, change=True)


def _rank(m: Measures) -> Iterator[Point]:
    """Yield a district's place among all, in its own report: what its readers look for first."""
    rank, total = m.find("rank"), m.of_ranked()
    if m.root == m.office.root or m.area(m.root).level == "commune" or rank is None or total is None:
        return
    before = m.find("rank", month=m.previous) if m.previous else None
    key, was = ("rank_before", {"before": before}) if before else ("rank", {})
    values: dict[str, object] = {"place": place(m, first=True), "rank": rank, "total": total, **was}
    yield Point(key, FIRST - 1, sentence(m, f"report.points.{key}", **values))


def _reorganised(m: Measures) -> Iterator[Point]:
    """Yield which part of the units can be compared after a change of areas, where not all of them can."""
    ended, anew = m.find("units_ended"), m.find("units_anew")
    if m.root == m.office.root and ended and anew and (ended.number or anew.number):
        values: dict[str, object] = {name: m.get(f"units_{name}") for name in ("followed", "expected", "anew", "ended")}
        values |= {"day": m.get("changed_on"), "previous": m.get("previous_month"), "required": m.get("required_ended")}
        key = "reorganised" if anew.number else "reorganised_ended"
        yield Point(key, FIRST - 1, sentence(m, f"report.points.{key}", **values))


def _coverage(m: Measures) -> Iterator[Point]:
    """Yield a warning where totals lack units: one unit in 50 weighs half, one in 25 weighs fully."""
    missing, expected = m.get("units_missing"), m.get("units_expected")
    if missing.number > 0:
        lack = min(1.0, 25 * share(missing, expected))
        key = "coverage_one" if missing.number == 1 else "coverage"
        counts: dict[str, object] = {"missing": of_a_whole(m, missing), "expected": expected}
        said = sentence(m, f"report.points.{key}", **counts)
        yield Point(key, weight(target=0.5, reach=lack, departure=lack), said)


def _needed(m: Measures) -> Iterator[Point]:
    left, target = m.get("left"), m.get("target")
    needed, ratio, recent = m.find("pace_needed"), m.find("pace_ratio"), m.find("pace_recent")
    values: dict[str, object] = {"left": left, "target": target, "needed": needed, "recent": recent}
    values |= {"periods": outlook.periods(m)}
    matters = weight(target=1, reach=1, departure=min(1.0, max(0.0, float(ratio.number) - 1)) if ratio else 0.5)
    if not m.covers():
        return
    if left.value == 0:
        yield _point(m, "finished" if m.get("units_missing").value == 0 else "finished_reported", matters, {})
    elif needed is None:
        yield _point(m, "overdue", weight(target=1, reach=1, departure=1), values)
    elif recent is None:
        yield _point(m, "needed_first", matters, values)
    elif ratio is None:
        key = "stalled" if recent.number == 0 else "shrunk"
        yield _point(m, key, weight(target=1, reach=1, departure=1), values, pace=True)
    elif outlook.late(m) and ratio.number < 1:
        values |= {"late": m.get("units_late"), "open": m.get("units_open")}
        yield _point(m, "uneven", matters, values, pace=True)
    elif outlook.late(m) or (finish := m.find("finish")) is None:
        yield _point(m, f"needed_{outlook.against(ratio)}", matters, values | {"ratio": ratio}, pace=True)
    else:
        yield _point(m, "enough", matters, values | {"finish": in_month(m, finish)}, pace=True)


def _pace(m: Measures) -> Iterator[Point]:
    """Yield the month's pace where it lies outside the range of the periods before it."""
    paces = [fact for month in m.months[1:] if m.compares(month) and (fact := m.find("pace", month=month))]
    if not paces or not m.compares() or m.get("left").value == 0:
        return
    if not (apart := departure(paces[-1], paces[:-1])):
        yield from _pace_turned(m, paces)
        return
    before = [fact.number for fact in paces[:-1]]
    slower = paces[-1].number < min(before)
    edge = min(paces[:-1], key=lambda f: f.number) if slower else max(paces[:-1], key=lambda f: f.number)
    key = "pace_slowest" if slower else "pace_fastest"
    yield _point(m, key, weight(target=0.5, reach=1, departure=apart), {"pace": paces[-1], "edge": edge})


def _pace_turned(m: Measures, paces: list[Fact]) -> Iterator[Point]:
    """Yield the month's own pace beside the mean where it is half as much again as the month before's, or the reverse.

    One month of three hides in their mean: a storm and the catching up after it.
    """
    recent = m.find("pace_recent")
    if recent is None or len(paces) < 2 or min(each.number for each in paces[-2:]) <= 0:
        return
    now, before = paces[-1], paces[-2]
    low, high = sorted((float(now.number), float(before.number)))
    if high >= TURN * low:
        key = "pace_up" if now.number > before.number else "pace_down"
        values: dict[str, object] = {"pace": now, "before": before, "recent": recent}
        matters = weight(target=0.5, reach=1, departure=min(1.0, high / low - 1))
        yield _point(m, key, matters, values | {"periods": outlook.periods(m)})


def _communes(m: Measures) -> Iterator[Point]:
    done, total, change = m.get("communes_completed"), m.get("communes_total"), m.find("communes_completed_change")
    values: dict[str, object] = {"done": done, "total": total}
    if done.value == 0 and m.get("units_missing").value == 0:
        yield _point(m, "communes_none", weight(target=0.5, reach=0.5), values)
    elif done.value == total.value:
        yield _point(m, "communes_all", weight(target=1, reach=1), values)
    elif change is None:
        yield _point(m, "communes_only", weight(target=0.6, reach=0.8), values)
    else:
        yield _communes_changed(m, values | {"previous": m.get("previous_month")}, change)


def _communes_changed(m: Measures, values: dict[str, object], change: Fact) -> Point:
    earlier = [fact for month in m.months[1:-1] if (fact := m.find("communes_completed_change", month=month))]
    matters = weight(target=0.6, reach=0.8, departure=departure(change, earlier))
    values |= {"size": size(m, change)}
    both = "" if m.compares() else "_both"
    if change.number == 0:
        return _point(m, "communes_only" if both else "communes_same", matters, values, change=True)
    if change.number < 0:
        matters = weight(target=0.6, reach=0.8, departure=1)
        return _point(m, f"communes_down{both}", matters, values, change=True)
    finished = [area for area in m.districts if m.get("completed", area.code).value]
    since = m.find("completed_since", finished[0].code) if len(finished) == 1 else None
    if since and since.value == m.month and not both and not _complete_before(m):
        values |= {"district": finished[0].short(m.language), "percent": m.get("percent", finished[0].code)}
        return _point(m, "communes_up_first", matters + 1, values, change=True)
    return _point(m, f"communes_up{both}", matters, values, change=True)


def _complete_before(m: Measures) -> bool:
    """Return whether any district was complete in an earlier month, as one may have been that has more to do since."""
    shares = (m.find("percent", area.code, month=month) for area in m.districts for month in m.months[:-1])
    return any(share is not None and share.number == 100 for share in shares)


def _districts(m: Measures) -> Iterator[Point]:
    known = m.slowest(m.parts)
    if len(known) < 2:
        return
    lowest = known[0]
    over, total = m.of_parts("over_threshold"), m.of_parts("total")
    matters = weight(target=0.5, reach=1 - share(over, total))
    values: dict[str, object] = {
        "threshold": m.get("threshold"),
        "lowest": inside(m, lowest),
        "percent": m.get("percent", lowest.code),
    }
    if not m.get("left", lowest.code).value:
        values |= {"over": of_a_whole(m, over), "total": total}
        yield _point(m, "districts_all_done" if over.value == total.value else "districts_done", matters, values)
    elif over.value == 0:
        yield _point(m, "districts_none", matters, values)
    elif over.value == total.value:
        yield _point(m, "districts_all", matters, values | {"total": total})
    else:
        yield _districts_over(m, lowest, matters, values | {"over": of_a_whole(m, over), "total": total})


def _districts_over(m: Measures, lowest: Area, matters: float, values: dict[str, object]) -> Point:
    """Return the point about some districts over the threshold, with what is newest about them."""
    change, before = m.find("percent_change", lowest.code), over_before(m)
    if change is not None and change.number >= LITTLE and lowest == m.gained_least():
        return _point(m, "districts_low_least", matters, values | {"size": size(m, change)}, change=True)
    if before is not None and before.number != m.of_parts("over_threshold").number:
        way = "up" if before.number < m.of_parts("over_threshold").number else "down"
        before_words = before if m.language == "vi" else in_words(m, before)
        return _point(m, f"districts_low_{way}", matters + 5, values | {"before": before_words})
    return _point(m, "districts_low", matters, values)


def _registers(m: Measures) -> Iterator[Point]:
    slowest, largest = m.slowest_register(), m.most_left()
    known = sum(m.find("percent", scope=each.code) is not None for each in m.registers)
    if slowest is None or largest is None or known < 2:
        return
    held = m.get("left_share", scope=largest.code)
    values: dict[str, object] = {
        "slowest": slowest.name(m.language),
        "percent": m.get("percent", scope=slowest.code),
        "share": held,
        "left": m.get("left", scope=largest.code),
    }
    matters = weight(target=0.3, reach=float(held.number) / 100)
    if slowest is largest:
        yield _point(m, "registers_same", matters, values)
    else:
        yield _point(m, "registers", matters, values | {"largest": lower(largest.name(m.language))})


def _published(m: Measures) -> Iterator[Point]:
    """Yield that printed figures are wrong: readers have seen them."""
    if m.root == m.office.root and (said := wrong(m)):
        yield Point("published", weight(reach=0.5, departure=1), said)


def _mover(m: Measures) -> Iterator[Point]:
    if (most := m.gained_most()) is None:
        return
    rank, change = m.find("rank", most.code), m.get("percent_change", most.code)
    if rank is not None and change.number > LITTLE:
        matters = weight(target=0.2, reach=share(m.get("required", most.code), m.get("required")))
        values = {"district": most.name(m.language), "size": size(m, change), "rank": rank}
        total = m.parts_ranked() or m.of_parts("total")
        yield _point(m, "mover_up", matters, values | {"total": total}, change=True)
