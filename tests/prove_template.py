"""The templates in LibreOffice, as an office uses them: opened, saved as xlsx and ods, imported, reported.

Takes about a minute; `make prove-template` runs it. LibreOffice (`soffice`) must be installed.
"""

import subprocess

import pytest
from filled_workbooks import NOVEMBER, command, filled, rows

from hotich.month import Month
from hotich.sample import reset

OCTOBER = Month(2024, 10)


def saved(folder, kind, profile):
    """The workbooks as LibreOffice saves them."""
    target = folder.parent / kind
    subprocess.run(
        [
            "soffice",
            "--headless",
            f"-env:UserInstallation=file://{profile}",
            "--convert-to",
            kind,
            "--outdir",
            target,
            *sorted(folder.iterdir()),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return target


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_month_filled_in_and_saved_by_libreoffice_is_imported_and_reported(yen_bai, tmp_path, kind):
    given = {
        cell: (int(row["required"]), int(row["digitised"]))
        for cell, row in rows(yen_bai.counts(OCTOBER)).items()
        if row["status"] == ""
    }
    october = yen_bai.counts(OCTOBER).read_bytes()
    reset.remove(yen_bai, reset.removal(yen_bai))
    folder = saved(filled(yen_bai, given), kind, tmp_path / "profile")
    imported = command("import", "2024-11", "--from", str(folder), at=yen_bai)
    assert imported.returncode == 0, imported.stderr
    assert yen_bai.counts(NOVEMBER).read_bytes() == october
    reported = command("report", "2024-11", at=yen_bai)
    assert reported.returncode == 0, reported.stderr
    page = (yen_bai.draft(NOVEMBER) / "report.vi.html").read_text()
    assert "519.573" in page
    assert "SỐ LIỆU MINH HỌA" not in page
