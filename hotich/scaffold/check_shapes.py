"""What in `areas.geojson` is missing or cannot be: codes, and rings that cross themselves."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from hotich.data import outlines
from hotich.data.areas import Areas
from hotich.errors import InputRefused
from hotich.scaffold.findings import Finding, codes


def findings(data: Path, listed: Areas, root: str, day: date) -> Iterator[Finding]:
    """Yield whether the areas below the root have shapes, shapes of no area, and shapes whose lines cross."""
    try:
        features = outlines.read(data)
    except InputRefused as error:
        yield Finding("contradicting", "", {}, error)
        return
    if not features:
        yield Finding("missing", "shapes", {})
        return
    shown = [feature["properties"]["code"] for feature in features]
    below = {area.code: area.name_vi for area in listed.on(day).children(root)}
    yield Finding("set", "shapes", {"count": len(shown)})
    if lacking := [f"{name} ({code})" for code, name in below.items() if code not in shown]:
        yield Finding("contradicting", "shapes_lacking", {"names": codes(lacking)})
    known = {area.code for area in listed.all}
    if strange := [code for code in shown if code not in known]:
        yield Finding("contradicting", "shapes_strange", {"codes": codes(strange)})
    if crossing := [
        each["properties"]["code"] for each in features if any(map(outlines.crossing, outlines.rings(each)))
    ]:
        yield Finding("contradicting", "shapes_crossing", {"codes": codes(crossing)})
