"""What both papers say: results, difficulties, tasks and proposals, from the facts and the office's own words."""

from collections.abc import Callable, Sequence
from typing import Final

from markupsafe import Markup

from hotich.data.difficulties import DIFFICULTIES
from hotich.language import say
from hotich.measures import Measures
from hotich.views.figures import render
from hotich.views.markup import Column, Table, named
from hotich.views.narrative import outlook, points
from hotich.views.narrative.opening import set_aside
from hotich.views.narrative.sections import comment_on
from hotich.views.notice.content import Part
from hotich.views.notice.listed import place
from hotich.views.sentences import covered, sentence
from hotich.views.table_cells import cell

DISTRICTS: Final = ("name", "rank", "required", "digitised", "percent", "percent_change", "left")
"""The columns of the table of districts."""
COMMUNES: Final = ("name", "district", "rank", "required", "digitised", "percent", "left")
"""The columns of the annex."""
MOST: Final = 12
"""Districts that one page has room for; of more, the lowest are shown."""
LOWEST: Final = 100
"""Communes of a country that the annex of the paper lists: the workbook has all."""
_ROMAN: Final = ("I", "II", "III", "IV")


def parts(m: Measures) -> tuple[Part, ...]:
    """Return the four parts of an official report, numbered."""
    making: tuple[Callable[[Measures], Part], ...] = (_results, _difficulties, _tasks, _proposals)
    return tuple(_numbered(number, make(m)) for number, make in zip(_ROMAN, making, strict=True))


def _numbered(number: str, part: Part) -> Part:
    return Part(part.name, Markup("{}. {}").format(number, part.heading), part.texts)


def _part(m: Measures, name: str, texts: Sequence[Markup]) -> Part:
    return Part(name, sentence(m, f"leader.{name}.heading"), tuple(texts))


def _results(m: Measures) -> Part:
    """Return which parts are missing, the main points, and where the work leads."""
    return _part(m, "results", [*set_aside(m), *(point.said for point in points.chosen(m)), *_outlook(m)])


def _outlook(m: Measures) -> list[Markup]:
    """Return where the work leads as one text; nothing of an area of which too little has reported."""
    if not m.covers():
        return []
    said = [covered(m, each, level=False, pace=True) for each in outlook.leads(m)]
    return [Markup(" ").join([*said, *outlook.units(m)])] if said else []


def _difficulties(m: Measures) -> Part:
    """Return the office's assessment and how many units named which difficulty."""
    counts = ((kind, m.find(f"difficulty_{kind}")) for kind in DIFFICULTIES)
    found = sorted(
        ((kind, fact) for kind, fact in counts if fact and fact.number),
        key=lambda pair: (-int(pair[1].number), pair[0]),
    )
    told = Markup("; ").join(
        sentence(m, "leader.difficulties.item", kind=say(m.language, f"data.difficulty.{kind}"), units=fact)
        for kind, fact in found
    )
    texts = _words(m, "assessment")
    if told:
        texts.append(sentence(m, "leader.difficulties.units", items=told))
    return _part(m, "difficulties", texts or [sentence(m, "leader.difficulties.none")])


def _tasks(m: Measures) -> Part:
    """Return the office's tasks, and the day of the next counts."""
    return _part(m, "tasks", [*_words(m, "tasks"), sentence(m, "leader.tasks.next", day=m.get("next_as_of"))])


def _proposals(m: Measures) -> Part:
    return _part(m, "proposals", _words(m, "proposals") or [sentence(m, "leader.proposals.none")])


def _words(m: Measures, part: str) -> list[Markup]:
    """Return what the office itself wrote under a heading: its digits are no facts of ours."""
    comment = comment_on(m)
    wanted = say(m.language, f"data.comment.{part}")
    return [named(text) for heading, text in (comment.parts if comment else ()) if heading == wanted and text]


def districts(m: Measures) -> Table | None:
    """Return the parts by rank, of many the last, and the whole; None where fewer than two are ranked."""
    ranked = [area.code for area in reversed(m.slowest(m.parts))]
    if len(ranked) < 2:
        return None
    shown = ranked[-MOST:]
    columns = district_columns(m)
    rows = [_row(m, columns, code, m.area(code).official(m.language)) for code in shown]
    name, _, *figures = _row(m, columns, m.root, m.area(m.root).official(m.language))
    caption = sentence(
        m, "leader.table.districts" if shown == ranked else "leader.table.lowest", place=place(m), as_of=m.get("as_of")
    )
    return Table(caption, _columns(m, columns), rows, foot=[(name, "", *figures)])


def district_columns(m: Measures) -> tuple[str, ...]:
    """Return the columns of the table of districts: in a first month none is about a change."""
    return tuple(name for name in DISTRICTS if name != "percent_change" or m.previous)


def annex_columns(m: Measures) -> tuple[str, ...]:
    """Return the columns of the table of communes: without districts none is about them."""
    return tuple(name for name in COMMUNES if name != "district" or not m.two_levels)


def communes(m: Measures) -> Table:
    """Return every commune by rank, those without one last; of a country those with the lowest percentages."""
    if m.dense:
        return _lowest(m)
    ranks = {area.code: m.find(m.rank_name(area), area.code) for area in m.communes()}
    last = len(ranks) + 1
    order = sorted(m.communes(), key=lambda area: rank.number if (rank := ranks[area.code]) else last)
    columns = annex_columns(m)
    rows = [_row(m, columns, area.code, area.official(m.language)) for area in order]
    caption = sentence(m, "leader.table.communes", place=place(m), as_of=m.get("as_of"))
    note = sentence(m, "leader.table.communes_note", base=m.get("percent_base"))
    return Table(caption, _columns(m, columns), rows, note, long=True)


def _lowest(m: Measures) -> Table:
    """Return the communes of a country with the lowest percentages, the lowest first."""
    columns = annex_columns(m)
    rows = [_row(m, columns, area.code, area.official(m.language)) for area in m.slowest(m.communes(), LOWEST)]
    caption = sentence(m, "leader.table.communes_lowest", place=place(m), as_of=m.get("as_of"))
    note = sentence(m, "leader.table.communes_note", base=m.get("percent_base"))
    return Table(caption, _columns(m, columns), rows, note, long=True)


def _columns(m: Measures, names: Sequence[str]) -> tuple[Column, ...]:
    texts, extra = ("name", "district"), ("required", "digitised")
    return tuple(Column(say(m.language, f"leader.column.{name}"), name in texts, name in extra) for name in names)


def _row(m: Measures, columns: Sequence[str], code: str, name: str) -> tuple[Markup, ...]:
    """Return the cells of an area; its name and its district stand where their columns are."""
    words = {"name": name, "district": m.where(m.area(code)) if code != m.root and m.area(code).parent else ""}
    return tuple(
        Markup("{}").format(words[column]) if column in words else _figure(m, column, code) for column in columns
    )


def _figure(m: Measures, measure: str, code: str) -> Markup:
    if measure == "rank":
        measure = m.rank_name(m.area(code))
    fact = m.find(measure, code)
    signed = measure == "percent_change"
    return render(fact, m.language, column=True, signed=signed) if fact else cell(m, measure, code)
