"""Districts by rank, and by the pace that each has and needs."""

from markupsafe import Markup

from hotich.data.registers import GROUPS
from hotich.language import html
from hotich.measures import Measures
from hotich.views import footnotes, spark
from hotich.views.figures import render
from hotich.views.markup import Fragment, Table
from hotich.views.saved_table import Cell, Valued
from hotich.views.table_cells import cell, coded
from hotich.views.tables import below
from hotich.views.tables.shared import FEWER, MANY_PARTS, caption, cell_text, column, file_name, show


def districts(m: Measures) -> Fragment:
    """Return districts by rank, each group's own percentage beside the combined one, and the whole.

    For instance `tables.districts(m)`.
    """
    ranked = [area.code for area in reversed(m.slowest(m.districts))]
    if len(ranked) < 2:
        return Fragment(Markup(""))
    if len(m.districts) > MANY_PARTS:  # the table of the ranking's chart has them all
        return below.districts(m) if m.find("districts_below") else Fragment(Markup(""))
    columns = (
        column(m, "district", text=True),
        column(m, "rank"),
        column(m, "required", extra=True),
        column(m, "digitised", extra=True),
        column(m, "left", extra=True),
        column(m, "percent"),
        *(column(m, group) for group in GROUPS),
    )
    unranked = [area.code for area in m.districts if area.code not in ranked]
    rows: list[tuple[Cell, ...]] = [
        (coded(m, code), cell(m, "rank", code), *_stand(m, code, trend=True)) for code in (*ranked, *unranked)
    ]
    foot: list[tuple[Cell, ...]] = [(coded(m, m.root, cell_text(m, "whole")), "", *_stand(m, m.root))]
    note = html(m.language, "tables.caption.districts_note") + footnotes.explained(m, [*rows, *foot])
    table = show(m, Table(caption(m, "districts"), columns, rows, note, foot, file_name(m, "ranking")))
    return Fragment(table.html + below.districts(m).html) if m.find("districts_below") else table


def _stand(m: Measures, code: str, *, trend: bool = False) -> tuple[Markup, ...]:
    """Return counts and percentages of an area, with `trend` the line of its months beside its percentage."""
    counts = (cell(m, measure, code) for measure in ("required", "digitised", "left"))
    percent = cell(m, "percent", code)
    line = spark.of_area(m, code) if trend else ""
    beside = Markup("{} {}").format(line, percent) if line else percent
    return (*counts, beside, *(cell(m, "percent", code, group) for group in GROUPS))


def paces(m: Measures) -> Fragment:
    """Return pace, need and end of each district with work left, that with the lowest share on the deadline first.

    The whole is its last line, where it has an outlook. Empty without a deadline ahead, and where fewer than two
    districts have an outlook.

    For instance `tables.paces(m)`.
    """
    known = [area.code for area in m.districts if m.find("percent_at_target", area.code)]
    if len(known) < 2 or m.find("days_left") is None:
        return Fragment(Markup(""))
    columns = (
        column(m, "district", text=True),
        column(m, "left"),
        column(m, "pace_recent", extra=True),
        column(m, "pace_needed", extra=True),
        column(m, "pace_ratio", extra=True),
        column(m, "percent_at_target"),
        column(m, "units_late", extra=True),
        column(m, "finish"),
    )
    known.sort(key=lambda code: m.get("percent_at_target", code).number)
    few = len(known) > MANY_PARTS
    known = known[:FEWER] if few else known
    rows: list[tuple[Cell, ...]] = [(coded(m, code), *_pace(m, code)) for code in known]
    whole = [m.root] if m.find("percent_at_target") else []  # too few of its units may have reported
    foot: list[tuple[Cell, ...]] = [(coded(m, code, cell_text(m, "whole")), *_pace(m, code)) for code in whole]
    note = html(m.language, "tables.caption.paces_few") if few else Markup("")
    note += html(m.language, "tables.caption.paces_note") + footnotes.explained(m, [*rows, *foot])
    return show(m, Table(caption(m, "paces"), columns, rows, note, foot, file_name(m, "paces")))


def _pace(m: Measures, code: str) -> tuple[Cell, ...]:
    measures = ("left", "pace_recent", "pace_needed", "pace_ratio", "percent_at_target")
    finish = m.find("finish", code)
    end = (
        Valued(render(finish, m.language, as_month=True, short=True), finish.raw) if finish else cell_text(m, "endless")
    )
    late, still = m.get("units_late", code), m.get("units_open", code)
    units = Valued(Markup("{} / {}").format(render(late, m.language), render(still, m.language)), late.raw)
    return (*(cell(m, measure, code) for measure in measures), units, end)
