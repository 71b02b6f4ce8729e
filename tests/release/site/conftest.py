"""A chain of three releases, as the site lists it."""

import pytest
from sealed_releases import seal


@pytest.fixture
def released(drafts):
    """September, October, and October again with a reason, as releases of the office's own chain."""
    for month, reason in (("2024-09", ""), ("2024-10", ""), ("2024-10", "<b>sửa")):
        measures = (drafts.reports / "draft" / month / "measures.csv").read_bytes()
        seal(drafts, month, files={"measures.csv": measures, "report.vi.html": b"report"}, reason=reason)
    return drafts
