"""The workbook with every figure of the report."""

import io
import zipfile

import openpyxl
import pytest

from hotich import checks, measures
from hotich.data import dataset
from hotich.views import annex_xlsx


@pytest.fixture(scope="module")
def october():
    return measures.read(checks.require(dataset.read("2024-10")))


def test_the_annex_holds_every_commune_marked_and_the_same_bytes_each_time(october, tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        annex_xlsx.write(october, tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert [sheet.max_row for sheet in book][:2] == [3 + 9 + 1, 3 + 173]
    districts = book.worksheets[0]
    assert districts.cell(districts.max_row, 4).value == 519_573
    for sheet in book:
        assert "MINH HỌA" in sheet["A2"].value
        assert sheet.cell(4, sheet.max_column).value == "mô phỏng"
        assert sheet.print_area
        assert sheet.freeze_panes == "B4"
    names = zipfile.ZipFile(io.BytesIO((tmp_path / "a.xlsx").read_bytes())).infolist()
    assert {info.date_time for info in names} == {(1980, 1, 1, 0, 0, 0)}
