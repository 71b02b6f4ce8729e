"""What each measure is and how it is worked out: one list, printed on the page and quoted in the titles of figures."""

from functools import lru_cache
from typing import Final

from hotich.language import say

TERMS: Final = (
    "entry",
    "required",
    "digitised",
    "left",
    "percent",
    "left_share",
    "change",
    "pace",
    "pace_recent",
    "pace_needed",
    "pace_ratio",
    "outlook",
    "percent_at_target",
    "finish",
    "completed",
    "rank",
    "gap",
    "spread",
    "threshold",
    "units",
    "coverage",
    "published",
    "difference",
    "discrepancies",
    "rounding",
    "marks",
)
"""The list, in the order of the page."""
_OF: Final = {
    "added": "pace",
    "days": "pace",
    "pace_fastest": "pace",
    "pace_slowest": "pace",
    "pace_periods": "pace_recent",
    "pace_taken": "pace_recent",
    "periods_compared": "pace_needed",
    "periods_reached": "pace_needed",
    "pace_ratio_latest": "pace_ratio",
    "outlook_base": "finish",
    "most_base": "finish",
    "finish_most": "finish",
    "finish_moved": "finish",
    "units_open": "finish",
    "units_in_time": "finish",
    "units_late": "finish",
    "units_endless": "finish",
    "units_borrowed": "finish",
    "percent_at_target_least": "percent_at_target",
    "percent_at_target_most": "percent_at_target",
    "short_at_target": "percent_at_target",
    "percent_change": "change",
    "digitised_change": "change",
    "communes_completed_change": "change",
    "communes_completed": "completed",
    "offices_completed": "completed",
    "completed_since": "completed",
    "communes_first_completed": "completed",
    "rank_in_district": "rank",
    "rank_in_country": "rank",
    "percent_gap": "gap",
    "commune_gap": "gap",
    "districts_over_threshold": "threshold",
    "communes_over_threshold": "threshold",
    "discrepancies_parts": "discrepancies",
    "communes_total": "units",
    "offices_total": "units",
    "districts_total": "units",
    "units_expected": "units",
    **dict.fromkeys(("units_before", "units_followed_before", "units_followed", "units_ended", "units_anew"), "units"),
    "units_merged": "units",
    **{f"{name}_{part}": name for name in ("required", "digitised") for part in ("followed", "ended", "anew")},
    **{f"{name}_followed_before": name for name in ("required", "digitised")},
    "units_reported": "coverage",
    "units_missing": "coverage",
    "units_compared": "coverage",
    "pace_missing": "coverage",
    "coverage_base": "coverage",
    "cells_total": "coverage",
    "cells_reported": "coverage",
    "cells_not_reported": "coverage",
    "cells_not_applicable": "coverage",
    "percent_base": "rank",
    "points": "change",
}


def of(measure: str) -> str:
    """Return the listed term that explains a measure; empty for days, months and other plain facts."""
    for start in ("published", "parts_difference", "difference", "parts", "swapped"):
        if measure.startswith(f"{start}_"):
            return "published" if start == "published" else "difference"
    if measure.startswith("commune_percent_"):
        return "spread"
    if measure.startswith("outlook_") and measure not in _OF:
        return "percent_at_target"
    return measure if measure in TERMS else _OF.get(measure, "")


@lru_cache(maxsize=None, typed=True)  # a province without districts has words of its own
def title(measure: str, language: str) -> str:
    """Return what a figure is, in a sentence for its title; empty where the measure has no term.

    The page's list of definitions has the others: a title stands at hundreds of figures, and no keyboard reaches it.
    """
    named = term(measure, language)
    return f"{named}: {_first(say(language, f'definitions.{of(measure)}.is'))}" if named else ""


def term(measure: str, language: str) -> str:
    """Return what a figure is called; empty where the measure has no term."""
    return say(language, f"definitions.{named}.term") if (named := of(measure)) else ""


def _first(text: str) -> str:
    """Return the first sentence of a definition, without its full stop."""
    return text.partition(". ")[0].removesuffix(".")
