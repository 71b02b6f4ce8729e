"""A chain of three releases, as the site lists it."""

import json
import shutil

import pytest


@pytest.fixture
def released(drafts):
    """September, October, and October again with a reason, as releases of the office's own chain."""
    for number, (month, reason) in enumerate([("2024-09", ""), ("2024-10", ""), ("2024-10", "<b>sửa")], 1):
        folder = drafts.reports / "published" / f"{number:04d}-{month}"
        shutil.copytree(drafts.reports / "draft" / month, folder)
        (folder / "report.vi.html").write_text("report")
        (folder / "manifest.json").write_text(json.dumps({"number": number, "reason": reason}))
    return drafts
