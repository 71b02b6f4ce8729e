"""Lists of every format become one kind of source: separators, encodings, titles, types, and what is broken."""

from datetime import date

import duckdb
import openpyxl
import pytest
from record_lists import HEADS, PERSON, as_csv, as_parquet, as_workbook, case, cases

from hotich.intake import lists
from hotich.intake.tables.match_names import Names
from hotich.storage import duck
from hotich.tally import files
from hotich.tally.columns import Headings
from hotich.tally.source import Reader


@pytest.fixture
def read(office, tmp_path):
    """Read a file: its sources, the keys of what is wrong, and the numbers with their rows in the first source."""
    kept = tmp_path / "made"
    kept.mkdir()
    headings = Headings(Names(lists.read(office.at.data, date(2024, 11, 22))))

    def reading(path):
        (listed,) = files.find(str(path))[0]
        with duck.connected() as connection:
            sources, problems = Reader(connection, headings, kept).read(listed)
        return sources, {problem.key for problem in problems if problem.refuses}

    return reading


def rows(source):
    heading = source.columns["number"].heading
    taken = f'"{heading}", row' if source.made else f'"{heading}", file_row_number + 1'
    return duckdb.sql(f"SELECT {taken} FROM read_parquet('{source.parquet}', file_row_number=true)").fetchall()


def held(source):
    return {name for name, *_ in duckdb.sql(f"DESCRIBE SELECT * FROM '{source.parquet}'").fetchall()}


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1258"])
def test_a_csv_file_is_read_in_any_separator_and_encoding_that_offices_use(read, tmp_path, separator, encoding):
    (source,), wrong = read(as_csv(tmp_path / "a.csv", cases(3), separator, encoding))
    assert not wrong
    assert rows(source) == [("1", 2), ("2", 3), ("3", 4)]
    assert held(source) == {*source.columns, "row"}
    assert PERSON.encode() not in source.parquet.read_bytes()


def test_cells_with_line_ends_and_quotes_are_one_row(read, tmp_path):
    listed = [case(number=1, person='Tên "gọi",\nhai dòng'), case(number=2)]
    (source,), _ = read(as_csv(tmp_path / "a.csv", listed))
    assert rows(source) == [("1", 2), ("2", 3)]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1258"])
@pytest.mark.parametrize("broken", [b"111,KS\r\n", b"1,2,3,4,5,6,7,8,9,10,11,12\r\n"])
def test_a_row_with_other_cells_than_headings_refuses_the_file(read, tmp_path, encoding, broken):
    path = as_csv(tmp_path / "a.csv", cases(2), encoding=encoding)
    path.write_bytes(path.read_bytes() + broken)
    sources, wrong = read(path)
    assert (sources, wrong) == ([], {"record.broken_row"} if encoding == "utf-8" else {"record.ragged"})


def test_bytes_that_are_no_text_refuse_the_file(read, tmp_path):
    path = as_csv(tmp_path / "a.csv", cases(2))
    path.write_bytes(path.read_bytes().replace(b"1998", b"19\xff8", 1))
    assert read(path)[1] == {"text.encoding"}


def test_a_workbook_named_csv_is_refused(read, tmp_path):
    path = as_workbook(tmp_path / "a.xlsx", cases(2))
    assert read(path.rename(tmp_path / "a.csv"))[1] == {"file.misnamed"}


def test_a_sheet_has_its_headings_below_titles_and_rows_by_their_own_number(read, tmp_path):
    (source,), _ = read(as_workbook(tmp_path / "a.xlsx", cases(2), titles=["DANH SÁCH", "Tháng 11", ""]))
    assert rows(source) == [("1", 5), ("2", 6)]
    assert source.place.sheet == "Sheet"
    assert held(source) == {*source.columns, "row"}


def test_every_sheet_with_cases_is_a_list_and_one_of_words_is_refused(read, tmp_path):
    path = as_workbook(tmp_path / "a.xlsx", cases(2))
    book = openpyxl.load_workbook(path)
    book.copy_worksheet(book.active)
    book.create_sheet("trống")
    book.save(path)
    sources, wrong = read(path)
    assert (len(sources), wrong) == (2, set())
    book.create_sheet("ghi chú")["A1"] = "x"
    book.save(path)
    assert read(path)[1] == {"record.no_headings"}


def test_a_damaged_workbook_is_refused(read, tmp_path):
    path = as_workbook(tmp_path / "a.xlsx", cases(2))
    path.write_bytes(path.read_bytes()[:-50])
    assert read(path)[1] == {"file.damaged"}


def test_a_parquet_file_is_read_where_it_lies_in_the_types_it_has(read, tmp_path):
    path = as_parquet(tmp_path / "a.parquet", cases(2), types=[("number", "number::INTEGER")])
    (source,), wrong = read(path)
    assert (source.parquet, source.columns["number"].type, source.rows, wrong) == (path, "INTEGER", 2, set())
    assert rows(source) == [(1, 1), (2, 2)]


def test_a_column_of_lists_or_structures_is_never_what_is_read(read, tmp_path):
    path = as_parquet(tmp_path / "a.parquet", cases(2), types=[("number", "[number]")])
    assert read(path)[1] == {"record.column_missing"}


def test_a_parquet_file_whose_footer_is_broken_is_refused(read, tmp_path):
    path = as_parquet(tmp_path / "a.parquet", cases(2))
    content = path.read_bytes()
    path.write_bytes(content[:-40] + b"\xff" * 32 + content[-8:])
    assert read(path)[1] == {"file.damaged"}


def test_rows_in_which_nothing_is_read_are_no_cases(read, tmp_path):
    empty = dict.fromkeys(HEADS, "")
    (source,), _ = read(
        as_csv(tmp_path / "a.csv", [case(number=1), empty, {**empty, "person": PERSON}, case(number=2)])
    )
    assert (rows(source), source.rows) == ([("1", 2), ("2", 5)], 2)


def test_a_list_without_a_case_has_no_rows(read, tmp_path):
    (source,), wrong = read(as_csv(tmp_path / "a.csv", []))
    assert (source.rows, wrong) == (0, set())


def test_headings_in_another_manner_are_read_too(read, tmp_path):
    heads = dict.fromkeys(HEADS)
    heads |= {"unit": "AREA_CODE", "register": "register_code", "year": "year", "book": "book", "number": "NUMBER"}
    heads |= {
        "person": "full_name",
        "state": "digitized",
        "scan": "has_scan",
        "registered": "registration_date",
        "entered": "entered_on",
    }
    (source,), wrong = read(as_csv(tmp_path / "a.csv", cases(2), heads=heads))
    assert (len(source.columns), wrong) == (9, set())
