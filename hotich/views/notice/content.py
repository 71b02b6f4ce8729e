"""What a notice says, chosen from the facts, before it becomes a page or a Word file."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from markupsafe import Markup

from hotich import formats
from hotich.checks.findings import Finding
from hotich.data.areas import Area
from hotich.data.counts import NOT_REPORTED
from hotich.measures import Measures
from hotich.measures.levels import SEEN
from hotich.views.markup import Table, named
from hotich.views.narrative import outlook
from hotich.views.narrative.phrases import of_a_whole, size
from hotich.views.notice import sender
from hotich.views.notice.listed import called, ledger, place, units
from hotich.views.sentences import covered, sentence

NAMED: Final = 3
"""Communes that are named as the slowest."""
MANY: Final = 40
"""Finished communes, or findings, of a province beyond which they are counted and not told one by one.

No district has so many communes; a province has hundreds.
"""


@dataclass(frozen=True)
class Part:
    """A numbered part of a notice: heading, paragraphs, a note in small print, and its table if it has one."""

    name: str
    heading: Markup
    texts: tuple[Markup, ...]
    table: Table | None = None
    note: str | Markup = ""


def subject(m: Measures) -> Markup:
    """Return the subject of the notice."""
    return Markup(" ").join(subject_lines(m))


def subject_lines(m: Measures) -> tuple[Markup, Markup]:
    """Return the lines of the subject, which breaks at its comma and never in a name."""
    about = sentence(m, "notice.letter.subject", place=place(m))
    return about, sentence(m, "notice.letter.subject_day", as_of=m.get("as_of"))


def lead(m: Measures) -> Markup:
    """Return the opening sentence: who announces what."""
    return sentence(m, "notice.letter.lead", place=place(m), office=sender.of(m).name)


def parts(m: Measures) -> tuple[Part, ...]:
    """Return the parts that the facts support, in order and numbered."""
    making: tuple[Callable[[Measures], Part | None], ...] = (
        _result,
        _changes,
        _communes,
        _remaining,
        _problems,
        _asked,
    )
    found = [part for make in making if (part := make(m))]
    return tuple(
        replace(part, heading=Markup("{} {}").format(named(f"{number}."), part.heading))
        for number, part in enumerate(found, 1)
    )


def _part(m: Measures, name: str, texts: list[Markup], table: Table | None = None, note: str | Markup = "") -> Part:
    return Part(name, sentence(m, f"notice.{name}.heading"), tuple(texts), table, note)


def _joined(texts: list[Markup]) -> list[Markup]:
    """Return sentences as one paragraph."""
    return [Markup(" ").join(texts)] if texts else []


def _result(m: Measures) -> Part:
    """Return how much is done, the rank, and the same by register."""
    digitised, required = m.find("digitised"), m.find("required")
    if digitised is None or required is None:
        return _part(m, "result", [sentence(m, "notice.result.none", place=place(m))])
    values: dict[str, object] = {
        "place": place(m),
        "as_of": m.get("as_of"),
        "digitised": digitised,
        "required": required,
    }
    percent = m.find("percent")
    values |= {"percent": percent} if percent else {}
    key = "small" if percent is None else "level_all" if digitised.value == required.value else "level"
    said = covered(m, sentence(m, f"notice.result.{key}", **values))
    return _part(m, "result", _joined([said, *_beside(m, [*_rank(m), *_whole(m)])]), ledger(m))


def _beside(m: Measures, texts: list[Markup]) -> list[Markup]:
    """Return sentences about the area above, in which the receiver is ranked, its coverage once with the first."""
    return [covered(m.seen_from(m.above), texts[0]), *texts[1:]] if texts else []


def _rank(m: Measures) -> Iterator[Markup]:
    rank, total = m.find("rank"), m.of_ranked()
    if rank is None or total is None:
        return
    before = m.find("rank", month=m.previous) if m.previous else None
    key = f"notice.result.rank_{m.ranked_as}" + ("_before" if before else "")
    yield sentence(m, key, rank=rank, total=total, **({"before": before} if before else {}))


def _whole(m: Measures) -> Iterator[Markup]:
    if percent := m.find("percent", m.above):
        yield sentence(m, "notice.result.whole", place=m.area(m.above).official(m.language), percent=percent)


def _changes(m: Measures) -> Part:
    """Return what changed in the month."""
    if (added := m.find("digitised_change")) is None:
        anew = (merged := m.find("units_merged")) is not None and merged.number == 0
        if anew and m.previous:
            return _part(m, "changes", [sentence(m, "notice.changes.anew", previous=m.get("previous_month"))])
        key = "first" if m.previous is None else "none_own" if m.alone else "none"
        return _part(m, "changes", [sentence(m, f"notice.changes.{key}")])
    way = "fewer" if added.number < 0 else "more" if added.number else "none"
    said = [
        covered(
            m,
            sentence(m, f"notice.changes.entries_{way}", added=size(m, added), previous=m.get("previous_month")),
            change=True,
        ),
        *_points(m),
        *_merged(m),
        *_beside(m, list(_moved(m))),
        *_more_completed(m),
    ]
    return _part(
        m,
        "changes",
        _joined(said),
        note=sentence(m, "notice.changes.method_own" if m.alone else "notice.changes.method"),
    )


def _merged(m: Measures) -> Iterator[Markup]:
    if (merged := m.find("units_merged")) and merged.number:
        yield sentence(m, "notice.changes.merged", parts=merged, previous=m.get("previous_month"))


def _points(m: Measures) -> Iterator[Markup]:
    if change := m.find("percent_change"):
        way = "same" if -SEEN < change.number < SEEN else "up" if change.number > 0 else "down"
        yield sentence(m, f"notice.changes.{way}", change=size(m, change))


def _moved(m: Measures) -> Iterator[Markup]:
    rank, before, total = m.find("rank"), m.find("rank", month=m.previous), m.of_ranked()
    if rank and before and total:
        way = "same" if rank.value == before.value else "up" if rank.number < before.number else "down"
        yield sentence(m, f"notice.changes.rank_{way}", rank=rank, before=before, total=total)


def _more_completed(m: Measures) -> Iterator[Markup]:
    if (change := m.find("communes_completed_change")) and change.number:
        way = "more" if change.number > 0 else "fewer"
        first = m.language == "en"
        yield sentence(m, f"notice.changes.completed_{way}", change=size(m, change), units=units(m, first=first))


def _communes(m: Measures) -> Part | None:
    """Return which communes have finished, the slowest, and the office apart; None for one commune or no report."""
    done, total, reported = (m.find(name) for name in ("communes_completed", "communes_total", "units_reported"))
    if not done or not total or not (reported and reported.value) or m.alone:
        return None
    finished = [area for area in m.communes() if _completed(m, area)]
    key = "none" if not finished else "all" if len(finished) == len(m.communes()) else "some"
    names = ", ".join(called(m, area) for area in finished)
    key = "many" if key == "some" and len(finished) > MANY else key
    said = [covered(m, sentence(m, f"notice.communes.{key}", done=done, total=total, names=names, units=units(m)))]
    if finished:
        praised = "one" if len(finished) == 1 else "several"
        said.append(sentence(m, f"notice.communes.praise_{praised}", office=sender.of(m).name))
    said += [_office(m, office) for office in m.checked.data.areas.offices(m.root)]
    annex = sentence(m, "notice.communes.annex_districts" if m.districts else "notice.communes.annex")
    part = _part(m, "communes", [*_joined(said), *_joined([*_slowest(m), annex])])
    heading = sentence(m, "notice.communes.heading_province") if m.area(m.root).level == "province" else part.heading
    return replace(part, heading=heading)


def _completed(m: Measures, area: Area) -> bool:
    found = m.find("completed", area.code)
    return found is not None and bool(found.value)


def _office(m: Measures, office: Area) -> Markup:
    if _completed(m, office):
        return sentence(m, "notice.communes.office_done", office=office.official(m.language))
    if m.find("cells_not_reported", office.code):
        return sentence(m, "notice.communes.office_silent", office=office.official(m.language))
    if percent := m.find("percent", office.code):
        return sentence(m, "notice.communes.office_percent", office=office.official(m.language), percent=percent)
    return sentence(m, "notice.communes.office_open", office=office.official(m.language))


def _slowest(m: Measures) -> Iterator[Markup]:
    still_open = [area for area in m.communes() if not _completed(m, area)]
    items = [
        sentence(m, "notice.communes.item", name=called(m, area), percent=m.get("percent", area.code))
        for area in m.slowest(still_open, NAMED)
    ]
    if items:
        yield covered(m, sentence(m, "notice.communes.slowest", items=Markup("; ").join(items)))


def _remaining(m: Measures) -> Part | None:
    """Return what is left, the pace that the target needs, and where the present pace leads."""
    left, target, days = m.find("left"), m.get("target"), m.find("days_left")
    if left is None:
        return None
    if left.value == 0:
        key = "done_reported" if (missing := m.find("units_missing")) and missing.value else "done"
        return _part(m, "remaining", [covered(m, sentence(m, f"notice.remaining.{key}"))])
    if days is None:
        return _part(m, "remaining", [covered(m, sentence(m, "notice.remaining.overdue", left=left, target=target))])
    needed, recent = m.find("pace_needed"), m.find("pace_recent")
    said = [
        covered(m, sentence(m, "notice.remaining.left", left=left, days=days, target=target), pace=recent is not None)
    ]
    if needed:
        said.append(sentence(m, "notice.remaining.needed", needed=needed))
    if recent:
        key = "recent_one" if m.get("pace_taken").value == 1 else "recent"
        values = {"recent": recent, "latest": m.get("pace"), "periods": outlook.periods(m)}
        said.append(sentence(m, f"notice.remaining.{key}", **values))
    return _part(m, "remaining", _joined([*said, *outlook.leads(m), *outlook.units(m)]))


def _problems(m: Measures) -> Part:
    """Return findings about this area's own counts, and units that have not reported."""
    found = [] if _silent(m) else list(_findings(m))
    if m.area(m.root).level == "province" and len(found) > MANY:
        more = sentence(m, "notice.problems.more", more=named(formats.count(len(found) - MANY, m.language)))
        found = [*found[:MANY], more]
    texts = [*_missing(m), *found]
    return _part(m, "problems", texts or [sentence(m, "notice.problems.none")])


def _missing(m: Measures) -> Iterator[Markup]:
    """Yield how many units have not reported in full; of a receiver that is the one unit, whether it sent anything."""
    missing, expected = m.find("units_missing"), m.find("units_expected")
    if not (missing and expected and missing.value):
        return
    if m.alone:
        key = "silent_own" if _silent(m) else "missing_own"
        yield sentence(m, f"notice.problems.{key}", place=_first(place(m)))
    else:
        yield sentence(m, "notice.problems.missing", missing=of_a_whole(m, missing), expected=expected)


def _first(name: str) -> str:
    """Return a name as it begins a sentence."""
    return name[:1].upper() + name[1:]


def _silent(m: Measures) -> bool:
    """Return whether the receiver is one unit that has reported nothing: there are no counts to look into."""
    return m.alone and m.find("required") is None


def _findings(m: Measures, *, missing: bool = True) -> Iterator[Markup]:
    """Yield findings about units of this area, without notes and without what others have printed.

    Counts that are not there are among them if `missing`.
    """
    own = {unit.code for unit in m.checked.data.areas.units(m.root)} | {m.root}
    for found in m.checked.found:
        absent = found.main.values.get("status") == NOT_REPORTED
        told = found.main.suite != "published" and found.severity != "info" and (missing or not absent)
        if found.main.area in own and told:
            yield named(_without_place(found.main, m.language))


def _without_place(found: Finding, language: str) -> str:
    """Return the finding without file and line: these are the office's own, the receiver cannot look there."""
    return re.sub(rf" \({re.escape(found.file)}[^()]*\)", "", found.message[language])


def _asked(m: Measures) -> Part:
    """Return what the receiver should do, as far as the facts call for it."""
    left, needed, ratio = m.find("left"), m.find("pace_needed"), m.find("pace_ratio")
    wanted: list[Markup] = []
    if left and left.value:
        wanted.append(_finish(m))
    if left and left.value and needed and (ratio is None or ratio.number > 1):
        wanted.append(covered(m, sentence(m, "notice.asked.pace", needed=needed)))
    if left and left.value == 0:
        wanted.append(sentence(m, "notice.asked.keep"))
    if (missing := m.find("units_missing")) and missing.value:
        wanted.append(sentence(m, "notice.asked.missing_own" if m.alone else "notice.asked.missing"))
    if not _silent(m) and any(_findings(m, missing=not m.alone)):
        wanted.append(sentence(m, "notice.asked.problems"))
    wanted.append(sentence(m, "notice.asked.next", month=m.get("next_month"), day=m.get("next_as_of")))
    return _part(m, "asked", [sentence(m, "notice.asked.lead", place=place(m)), *wanted])


def _finish(m: Measures) -> Markup:
    if m.alone:
        return sentence(m, "notice.asked.finish_own")
    return sentence(m, "notice.asked.finish", units=units(m))


def anchor(m: Measures) -> Markup:
    """Return the last release before this notice with its hash; nothing before the first."""
    last = m.checked.data.previous
    return sentence(m, "notice.letter.anchor", release=last.title, hash=last.head) if last else Markup("")
