"""What an import writes: one canonical counts file, its log lines, the files as they came; all or nothing."""

import csv
import hashlib
import json
import tempfile
import unicodedata
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from conftest import AREAS, OFFICE, REGISTERS, UNITS, cells
from hypothesis import given, settings
from hypothesis import strategies as st

from hotich.data import counts
from hotich.data import office as offices
from hotich.errors import InputRefused, WrongUsage
from hotich.intake import lists
from hotich.intake.deliver import delivery, incoming_log, problem_report
from hotich.intake.problems import Place, Problem
from hotich.intake.records import Difficulty, Entry, Intake, Reading
from hotich.language import LANGUAGES
from hotich.month import Month
from hotich.storage import paths, transaction

OCTOBER, NOVEMBER, DAY = Month(2024, 10), Month(2024, 11), date(2024, 11, 22)


def entry(area, register, required, digitised):
    at = Place("a.xlsx", "Số liệu", "E7")
    return Entry(area, register, required, digitised, at, at)


def difficulty(area, kind, note=""):
    return Difficulty(area, kind, note, Place("a.xlsx", "Số liệu", "G7"))


def intake(*readings, problems=()):
    """An import of files: (name, bytes, entries, difficulties) each."""
    made = [Reading(n, hashlib.sha256(b).hexdigest(), tuple(e), tuple(d), ()) for n, b, e, d in readings]
    entries = tuple(each for reading in made for each in reading.entries)
    named = tuple(each for reading in made for each in reading.difficulties)
    return Intake(tuple(made), entries, named, tuple(problems))


def accept(at, found, *contents, wanted=NOVEMBER, reason="", day=DAY):
    """Plan and write an import; what it planned."""
    before = delivery.existing(at, wanted)
    made = delivery.plan(at, before, day, lists.read(at.data, day), found, contents, reason)
    with transaction.locked(at.data):
        transaction.commit(at.data, made.files)
    return made


def table(path):
    return [tuple(row) for row in csv.reader(path.open(encoding="utf-8", newline=""))][1:]


def one(area="111", digitised=120, name="a.xlsx", content=b"A", named=()):
    return intake((name, content, [entry(area, "KS", 200, digitised), entry(area, "XN", 0, 0)], named)), content


def release(at, name, *files, chain="published"):
    """A release that rests on these counts files."""
    folder = at.reports / chain / name
    folder.mkdir(parents=True)
    inputs = {file: hashlib.sha256((at.data / file).read_bytes()).hexdigest() for file in files}
    (folder / "manifest.json").write_text(json.dumps({"inputs": inputs}))


def test_every_unit_and_register_has_its_row_and_who_did_not_report_is_not_zero(office):
    accept(office.at, *one())
    assert table(office.at.counts(NOVEMBER)) == [
        ("1-STP", "KS", "", "", "not_reported"),
        ("1-STP", "XN", "", "", "not_reported"),
        ("1-STP", "LH", "", "", "not_reported"),
        ("11-PTP", "KS", "", "", "not_reported"),
        ("11-PTP", "XN", "", "", "not_reported"),
        ("11-PTP", "LH", "", "", "not_reported"),
        ("111", "KS", "200", "120", ""),
        ("111", "XN", "0", "0", ""),
        ("111", "LH", "", "", "not_applicable"),
        ("112", "KS", "", "", "not_reported"),
        ("112", "XN", "", "", "not_reported"),
        ("112", "LH", "", "", "not_applicable"),
        ("12-PTP", "KS", "", "", "not_reported"),
        ("12-PTP", "XN", "", "", "not_reported"),
        ("12-PTP", "LH", "", "", "not_reported"),
        ("121", "KS", "", "", "not_reported"),
        ("121", "XN", "", "", "not_reported"),
        ("121", "LH", "", "", "not_applicable"),
    ]


def test_the_delivery_is_logged_as_reported_with_the_hash_of_its_counts(office):
    accept(office.at, *one())
    logged = counts.deliveries(office.at)[NOVEMBER, 0]
    assert (logged.as_of, logged.origin) == (DAY, "reported")
    assert logged.sha256 == counts.digest(office.at.counts(NOVEMBER))
    assert [str(month) for month, _ in counts.deliveries(office.at)] == ["2024-09", "2024-10", "2024-11"]


def test_the_files_are_kept_exactly_as_they_came_and_logged(office):
    found = intake(("a.xlsx", b"A", [entry("112", "KS", 1, 1), entry("111", "KS", 2, 2)], ()), ("b.csv", b"B", [], ()))
    accept(office.at, found, b"A", b"B")
    assert [line.cells for line in incoming_log.read(office.at)] == [
        ("2024-11", "0", "1", "incoming/2024-11/1/a.xlsx", hashlib.sha256(b"A").hexdigest(), "111 112"),
        ("2024-11", "0", "1", "incoming/2024-11/1/b.csv", hashlib.sha256(b"B").hexdigest(), ""),
    ]
    assert (office.at.data / "incoming/2024-11/1/b.csv").read_bytes() == b"B"


def test_two_files_of_one_name_are_both_kept(office):
    found = intake(("a.xlsx", b"A", [entry("111", "KS", 2, 2)], ()), ("a.xlsx", b"B", [entry("112", "KS", 1, 1)], ()))
    accept(office.at, found, b"A", b"B")
    stored = [line.file for line in incoming_log.read(office.at)]
    assert [(office.at.data / file).read_bytes() for file in stored] == [b"A", b"B"]


def test_districts_may_come_one_after_another(office):
    accept(office.at, *one("111"))
    accept(office.at, *one("121", content=b"B"))
    reported = [row[0] for row in table(office.at.counts(NOVEMBER)) if row[4] == ""]
    assert reported == ["111", "111", "121", "121"]
    assert [line.delivery for line in incoming_log.read(office.at)] == [1, 2]


def test_one_district_again_replaces_its_rows_and_no_others(office):
    accept(office.at, *one("111"))
    accept(office.at, *one("121", content=b"B"))
    made = accept(office.at, *one("111", 130, content=b"C"))
    rows = {row[:2]: row[2:] for row in table(office.at.counts(NOVEMBER))}
    assert rows["111", "KS"] == ("200", "130", "")
    assert rows["121", "KS"] == ("200", "120", "")
    assert [(each.area, each.old, each.new) for each in made.changes] == [
        ("111", ("200", "120", ""), ("200", "130", ""))
    ]
    assert (office.at.data / "incoming/2024-11/1/a.xlsx").read_bytes() == b"A", "the first one is kept"


def test_cells_left_empty_in_a_later_file_take_a_count_back_and_never_make_it_zero(office):
    accept(office.at, *one("111"))
    accept(office.at, intake(("a.xlsx", b"B", [entry("111", "KS", None, None)], ())), b"B")
    assert {row[:2]: row[2:] for row in table(office.at.counts(NOVEMBER))}["111", "KS"] == ("", "", "not_reported")


def test_the_same_file_again_writes_nothing(office):
    accept(office.at, *one())
    before = {path: path.read_bytes() for path in office.at.data.rglob("*") if path.is_file()}
    assert accept(office.at, *one()).nothing_new
    assert {path: path.read_bytes() for path in office.at.data.rglob("*") if path.is_file()} == before


def test_the_order_in_which_files_come_changes_no_byte_of_the_counts(office, tmp_path):
    accept(office.at, *one("111"))
    accept(office.at, *one("121", content=b"B"))
    first = office.at.counts(NOVEMBER).read_bytes()
    for path in (office.at.counts(NOVEMBER), office.at.data / "incoming.csv", office.at.data / "deliveries.csv"):
        path.unlink()
    office.log("2024-10")
    accept(office.at, *one("121", content=b"B"))
    accept(office.at, *one("111"))
    assert office.at.counts(NOVEMBER).read_bytes() == first


CELLS = [(unit, register) for unit in UNITS for register in ("KS", "XN")]


def one_by_one(ordered, cuts):
    """Import the cells in files, cut there, each by itself, and look at the counts."""
    bounds = [0, *sorted(cuts), len(ordered)]
    with tempfile.TemporaryDirectory() as folder:
        at = paths.Folders(Path(folder) / "data", Path(folder) / "reports")
        at.data.mkdir()
        for name, text in (("office.toml", OFFICE), ("areas.csv", AREAS), ("registers.csv", REGISTERS)):
            (at.data / name).write_text(text, encoding="utf-8")
        for number, (first, last) in enumerate(pairwise(bounds)):
            cells = [entry(*cell, 1000 + CELLS.index(cell), CELLS.index(cell)) for cell in ordered[first:last]]
            content = str(number).encode()
            accept(at, intake((f"{number}.csv", content, cells, ())), content)
        rows = {row[:2]: row[2:] for row in table(at.counts(NOVEMBER))}
        assert {cell: rows[cell] for cell in CELLS} == {
            cell: (str(1000 + place), str(place), "") for place, cell in enumerate(CELLS)
        }
        assert list(rows) == [(unit, register) for unit in UNITS for register in ("KS", "XN", "LH")]


DIVIDED = given(st.permutations(CELLS), st.sets(st.integers(1, len(CELLS) - 1)))


@settings(max_examples=8, deadline=None)
@DIVIDED
def test_however_the_cells_are_divided_into_files_and_imports_the_counts_are_the_same_bytes(ordered, cuts):
    one_by_one(ordered, cuts)


@pytest.mark.slow
@settings(max_examples=100, deadline=None)
@DIVIDED
def test_however_the_cells_are_divided_a_hundred_times_the_counts_are_the_same_bytes(ordered, cuts):
    one_by_one(ordered, cuts)


def test_a_log_that_cannot_be_read_is_told_with_its_line(office):
    log = office.at.data / "deliveries.csv"
    log.write_text(log.read_text().replace("2024-09,0,", "2024-09,null,"))
    with pytest.raises(InputRefused, match=r"deliveries\.csv.* 2"):
        delivery.existing(office.at, NOVEMBER)


def test_difficulties_are_written_by_unit_and_kind_in_the_order_of_the_lists(office):
    named = [
        difficulty("121", "staff"),
        difficulty("111", "faded", "sổ  mờ\n"),
        difficulty("111", "faded", "ố vàng"),
        difficulty("111", "scanner"),
    ]
    accept(office.at, *one(named=named))
    assert table(office.at.data / "difficulties.csv") == [
        ("2024-11", "111", "scanner", ""),
        ("2024-11", "111", "faded", "sổ mờ; ố vàng"),
        ("2024-11", "121", "staff", ""),
    ]


def test_a_unit_that_names_difficulties_again_replaces_its_own_alone(office):
    accept(office.at, *one(named=[difficulty("111", "staff"), difficulty("121", "network")]))
    accept(office.at, *one(content=b"B", named=[difficulty("111", "faded")]))
    assert [row[1:3] for row in table(office.at.data / "difficulties.csv")] == [("111", "faded"), ("121", "network")]


def test_difficulties_of_other_months_stay(office):
    (office.at.data / "difficulties.csv").write_text("month,area,kind,note\n2024-10,121,storm,x\n2024-12,111,staff,\n")
    accept(office.at, *one(named=[difficulty("111", "faded")]))
    assert [row[0] for row in table(office.at.data / "difficulties.csv")] == ["2024-10", "2024-11", "2024-12"]


@pytest.mark.parametrize("note", ["=cmd|' /C calc'!A0", "+1+cmd", "-2+3+cmd", "@SUM(A1)", "=1"])
def test_a_note_that_looks_like_a_formula_stays_text(office, note):
    accept(office.at, *one(named=[difficulty("111", "other", note)]))
    assert table(office.at.data / "difficulties.csv")[0][3] == "'" + note


def test_reported_counts_are_never_mixed_with_made_up_ones(office):
    office.write("2024-11", cells(40), origin="synthetic")
    with pytest.raises(InputRefused, match="make reset-data"):
        delivery.existing(office.at, NOVEMBER)


def test_counts_that_somebody_edited_by_hand_are_refused(office):
    path = office.at.counts(OCTOBER)
    path.write_text(path.read_text().replace("200", "201"))
    with pytest.raises(InputRefused, match=r"counts/2024-10\.csv"):
        delivery.existing(office.at, OCTOBER)


def test_what_a_release_rests_on_is_frozen_and_the_next_import_is_a_revision(office):
    frozen = office.at.counts(OCTOBER).read_bytes()
    release(office.at, "0001-2024-10", "counts/2024-09.csv", "counts/2024-10.csv")
    made = accept(office.at, *one("111", 140), wanted=OCTOBER, reason="Xã An báo cáo lại", day=date(2024, 10, 22))
    assert office.at.counts(OCTOBER).read_bytes() == frozen
    assert made.existing.release == "published/0001-2024-10"
    assert [(each.area, each.register) for each in made.changes] == [("111", "KS"), ("111", "XN")]
    revised = counts.read(office.at, OCTOBER)
    assert (revised.delivery.revision, revised.delivery.reason) == (1, "Xã An báo cáo lại")
    assert revised.file == "counts/2024-10.r1.csv"
    assert incoming_log.read(office.at)[0].file == "incoming/2024-10.r1/1/a.xlsx"


def test_a_correction_leaves_the_difficulties_of_the_published_month(office):
    path = office.at.data / "difficulties.csv"
    path.write_text("month,area,kind,note\n2024-10,111,storm,x\n")
    release(office.at, "0001-2024-10", "counts/2024-10.csv")
    found, content = one("111", 140, named=[difficulty("111", "staff")])
    accept(office.at, found, content, wanted=OCTOBER, reason="vì")
    assert table(path) == [("2024-10", "111", "storm", "x")]


@pytest.mark.parametrize(
    ("given_", "kept"), [("=1+1", "'=1+1"), ("@SUM(A1)", "'@SUM(A1)"), (" một \n hai ", "một hai")]
)
def test_a_reason_is_one_line_of_text(office, given_, kept):
    release(office.at, "0001-2024-10", "counts/2024-10.csv")
    accept(office.at, *one("111", 140), wanted=OCTOBER, reason=given_)
    assert counts.deliveries(office.at)[OCTOBER, 1].reason == kept


def test_a_revision_that_is_not_published_yet_may_be_replaced_and_keeps_its_reason(office):
    release(office.at, "0001-2024-10", "counts/2024-10.csv")
    accept(office.at, *one("111", 140), wanted=OCTOBER, reason="vì sao")
    accept(office.at, *one("111", 150, content=b"B"), wanted=OCTOBER)
    assert [revision for month, revision in counts.files(office.at) if month == OCTOBER] == [0, 1]
    assert counts.deliveries(office.at)[OCTOBER, 1].reason == "vì sao"


def test_a_published_revision_is_frozen_in_its_turn(office):
    release(office.at, "0001-2024-10", "counts/2024-10.csv")
    accept(office.at, *one("111", 140), wanted=OCTOBER, reason="một")
    release(office.at, "0002-2024-10", "counts/2024-10.r1.csv")
    assert delivery.existing(office.at, OCTOBER).revision == 2


def test_a_month_that_only_a_later_release_used_is_frozen_too(office):
    release(office.at, "0001-2024-10", "counts/2024-09.csv", "counts/2024-10.csv")
    assert delivery.existing(office.at, Month(2024, 9)).corrects


def test_a_correction_that_changes_nothing_is_no_revision(office):
    release(office.at, "0001-2024-10", "counts/2024-10.csv")
    found = intake(("a.xlsx", b"A", [entry("111", "KS", 200, 130)], ()))
    assert accept(office.at, found, b"A", wanted=OCTOBER, day=date(2024, 10, 22)).nothing_new


@pytest.mark.parametrize("text", ["2024-10-22", "2024-11-31", "22/11/2024", "nay", "2024-12-01"])
def test_the_as_of_day_lies_in_the_month(office, text):
    with pytest.raises(WrongUsage, match="2024-11-22"):
        delivery.day(text, delivery.existing(office.at, NOVEMBER), offices.read(office.at.data))


def test_the_as_of_day_is_the_one_given_else_the_one_that_stands_else_the_offices(office):
    known, before = offices.read(office.at.data), delivery.existing(office.at, NOVEMBER)
    assert delivery.day("", before, known) == DAY
    assert delivery.day("2024-11-25", before, known) == date(2024, 11, 25)
    accept(office.at, *one(), day=date(2024, 11, 25))
    assert delivery.day("", delivery.existing(office.at, NOVEMBER), known) == date(2024, 11, 25)


# --- the report -----------------------------------------------------------------------------------------------------


def refused(office, *problems):
    known = lists.read(office.at.data, DAY)
    return problem_report.ImportResult(
        problem_report.REFUSED, NOVEMBER, DAY, known, intake(*[("a.xlsx", b"A", [], ())], problems=problems)
    )


HOSTILE = '"><img src=x onerror=alert(1)><script>alert(2)</script>{x} $y$ [a](javascript:b)'


def test_a_hostile_file_name_is_shown_as_text(office, monkeypatch):
    monkeypatch.setattr(Problem, "wrong", lambda self, language: f"thấy {self.found}")
    monkeypatch.setattr(Problem, "action", lambda self, language: "sửa")
    made = problem_report.files(refused(office, Problem("x", Place(HOSTILE, HOSTILE, "A1"), HOSTILE)))
    page = made["intake.vi.html"].decode()
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page


def test_the_report_lists_every_problem_in_both_languages_and_as_json(office, monkeypatch):
    monkeypatch.setattr(Problem, "wrong", lambda self, language: f"{language} sai {self.found}")
    monkeypatch.setattr(Problem, "action", lambda self, language: f"{language} sửa")
    problems = [Problem("x", Place("a.xlsx", "Một", f"E{row}"), str(row)) for row in range(7, 107)]
    told = Problem("y", Place("a.xlsx", "Hai", "A1"), refuses=False)
    made = problem_report.files(refused(office, *problems, told))
    for language in LANGUAGES:
        page = made[f"intake.{language}.html"].decode()
        assert all(f"{language} sai {row}" in page and f">E{row}<" in page for row in range(7, 107))
    record = json.loads(made["intake.json"])
    assert [each["cell"] for each in record["problems"]] == [*(f"E{row}" for row in range(7, 107)), "A1"]
    assert record["verdict"] == "refused"
    assert record["problems"][0]["wrong"] == {"vi": "vi sai 7", "en": "en sai 7"}


def test_a_line_of_the_log_is_never_written_anew(office):
    decomposed = unicodedata.normalize("NFD", "Huyện Trạm Tấu.xlsx")
    old = f"month,revision,delivery,file,sha256,areas\n2024-09,0,1,incoming/2024-09/1/{decomposed},{'0' * 64},111\n"
    (office.at.data / incoming_log.LOG).write_text(old, encoding="utf-8")
    line = incoming_log.Line(Month(2024, 10), 0, 1, "incoming/2024-10/1/b.xlsx", "1" * 64, ("111",))
    added = incoming_log.added(office.at, [line])
    assert added.startswith(old.encode())
    assert added.decode().count("\n") == 3


@pytest.mark.parametrize(
    ("names", "stored"),
    [
        (["a.xlsx", "A.xlsx", "á.xlsx"], ["a.xlsx", "2/A.xlsx", "á.xlsx"]),
        ([unicodedata.normalize("NFD", "Tấu.xlsx"), "Tấu.xlsx"], ["Tấu.xlsx", "2/Tấu.xlsx"]),
        (["CON.csv", "aux.xlsx", "com1.csv"], ["_CON.csv", "_aux.xlsx", "_com1.csv"]),
        (["a\x1b[31m\n.xlsx", 'a:b"c.csv'], ["a_[31m_.xlsx", "a_b_c.csv"]),
        (["\udcff.csv", ".csv"], ["_.csv", "2/_.csv"]),
    ],
)
def test_an_incoming_file_gets_a_name_that_every_system_can_hold(names, stored):
    found = incoming_log.stored(Path("2024-10.csv"), 1, names)
    assert [name.removeprefix("incoming/2024-10/1/") for name in found] == stored


def test_a_long_name_is_shortened_and_keeps_its_ending():
    (name,) = incoming_log.stored(Path("2024-10.csv"), 1, ["ậ" * 300 + ".xlsx"])
    assert len(name.rpartition("/")[2].encode()) < 200
    assert name.endswith(".xlsx")
