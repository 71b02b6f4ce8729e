"""Registers within their two groups: the share of each and what is left."""

import textwrap
from functools import partial

from markupsafe import Markup

from hotich.data.registers import GROUPS, Register
from hotich.formats import sentence_case
from hotich.measures import Measures
from hotich.views.charts.canvas import ALERT, AXIS, NAVY, SECOND, TRACK, Drawing, Sheet, fitted, publishable, width_of
from hotich.views.charts.text import cell, columns, marked, spoken
from hotich.views.figures import format_fact
from hotich.views.markup import Fragment, Table


def by_register(m: Measures) -> Fragment:
    """The percentage of each register, under its group, with what is left."""
    shown = [(scope, register) for group in GROUPS for scope, register in _of_group(m, group)]
    rows = [
        (
            _name(m, scope, register),
            *(cell(m, m.find(measure, scope=scope)) for measure in ("required", "digitised")),
            _percent(m, scope),
            cell(m, m.find("left", scope=scope)),
        )
        for scope, register in shown
    ]
    table = Table(
        marked(m, "registers.caption"),
        columns(m, "register", "required", "digitised", "percent", "left"),
        rows,
        marked(m, "small_base"),
        file=f"registers-{m.month}.csv",
    )
    lowest = min(
        ((r, fact) for _, r in shown if r and (fact := m.find("percent", scope=r.code))),
        key=lambda pair: pair[1].number,
        default=None,
    )
    headline = (
        marked(m, "registers.plain")
        if lowest is None
        else marked(m, "registers.headline", register=lowest[0].name(m.language), percent=lowest[1])
    )
    alt = spoken(m, "registers.alt", register=lowest[0].name(m.language) if lowest else "–")
    return publishable(
        m,
        headline=headline,
        subtitle=marked(m, "registers.subtitle", as_of=m.get("as_of")),
        alt=alt,
        table=table,
        drawings=(Drawing(partial(_register_bars, m, shown), 28 + 34 * len(shown), 26 + 50 * len(shown)),),
    )


def _of_group(m: Measures, group: str) -> list[tuple[str, Register | None]]:
    own = [register for register in m.registers if register.group == group and m.find("required", scope=register.code)]
    own.sort(key=lambda register: -int(m.get("required", scope=register.code).number))
    return [(group, None), *((register.code, register) for register in own)] if own else []


def _name(m: Measures, scope: str, register: Register | None) -> str:
    return register.name(m.language) if register else str(marked(m, f"group.{scope}"))


def _percent(m: Measures, scope: str) -> Markup | str:
    found = m.find("percent", scope=scope)
    return "[b]" if found is None else cell(m, found)


def _register_bars(m: Measures, shown: list[tuple[str, Register | None]], sheet: Sheet) -> None:
    left, right = (232, sheet.width - 160) if sheet.wide else (0, sheet.width - 128)
    step, y, small = (34, 20, sheet.size - 1) if sheet.wide else (50, 18, sheet.size - 1)
    for x, head, side in ((right + 8, "share_head", "start"), (sheet.width, "left_head", "end")):
        sheet.text(x, 11, spoken(m, f"registers.{head}", tag=False), at=side, colour=SECOND, size=small)
    for at, (scope, register) in enumerate(shown):
        if register is None and at:
            sheet.line([(0, y + 2), (sheet.width, y + 2)], AXIS)
        bar_y = y + 9 if sheet.wide else y + 25
        name, whole = _bar_name(m, scope, register), register is None
        if sheet.wide:
            _beside(sheet, left, y, name, whole)
        else:
            sheet.text(0, y + 19, fitted(name, sheet.width, sheet.size, whole), bold=whole)
        _register_bar(m, scope, sheet, (left, right), bar_y, whole)
        y += step


def _beside(sheet: Sheet, left: float, y: float, name: str, whole: bool) -> None:
    """A name before its bar, on two smaller lines when one is too short for it."""
    lines = textwrap.wrap(name, len(name) // 2 + 6)
    # The gate knows a name with a digit by its beginning, so that such a name is cut and never divided.
    if width_of(name, sheet.size, whole) <= left - 14 or len(lines) > 2 or any(c.isdigit() for c in name):
        sheet.text(left - 12, y + 23, fitted(name, left - 14, sheet.size, whole), at="end", bold=whole)
        return
    size = sheet.size - 2
    for at, line in enumerate(lines):
        sheet.text(left - 12, y + 15 + 16 * at, fitted(line, left - 14, size, whole), at="end", bold=whole, size=size)


def _bar_name(m: Measures, scope: str, register: Register | None) -> str:
    return sentence_case(register.short(m.language)) if register else _name(m, scope, register)


def _register_bar(m: Measures, scope: str, sheet: Sheet, ends: tuple[float, float], y: float, whole: bool) -> None:
    (left, right), fact = ends, m.find("percent", scope=scope)
    sheet.bar(left, y, right - left, 18, TRACK)
    if fact:
        sheet.bar(left, y, (right - left) * float(fact.number) / 100, 18, NAVY if whole else "#6593BC")
        sheet.text(right + 8, y + 14, format_fact(fact, m.language, column=True), bold=whole)
    else:
        counts = "/".join(format_fact(m.get(measure, scope=scope), m.language) for measure in ("digitised", "required"))
        sheet.text(right + 8, y + 14, f"{counts} [b]", colour=ALERT, size=sheet.size - 1)
    sheet.text(
        sheet.width, y + 14, format_fact(m.get("left", scope=scope), m.language), at="end", colour=SECOND, bold=whole
    )
