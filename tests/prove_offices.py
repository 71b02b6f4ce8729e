"""Five offices of different shapes from the province's name to every page, with made-up counts, as their people would.

Takes a few minutes; `make prove-offices` runs it.
"""

import os
import subprocess
import time

import pytest
from conftest import HOTICH
from offices import OCTOBER, fill, new_office, of_districts, visible

from hotich.data import areas, office
from hotich.scaffold.check import check

MONTHS = [OCTOBER.plus(back) for back in range(-3, 1)]
SHAPES = {"Hà Nội": 126, "Bắc Ninh": 99, "Lào Cai": 99, "Cà Mau": 64, "Hồ Chí Minh": 168}


def hotich(at, *words):
    own = {"PATH": os.environ["PATH"], "LANG": "vi_VN.UTF-8", "DATA": str(at.data), "REPORTS": str(at.reports)}
    done = subprocess.run([HOTICH, *words], env=own, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert of_districts(done.stderr) == []


@pytest.mark.parametrize("province", SHAPES)
def test_an_office_makes_all_its_pages_and_papers(tmp_path, province):
    at = new_office(tmp_path, province)
    fill(at, MONTHS, silent=3)
    day = office.read(at.data).cutoff(OCTOBER)
    assert check(at, day).of("contradicting") == []
    for words in (("template", "2026-11"), ("report", "2026-09"), ("report", "2026-10"), ("notices", "2026-10")):
        began = time.monotonic()
        hotich(at, *words)
        print(f"{province}: {' '.join(words)} {time.monotonic() - began:.1f} s")
    hotich(at, "compare", "2026-09", "2026-10")
    receivers = areas.read(at.data).on(day).children(office.read(at.data).root)
    assert len(receivers) == SHAPES[province]
    assert len(list((at.draft(OCTOBER) / "notices").glob("*.html"))) == 2 * len(receivers)
    assert len(list((at.draft(OCTOBER) / "notices").glob("*.docx"))) == len(receivers)
    assert len(list(at.templates(OCTOBER.plus(1)).glob("*.xlsx"))) == len(receivers) + 1
    pages = sorted(at.reports.rglob("*.html"))
    assert len(pages) == 2 * len(receivers) + 2 * 6 + 2
    for page in pages:
        assert of_districts(visible(page.read_text(encoding="utf-8"))) == [], page
