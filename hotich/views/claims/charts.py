"""When headlines and alternative texts of charts are true: `charts.toml`."""

from typing import Final

from hotich.measures import Measures
from hotich.views.claims.ground import (
    Predicate,
    Said,
    earlier,
    fact,
    least,
    most,
    names,
    number,
    numbers,
    ranked,
    words,
)
from hotich.views.claims.report import lagging


def _added(m: Measures, way: int) -> bool:
    added = number(m, "communes_completed_change")
    return added is not None and (added > 0) - (added < 0) == way


def _record(m: Measures, *, highest: bool) -> bool:
    """Return whether more communes were completed in this period than in each before it, or fewer, but some."""
    added, before = number(m, "communes_completed_change"), earlier(m, "communes_completed_change")
    if not added or added < 0 or not before:
        return False
    return added > max(before) if highest else added < min(before)


def _lagging(m: Measures, said: Said) -> bool:
    return words(said, "register") in [each.name(m.language) for each in lagging(m)]


def _ends(m: Measures, said: Said) -> bool:
    """Return whether the districts named first and last have the first and the last rank, and these differ."""
    ranks = numbers(m, "rank", m.parts)
    apart = len(ranks) > 1 and len(set(ranks.values())) > 1
    return apart and words(said, "first") in names(m, least(ranks)) and words(said, "last") in names(m, most(ranks))


def _last(m: Measures, said: Said) -> bool:
    """Return whether the area named has the last rank."""
    ranks = numbers(m, "rank", m.parts)
    return fact(said, "percent").area in most(ranks) and words(said, "last") in names(m, most(ranks))


def _equal(m: Measures, _: Said) -> bool:
    ranks = numbers(m, "rank", m.parts)
    return len(ranks) > 1 and len(set(ranks.values())) == 1


def _before(m: Measures, area: str) -> int | None:
    found = m.find("rank", area, month=m.previous) if m.previous else None
    return None if found is None else int(found.number)


def _fell_last(m: Measures, said: Said) -> bool:
    """Return whether one district fell to the last rank, and the one that had it rose."""
    ranks, rose = numbers(m, "rank", m.parts), fact(said, "up_rank")
    was_last = {code: before for code in ranks if (before := _before(m, code)) is not None}
    last = fact(said, "rank").area
    fell = last in most(ranks) and was_last[last] < fact(said, "rank").number
    return fell and rose.area in most(was_last) and rose.number < was_last[rose.area]


def _took_the_lead(m: Measures, said: Said) -> bool:
    """Return whether one district rose to the first rank, and the one that had it fell."""
    ranks, fell = numbers(m, "rank", m.parts), fact(said, "down_rank")
    were = {code: before for code in ranks if (before := _before(m, code)) is not None}
    rose = [code for code in least(ranks) if were[code] > ranks[code]]
    return words(said, "first") in names(m, rose) and fell.area in least(were) and fell.number > were[fell.area]


def _lowest_commune(m: Measures, said: Said) -> bool:
    shares = numbers(m, "percent", ranked(m, m.communes()))
    return fact(said, "low").area in least(shares)


CLAIMS: Final[dict[str, Predicate]] = {
    "charts.completed.none": lambda m, _: _added(m, 0),
    "charts.completed.fewer": lambda m, _: _added(m, -1),
    "charts.completed.more": lambda m, _: _added(m, 1),
    "charts.completed.most": lambda m, _: _record(m, highest=True),
    "charts.completed.least": lambda m, _: _record(m, highest=False),
    "charts.registers.headline": _lagging,
    "charts.registers.alt": _lagging,
    "charts.areas.headline": _ends,
    "charts.areas.alt": _ends,
    "charts.areas.lowest": _last,
    "charts.areas.equal": _equal,
    "charts.areas.alt_equal": _equal,
    "charts.areas.new_last": _fell_last,
    "charts.areas.new_first": _took_the_lead,
    "charts.communes.lowest": _lowest_commune,
    "charts.map.headline": lambda m, _: bool(m.of_parts("over_threshold").value),
    "charts.map.none_over": lambda m, _: not m.of_parts("over_threshold").value,
    "charts.map.alt": _last,
    "charts.map.alt_none": lambda m, said: _last(m, said) and not m.of_parts("over_threshold").value,
}
