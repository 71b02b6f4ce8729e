"""Registers within their two groups: the share of each and what is left."""

import textwrap
from functools import partial

from matplotlib.axes import Axes

from hotich.data.registers import GROUPS, Register
from hotich.formats import sentence_case
from hotich.measures import Measures
from hotich.views import footnotes
from hotich.views.charts.figure import PHONE, SCREEN, Drawing, Frame, publish
from hotich.views.charts.marks import beside
from hotich.views.charts.style import ALERT, AXIS, BLUE, NAVY, SECOND, TRACK, fitted, size, width_of
from hotich.views.charts.text import columns, marked, spoken
from hotich.views.figures import format_fact
from hotich.views.markup import Fragment, Table
from hotich.views.saved_table import Cell, Coded
from hotich.views.table_cells import SMALL_BASE, absent, cell, vintage

Rows = list[tuple[str, Register | None]]
"""Scopes, each with its register; a group has none."""
ABOVE = 0.18
"""How far below the middle of its row a bar lies on phones, where its name stands above it."""


def by_register(m: Measures) -> Fragment:
    """Show the percentage of each register under its group, and what is left: `charts.by_register(m)`."""
    shown = [(scope, register) for group in GROUPS for scope, register in _of_group(m, group)]
    if not shown:
        return Fragment(marked(m, "nothing"))
    slowest = m.slowest_register()
    name = slowest.name(m.language) if slowest else ""
    percent = m.find("percent", scope=slowest.code) if slowest else None
    plain = marked(m, "registers.plain")
    headline = marked(m, "registers.headline", register=name, percent=percent) if percent else plain
    alt = spoken(m, "registers.alt", register=name) if slowest else spoken(m, "registers.alt_plain")
    return publish(
        m,
        headline=headline,
        subtitle=marked(m, "registers.subtitle", as_of=m.get("as_of")),
        alt=alt,
        table=_table(m, shown),
        drawings=(_drawing(m, shown),),
    )


def _table(m: Measures, shown: Rows) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            Coded(scope, _name(m, scope, register)),
            *(cell(m, measure, scope=scope) for measure in ("required", "digitised", "percent", "left")),
        )
        for scope, register in shown
    ]
    heads = columns(m, "register", "required", "digitised", "percent", "left")
    file = f"registers-{m.month}.csv"
    note = marked(m, "small_base") + footnotes.explained(m, rows)
    return Table(marked(m, "registers.caption"), heads, rows, note, file=file, vintage=vintage(m))


def _of_group(m: Measures, group: str) -> Rows:
    own = [register for register in m.registers if register.group == group and m.find("required", scope=register.code)]
    own.sort(key=lambda register: -int(m.get("required", scope=register.code).number))
    return [(group, None), *((register.code, register) for register in own)] if own else []


def _name(m: Measures, scope: str, register: Register | None) -> str:
    return register.name(m.language) if register else str(marked(m, f"group.{scope}"))


def _drawing(m: Measures, shown: Rows) -> Drawing:
    screen = Frame(SCREEN, 28 + 34 * len(shown), left=232, right=160, top=21, bottom=7)
    phone = Frame(PHONE, 28 + 50 * len(shown), right=128, top=20, bottom=8)
    return Drawing(partial(_draw, m, shown), screen, phone)


def _draw(m: Measures, shown: Rows, ax: Axes, wide: bool) -> None:
    """Draw a bar of 0 to 100 percent for each group, dark, and each of its registers; what is left at the right."""
    step, above = ax.bbox.height / len(shown), 0 if wide else ABOVE
    ax.set(xlim=(0, 100), ylim=(len(shown) - 0.5 - above, -0.5 - above))
    shares = [float(fact.number) if (fact := m.find("percent", scope=scope)) else 0 for scope, _ in shown]
    ax.barh(range(len(shown)), 100, 18 / step, color=TRACK)
    ax.barh(range(len(shown)), shares, 18 / step, color=[BLUE if register else NAVY for _, register in shown])
    groups = [y - 0.5 - above for y, (_, register) in enumerate(shown) if y and register is None]
    ax.hlines(groups, 0, ax.figure.bbox.width, colors=AXIS, transform=beside(ax, 2))
    for y, (scope, register) in enumerate(shown):
        _name_bar(ax, y, _bar_name(m, scope, register), register is None, wide)
        _share(m, scope, ax, y, register is None, wide)
    top = partial(ax.text, y=-0.5 - above, transform=beside(ax, -10), color=SECOND, fontsize=size(wide) - 1)
    top(ax.bbox.x1 + 8, s=spoken(m, "registers.share_head", tag=False))
    top(ax.figure.bbox.width, s=spoken(m, "registers.left_head", tag=False), ha="right")


def _name_bar(ax: Axes, y: float, name: str, whole: bool, wide: bool) -> None:
    """Write a name above its bar on phones, else before it, on two smaller lines where one is too short for it."""
    font, weight = size(wide), 600 if whole else 400
    if not wide:
        ax.text(0, y, fitted(name, PHONE, font, whole), transform=beside(ax, -15), fontweight=weight)
        return
    room, lines = 218, textwrap.wrap(name, len(name) // 2 + 6)
    # The gate knows a name with a digit by its beginning, so that such a name is cut and never divided.
    if width_of(name, font, whole) <= room or len(lines) > 2 or any(letter.isdigit() for letter in name):
        ax.text(220, y, fitted(name, room, font, whole), transform=beside(ax, 5), ha="right", fontweight=weight)
        return
    for line, down in zip(lines, (-3, 13), strict=False):
        words = fitted(line, room, font - 2, whole)
        ax.text(220, y, words, transform=beside(ax, down), ha="right", fontweight=weight, fontsize=font - 2)


def _bar_name(m: Measures, scope: str, register: Register | None) -> str:
    return sentence_case(register.short(m.language)) if register else _name(m, scope, register)


def _share(m: Measures, scope: str, ax: Axes, y: float, whole: bool, wide: bool) -> None:
    """Write the percentage, both counts where they are too small for one, or why there is none; and what is left."""
    fact, weight = m.find("percent", scope=scope), 600 if whole else 400
    write = partial(ax.text, y=y, transform=beside(ax, 5))
    if fact:
        write(ax.bbox.x1 + 8, s=format_fact(fact, m.language, column=True), fontweight=weight)
    elif (why := absent(m, "percent", scope=scope)) != SMALL_BASE:
        write(ax.bbox.x1 + 8, s=why, color=ALERT)
    else:
        counts = "/".join(format_fact(m.get(measure, scope=scope), m.language) for measure in ("digitised", "required"))
        write(ax.bbox.x1 + 8, s=f"{counts} {why}", color=ALERT, fontsize=size(wide) - 1)
    left = format_fact(m.get("left", scope=scope), m.language)
    write(ax.figure.bbox.width, s=left, ha="right", color=SECOND, fontweight=weight)
