"""A sparkline: one percentage over the months, small enough to stand beside its last figure."""

from collections.abc import Sequence

from markupsafe import Markup

from hotich.measures import Measures
from hotich.measures.facts import Fact
from hotich.views.figures import format_fact

WIDTH, HEIGHT, MARGIN = 150, 30, 4


def labelled(facts: Sequence[Fact], label: str, language: str) -> Markup:
    """Return the line of some months with its numbers put into its label (`{}`); empty for fewer than two."""
    alt = label.format(", ".join(format_fact(fact, language) for fact in facts))
    return _line(facts, Markup('role="img" data-name aria-label="{}"').format(alt))


def of_area(m: Measures, area: str) -> Markup:
    """Return the line of an area's percentages, month by month, for a table; empty for fewer than two.

    It is hidden from screen readers, which the figure beside it serves.
    """
    found = (m.find("percent", area, month=month) for month in m.months)
    return _line([fact for fact in found if fact], Markup('aria-hidden="true"'))


def _line(facts: Sequence[Fact], said: Markup) -> Markup:
    if len(facts) < 2:
        return Markup("")
    points = _points([float(fact.number) for fact in facts])
    written = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    x, y = (f"{at:.1f}" for at in points[-1])
    return Markup(
        '<svg class="spark" viewBox="0 0 {} {}" {}><polyline points="{}" fill="none" stroke="#12436D" stroke-width="2">'
        '</polyline><circle cx="{}" cy="{}" r="3.5" fill="#12436D"></circle></svg>'
    ).format(WIDTH, HEIGHT, said, written, x, y)


def _points(values: Sequence[float]) -> list[tuple[float, float]]:
    """Return the points of the line, in its drawing's units: months evenly to the right, the lowest at the bottom."""
    low, span = min(values), (max(values) - min(values)) or 1.0
    step = (WIDTH - 2 * MARGIN) / (len(values) - 1)
    room = HEIGHT - 2 * MARGIN
    return [(MARGIN + at * step, HEIGHT - MARGIN - (value - low) / span * room) for at, value in enumerate(values)]
