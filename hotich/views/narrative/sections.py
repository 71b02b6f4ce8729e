"""The sections of the report after its main points: a heading that states the finding, and at most three sentences."""

from typing import Final

from markupsafe import Markup

from hotich import formats
from hotich.checks import FAILED
from hotich.data import comments
from hotich.data import provenance as sources
from hotich.data.areas import Area
from hotich.data.comments import Comment
from hotich.data.difficulties import DIFFICULTIES
from hotich.data.names import is_assumed
from hotich.language import html, say
from hotich.measures import Measures
from hotich.measures import definitions as terms
from hotich.measures.facts import Fact
from hotich.measures.levels import SEEN
from hotich.storage import hashing
from hotich.views.figures import render
from hotich.views.markup import Column, Fragment, Table, hashes, marked, paragraph, section, short_hash
from hotich.views.narrative import outlook
from hotich.views.narrative.phrases import in_words, inside, lower, of_a_whole, size
from hotich.views.sentences import covered, sentence

NOTHING: Final = Fragment(Markup(""))
_OUTLOOK: Final = {
    "left": "left",
    "days": "days_left",
    "target": "target",
    "recent": "pace_recent",
    "needed": "pace_needed",
    "latest": "pace",
    "late": "units_late",
    "required": "required",
    "ratio": "pace_ratio",
    "reported": "units_reported",
    "expected": "units_expected",
}
"""Names in the sentences about progress, and the measures that they stand for."""
_KNOWN: Final = ("more", "same", "less", "uneven", "on_time", "still")
"""States of the work in which its pace is known; three are those of the pace needed against it."""
_HEADED: Final = (*_KNOWN, "done", "overdue")
_OF_THE_WHOLE: Final = frozenset({"progress", "registers", "districts", "communes", "completed", "behind"})
"""Sections whose headings speak of the whole area."""
NAMED: Final = 6
"""Communes that are named as the first to finish."""


def progress(m: Measures) -> Fragment:
    """Return where the work stands against its last target: `narrative.progress(m)`."""
    state = _state(m)
    values: dict[str, object] = {name: fact for name, measure in _OUTLOOK.items() if (fact := m.find(measure))}
    values |= {"periods": outlook.periods(m)}
    ahead = [paragraph(Markup(" ").join(said))] if (said := _ahead(m, state)) else []
    aims = [paragraph(Markup(" ").join(said))] if (said := _aims(m)) else []
    heading, key = f"heading_{state}" if state in _HEADED else "heading", _known(m) if state in _KNOWN else state
    return _section(m, "progress", heading, [sentence(m, f"report.progress.{key}", **values)], *ahead, *aims, **values)


def _known(m: Measures) -> str:
    """Return how a pace is told: beside that of the month, unless it is that of the month."""
    return "known_one" if m.get("pace_taken").value == 1 else "known"


def _ahead(m: Measures, state: str) -> list[Markup]:
    """Return where the work leads, with the coverage of its pace."""
    if state not in (*_KNOWN, "overdue"):
        return []
    first = [covered(m, said, level=False, pace=True) for said in outlook.leads(m)]
    return [*first, *outlook.bounds(m), *outlook.units(m), *outlook.scenarios(m)]


def _state(m: Measures) -> str:
    """Return how the work stands against its last target; `partial` where too little of it is known to say so."""
    ratio = m.find("pace_ratio")
    if not m.covers():
        return "partial"
    if m.get("left").value == 0:
        return "done" if m.get("units_missing").value == 0 else "done_reported"
    if m.find("days_left") is None:
        return "overdue"
    if ratio is None:
        return "first" if m.previous is None else "still" if m.find("pace_recent") else "no_pace"
    if m.find("units_open") and not outlook.late(m):
        return "on_time"
    return "uneven" if outlook.late(m) and ratio.number < 1 else outlook.against(ratio)


def _aims(m: Measures) -> list[Markup]:
    """Return the percentage when each earlier target passed, or now before it; nothing once all is done."""
    if m.get("left").value == 0:
        return []
    said = []
    for target in m.office.targets[:-1]:
        reported = [month for month in m.months if m.as_of_on(month) <= target.day]
        percent = m.find("percent", month=reported[-1]) if reported else None
        if percent is not None:
            values = {"day": m.get(f"target_{target.id}"), "percent": percent}
            passed = m.as_of > target.day
            month = {"month": m.get("month", month=reported[-1])} if passed else {}
            name = formats.sentence_case(target.name(m.language))
            text = sentence(m, f"report.progress.aim_{'passed' if passed else 'ahead'}", name=name, **values, **month)
            said.append(covered(m, text, month=reported[-1]) if passed else text)
    return said


def registers(m: Measures) -> Fragment:
    """Return the two groups, and the registers that hold the work up: `narrative.registers(m)`."""
    lowest, largest = m.slowest_register(), m.most_left()
    texts = [sentence(m, "report.registers.groups", **groups)] if (groups := _groups(m)) else []
    names: dict[str, object] = {"count": m.get("registers_total")}
    heading, notes = "heading_plain", _assumed(m)
    if lowest and largest:
        names = {"slowest": lowest.name(m.language), "largest": lower(largest.name(m.language))}
        heading = "heading_same" if lowest is largest else "heading"
        notes.append(sentence(m, "report.registers.rule", base=m.get("register_base")))
    return _section(m, "registers", heading, texts, *(paragraph(note, "note") for note in notes), **names)


def _assumed(m: Measures) -> list[Markup]:
    """Return that the groups are assumed, where the source that registers.csv gives of one says so."""
    assumed = any(is_assumed(register.source) for register in m.registers)
    return [sentence(m, "report.registers.assumption")] if assumed else []


def _groups(m: Measures) -> dict[str, object]:
    found = {
        f"{name}_{measure}": m.find(measure, scope=scope)
        for name, scope in (("population", "population"), ("civil", "civil_status"))
        for measure in ("percent", "digitised", "required")
    }
    return dict(found) if all(found.values()) else {}


def districts(m: Measures) -> Fragment:
    """Return who leads, who moved and who lags; nothing where no district reported enough to say so.

    For instance `narrative.districts(m)`.
    """
    if not any(m.covers(area.code) for area in m.parts):
        return NOTHING
    over, total = m.of_parts("over_threshold"), m.of_parts("total")
    heading = "heading_none" if over.value == 0 else "heading_all" if over.value == total.value else "heading"
    gaps = [sentence(m, "report.districts.gap", gap=gap)] if (gap := m.find("percent_gap")) and gap.number else []
    rule = paragraph(sentence(m, "report.districts.rule"), "note")
    values = {"over": of_a_whole(m, over), "total": total, "threshold": m.get("threshold")}
    return _section(m, "districts", heading, [*_moves(m), *gaps], rule, **values)


def _moves(m: Measures) -> list[Markup]:
    said: list[Markup] = []
    ranks = [(area, _rank_before(m, area), m.find("rank", area.code)) for area in m.parts]
    climbers = [(a, old, new) for a, old, new in ranks if old and new and new.number < old.number]
    if climbers:
        area, before, rank = max(climbers, key=lambda c: c[1].number - c[2].number)
        said.append(sentence(m, "report.districts.up", district=area.name(m.language), before=before, rank=rank))
    for key, gained in (("most", m.gained_most()), ("least", m.gained_least())):
        if gained and (change := m.get("percent_change", gained.code)).number >= SEEN:
            name = inside(m, gained) if key == "least" else gained.name(m.language)
            said.append(sentence(m, f"report.districts.{key}", district=name, change=size(m, change)))
    return said


def _rank_before(m: Measures, area: Area) -> Fact | None:
    return m.find("rank", area.code, month=m.previous) if m.previous else None


def communes(m: Measures) -> Fragment:
    """Return how far communes of one district lie apart, and the lowest of all: `narrative.communes(m)`."""
    slowest = m.furthest_behind()
    if not slowest:
        return _section(m, "communes", "heading_plain", [])
    lowest = slowest[0]
    district = ", ".join(inside(m, each) for each in m.around(lowest))
    named = {"lowest": lowest.name(m.language), "district": district}
    key = "report.communes.text_many" if m.dense else "report.communes.text"
    text = sentence(m, key, percent=m.get("percent", lowest.code), **named)
    gap = m.find("commune_gap")
    if gap is None or gap.number == 0:
        return _section(m, "communes", "heading_plain", [text])
    return _section(m, "communes", "heading", [text], gap=render(gap, m.language))


def completed(m: Measures) -> Fragment:
    """Return which units have finished, the offices apart, and who was first: `narrative.completed(m)`."""
    done, total, change = m.get("communes_completed"), m.get("communes_total"), m.find("communes_completed_change")
    none = done.value == 0 and m.get("units_missing").value == 0
    more = change is not None and change.number > 0 and m.compares()
    heading = "heading_none" if none else "heading" if more else "heading_plain"
    values: dict[str, object] = {"done": done, "total": total}
    if heading == "heading" and change is not None:
        values |= {"size": size(m, change), "previous": m.get("previous_month")}
    texts = [*_first(m), *_finished_districts(m), *_nearly(m)]
    rule = paragraph(sentence(m, "report.completed.rule"), "note")
    return _section(m, "completed", heading, texts, rule, **values)


def _first(m: Measures) -> list[Markup]:
    """Say who was first to finish, where the counts show it (see `measures.completion`)."""
    month, count = m.find("first_completed"), m.find("communes_first_completed")
    if month is None or count is None:
        return []
    since = ((area, m.find("completed_since", area.code)) for area in m.communes())
    first = [area for area, fact in since if fact and fact.value == month.value]
    if len(first) > 1:
        within = {area: f" ({m.where(area)})" if m.districts else "" for area in first}
        names = ", ".join(f"{inside(m, area)}{within[area]}" for area in first[:NAMED])
        key = "first_several" if len(first) <= NAMED else "first_many"
        said = sentence(m, f"report.completed.{key}", month=month, communes=names, count=count)
    else:
        commune, district = inside(m, first[0]), m.where(first[0])
        said = sentence(m, "report.completed.first", commune=commune, district=district, month=month)
    return [said]


def _finished_districts(m: Measures) -> list[Markup]:
    return [
        sentence(m, "report.completed.district", district=area.name(m.language), month=since)
        if (since := m.find("completed_since", area.code))
        else sentence(m, "report.completed.district_before", district=area.name(m.language))
        for area in m.districts
        if m.get("completed", area.code).value
    ]


def _nearly(m: Measures) -> list[Markup]:
    """Return districts over the threshold with under a fifth of communes complete: it looks wrong, but is right."""
    said = []
    for area in m.districts:
        done, total = m.get("communes_completed", area.code), m.get("communes_total", area.code)
        percent, lowest = m.find("percent", area.code), _lowest(m, area)
        if percent and lowest and percent.number > m.office.threshold and done.number * 5 < total.number:
            name = area.name(m.language)
            values = {"percent": percent, "done": done, "total": total, "lowest": lowest}
            said.append(covered(m.seen_from(area.code), sentence(m, "report.completed.few", district=name, **values)))
    return said


def _lowest(m: Measures, area: Area) -> Fact | None:
    """Return the percentage of the area's lowest commune."""
    shares = [share for commune in m.communes(area.code) if (share := m.find("percent", commune.code))]
    return min(shares, key=lambda share: share.number, default=None)


def difficulties(m: Measures) -> Fragment:
    """Return the office's assessment of the month; a table of difficulties and its other words (`plans`) follow.

    For instance `narrative.difficulties(m)`.
    """
    comment, leading = comment_on(m), _leading(m)
    if comment is None:
        return _section(m, "difficulties", "heading_table", leading or [sentence(m, "report.difficulties.none")])
    first = say(m.language, "data.comment.assessment")
    quotes = (_quote(*part) for part in comment.parts if part[0] == first)
    return _section(m, "difficulties", "heading", leading, *quotes)


def comment_on(m: Measures) -> Comment | None:
    """Return what the office wrote about the month: about its whole area, and so on no report of a part of it."""
    whole = m.root == m.office.root
    return comments.read(m.checked.data.folders, m.month, m.language) if whole else None


def _leading(m: Measures) -> list[Markup]:
    """Return which difficulty most units named, with last month's number; the office's words may set others first."""
    counts = {kind: fact for kind in DIFFICULTIES if (fact := m.find(f"difficulty_{kind}"))}
    most = max((fact.number for fact in counts.values()), default=0)
    first = [kind for kind, fact in counts.items() if fact.number == most > 0]
    if len(first) != 1:
        return []
    before = m.find(f"difficulty_{first[0]}", month=m.previous) if m.previous else None
    values: dict[str, object] = {"count": counts[first[0]], "units": m.get("units_expected")}
    values |= {"difficulty": say(m.language, f"data.difficulty.{first[0]}")} | ({"before": before} if before else {})
    return [sentence(m, f"report.difficulties.most{'_before' if before else ''}", **values)]


def plans(m: Measures) -> Fragment:
    """Return the office's signed words on practice, tasks and proposals; nothing without a comment.

    For instance `narrative.plans(m)`.
    """
    comment = comment_on(m)
    if comment is None:
        return NOTHING
    first = say(m.language, "data.comment.assessment")
    quotes = [_quote(*part) for part in comment.parts if part[0] != first]
    file = Markup("<code>comments/{}.{}.md</code>").format(m.month, m.language)
    signed = Markup('<p class="note">{} · {}</p>').format(
        comment.signature, sentence(m, "report.difficulties.file", file=file)
    )
    return Fragment(Markup("").join([*quotes, signed]))


def _quote(heading: str, text: str) -> Markup:
    return Markup("<h3>{}</h3><blockquote><p>{}</p></blockquote>").format(heading, text)


def quality(m: Measures) -> Fragment:
    """Return the verdict of the checks, the rules that warn, and the coverage, with the way to the full page.

    For instance `narrative.quality(m)`.
    """
    own, printed = m.get("rules_warned_counts"), m.get("rules_warned_published")
    heading = {0: "heading_good", 1: "heading_one"}.get(int(own.number), "heading_warned")
    heading += "_printed" if printed.number and not own.number else ""
    heading = "heading_apart" if m.checked.set_aside else heading
    key = "report.quality.verdict_apart" if m.checked.set_aside else "report.quality.verdict"
    verdict = sentence(m, key, passed=m.get("rules_passed"), total=m.get("rules_total"))
    besides = [(name, m.get(f"rules_{name}")) for name in ("noted", "waived", "not_evaluated")]
    told = [sentence(m, f"report.quality.{name}", count=fact) for name, fact in besides if fact.number]
    coverage = sentence(
        m,
        "report.quality.coverage",
        reported=m.get("units_reported"),
        expected=m.get("units_expected"),
        cells=m.get("cells_total"),
        given=m.get("cells_reported"),
        missing=m.get("cells_not_reported"),
        not_applicable=m.get("cells_not_applicable"),
    )
    link = Markup('<p class="nop"><a href="quality.{}.html">{}</a></p>').format(
        m.language, sentence(m, "report.quality.page")
    )
    words: dict[str, object] = {"warned": in_words(m, own), "printed": printed}
    return _section(m, "quality", heading, [verdict, *told], _warnings(m), paragraph(coverage), link, **words)


def _warnings(m: Measures) -> Markup:
    """Return the rules that warn, by name; nothing where none does."""
    rules = [outcome.rule for outcome in m.checked.having(FAILED, "warning")]
    unmet = {
        rule.id: html(m.language, "quality.findings.unmet", title=rule.text("title", m.language)) for rule in rules
    }
    items = [Markup("<li>{}, {}</li>").format(rule, said) for rule, said in unmet.items()]
    lead = sentence(m, "report.quality.warned")
    return Markup("<p>{}</p><ul{}>{}</ul>").format(lead, marked(), Markup("").join(items)) if items else Markup("")


def definitions(m: Measures) -> Fragment:
    """Return what the words mean, and what the figures do not say: `narrative.definitions(m)`."""
    pairs = Markup("").join(
        Markup('<dt id="term-{}">{}</dt><dd>{}</dd>').format(
            term, html(m.language, f"definitions.{term}.term"), _capital(html(m.language, f"definitions.{term}.is"))
        )
        for term in terms.TERMS
        if term != "spread" or m.dense
    )
    totals = {"communes": m.get("communes_total"), "offices": m.get("offices_total")}
    bases = {"base": m.get("percent_base"), "coverage": m.get("coverage_base")}
    base = sentence(m, "report.definitions.base", **bases, **totals)
    limits = Markup("").join(
        Markup("<li>{}</li>").format(sentence(m, f"report.definitions.limit_{limit}"))
        for limit in ("self", "quality", "groups")
    )
    listed = Markup('<dl class="def">{}</dl>').format(pairs)
    unsaid = Markup("<h3>{}</h3><ul>{}</ul>").format(sentence(m, "report.definitions.limits"), limits)
    return _section(m, "definitions", "heading", [], listed, paragraph(base, "note"), unsaid)


def _capital(words: Markup) -> Markup:
    return words[:1].upper() + words[1:]


def provenance(m: Measures) -> Fragment:
    """Return every input with its hash, and the command that gives the page again: `narrative.provenance(m)`."""
    inputs = sources.inputs(m.checked.data)
    rows = [
        (
            Markup("<code>{}</code>").format(each.file),
            Markup("<code>{}</code>").format(formats.count(each.lines, m.language)),
            short_hash(each.sha256),
        )
        for each in inputs
    ]
    columns = (
        Column(say(m.language, "report.provenance.file"), text=True),
        Column(say(m.language, "report.provenance.rows")),
        Column(say(m.language, "report.provenance.hash"), text=True),
    )
    table = Table(say(m.language, "report.provenance.caption"), columns, rows).html(m.language)
    whole = hashes(((each.file, each.sha256) for each in inputs), m.language)
    root = f" AREA={m.root}" if m.root != m.office.root else ""
    command = Markup("<pre><code>make report MONTH={}{}</code></pre>").format(m.month, root)
    texts = [
        sentence(m, "report.provenance.facts"),
        sentence(m, "report.provenance.content", hash=hashing.content()),
        sentence(m, "report.provenance.repeat"),
    ]
    return _section(m, "provenance", "heading", [], table, whole, *(paragraph(text) for text in texts), command)


def _section(m: Measures, name: str, heading: str, texts: list[Markup], *more: Markup, **values: object) -> Fragment:
    """Return a section whose first paragraph is the sentences given, its heading with the coverage of both."""
    said, title = Markup(" ").join(texts), sentence(m, f"report.{name}.{heading}", **values)
    if name in _OF_THE_WHOLE:
        title = covered(m, title, change='_change"' in title, pace='/pace_ratio"' in title)
        said = covered(m, said, level=False, change='_change"' in said, pace='/pace_recent"' in said)
    return section(name, title, *([paragraph(said)] if texts else []), *more)
