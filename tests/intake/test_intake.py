"""Reading an import as a whole: several files, folders, other months, our own template, and what is said in words."""

import re
import tomllib
from datetime import date

import pytest
from corpus import makers, stories
from openpyxl import load_workbook

from hotich import intake
from hotich.errors import InputRefused
from hotich.intake import lists, template
from hotich.intake.files.encodings import TABLES
from hotich.intake.fold_text import fold
from hotich.intake.problems import Place, problem
from hotich.language import LANGUAGES
from hotich.month import Month
from hotich.storage.paths import PACKAGE, PROJECT

OCTOBER, DECEMBER = Month(2024, 10), Month(2024, 12)


@pytest.fixture(scope="module")
def known():
    return lists.read(PROJECT / "data", date(2024, 10, 22))


def shown(found):
    return [f"{'' if p.refuses else '~'}{p.key} {p.place.file} {p.place.cell}".strip() for p in found.problems]


def put(folder, **files):
    for name, content in files.items():
        (folder / name.replace("_", ".")).write_bytes(content)
    return folder


def counts(found):
    return {(entry.area, entry.register): (entry.required, entry.digitised) for entry in found.entries}


# --- several files --------------------------------------------------------------------------------------------------


def test_the_files_of_a_folder_are_read_in_order_of_their_names_and_say_so_before(tmp_path, known):
    put(tmp_path, b_csv=makers.table(stories.LONG[:3]), a_xlsx=makers.xlsx([stories.LONG[0], *stories.LONG[3:]]))
    heard = []
    found = intake.read([tmp_path], OCTOBER, known, heard.append)
    assert heard == [reading.file for reading in found.readings] == ["a.xlsx", "b.csv"]
    assert counts(found) == stories.LONG_COUNTS
    assert not found.refused


def test_every_problem_of_every_file_is_told_at_once(tmp_path, known):
    long = stories.LONG
    put(
        tmp_path,
        a_xlsx=makers.xlsx(makers.changed(long, C2=1.2, D4="-")),
        b_csv=makers.table(makers.changed(long, A2="Xã Bản Cong")),
        c_ods=b"",
    )
    found = intake.read([tmp_path], OCTOBER, known)
    assert shown(found)[:4] == [
        "count.fraction a.xlsx C2",
        "count.text a.xlsx D4",
        "area.unknown b.csv A2",
        "file.empty c.ods",
    ]


def test_two_files_that_contradict_each_other_are_refused_and_both_cells_named(tmp_path, known):
    put(tmp_path, a_xlsx=makers.xlsx(stories.LONG), b_xlsx=makers.xlsx(makers.changed(stories.LONG[:2], D2=901)))
    found = intake.read([tmp_path], OCTOBER, known)
    assert shown(found) == ["twice.apart b.xlsx D2"]
    assert "a.xlsx, sheet “Sheet1”, cell D2" in found.problems[0].message("en")


def test_an_empty_row_in_one_file_gives_way_to_counts_in_another(tmp_path, known):
    put(tmp_path, a_xlsx=makers.xlsx([stories.LONG[0], ["Xã Bản Công", "Khai sinh"]]), b_xlsx=makers.xlsx(stories.LONG))
    found = intake.read([tmp_path], OCTOBER, known)
    assert counts(found) == stories.LONG_COUNTS
    assert found.problems == ()


def test_other_files_and_folders_beside_them_are_told_and_left(tmp_path, known):
    put(tmp_path, a_xlsx=makers.xlsx(stories.LONG), scan_pdf=b"%PDF", **{"~$a_xlsx": b"lock"})
    (tmp_path / "inner").mkdir()
    found = intake.read([tmp_path], OCTOBER, known)
    assert shown(found) == ["~file.left inner", "~file.left scan.pdf"]
    assert counts(found) == stories.LONG_COUNTS


def test_an_old_workbook_in_a_folder_is_refused_not_left(tmp_path, known):
    put(tmp_path, a_xlsx=makers.xlsx(stories.LONG), b_xls=bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600)
    assert shown(intake.read([tmp_path], OCTOBER, known)) == ["file.old_kind b.xls"]


@pytest.mark.parametrize(
    "name", [".b.xlsx.icloud", "b.gsheet", "b.XLSX.part", "b.csv.crdownload", "b.ods.nextcloud", ".b.xlsm.icloud"]
)
def test_a_file_that_stands_for_a_workbook_which_is_not_here_is_refused(tmp_path, known, name):
    put(tmp_path, a_xlsx=makers.xlsx(stories.LONG))
    (tmp_path / name).write_bytes(b"bplist00")
    (tmp_path / ".b.jpg.icloud").write_bytes(b"bplist00")
    assert shown(intake.read([tmp_path], OCTOBER, known)) == [f"file.absent {name}"]


def test_a_folder_without_files_and_a_file_that_is_not_there_are_refused(tmp_path, known):
    assert shown(intake.read([tmp_path], OCTOBER, known)) == [f"file.no_files {tmp_path.name}"]
    assert shown(intake.read([tmp_path / "a.xlsx"], OCTOBER, known)) == ["file.unreadable a.xlsx"]


def test_a_file_over_twenty_megabytes_is_refused_unopened(tmp_path, known):
    with (tmp_path / "a.csv").open("wb") as file:
        file.truncate(20 * 1024 * 1024 + 1)
    assert shown(intake.read([tmp_path], OCTOBER, known)) == ["file.size a.csv"]


@pytest.mark.parametrize(
    "content", [b",\n" * 10_000_000, b"," * 10_000_000, b"a,b\n" * 6000, b"a,b\r" * 6000, b"a\n" + b";" * 3000 + b"\n"]
)
def test_a_csv_file_with_too_much_in_it_is_refused_before_it_is_decoded(tmp_path, known, monkeypatch, content):
    monkeypatch.setattr("hotich.intake.files.text._decode", lambda *_: pytest.fail("decoded"))
    put(tmp_path, a_csv=content)
    assert [each.key for each in intake.read([tmp_path], OCTOBER, known).problems] == ["file.far"]


def test_a_zero_byte_in_a_csv_file_is_called_that_and_not_another_encoding(tmp_path, known):
    put(tmp_path, a_csv="Đơn vị,Sổ\nXã A\0,1\n".encode())
    (problem,) = intake.read([tmp_path], OCTOBER, known).problems
    assert (problem.key, problem.values["line"]) == ("text.zero", 2)


def test_a_bomb_is_refused_by_what_it_says_it_unpacks_to(tmp_path, known):
    spaces = makers.rewritten(makers.xlsx(stories.LONG), "xl/workbook.xml", lambda part: part + " " * (65 << 20))
    put(tmp_path, a_xlsx=spaces)
    assert shown(intake.read([tmp_path], OCTOBER, known)) == ["file.bomb a.xlsx"]


def test_a_bomb_that_says_it_is_small_is_refused_too(tmp_path, known):
    content = makers.rewritten(makers.xlsx(stories.LONG), "xl/workbook.xml", lambda part: part + " " * (65 << 20))
    entry = content.rindex(b"PK\x01\x02", 0, content.rindex(b"xl/workbook.xml"))
    put(tmp_path, a_xlsx=content[: entry + 24] + (1000).to_bytes(4, "little") + content[entry + 28 :])
    assert shown(intake.read([tmp_path], OCTOBER, known)) == ["file.damaged a.xlsx"]


# --- areas of another time ------------------------------------------------------------------------------------------


def test_a_commune_that_has_merged_names_its_successor(tmp_path):
    later = lists.read(PROJECT / "data", date(2024, 12, 22))
    put(tmp_path, a_xlsx=makers.xlsx([stories.LONG[0], ["Xã Đào Thịnh", "Khai sinh", 10, 5]]))
    found = intake.read([tmp_path], DECEMBER, later)
    assert shown(found) == ["area.gone a.xlsx A2"]
    assert "Xã Thành Thịnh (04510)" in found.problems[0].message("vi")


# --- our own template -----------------------------------------------------------------------------------------------


@pytest.fixture
def filled(yen_bai, tmp_path):
    """The workbook of one district for December as it was sent out, and the same with some rows filled in."""
    written = template.write(yen_bai, DECEMBER, "139")
    path = written.folder / written.files[0]
    book = load_workbook(path)
    sheet = book.worksheets[0]
    head = next(row for row in range(1, 20) if "Cần số hóa" in [cell.value for cell in sheet[row]])
    for row in range(head + 1, head + 6):
        sheet.cell(row, 5, 100 + row), sheet.cell(row, 6, row)
    return book, sheet, head, path


def test_our_template_gives_its_counts_and_every_row_left_empty_as_not_reported(filled, yen_bai):
    book, sheet, head, path = filled
    book.save(path)
    found = intake.read([path], DECEMBER, lists.read(yen_bai.data, date(2024, 12, 22)))
    assert shown(found) == []
    assert len(found.entries) == sheet.max_row - head
    assert [entry.reported for entry in found.entries[:7]] == [True] * 5 + [False] * 2


def test_our_template_of_another_month_is_refused(filled, yen_bai):
    book, _, _, path = filled
    book.save(path)
    found = intake.read([path], Month(2024, 11), lists.read(yen_bai.data, date(2024, 11, 22)))
    assert shown(found) == [f"month.other {path.name} B2"]
    assert found.entries == ()


def test_templates_of_another_month_are_one_problem_a_file_whatever_their_rows_hold(filled, yen_bai):
    book, sheet, head, path = filled
    sheet.cell(head + 1, 2, "Xã không có"), sheet.cell(head + 2, 5, "nhiều")
    for copy in (path, path.with_name(f"2-{path.name}")):
        book.save(copy)
    found = intake.read([path.parent], Month(2024, 11), lists.read(yen_bai.data, date(2024, 11, 22)))
    assert sorted(shown(found)) == sorted(f"month.other {each.file} B2" for each in found.readings)
    assert len(found.readings) == 2


def test_a_unit_of_another_district_in_our_template_is_refused_with_its_cell(filled, yen_bai):
    book, sheet, head, path = filled
    sheet.cell(head + 1, 1, "04621"), sheet.cell(head + 1, 2, "Xã Bản Mù")
    book.save(path)
    found = intake.read([path], DECEMBER, lists.read(yen_bai.data, date(2024, 12, 22)))
    assert shown(found) == [f"area.code_differs {path.name} A{head + 1}"]


def test_our_template_sent_for_another_district_is_refused(filled, yen_bai):
    book, _, _, path = filled
    about = book.worksheets[-1]
    about["B3"] = "138"
    book.save(path)
    found = intake.read([path], DECEMBER, lists.read(yen_bai.data, date(2024, 12, 22)))
    assert {each.partition(" ")[0] for each in shown(found)} == {"area.elsewhere"}


def test_required_carried_over_with_nothing_digitised_is_not_reported_and_told(filled, yen_bai):
    book, sheet, head, path = filled
    sheet.cell(head + 7, 5, 500)
    book.save(path)
    found = intake.read([path], DECEMBER, lists.read(yen_bai.data, date(2024, 12, 22)))
    assert shown(found) == [f"~count.carried {path.name} E{head + 7}"]
    assert (found.entries[6].required, found.entries[6].digitised) == (None, None)


def test_difficulties_come_once_for_each_unit_with_their_notes(tmp_path, known):
    rows = [[*stories.LONG[0], "Khó khăn", "Nội dung khó khăn"]]
    rows += [[*row, "Đường truyền yếu; Sổ cũ, chữ mờ", "mất mạng"] for row in stories.LONG[1:3]]
    put(tmp_path, a_xlsx=makers.xlsx([*rows, [*stories.LONG[3], None, "nói chuyện khác"]]))
    found = intake.read([tmp_path], OCTOBER, known)
    assert [(d.area, d.kind, d.note) for d in found.difficulties] == [
        ("04612", "network", "mất mạng"),
        ("04612", "faded", "mất mạng"),
    ]
    assert shown(found) == ["~difficulty.only_note a.xlsx F4"]


# --- words ----------------------------------------------------------------------------------------------------------


def catalogue(language):
    path = PACKAGE / "language" / language / "intake.toml"
    sections = tomllib.loads(path.read_text(encoding="utf-8"))
    parts = ("where", "similar", "role")
    return {f"{section}.{name}" for section, keys in sections.items() if section not in parts for name in keys}


def test_every_problem_that_the_code_names_has_its_words_and_no_words_are_left_over():
    rooms = (PACKAGE / room for room in ("intake", "tally"))
    code = "".join(path.read_text(encoding="utf-8") for room in rooms for path in room.rglob("*.py"))
    named = set(
        re.findall(
            r'"((?:file|text|table|heading|month|area|register|row|count|difficulty|formula|merged|hidden|total|twice|record)\.[a-z_0-9]+)"',
            code,
        )
    )
    faults = set(re.findall(r'(?:fault=|return )"([a-z_]+)"', code)) | {"uncalculated", "error", "percent", "merged"}
    named |= {f"count.{fault}" for fault in faults if f"count.{fault}" in catalogue("en")}
    named |= {f"text.{table}" for table in TABLES}
    assert {key for key in named if not key.endswith((".py", ".csv"))} == catalogue("en") == catalogue("vi")


def test_a_message_tells_where_what_and_what_to_do_and_shows_hostile_text_as_text():
    hostile = problem("area.unknown", Place("a\n.xlsx", "S\u202e", "A2"), "<script>\x1b[31m" + "x" * 99, similar="")
    for language in LANGUAGES:
        said = hostile.message(language)
        assert "A2" in said
        assert "<script>" in said
        assert said.isprintable()
        assert len(said) < 320


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Hoà Bình", "Hòa Bình", True),
        ("Thuý", "Thúy", True),
        ("Khuỷu", "khủyu", True),
        ("Xã  Lý\xa0Nhân", "xã Lý Nhân", True),
        ("Lý", "Lí", False),
        ("Tân Thịnh", "Tấn Thịnh", False),
        ("Đại", "Dại", False),
    ],
)
def test_which_spellings_are_one_name(one, other, same):
    assert (fold(one) == fold(other)) is same


def test_the_old_encodings_are_known_letter_by_letter():
    for letter, written in makers.TCVN3.items():
        assert TABLES["tcvn3"](written) == letter
    for letter, written in makers.VNI.items():
        assert TABLES["vni"](written) == letter


@pytest.mark.parametrize(("row", "line"), [("colour,KS,Khai sinh", "kind"), ("column,sum,Cộng lại", "code")])
def test_an_alias_of_something_that_does_not_exist_is_refused(yen_bai, row, line):
    with (yen_bai.data / "aliases.csv").open("a", encoding="utf-8") as file:
        file.write(f"{row}\n")
    with pytest.raises(InputRefused) as refused:
        lists.read(yen_bai.data, date(2024, 10, 22))
    assert refused.value.key == f"intake.alias_{line}"


# --- what is said of registers and names ----------------------------------------------------------------------------


def test_a_code_that_is_no_register_beside_a_known_name_is_told_as_not_that_registers(tmp_path, known):
    for code in ("ZZ", "KH"):
        table = [["Mã sổ", *stories.LONG[0]], [code, *stories.LONG[1]]]
        put(tmp_path, a_xlsx=makers.xlsx(table))
        found = intake.read([tmp_path], OCTOBER, known)
        assert shown(found) == ["register.code_differs a.xlsx A2"]
        assert f"“{code}”" in found.problems[0].message("vi")
        assert "Sổ đăng ký khai sinh, KS" in found.problems[0].message("vi")


@pytest.mark.parametrize(("written", "near"), [("ZZ", False), ("Kết hôm", True)])
def test_similar_names_are_told_where_something_is_alike_only(tmp_path, known, written, near):
    put(tmp_path, a_xlsx=makers.xlsx([stories.LONG[0], ["Xã Bản Công", written, 10, 5]]))
    (found,) = intake.read([tmp_path], OCTOBER, known).problems
    assert found.key == "register.unknown"
    assert ("Gần giống" in found.message("vi")) == ("Most similar" in found.message("en")) == near
