"""A sparkline: the percentage over the months up to a report."""

from markupsafe import Markup

from hotich.measures.facts import Fact
from hotich.release.compare.source import Source
from hotich.views.figures import format_fact

WIDTH, HEIGHT, MARGIN = 150, 30, 4


def line(report: Source, label: str, language: str) -> Markup:
    """Return the line as SVG, its numbers put into its label (`{}`); empty if there are fewer than two months."""
    facts = _history(report)
    if len(facts) < 2:
        return Markup("")
    values = [float(fact.number) for fact in facts]
    low, span = min(values), (max(values) - min(values)) or 1.0
    step = (WIDTH - 2 * MARGIN) / (len(values) - 1)
    points = [
        (MARGIN + i * step, HEIGHT - MARGIN - (value - low) / span * (HEIGHT - 2 * MARGIN))
        for i, value in enumerate(values)
    ]
    alt = label.format(", ".join(format_fact(fact, language) for fact in facts))
    svg = (
        '<svg class="spark" viewBox="0 0 {} {}" role="img" data-name aria-label="{}"><polyline points="{}" fill="none" '
    )
    svg += 'stroke="#12436D" stroke-width="2"></polyline><circle cx="{:.1f}" cy="{:.1f}" r="3.5" fill="#12436D">'
    written = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return Markup(svg + "</circle></svg>").format(WIDTH, HEIGHT, alt, written, *points[-1])  # noqa: S704 - our own


def _history(report: Source) -> list[Fact]:
    """Return the root area's percentages in the order of months, the reported one last."""
    found = [
        fact
        for fact in report.facts.values()
        if (fact.area, fact.scope, fact.measure) == (f"{report.name}/{report.root}", "all", "percent")
    ]
    return sorted(found, key=lambda fact: fact.month or report.month)
