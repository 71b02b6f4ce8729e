"""The main points: candidates are weighed by what they mean for the reader, and at most six are said."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from hotich.elements import Fragment, section
from hotich.facts import Fact
from hotich.language import html
from hotich.measures import Measures
from hotich.narrative.speech import LITTLE, in_month, in_words, inside, lower, place, sentence, size

MOST: Final = 6


@dataclass(frozen=True)
class Point:
    """A sentence and how much it matters, 0 to 100: what the month is about first, then what departs most."""

    weight: int
    said: Markup


def main_points(m: Measures) -> Fragment:
    """The section of main points, the weightiest first."""
    items = Markup("").join(Markup("<li>{}</li>").format(point.said) for point in chosen(m))
    return section(
        "main-points", html(m.language, "report.points.heading"), Markup('<ol class="mp">{}</ol>').format(items)
    )


def chosen(m: Measures) -> list[Point]:
    """At most six points, by falling weight."""
    candidates: list[Point] = []
    sources: tuple[Callable[[Measures], Iterator[Point]], ...] = (
        _level, _coverage, _needed, _communes, _districts, _registers, _published, _mover,
    )  # fmt: skip
    for source in sources:
        candidates.extend(source(m))
    return sorted(candidates, key=lambda point: -point.weight)[:MOST]


def _level(m: Measures) -> Iterator[Point]:
    values: dict[str, object] = {
        "as_of": m.get("as_of"), "place": place(m), "digitised": m.get("digitised"), "required": m.get("required"),
    }  # fmt: skip
    percent, change = m.find("percent"), m.find("percent_change")
    if percent is None:
        yield Point(100, sentence(m, "points.level_small", **values))
    elif change is None:
        yield Point(100, sentence(m, "points.level_first", percent=percent, **values))
    else:
        way = "same" if -LITTLE < change.number < LITTLE else "up" if change.number > 0 else "down"
        extra: dict[str, object] = {} if way == "same" else {"change": size(m, change)}
        said = sentence(
            m, f"points.level_{way}", percent=percent, previous=m.get("previous_month"), **extra, **values
        )  # fmt: skip
        yield Point(100, said)


def _coverage(m: Measures) -> Iterator[Point]:
    missing, expected = m.get("units_missing"), m.get("units_expected")
    if missing.number > 0:
        weight = 95 if missing.number * 50 > expected.number else 60  # one unit in fifty
        yield Point(weight, sentence(m, "points.coverage", missing=missing, expected=expected))


def _needed(m: Measures) -> Iterator[Point]:
    left, target = m.get("left"), m.get("target")
    needed, ratio, recent = m.find("pace_needed"), m.find("pace_ratio"), m.find("pace_recent")
    if left.value == 0:
        yield Point(90, sentence(m, "points.finished"))
    elif needed is None:
        yield Point(90, sentence(m, "points.overdue", left=left, target=target))
    elif recent is None:
        yield Point(85, sentence(m, "points.needed_first", left=left, target=target, needed=needed))
    elif ratio is None:
        yield Point(90, sentence(m, "points.stalled", left=left, target=target, needed=needed))
    elif ratio.number > 1:
        yield Point(90, sentence(m, "points.needed", left=left, target=target, needed=needed, ratio=ratio))
    else:
        finish = in_month(m, m.get("finish"))
        yield Point(70, sentence(m, "points.enough", left=left, recent=recent, finish=finish))


def _communes(m: Measures) -> Iterator[Point]:
    done, total, change = m.get("communes_completed"), m.get("communes_total"), m.find("communes_completed_change")
    if done.value == 0:
        yield Point(55, sentence(m, "points.communes_none", total=total))
    elif done.value == total.value:
        yield Point(80, sentence(m, "points.communes_all", total=total))
    elif change is None:
        yield Point(75, sentence(m, "points.communes_only", done=done, total=total))
    else:
        yield _communes_changed(m, {"done": done, "total": total, "previous": m.get("previous_month")}, change)


def _communes_changed(m: Measures, values: dict[str, object], change: Fact) -> Point:
    if change.number == 0:
        return Point(60, sentence(m, "points.communes_same", **values))
    if change.number < 0:
        return Point(85, sentence(m, "points.communes_down", change=size(m, change), **values))
    finished = [area for area in m.districts if m.get("completed", area.code).value]
    if len(finished) == 1 and m.get("completed_since", finished[0].code).value == m.month:
        values |= {"district": finished[0].short(m.language), "percent": m.get("percent", finished[0].code)}
        return Point(80, sentence(m, "points.communes_up_first", change=size(m, change), **values))
    return Point(80, sentence(m, "points.communes_up", change=size(m, change), **values))


def _districts(m: Measures) -> Iterator[Point]:
    shares = {area: percent for area in m.districts if (percent := m.find("percent", area.code))}
    if len(shares) < 2:
        return
    lowest = min(
        shares, key=lambda area: (-int(m.get("rank", area.code).number), -int(m.get("left", area.code).number))
    )
    over, total = m.get("districts_over_threshold"), m.get("districts_total")
    values: dict[str, object] = {
        "total": total, "threshold": m.get("threshold"), "lowest": inside(m, lowest), "percent": shares[lowest],
    }  # fmt: skip
    change = m.find("percent_change", lowest.code)
    if over.value == 0:
        yield Point(70, sentence(m, "points.districts_none", **{k: v for k, v in values.items() if k != "total"}))
    elif over.value == total.value:
        yield Point(70, sentence(m, "points.districts_all", **values))
    elif change is not None and change.number >= 0 and change == _least(m):
        said = sentence(
            m, "points.districts_low_least", over=in_words(m, over, first=True), change=size(m, change), **values
        )  # fmt: skip
        yield Point(75, said)
    else:
        yield Point(70, sentence(m, "points.districts_low", over=in_words(m, over, first=True), **values))


def _least(m: Measures) -> Fact | None:
    """The smallest change among districts that still have work to do."""
    open_ones = [area for area in m.districts if not m.get("completed", area.code).value]
    changes = [change for area in open_ones if (change := m.find("percent_change", area.code))]
    return min(changes, key=lambda change: change.number, default=None)


def _registers(m: Measures) -> Iterator[Point]:
    shares = {r: percent for r in m.registers if (percent := m.find("percent", scope=r.code))}
    lefts = {r: share for r in m.registers if (share := m.find("left_share", scope=r.code))}
    if len(shares) < 2 or not lefts:
        return
    slowest = min(shares, key=lambda r: shares[r].number)
    largest = max(lefts, key=lambda r: lefts[r].number)
    values: dict[str, object] = {
        "slowest": slowest.name(m.language), "percent": shares[slowest],
        "share": lefts[largest], "left": m.get("left", scope=largest.code),
    }  # fmt: skip
    if slowest is largest:
        yield Point(50, sentence(m, "points.registers_same", **values))
    else:
        yield Point(50, sentence(m, "points.registers", largest=lower(largest.name(m.language)), **values))


def _published(m: Measures) -> Iterator[Point]:
    if m.root != m.office.root:
        return
    count = m.get("discrepancies")
    if count.value == 1:
        yield Point(65, sentence(m, "points.published_one"))
    elif count.number > 1:
        yield Point(65, sentence(m, "points.published", count=in_words(m, count, first=True)))


def _mover(m: Measures) -> Iterator[Point]:
    changes = {area: change for area in m.districts if (change := m.find("percent_change", area.code))}
    if len(changes) < 2:
        return
    most = max(changes, key=lambda area: changes[area].number)
    rank = m.find("rank", most.code)
    if rank is not None and changes[most].number > LITTLE:
        said = sentence(
            m, "points.mover_up", district=most.name(m.language), change=size(m, changes[most]), rank=rank,
            total=m.get("districts_total"),
        )  # fmt: skip
        yield Point(40, said)
