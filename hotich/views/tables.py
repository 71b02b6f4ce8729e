"""The tables of the report that belong to no chart. Every number in them is a fact."""

from dataclasses import replace

from markupsafe import Markup

from hotich import formats
from hotich.data import difficulties as named
from hotich.data import published as printed
from hotich.data.areas import Area
from hotich.data.published import Published
from hotich.data.registers import GROUPS
from hotich.language import html, say
from hotich.measures import Measures, definitions
from hotich.measures.facts import Fact
from hotich.measures.levels import FURTHEST
from hotich.views import footnotes, spark
from hotich.views.figures import render
from hotich.views.markup import Column, Fragment, Table, fold, symbol
from hotich.views.narrative.phrases import place
from hotich.views.saved_table import Cell, Coded, Valued
from hotich.views.table_cells import NOT_REPORTED, cell, coded, vintage


def _column(m: Measures, name: str, *, text: bool = False, extra: bool = False, saved: str = "") -> Column:
    label, about = say(m.language, f"tables.column.{name}"), definitions.title(name, m.language)
    return Column(label, text, extra, about, saved or name)


def _caption(m: Measures, name: str) -> Markup:
    return html(m.language, f"tables.caption.{name}", place=place(m), as_of=render(m.get("as_of"), m.language))


def _cell(m: Measures, name: str) -> str:
    return say(m.language, f"tables.cell.{name}")


def _show(m: Measures, table: Table) -> Fragment:
    tag = Markup('<span class="sim">{}</span>').format(_cell(m, "simulated")) if m.synthetic else Markup("")
    return Fragment(replace(table, tag=tag, vintage=vintage(m)).html(m.language))


def districts(m: Measures) -> Fragment:
    """Return districts by rank, each group's own percentage beside the combined one, and the whole."""
    ranked = [area.code for area in reversed(m.slowest(m.districts))]
    if len(ranked) < 2:
        return Fragment(Markup(""))
    columns = (
        _column(m, "district", text=True),
        _column(m, "rank"),
        _column(m, "required", extra=True),
        _column(m, "digitised", extra=True),
        _column(m, "left", extra=True),
        _column(m, "percent"),
        *(_column(m, group) for group in GROUPS),
    )
    unranked = [area.code for area in m.districts if area.code not in ranked]
    rows: list[tuple[Cell, ...]] = [
        (coded(m, code), cell(m, "rank", code), *_stand(m, code, trend=True)) for code in (*ranked, *unranked)
    ]
    foot: list[tuple[Cell, ...]] = [(coded(m, m.root, _cell(m, "whole")), "", *_stand(m, m.root))]
    note = html(m.language, "tables.caption.districts_note") + footnotes.explained(m, [*rows, *foot])
    return _show(m, Table(_caption(m, "districts"), columns, rows, note, foot, _file(m, "ranking")))


def _stand(m: Measures, code: str, *, trend: bool = False) -> tuple[Markup, ...]:
    """Return counts and percentages of an area, with `trend` the line of its months beside its percentage."""
    counts = (cell(m, measure, code) for measure in ("required", "digitised", "left"))
    percent = cell(m, "percent", code)
    line = spark.of_area(m, code) if trend else ""
    beside = Markup("{} {}").format(line, percent) if line else percent
    return (*counts, beside, *(cell(m, "percent", code, group) for group in GROUPS))


def paces(m: Measures) -> Fragment:
    """Return pace, need and end of each district with work left, that with the lowest share on the deadline first.

    Empty without a deadline ahead, and where fewer than two districts have an outlook.
    """
    known = [area.code for area in m.districts if m.find("percent_at_target", area.code)]
    if len(known) < 2 or m.find("days_left") is None:
        return Fragment(Markup(""))
    columns = (
        _column(m, "district", text=True),
        _column(m, "left"),
        _column(m, "pace_recent", extra=True),
        _column(m, "pace_needed", extra=True),
        _column(m, "pace_ratio", extra=True),
        _column(m, "percent_at_target"),
        _column(m, "units_late", extra=True),
        _column(m, "finish"),
    )
    known.sort(key=lambda code: m.get("percent_at_target", code).number)
    rows: list[tuple[Cell, ...]] = [(coded(m, code), *_pace(m, code)) for code in known]
    foot: list[tuple[Cell, ...]] = [(coded(m, m.root, _cell(m, "whole")), *_pace(m, m.root))]
    note = html(m.language, "tables.caption.paces_note") + footnotes.explained(m, [*rows, *foot])
    return _show(m, Table(_caption(m, "paces"), columns, rows, note, foot, _file(m, "paces")))


def _pace(m: Measures, code: str) -> tuple[Cell, ...]:
    measures = ("left", "pace_recent", "pace_needed", "pace_ratio", "percent_at_target")
    finish = m.find("finish", code)
    end = Valued(render(finish, m.language, as_month=True, short=True), finish.raw) if finish else _cell(m, "endless")
    late, still = m.get("units_late", code), m.get("units_open", code)
    units = Valued(Markup("{} / {}").format(render(late, m.language), render(still, m.language)), late.raw)
    return (*(cell(m, measure, code) for measure in measures), units, end)


def completed(m: Measures) -> Fragment:
    """Return completed communes by district, most first, each Justice Office apart; nothing without districts."""
    columns = (
        _column(m, "district", text=True),
        _column(m, "completed"),
        _column(m, "total"),
        _column(m, "added", saved="communes_completed_change"),
        _column(m, "office", text=True, saved="offices_completed"),
    )
    order = sorted(m.districts, key=lambda area: -int(m.get("communes_completed", area.code).number))
    rows = [_completed_row(m, area) for area in order]
    foot = [_completed_counts(m, coded(m, m.root, _cell(m, "whole")), _offices(m))]
    if not rows:
        return Fragment(Markup(""))
    note = html(m.language, "tables.caption.completed_note") + footnotes.explained(m, [*rows, *foot])
    return _show(m, Table(_caption(m, "completed"), columns, rows, note, foot, _file(m, "completed")))


def _completed_row(m: Measures, area: Area) -> tuple[Cell, ...]:
    offices = [unit.code for unit in m.checked.data.areas.offices(area.code)]
    state = Valued(_cell(m, "open"), "0")
    if any(m.get("completed", code).value for code in offices):
        state = Valued(Markup('<span class="ac">{}</span>').format(_cell(m, "complete")), "1")
    elif any(m.find("cells_not_reported", code) for code in offices):
        state = Valued(symbol(NOT_REPORTED), "")
    return _completed_counts(m, coded(m, area.code), state)


def _offices(m: Measures) -> Valued:
    done, total = m.get("offices_completed"), m.get("offices_total")
    return Valued(Markup("{} / {}").format(render(done, m.language), render(total, m.language)), done.raw)


def _completed_counts(m: Measures, named: Coded, office: Valued) -> tuple[Cell, ...]:
    added = cell(m, "communes_completed_change", named.code, signed=True)
    counts = (cell(m, f"communes_{name}", named.code) for name in ("completed", "total"))
    return (named, *counts, added, office)


def behind(m: Measures) -> Fragment:
    """Return the communes furthest behind, lowest percentage first, and what is left in each; empty where none is."""
    communes = m.furthest_behind()
    shared = html(m.language, "tables.caption.behind_shared") if len(communes) > FURTHEST else Markup("")
    return _unfinished(m, "behind", communes, shared)


def largest(m: Measures) -> Fragment:
    """Return the communes with most left, the most first; empty where none has any."""
    return _unfinished(m, "largest", m.most_work(FURTHEST) if m.furthest_behind() else [])


def _unfinished(m: Measures, name: str, communes: list[Area], more: Markup | str = "") -> Fragment:
    if not communes:
        return Fragment(Markup(""))
    columns = (
        _column(m, "commune", text=True),
        _column(m, "district", text=True, extra=True),
        _column(m, "required", extra=True),
        _column(m, "digitised", extra=True),
        _column(m, "percent"),
        _column(m, "points"),
        _column(m, "left"),
    )
    rows = [_behind_row(m, area) for area in communes]
    note = html(m.language, f"tables.caption.{name}_note") + more + footnotes.explained(m, rows)
    return _show(m, Table(_caption(m, name), columns, rows, note, file=_file(m, name)))


def _behind_row(m: Measures, area: Area) -> tuple[Cell, ...]:
    district = coded(m, area.parent)
    name = coded(m, area.code, area.name(m.language), under=m.short(area.parent))
    counts = (cell(m, measure, area.code) for measure in ("required", "digitised", "percent"))
    change = cell(m, "percent_change", area.code, signed=True)
    return (name, district, *counts, change, cell(m, "left", area.code))


def published(m: Measures) -> Fragment:
    """Return printed figures about the root beside the computed ones, and those of other areas that differ."""
    if m.root != m.office.root:
        return Fragment(Markup(""))
    every = printed.read(m.checked.data.folders, m.month)
    items = [each for each in every if each.area == m.root or _off(m, each)]
    if not items:
        return Fragment(Markup(""))
    several = len({each.printing for each in items}) > 1 or any(each.as_of != m.as_of for each in items)
    columns = (
        _column(m, "figure", text=True),
        *((_column(m, "source", text=True),) if several else ()),
        _column(m, "published"),
        _column(m, "computed"),
        _column(m, "difference"),
        _column(m, "reason", text=True, extra=True),
    )
    sources = "; ".join(sorted({formats.dated(each.source, m.language) for each in items}))
    note = html(m.language, "tables.caption.published_note", source=sources)
    rows = [_published_row(m, each, several) for each in items]
    file, of = _file(m, "published"), vintage(m)
    of = of if several else replace(of, columns={"source": sources, **of.columns})
    return Fragment(Table(_caption(m, "published"), columns, rows, note, file=file, vintage=of).html(m.language))


def _off(m: Measures, each: Published) -> bool:
    """Return whether a printed figure differs from the counts or from its own parts."""
    found = (m.find(each.fact(what), each.area, each.scope) for what in ("difference", "parts_difference"))
    return any(fact is not None and bool(fact.value) for fact in found)


def _published_row(m: Measures, each: Published, several: bool) -> tuple[Cell, ...]:
    measure, at = each.measure, (each.area, each.scope)
    scope = "" if measure.startswith(("communes", "offices", "districts")) else f", {_scope(m, each.scope)}"
    area = "" if each.area == m.root else f"{m.short(each.area)}: "
    name = f"{area}{say(m.language, f'tables.measure.{measure}')}{scope}"
    ours, difference = m.find(each.fact("besides"), *at) or m.find(measure, *at), m.find(each.fact("difference"), *at)
    computed = render(ours, m.language) if ours else _cell(m, "none")
    shown: Cell = _cell(m, "none")
    if difference is not None:
        off = Markup('<span class="al">{}</span>').format(render(difference, m.language, signed=True))
        shown = off if difference.number else Valued(_cell(m, "agrees"), difference.raw)
    said = render(m.get(each.fact("published"), *at), m.language)
    return (
        Coded(f"{each.area}/{each.scope}/{each.measure}", name),
        *((_source(m, each),) if several else ()),
        said,
        computed,
        shown,
        _reason(m, each) if _off(m, each) else _besides(m, each),
    )


def _besides(m: Measures, each: Published) -> Markup:
    """Return which areas the number is meant besides; nothing for all others."""
    if not each.besides:
        return Markup("")
    return html(m.language, "tables.reason.besides", areas=", ".join(m.short(code) for code in each.besides))


def _source(m: Measures, each: Published) -> Markup:
    """Return who printed the figure, with the day it is about where that is not the day of the counts."""
    day = "" if each.as_of == m.as_of else f", {formats.day(each.as_of, m.language)}"
    return Markup("<span data-name>{}{}</span>").format(formats.dated(each.source, m.language), day)


def _scope(m: Measures, scope: str) -> str:
    register = next((register for register in m.registers if register.code == scope), None)
    return register.name(m.language) if register else say(m.language, f"tables.scope.{scope}")


def _reason(m: Measures, each: Published) -> Markup:
    """Return the reason for an error as far as the figures show it; else that it is unknown."""
    if m.find(each.fact("swapped_nines"), each.area):
        return html(m.language, "tables.reason.swapped")
    offices = m.find(each.fact("parts", "offices_completed"), each.area)
    off = m.find(each.fact("parts_difference"), each.area)
    if each.measure == "communes_completed" and offices and off and off.value == offices.value:
        return html(m.language, "tables.reason.offices", offices=render(offices, m.language, words=True))
    if each.measure == "districts_over_threshold" and (left_out := _left_out(m, each)):
        return html(m.language, "tables.reason.left_out", districts=", ".join(left_out))
    return html(m.language, "tables.reason.unknown")


def _left_out(m: Measures, each: Published) -> list[str]:
    """Return districts over the threshold that the source does not name, where it names any."""
    meant = [area for area in m.districts if area.code not in each.besides]
    over = [a for a in meant if (fact := m.find("percent", a.code)) and fact.number > m.office.threshold]
    named = [area for area in over if m.find(each.fact("published", "percent_over"), area.code)]
    return [m.short(area.code) for area in over if named and area not in named]


def difficulties(m: Measures) -> Fragment:
    """Return how many units named each kind of difficulty, most first; nothing where none did."""
    counts = [(kind, m.find(f"difficulty_{kind}")) for kind in named.DIFFICULTIES]
    found = sorted(
        ((kind, fact) for kind, fact in counts if fact and fact.number),
        key=lambda pair: (-int(pair[1].number), pair[0]),
    )
    if not found:
        return Fragment(Markup(""))
    columns = (
        _column(m, "difficulty", text=True),
        _column(m, "units"),
        *([_column(m, "units_before")] if m.previous else []),
    )
    rows = [_difficulty(m, kind, fact) for kind, fact in found]
    units = render(m.get("units_expected"), m.language)
    note = html(m.language, "tables.caption.difficulties_note", units=units)
    return _show(m, Table(_caption(m, "difficulties"), columns, rows, note, file=_file(m, "difficulties")))


def _difficulty(m: Measures, kind: str, units: Fact) -> tuple[Cell, ...]:
    """Return a difficulty with the units that named it now and, where there was a month, in the month before."""
    named_now = (Coded(kind, say(m.language, f"data.difficulty.{kind}")), render(units, m.language))
    if not m.previous:
        return named_now
    before = m.find(f"difficulty_{kind}", month=m.previous)
    return (*named_now, render(before, m.language) if before else _cell(m, "none"))


def difficulties_by_district(m: Measures) -> Fragment:
    """Return how many units of each district named each difficulty, folded; nothing where there are no districts."""
    kinds = [kind for kind in named.DIFFICULTIES if m.find(f"difficulty_{kind}")]
    if not kinds or len(m.districts) < 2:
        return Fragment(Markup(""))
    columns = (
        _column(m, "district", text=True),
        *(Column(say(m.language, f"data.difficulty.{kind}"), name=f"difficulty_{kind}") for kind in kinds),
    )
    rows = [(coded(m, area.code), *(_named_by(m, area, kind) for kind in kinds)) for area in m.districts]
    table = Table(
        _caption(m, "difficulties_by_district"), columns, rows, file=_file(m, "difficulties-by-district"), long=True
    )
    return Fragment(fold(say(m.language, "tables.fold.by_district"), _show(m, table).html))


def _named_by(m: Measures, area: Area, kind: str) -> Cell:
    units = m.find(f"difficulty_{kind}", area.code)
    return render(units, m.language) if units else Valued(_cell(m, "none"), "0")


def _file(m: Measures, name: str) -> str:
    return f"{name}-{m.month}.csv"
