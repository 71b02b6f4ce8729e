"""Matplotlib's SVG written short: the same drawing in a third of the bytes.

A page holds some twenty drawings of hundreds of marks each. Circles become circles again, paths take relative steps,
markers stand where they are used, wrapping groups, clips and whatever is SVG's own default or cannot be seen go.
"""

import re
from collections.abc import Iterator
from typing import Final

_ELEMENT: Final = re.compile(r'(?:<g id="(tick|h)">\s*)?<(path|text|use)\b([^>]*?)/?>(?:([^<]*)</text>)?', re.DOTALL)
_ATTRIBUTE: Final = re.compile(r'([\w:-]+)="([^"]*)"')
_STEP: Final = re.compile(r"([MLCQz])([^MLCQz]*)")
_NUMBER: Final = re.compile(r"-?[0-9.]+(?:e-?[0-9]+)?")
_DROPPED: Final = {
    "stroke-linejoin": "miter",
    "text-anchor": "start",
    "stroke-linecap": "butt",
    "font-weight": "400",
    "opacity": "1",
    "stroke-width": "1",
    "stroke-dashoffset": "0",
}
_LARGE: Final = 60
"""A path of more points than this is a map: half a pixel is enough, and points that fall together are one."""


def body(svg: str) -> str:
    """Return the paths, markers and texts of an SVG by matplotlib, in their order."""
    content = svg[svg.index(">", svg.index("<svg")) + 1 : svg.rindex("</svg>")]
    defined = "".join(re.findall(r"<defs>.*?</defs>", content, flags=re.DOTALL))
    markers = {
        given["id"]: given["d"] for given in map(_attributes, re.findall(r"<path[^>]*>", defined)) if "id" in given
    }
    content = re.sub(r"<metadata>.*?</metadata>|<!--.*?-->|<defs>.*?</defs>", "", content, flags=re.DOTALL)
    return "".join(_element(markers, *found.groups()) for found in _ELEMENT.finditer(content))


def _attributes(given: str) -> dict[str, str]:
    return dict(_ATTRIBUTE.findall(given))


def _element(markers: dict[str, str], kind: str | None, tag: str, given: str, words: str | None) -> str:
    attributes = _attributes(given)
    style = dict(_look(attributes.get("style", "")))
    look = "".join(f' {name}="{value}"' for name, value in style.items())
    if tag == "text":
        x, y = (_written(round(float(attributes[axis]), 1)) for axis in ("x", "y"))
        named = f' class="{kind}"' if kind else ""
        return f'<text{named} x="{x}" y="{y}"{look}>{(words or "").strip()}</text>'
    steps = _steps(attributes, markers)
    if not steps or (style.get("fill") == "none" and "stroke" not in style):  # outside of the drawing, or unseen
        return ""
    circle = _circle(steps)
    return f"<circle{circle}{look}></circle>" if circle else f'<path d="{_relative(steps)}"{look}></path>'


def _steps(attributes: dict[str, str], markers: dict[str, str]) -> list[tuple[str, list[float]]]:
    """Return the steps of a path, or those of the marker that is used, moved to where it is used."""
    path = markers[attributes["xlink:href"][1:]] if "xlink:href" in attributes else attributes.get("d", "")
    moved = float(attributes.get("x", 0)), float(attributes.get("y", 0))
    return [
        (kind, [float(n) + moved[at % 2] for at, n in enumerate(_NUMBER.findall(rest))])
        for kind, rest in _STEP.findall(path)
    ]


def _look(style: str) -> Iterator[tuple[str, str]]:
    """Presentation attributes; the family of the font stands once on the whole drawing."""
    for part in filter(None, (each.strip() for each in style.split(";"))):
        name, _, value = (each.strip() for each in part.partition(":"))
        if name != "font-family" and _DROPPED.get(name) != value:
            yield name, value.removesuffix("px")


def _circle(steps: list[tuple[str, list[float]]]) -> str:
    """The circle that eight curves make, as matplotlib writes one."""
    if [kind for kind, _ in steps] != ["M", *"C" * 8, "z"]:
        return ""
    (x, first), opposite = steps[0][1], steps[4][1][-1]
    centre, radius = (first + opposite) / 2, abs(first - opposite) / 2
    return f' cx="{_written(round(x, 1))}" cy="{_written(round(centre, 1))}" r="{_written(round(radius, 1))}"'


def _relative(steps: list[tuple[str, list[float]]]) -> str:
    """The path in steps from point to point. Points are rounded first: shared borders stay shared."""
    grid = 2 if len(steps) > _LARGE else 10
    here, parts = (0, 0), list[str]()
    for kind, numbers in steps:
        if kind == "z":
            parts.append("z")
            continue
        points = [(round(x * grid), round(y * grid)) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
        if kind == "L" and points[-1] == here:
            continue
        parts.append(_step(kind, points, here, grid))
        here = points[-1]
    return re.sub(r"(?<=[0-9])((?:l[^a-zA-Z]+)+)", _run, "".join(parts))


def _run(lines: re.Match[str]) -> str:
    """Lines after the first need no letter."""
    return "l" + lines[0][1:].replace("l-", "-").replace("l", " ")


def _step(kind: str, points: list[tuple[int, int]], here: tuple[int, int], grid: int) -> str:
    if kind == "M":
        return "M" + _joined([each / grid for each in points[0]])
    moved = [(x - here[0], y - here[1]) for x, y in points]
    if kind == "L" and not moved[0][1]:
        return "h" + _written(moved[0][0] / grid)
    if kind == "L" and not moved[0][0]:
        return "v" + _written(moved[0][1] / grid)
    return kind.lower() + _joined([each / grid for pair in moved for each in pair])


def _joined(numbers: list[float]) -> str:
    """Numbers with no more between them than a reader of SVG needs."""
    written = [_written(each) for each in numbers]
    return written[0] + "".join(each if each.startswith("-") else f" {each}" for each in written[1:])


def _written(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0").replace("-0.", "-.").removeprefix("0") or "0"
