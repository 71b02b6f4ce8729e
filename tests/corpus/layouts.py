"""The same counts in every arrangement that offices use: grids, and where in them each count stands.

A layout takes counts as {(unit, register): (required, digitised) or None}, names by code and a writer of numbers, and
gives a grid, the merged cells and {(unit, register, measure): cell}.
"""

from openpyxl.utils import get_column_letter

MEASURES = ("Cần số hóa", "Đã số hóa")
REGISTERS = {"KS": "Khai sinh", "KH": "Kết hôn", "KT": "Sổ đăng ký khai tử", "XN": "Xác nhận tình trạng hôn nhân"}


def name(row, column):
    return f"{get_column_letter(column + 1)}{row + 1}"


def keys(counts):
    """Units and registers in the order they first come."""
    return list(dict.fromkeys(unit for unit, _ in counts)), list(dict.fromkeys(register for _, register in counts))


def pair(counts, unit, register):
    return counts.get((unit, register)) or (None, None)


def total(counts, units, registers, measure):
    return sum(pair(counts, u, r)[measure] or 0 for u in units for r in registers)


def long(counts, names, number):
    """A row for each unit and register."""
    grid, cells = [["Đơn vị", "Loại sổ", *MEASURES]], {}
    for (unit, register), found in counts.items():
        for measure in (0, 1):
            cells[unit, register, measure] = name(len(grid), 2 + measure)
        grid.append([names[unit], REGISTERS[register], *map(number, found or (None, None))])
    return grid, (), cells


def wide(counts, names, number):
    """A row for each unit, registers side by side, totals on the right and below."""
    units, registers = keys(counts)
    heads = [REGISTERS[register] for register in registers] + ["Tổng cộng"]
    grid = [["STT", "Đơn vị", *[cell for head in heads for cell in (head, None)]], [None, None, *MEASURES * len(heads)]]
    merged = ["A1:A2", "B1:B2", *[f"{name(0, c)}:{name(0, c + 1)}" for c in range(2, 2 + 2 * len(heads), 2)]]
    cells = {}
    for place, unit in enumerate(units, 1):
        row = [place, names[unit]]
        for register in registers:
            for measure in (0, 1):
                cells[unit, register, measure] = name(len(grid), len(row))
                row.append(number(pair(counts, unit, register)[measure]))
        grid.append([*row, *(number(total(counts, [unit], registers, measure)) for measure in (0, 1))])
    sums = [number(total(counts, units, [register], measure)) for register in registers for measure in (0, 1)]
    grid.append([None, "Tổng cộng", *sums, *(number(total(counts, units, registers, measure)) for measure in (0, 1))])
    return grid, merged, cells


def turned(counts, names, number):
    """A row for each register, units side by side, totals on the right and below."""
    units, registers = keys(counts)
    heads = [names[unit] for unit in units] + ["Cộng"]
    grid = [["Loại sổ", *[cell for head in heads for cell in (head, None)]], [None, *MEASURES * len(heads)]]
    merged = ["A1:A2", *[f"{name(0, c)}:{name(0, c + 1)}" for c in range(1, 1 + 2 * len(heads), 2)]]
    cells = {}
    for register in registers:
        row = [REGISTERS[register]]
        for unit in units:
            for measure in (0, 1):
                cells[unit, register, measure] = name(len(grid), len(row))
                row.append(number(pair(counts, unit, register)[measure]))
        grid.append([*row, *(number(total(counts, units, [register], measure)) for measure in (0, 1))])
    sums = [number(total(counts, [unit], registers, measure)) for unit in units for measure in (0, 1)]
    grid.append(["Tổng cộng", *sums, *(number(total(counts, units, registers, measure)) for measure in (0, 1))])
    return grid, merged, cells


def sections(counts, names, number):
    """A row of its own for each unit's name, its registers below it and then their total."""
    units, registers = keys(counts)
    grid, cells = [["Loại sổ", *MEASURES]], {}
    for unit in units:
        grid.append([names[unit]])
        for register in registers:
            for measure in (0, 1):
                cells[unit, register, measure] = name(len(grid), 1 + measure)
            grid.append([REGISTERS[register], *map(number, pair(counts, unit, register))])
        grid.append(["Cộng", *(number(total(counts, [unit], registers, measure)) for measure in (0, 1))])
    return grid, (), cells


def merged_names(counts, names, number):
    """A row for each unit and register, a unit's name merged over its rows."""
    units, registers = keys(counts)
    grid, merged, cells = [["Đơn vị", "Loại sổ", *MEASURES]], [], {}
    for unit in units:
        top = len(grid)
        for register in registers:
            for measure in (0, 1):
                cells[unit, register, measure] = name(len(grid), 2 + measure)
            shown = names[unit] if len(grid) == top else None
            grid.append([shown, REGISTERS[register], *map(number, pair(counts, unit, register))])
        if len(grid) > top + 1:
            merged.append(f"{name(top, 0)}:{name(len(grid) - 1, 0)}")
    return grid, merged, cells


ALL = (long, wide, turned, sections, merged_names)
WITH_TOTALS = (wide, turned)
