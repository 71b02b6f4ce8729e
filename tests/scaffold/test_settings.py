"""An office whose settings are not those of the example: four registers in one group, own targets, Vietnamese alone."""

import pytest
from offices import OCTOBER, fill, new_office, read, visible
from openpyxl import load_workbook
from pages import report_page

from hotich.data import office
from hotich.views import annex_xlsx

REGISTERS = """code,group,name_vi,name_en,levels,source
KS,population,Sổ khai sinh,,commune,CV 1/STP
KH,population,Sổ kết hôn,,commune,CV 1/STP
KT,population,Sổ khai tử,,commune,CV 1/STP
XN,population,Sổ xác nhận,,commune department,CV 1/STP
"""
TARGET = """[[targets]]
id = "city"
day = 2026-12-31
name_vi = "mốc của Chủ tịch"
name_en = ""
source = "CV 2/UBND"

[[targets]]"""


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """Lai Châu, 38 communes, with settings of its own."""
    given = {"threshold": "75", "cutoff_day": "31", "target": "2027-06-30"}
    made = new_office(tmp_path_factory.mktemp("office"), "Lai Châu", **given)
    (made.data / "registers.csv").write_text(REGISTERS, encoding="utf-8")
    settings = (made.data / "office.toml").read_text(encoding="utf-8")
    settings = settings.replace("[[targets]]", TARGET, 1).replace("paper =", 'languages = ["vi"]\npaper =')
    (made.data / "office.toml").write_text(settings, encoding="utf-8")
    fill(made, [OCTOBER.plus(back) for back in range(-6, 1)])
    return made


def test_the_report_follows_the_settings(folders):
    m = read(folders, "vi")
    said = visible(report_page(m))
    assert "tính đến 31/10/2026" in said
    assert "mốc 75%" in said
    assert "mốc của Chủ tịch" in said.casefold().replace("chủ tịch", "Chủ tịch")
    assert "Xác nhận" in said
    assert m.find("percent", "", "civil_status") is None


def test_the_annex_of_an_office_that_speaks_vietnamese_alone_has_no_english_sheet(folders, tmp_path):
    annex_xlsx.write(read(folders, "vi"), tmp_path / "annex.xlsx")
    sheets = load_workbook(tmp_path / "annex.xlsx").sheetnames
    assert office.read(folders.data).languages == ("vi",)
    assert sheets
    assert not [name for name in sheets if name.isascii()]
