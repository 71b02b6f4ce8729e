"""Registers within their groups; districts ranked, with the map beside them in the same colours."""

import json
from functools import partial
from typing import Any

from markupsafe import Markup

from hotich.areas import Area
from hotich.charts.drawing import ALERT, CLASSES, GREY, INK, NAVY, OUTLINE, SECOND, TRACK, Sheet, class_colour
from hotich.charts.publish import Drawing, publishable
from hotich.charts.wording import cell, columns, marked, spoken
from hotich.elements import Fragment, Table
from hotich.facts import Fact
from hotich.figures import plain
from hotich.measures import Measures
from hotich.registers import GROUPS, Register


def by_register(m: Measures) -> Fragment:
    """The percentage of each register, under its group, with what is left."""
    shown = [(scope, register) for group in GROUPS for scope, register in _of_group(m, group)]
    rows = [
        (_name(m, scope, register), *(cell(m, m.find(measure, scope=scope)) for measure in ("required", "digitised")),
         _percent(m, scope), cell(m, m.find("left", scope=scope)))
        for scope, register in shown
    ]  # fmt: skip
    table = Table(
        marked(m, "registers.caption"), columns(m, "register", "required", "digitised", "percent", "left"), rows,
        marked(m, "small_base"), file=f"registers-{m.month}.csv",
    )  # fmt: skip
    lowest = min(
        ((r, fact) for _, r in shown if r and (fact := m.find("percent", scope=r.code))),
        key=lambda pair: pair[1].number, default=None,
    )  # fmt: skip
    headline = marked(m, "registers.plain") if lowest is None else marked(
        m, "registers.headline", register=lowest[0].name(m.language), percent=lowest[1]
    )  # fmt: skip
    alt = spoken(m, "registers.alt", register=lowest[0].name(m.language) if lowest else "–")
    return publishable(
        m, headline=headline, subtitle=marked(m, "registers.subtitle", as_of=m.get("as_of")), alt=alt, table=table,
        drawings=(Drawing(partial(_register_bars, m, shown), 40 + 34 * len(shown), 34 + 50 * len(shown)),),
    )  # fmt: skip


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
    left, right = (318, sheet.width - 150) if sheet.wide else (0, sheet.width - 118)
    step, y = (34, 22) if sheet.wide else (50, 16)
    sheet.text(
        sheet.width,
        y - 4,
        spoken(m, "registers.left_head").split(" (")[0],
        at="end",
        colour=SECOND,
        size=sheet.size - 1,
    )
    for scope, register in shown:
        fact = m.find("percent", scope=scope)
        name = _fitting(
            _name(m, scope, register).removeprefix("Sổ đăng ký ").removeprefix("Sổ "), 44 if sheet.wide else 40
        )
        name = name[0].upper() + name[1:]
        bar_y = y + 9 if sheet.wide else y + 24
        sheet.text(
            left - 12 if sheet.wide else 0,
            y + 23 if sheet.wide else y + 18,
            name,
            at="end" if sheet.wide else "start",
            bold=register is None,
        )
        sheet.bar(left, bar_y, right - left, 18, TRACK)
        if fact:
            colour = NAVY if register is None else GREY
            sheet.bar(left, bar_y, (right - left) * float(fact.number) / 100, 18, colour)
            sheet.text(right + 8, bar_y + 14, plain(fact, m.language), bold=register is None)
        else:
            sheet.text(right + 8, bar_y + 14, "[b]", colour=ALERT)
        sheet.text(sheet.width, bar_y + 14, plain(m.get("left", scope=scope), m.language), at="end", colour=SECOND)
        y += step


def _fitting(words: str, most: int) -> str:
    """Words cut to so many letters at a word's end."""
    if len(words) <= most:
        return words
    return words[:most].rsplit(" ", 1)[0].rstrip(",") + "…"


def by_area(m: Measures) -> Fragment:
    """Districts ranked by their percentage, each with last month's place and value, and the map in the same classes."""
    ranked = sorted(
        ((rank, area) for area in m.districts if (rank := m.find("rank", area.code))),
        key=lambda pair: int(pair[0].number),
    )
    if not ranked:
        return Fragment(marked(m, "nothing"))
    areas = [area for _, area in ranked]
    rows = [_area_row(m, area) for area in areas]
    headings = (
        "rank",
        "rank_before",
        "required",
        "digitised",
        "percent",
        "population",
        "civil_status",
        "before",
        "points",
        "completed",
    )
    table = Table(
        marked(m, "areas.caption", as_of=m.get("as_of")), columns(m, "area", *headings), rows, marked(m, "areas.note"),
        file=f"districts-{m.month}.csv", long=True,
    )  # fmt: skip
    first, last = areas[0], areas[-1]
    headline = (
        marked(m, "areas.headline", first=m.short(first.code), last=m.short(last.code))
        if len(areas) > 1
        else marked(m, "areas.one", first=m.short(first.code))
    )
    step = 40 if len(areas) <= 15 else 28
    drawings = [Drawing(partial(_area_bars, m, areas, step), 24 + step * len(areas), 24 + 52 * len(areas), 500)]
    shapes = _shapes(m)
    if shapes:
        drawings.append(Drawing(partial(_map, m, shapes, {a.code: n for n, a in enumerate(areas, 1)}), 376, 330, 376))
    return publishable(
        m, headline=headline, subtitle=marked(m, "areas.subtitle", as_of=m.get("as_of")),
        alt=spoken(m, "areas.alt", first=first.name(m.language), last=last.name(m.language),
                   high=m.get("percent", first.code), low=m.get("percent", last.code)),
        table=table, drawings=tuple(drawings), key=_key(m), wide=True,
    )  # fmt: skip


def _area_row(m: Measures, area: Area) -> tuple[str | Markup, ...]:
    before = m.previous
    done, total = m.get("communes_completed", area.code), m.get("communes_total", area.code)
    return (
        m.short(area.code), cell(m, m.find("rank", area.code)),
        cell(m, m.find("rank", area.code, month=before) if before else None),
        *(cell(m, m.find(measure, area.code)) for measure in ("required", "digitised", "percent")),
        *(cell(m, m.find("percent", area.code, scope)) for scope in GROUPS),
        cell(m, m.find("percent", area.code, month=before) if before else None),
        cell(m, m.find("percent_change", area.code), signed=True),
        Markup("{}/{}").format(cell(m, done), cell(m, total)),
    )  # fmt: skip


def _key(m: Measures) -> Markup:
    items = [
        Markup('<span><i style="background:{}"></i>{}</span>').format(colour, marked(m, f"areas.class_{least}"))
        for least, colour in reversed(CLASSES)
    ]
    tick = Markup('<span><i class="tick"></i>{}</span>').format(marked(m, "areas.tick")) if m.previous else ""
    return Markup('<p class="key" aria-hidden="true"><span>{}</span> {}{}</p>').format(
        marked(m, "areas.key"), Markup(" ").join(items), tick
    )


def _area_bars(m: Measures, areas: list[Area], step: int, sheet: Sheet) -> None:
    left, right = (168, sheet.width - 62) if sheet.wide else (0, sheet.width - 62)
    threshold = left + (right - left) * m.office.threshold / 100
    y = 18
    for area in areas:
        fact = m.get("percent", area.code)
        value, colour = float(fact.number), class_colour(float(fact.number))
        bar_y = y + (9 if sheet.wide else 24)
        height = 22 if sheet.wide and step > 30 else 18
        _rank(m, area, sheet, y + (25 if sheet.wide else 16))
        sheet.text(58 if sheet.wide else 50, y + (25 if sheet.wide else 16), m.short(area.code))
        sheet.bar(left, bar_y, right - left, height, TRACK)
        sheet.bar(left, bar_y, (right - left) * value / 100, height, colour, OUTLINE if value < 80 else "")
        if before := m.find("percent", area.code, month=m.previous) if m.previous else None:
            x = left + (right - left) * float(before.number) / 100
            sheet.line([(x, bar_y - 4), (x, bar_y + height + 4)], "white", 4)
            sheet.line([(x, bar_y - 4), (x, bar_y + height + 4)], INK, 2)
        sheet.text(sheet.width, bar_y + 16, plain(fact, m.language, column=True), at="end", bold=True)
        y += step if sheet.wide else 52
    sheet.line([(threshold, 12), (threshold, y + 4)], SECOND, 1, dashes=(2, 3))
    sheet.text(threshold, 8, f"{m.office.threshold}%", at="middle", colour=SECOND, size=sheet.size - 2)


def _rank(m: Measures, area: Area, sheet: Sheet, y: float) -> None:
    """This month's rank, and last month's with an arrow drawn where it changed."""
    rank = m.get("rank", area.code)
    sheet.text(0, y, plain(rank, m.language), colour=NAVY, bold=True, size=sheet.size + 2)
    before = m.find("rank", area.code, month=m.previous) if m.previous else None
    if before is None or before.number == rank.number:
        return
    up = rank.number < before.number
    colour, top = (SECOND, y - 10) if up else (ALERT, y - 2)
    tip = -8 if up else 8
    sheet.area(
        [(20, top + (8 if up else 0)), (30, top + (8 if up else 0)), (25, top + (8 if up else 0) + tip)], colour, 1
    )
    sheet.text(34, y, plain(before, m.language), colour=colour, size=sheet.size - 2)


def _shapes(m: Measures) -> list[dict[str, Any]]:
    """The outlines of the districts that are shown, if the office has them; for display only."""
    path = m.checked.data.places.data / "areas.geojson"
    if not path.is_file():
        return []
    codes = {area.code for area in m.districts}
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    return [feature for feature in features if feature["properties"]["code"] in codes]


def _map(m: Measures, shapes: list[dict[str, Any]], numbers: dict[str, int], sheet: Sheet) -> None:
    points = [point for shape in shapes for ring in _rings(shape) for point in ring]
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    squeeze = 0.93  # a degree of longitude against one of latitude at 21.7° north
    scale = min((sheet.width - 8) / ((east - west) * squeeze), (sheet.height - 8) / (north - south))

    def put(longitude: float, latitude: float) -> tuple[float, float]:
        return (4 + (longitude - west) * squeeze * scale, 4 + (north - latitude) * scale)

    for shape in shapes:
        percent = m.find("percent", shape["properties"]["code"])
        colour = class_colour(float(percent.number)) if percent else TRACK
        sheet.shape([[put(*point[:2]) for point in ring] for ring in _rings(shape)], colour)
    for shape in shapes:
        _map_label(m, shape, numbers, put(shape["properties"]["label_lon"], shape["properties"]["label_lat"]), sheet)


def _map_label(
    m: Measures, shape: dict[str, Any], numbers: dict[str, int], at: tuple[float, float], sheet: Sheet
) -> None:
    code = shape["properties"]["code"]
    percent: Fact | None = m.find("percent", code)
    if percent is None:
        return
    colour = "white" if percent.number >= 90 else INK
    sheet.text(at[0], at[1] - 2, str(numbers.get(code, "")), at="middle", colour=colour, bold=True)
    sheet.text(at[0], at[1] + 12, plain(percent, m.language), at="middle", colour=colour, size=sheet.size - 2)


def _rings(shape: dict[str, Any]) -> list[list[list[float]]]:
    geometry = shape["geometry"]
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [ring for polygon in polygons for ring in polygon]
