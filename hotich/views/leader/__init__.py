"""What a leader gets on paper: the month on one A4 page, and the official report (Báo cáo)."""

from hotich.views.leader.summary import difficulties, districts, end, heading, proposals, results, tasks

__all__ = ["difficulties", "districts", "end", "heading", "proposals", "results", "tasks"]


def __dir__() -> list[str]:
    return __all__  # what TAB offers
