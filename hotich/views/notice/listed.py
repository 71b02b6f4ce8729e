"""The tables of a notice, and what its receiver and the units in it are called."""

from typing import Final

from markupsafe import Markup

from hotich.data.areas import Area
from hotich.data.registers import GROUPS
from hotich.language import say
from hotich.measures import Measures
from hotich.views import figures
from hotich.views.markup import Column, Table
from hotich.views.sentences import sentence
from hotich.views.table_cells import absent

LEDGER: Final = ("name", "required", "digitised", "percent", "left")
"""The columns of the table of registers."""
COMMUNES: Final = ("name", "rank_in_district", "rank", "required", "digitised", "percent", "left")
"""The columns of the annex."""
DISTRICTS: Final = ("name", "rank", "communes_completed", "required", "digitised", "percent", "left")
"""The columns of the annex for a province: as many as those for communes, for one template has both."""
COMMUNE_TYPES: Final = ("xã", "phường", "thị trấn")
"""Kinds of commune in the order in which papers name them."""


def place(m: Measures) -> str:
    """Return the receiver's name inside a sentence, as papers address it."""
    return called(m, m.area(m.root))


def called(m: Measures, area: Area) -> str:
    """Return the name under which papers address an area, for the middle of a sentence."""
    name = area.official(m.language)
    return name[0].lower() + name[1:] if m.language == "vi" else name


def units(m: Measures, *, first: bool = False) -> str:
    """Return what kinds of commune the receiver has: wards in a town, townships in a district."""
    kinds = [kind for kind in COMMUNE_TYPES if any(area.type == kind for area in m.communes())]
    known = all(area.type in COMMUNE_TYPES for area in m.communes())
    words = [say(m.language, f"notice.units.{kind}") for kind in (kinds if known else ["other"])]
    named = say(m.language, "notice.units.and").join(words)
    return named[:1].upper() + named[1:] if first else named


def ledger(m: Measures) -> Table:
    """Return required, digitised and left by register, under their groups."""
    rows: list[tuple[str | Markup, ...]] = []
    for group in GROUPS:
        rows.append(_bold(_row(m, say(m.language, f"notice.table.{group}"), LEDGER, scope=group)))
        rows += [
            _row(m, register.name(m.language), LEDGER, scope=register.code)
            for register in m.registers
            if register.group == group and m.find("required", scope=register.code)
        ]
    foot = [_row(m, say(m.language, "notice.table.total"), LEDGER)]
    caption = sentence(m, "notice.table.ledger", place=place(m), as_of=m.get("as_of"))
    return Table(
        caption,
        _columns(m, LEDGER, say(m.language, "notice.column.register")),
        rows,
        sentence(m, "notice.table.ledger_note"),
        foot,
    )


def _columns(m: Measures, names: tuple[str, ...], first: str, extra: tuple[str, ...] = ()) -> tuple[Column, ...]:
    """Return the columns with their headings; the `extra` ones are not shown on phones."""
    counted = (Column(say(m.language, f"notice.column.{name}"), extra=name in extra) for name in names[1:])
    return (Column(first, text=True), *counted)


def _row(m: Measures, name: str, columns: tuple[str, ...], area: str = "", scope: str = "all") -> tuple[Markup, ...]:
    return (Markup("{}").format(name), *(_cell(m, measure, area, scope) for measure in columns[1:]))


def _cell(m: Measures, measure: str, area: str, scope: str) -> Markup:
    """Return a fact in a column, or the symbol that says why there is none."""
    fact = m.find(measure, area, scope)
    return figures.render(fact, m.language, column=True) if fact else absent(m, measure, area, scope)


def _bold(cells: tuple[Markup, ...]) -> tuple[Markup, ...]:
    return tuple(Markup("<b>{}</b>").format(cell) for cell in cells)


def annex(m: Measures) -> Table | None:
    """Return every commune with its ranks, then the area's office and the whole; nothing for a single commune.

    Of a province with districts it is these, ranked in it.
    """
    if m.alone:
        return None
    if m.districts:
        return _districts(m)
    communes = m.communes()
    ranks = {area: m.find("rank_in_district", area.code) for area in communes}
    order = sorted(communes, key=lambda area: (rank.number if (rank := ranks[area]) else len(communes) + 1, area.code))
    rows = [_row(m, area.official(m.language), COMMUNES, area.code) for area in order]
    foot = [_unranked(m, office.official(m.language), office.code) for office in m.checked.data.areas.offices(m.root)]
    foot.append(_unranked(m, say(m.language, "notice.table.whole", place=place(m)), m.root))
    caption = sentence(m, "notice.table.annex", place=place(m), as_of=m.get("as_of"), units=units(m))
    office = called(m, m.area(m.office.root))
    note = sentence(m, "notice.table.annex_note", office=office, base=m.get("percent_base"))
    columns = _columns(m, COMMUNES, units(m, first=True), ("rank", "required"))
    return Table(caption, columns, rows, note, foot, long=True)


def _districts(m: Measures) -> Table:
    """Return every district of a province by its rank in it, then the province's office and the whole."""
    ranks = {area: m.find("rank", area.code) for area in m.districts}
    last = len(ranks) + 1
    order = sorted(ranks, key=lambda area: (rank.number if (rank := ranks[area]) else last, area.code))
    rows = [_row(m, area.official(m.language), DISTRICTS, area.code) for area in order]
    foot = [
        (*_row(m, office.official(m.language), DISTRICTS, office.code)[:1], Markup(""), Markup(""), *cells)
        for office in m.checked.data.areas.offices(m.root)
        for cells in [_row(m, "", DISTRICTS, office.code)[3:]]
    ]
    whole = _row(m, say(m.language, "notice.table.whole", place=place(m)), DISTRICTS, m.root)
    foot.append((whole[0], Markup(""), *whole[2:]))
    caption = sentence(m, "notice.table.annex_districts", place=place(m), as_of=m.get("as_of"))
    note = sentence(m, "notice.table.annex_districts_note", base=m.get("percent_base"))
    names = tuple("rank_in_province" if name == "rank" else name for name in DISTRICTS)
    columns = _columns(m, names, say(m.language, "notice.column.district"), ("required",))
    return Table(caption, columns, rows, note, foot, long=True)


def _unranked(m: Measures, name: str, code: str) -> tuple[Markup, ...]:
    cells = _row(m, name, COMMUNES, code)
    return (cells[0], Markup(""), Markup(""), *cells[3:])
