"""When sentences about figures that others printed are true: `published.toml` and the section of the report."""

from typing import Final

from hotich.measures import Measures
from hotich.views.claims.ground import Predicate, Said, fact, number


def _against_parts(m: Measures) -> bool:
    """Return whether every printed figure that is wrong differs from its own parts."""
    off = {
        (each.area, each.scope, each.measure.removeprefix("parts_difference_"))
        for each in m.printed.values()
        if each.measure.startswith("parts_difference_") and each.value
    }
    return len(off) == number(m, "discrepancies")


def _hidden(m: Measures, _: Said) -> bool:
    """Return whether a printed percentage agrees with the counts although a total printed with it is no sum."""
    totals = [
        each
        for each in m.printed.values()
        if each.measure.startswith(("parts_difference_required", "parts_difference_digitised"))
    ]
    same = [each for each in m.printed.values() if each.measure.startswith("difference_percent") and not each.value]
    return any(each.value for each in totals) and bool(same)


def _besides(m: Measures, said: Said) -> bool:
    printed, whole = fact(said, "printed"), fact(said, "whole")
    meant = m.find(printed.measure.replace("published_", "besides_", 1), printed.area)
    return meant is not None and meant.number == printed.number <= whole.number


CLAIMS: Final[dict[str, Predicate]] = {
    "report.points.published": lambda m, _: _against_parts(m),
    "report.points.published_one": lambda m, _: _against_parts(m),
    "report.published.heading": lambda m, _: _against_parts(m),
    "report.published.heading_one": lambda m, _: _against_parts(m),
    "report.points.published_counts": lambda m, _: not _against_parts(m),
    "report.points.published_counts_one": lambda m, _: not _against_parts(m),
    "report.published.heading_counts": lambda m, _: not _against_parts(m),
    "report.published.heading_counts_one": lambda m, _: not _against_parts(m),
    "report.published.lead": lambda m, _: _against_parts(m),
    "report.published.heading_none": lambda m, _: number(m, "discrepancies") == 0,
    "report.published.agree": lambda m, _: number(m, "discrepancies") == 0,
    "report.published.hidden": _hidden,
    "report.published.remark": _besides,
    "published.list.title": lambda _, said: (
        fact(said, "printed").number == fact(said, "listed").number + fact(said, "offices").number
    ),
}
