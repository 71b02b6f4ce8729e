"""From end to end: workbooks out, filled in, workbooks in; all of it accepted, or nothing and a list of everything."""

import hashlib
import json
import os
import shutil

import openpyxl
import pytest
from conftest import AREAS, FAILURES, REGISTERS, SPREAD, cells, failing
from filled_workbooks import NOVEMBER, command, fill, filled, here, november, rows

from hotich.data import counts, difficulties
from hotich.errors import CannotNow, InputRefused, WrongUsage
from hotich.intake.deliver import import_month, incoming_log
from hotich.language import LANGUAGES
from hotich.month import Month
from hotich.storage import transaction

OCTOBER = Month(2024, 10)


def contents(at):
    found = {path.relative_to(at.data).as_posix(): path.read_bytes() for path in at.data.rglob("*") if path.is_file()}
    return {name: content for name, content in found.items() if name != ".change.lock"}


def release(at, name, *files):
    folder = at.reports / "published" / name
    folder.mkdir(parents=True)
    inputs = {file: hashlib.sha256((at.data / file).read_bytes()).hexdigest() for file in files}
    (folder / "manifest.json").write_text(json.dumps({"inputs": inputs}))


def take(at, source, wanted=NOVEMBER, reason="", agreed=lambda made, lists: True):
    return import_month.receive(at, wanted, str(source), reason=reason, agreed=agreed)


def test_templates_filled_in_become_the_months_counts_to_the_byte(office):
    take(office.at, filled(office.at))
    office.write("2024-12", cells(60))
    assert office.at.counts(NOVEMBER).read_bytes() == office.at.counts(Month(2024, 12)).read_bytes()


def test_the_command_tells_what_came_in_and_what_it_amounts_to(office):
    done = command("import", "11", "--from", str(filled(office.at)), at=office.at)
    assert done.returncode == 0, done.stderr
    told = done.stderr
    assert "2024-11: đã đọc 3 tệp, 15 dòng số liệu." in told
    assert "Đơn vị đã báo cáo: 6; chưa báo cáo: 0." in told
    required = sum(pair[0] for pair in november().values())
    assert f"Tổng: cần số hóa {required:,}".replace(",", ".") in told
    assert "tháng 10/2024" in told, "last month's totals stand beside them"
    assert str(office.at.counts(NOVEMBER)) in told


def test_illustrative_months_beside_the_imported_one_are_told(office):
    office.write("2024-09", cells(), origin="synthetic")
    done = here("import", "11", "--from", str(filled(office.at)), at=office.at)
    assert done.returncode == 0, done.stderr
    assert "tháng minh họa (2024-09 đến 2024-09)" in done.stderr


def test_a_month_of_yen_bai_is_imported_from_its_own_templates(yen_bai):
    given = {
        cell: (int(row["required"]), int(row["digitised"]))
        for cell, row in rows(yen_bai.counts(OCTOBER)).items()
        if row["status"] == ""
    }
    done = take(yen_bai, filled(yen_bai, given))
    assert yen_bai.counts(NOVEMBER).read_bytes() == yen_bai.counts(OCTOBER).read_bytes()
    assert (done.files, done.entries, done.units_reported, done.missing, done.warnings) == (10, 1657, 183, (), 0)
    assert done.last is None, "last month is made up and is compared with nothing"


def test_a_code_tells_units_of_one_name_in_two_districts_apart(office):
    table = office.at.data / "areas.csv"
    table.write_text(table.read_text().replace("Xã Cát,Cát", "Xã An,An"))
    take(office.at, filled(office.at))
    written = rows(office.at.counts(NOVEMBER))
    assert (written["111", "KS"]["required"], written["121", "KS"]["required"]) == ("200", "400")


def test_an_office_with_vietnamese_names_alone_imports_its_own_templates(office):
    for name, english in (("areas.csv", AREAS), ("registers.csv", REGISTERS)):
        rows = [line.split(",") for line in english.splitlines()]
        at = rows[0].index("name_en")
        text = "\n".join(
            ",".join([*row[:at], "" if number else "name_en", *row[at + 1 :]]) for number, row in enumerate(rows)
        )
        (office.at.data / name).write_text(text + "\n", encoding="utf-8")
    settings = office.at.data / "office.toml"
    kept = [line for line in settings.read_text(encoding="utf-8").splitlines() if not line.startswith("name_en")]
    settings.write_text("\n".join(kept) + "\n", encoding="utf-8")
    done = take(office.at, filled(office.at))
    assert (done.files, done.units_reported, done.warnings) == (3, 6, 0)


def test_words_that_nobody_sees_do_not_reach_the_data_with_a_note_or_a_reason(office):
    folder = filled(office.at)
    path = sorted(folder.iterdir())[1]
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["G10"], book.worksheets[0]["H10"] = "Sổ cũ, chữ mờ", "từ\u200b 1990\u202e đến\u00ad nay"
    book.save(path)
    take(office.at, folder)
    (found,) = difficulties.read(office.at, NOVEMBER)
    assert found.note == "từ 1990 đến nay"
    release(office.at, "0001-2024-11", "counts/2024-11.csv")
    fill(path, november() | {("111", "KS"): (201, 140)})
    take(office.at, path, reason="xã\u200b An\x07 gửi\u202e lại")
    assert counts.deliveries(office.at)[NOVEMBER, 1].reason == "xã An gửi lại"


@pytest.mark.parametrize("name", [b"b\xe1o c\xe1o.csv", "báo\u202e cáo\x1b[31m.csv".encode(), b"CON.csv"])
def test_a_file_may_have_any_name_that_a_system_allows(office, name):
    folder = office.at.reports / "in"
    folder.mkdir(parents=True)
    text = "Mã đơn vị,Đơn vị,Mã sổ,Cần số hóa,Đã số hóa\n111,Xã An,KS,200,140\n"
    (folder / os.fsdecode(name)).write_text(text, encoding="utf-8")
    done = here("import", "11", "--from", str(folder), "--json", at=office.at)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["verdict"] == "accepted"
    (line,) = incoming_log.read(office.at)
    assert line.file.isprintable()
    assert (office.at.data / line.file).read_text(encoding="utf-8") == text
    assert rows(office.at.counts(NOVEMBER))["111", "KS"]["digitised"] == "140"


@pytest.mark.parametrize("source", ["s3://bucket/in", "https://x/y.xlsx", "file:///tmp/x"])
def test_an_address_is_no_source(office, source):
    with pytest.raises(WrongUsage) as caught:
        take(office.at, source)
    assert source in caught.value.message("vi")


def test_communes_directly_below_the_office_send_a_workbook_each(office):
    table = office.at.data / "areas.csv"
    lines = [line for line in table.read_text().splitlines() if "-PTP," not in line and ",district," not in line]
    table.write_text("\n".join(lines).replace(",11,,", ",1,,").replace(",12,", ",1,") + "\n")
    done = take(office.at, filled(office.at))
    assert (done.files, done.units_reported, done.missing) == (4, 4, ())
    written = rows(office.at.counts(NOVEMBER))
    assert list(dict.fromkeys(unit for unit, _ in written)) == ["1-STP", "111", "112", "121"]
    assert written["121", "KS"]["digitised"] == "160"


def test_units_that_sent_nothing_are_named_and_are_not_zero(office):
    folder = filled(office.at)
    next(path for path in folder.iterdir() if "-12-" in path.name[7:]).unlink()
    done = take(office.at, folder)
    assert done.missing == ("12-PTP", "121")
    assert rows(office.at.counts(NOVEMBER))["121", "KS"]["status"] == "not_reported"


def test_one_district_again_replaces_its_own_rows(office):
    folder = filled(office.at)
    take(office.at, folder)
    path = next(path for path in folder.iterdir() if "-12-" in path.name[7:])
    fill(path, november() | {("121", "KS"): (401, 333)})
    done = take(office.at, path)
    assert [(each.area, each.register, each.new) for each in done.changes] == [("121", "KS", ("401", "333", ""))]
    assert [line.delivery for line in incoming_log.read(office.at)] == [1, 1, 1, 2]


def test_a_single_problem_keeps_everything_out_and_the_report_names_its_cell(office):
    folder = filled(office.at)
    path = sorted(folder.iterdir())[1]
    fill(path, november() | {("111", "KS"): ("năm trăm", 10)})
    before = contents(office.at)
    done = here("import", "11", "--from", str(folder), "--json", at=office.at)
    assert done.returncode == 3
    assert contents(office.at) == before
    found = json.loads(done.stdout)["problems"][0]
    assert (found["file"], found["sheet"], found["cell"], found["found"]) == (path.name, "Số liệu", "E10", "năm trăm")
    assert "E10" in done.stderr
    for language in LANGUAGES:
        page = (office.at.intake(NOVEMBER) / f"intake.{language}.html").read_text()
        assert ">E10<" in page
        assert "năm trăm" in page
    assert (office.at.intake(NOVEMBER) / "intake.json").read_text() == done.stdout


def test_a_formula_that_nobody_calculated_is_named_wherever_it_stands(office):
    folder = filled(office.at)
    path = sorted(folder.iterdir())[1]
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["G8"], book.worksheets[0]["H8"] = "Sổ cũ, chữ mờ", "=1+1"
    book.save(path)
    with pytest.raises(InputRefused, match=f"{path.name}.*H8"):
        take(office.at, folder)


def test_difficulties_chosen_in_a_template_are_recorded_with_their_notes(office):
    folder = filled(office.at)
    path = sorted(folder.iterdir())[1]
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["G10"], book.worksheets[0]["H10"] = "Sổ cũ, chữ mờ", "-- từ 1990"
    book.save(path)
    assert take(office.at, folder).warnings == 1, "that the note was altered is told"
    written = (office.at.data / "difficulties.csv").read_text()
    assert written == "month,area,kind,note\n2024-11,111,faded,'-- từ 1990\n"


def test_a_source_that_is_not_there_is_named(office):
    with pytest.raises(InputRefused, match="/nowhere/to/be/found"):
        take(office.at, "/nowhere/to/be/found")


def test_an_import_from_nowhere_is_told_how_to_say_where_from(office):
    before = contents(office.at)
    done = here("import", "11", at=office.at)
    assert (done.returncode, contents(office.at)) == (2, before)
    assert "make import MONTH=11 FROM=thư-mục" in done.stderr
    assert "make import MONTH=11 FROM=folder" in done.stderr
    assert "–" not in done.stderr, "nothing given is not shown as something"


def test_a_month_in_which_the_offices_own_area_is_gone_says_so(yen_bai):
    for done in (here("import", "2025-08", "--from", ".", at=yen_bai), command("template", "2025-08", at=yen_bai)):
        assert done.returncode == 3
        assert "15" in done.stderr
        assert "2025-08-22" in done.stderr
        assert "Traceback" not in done.stderr


def test_a_template_of_another_month_is_noticed(office):
    folder = filled(office.at, wanted=Month(2024, 12))
    with pytest.raises(InputRefused, match="2024-12"):
        take(office.at, folder)
    assert NOVEMBER not in counts.months(office.at)


def test_a_template_whose_table_belongs_to_another_area_is_noticed(office):
    folder = filled(office.at)
    path = sorted(folder.iterdir())[1]
    book = openpyxl.load_workbook(path)
    assert book.worksheets[-1]["B3"].value == "11"
    book.worksheets[-1]["B3"] = "12"
    book.save(path)
    with pytest.raises(InputRefused, match=path.name):
        take(office.at, path)


def test_a_file_saved_while_it_is_imported_is_refused(office, monkeypatch):
    folder = filled(office.at)
    path = sorted(folder.iterdir())[0]
    reading = import_month.intake.read

    def read(*args):
        found = reading(*args)
        fill(path, november(10))
        return found

    monkeypatch.setattr(import_month.intake, "read", read)
    before = contents(office.at)
    with pytest.raises(InputRefused, match=path.name):
        take(office.at, folder)
    assert contents(office.at) == before


@pytest.mark.parametrize("every", SPREAD)
@pytest.mark.parametrize("failure", FAILURES)
def test_whatever_fails_in_an_import_the_old_set_or_the_new_one_stands_and_the_outcome_says_which(
    office, monkeypatch, tmp_path, failure, every
):
    path = sorted(filled(office.at).iterdir())[1]
    shutil.copytree(office.at.data, tmp_path / "before")
    old, seen = contents(office.at), []
    for ended in failing(monkeypatch, failure, lambda: take(office.at, path), every):
        transaction.recover(office.at.data)
        now = contents(office.at)
        seen.append(now != old)
        assert failure == "killed" or ended == seen[-1], f"failed at step {len(seen)}"
        if now != old:
            assert counts.deliveries(office.at)[NOVEMBER, 0].sha256 == counts.digest(office.at.counts(NOVEMBER))
            assert {line.sha256 for line in incoming_log.read(office.at)} == {
                hashlib.sha256(content).hexdigest() for name, content in now.items() if name.startswith("incoming/")
            }
            shutil.rmtree(office.at.data)
            shutil.copytree(tmp_path / "before", office.at.data)
    assert "moment" in failure or seen == sorted(seen), "once decided, an import is never undone"
    assert set(seen) == {False, True}
    assert sum(seen) * every > 10, "it failed in the midst of putting files in place, too"


# --- corrections ----------------------------------------------------------------------------------------------------


def corrected(office):
    """October is published; what came in since corrects one cell of it."""
    release(office.at, "0001-2024-10", "counts/2024-10.csv")
    return filled(office.at, november(30) | {("111", "KS"): (200, 131)}, wanted=OCTOBER)


def test_a_published_month_needs_a_reason_and_consent(office):
    folder = corrected(office)
    before = contents(office.at)
    without = here("import", "10", "--from", str(folder), at=office.at)
    assert (without.returncode, contents(office.at)) == (2, before)
    assert "REASON=" in without.stderr
    unasked = here("import", "10", "--from", str(folder), at=office.at, REASON="Xã An báo cáo lại")
    assert (unasked.returncode, contents(office.at)) == (6, before)
    assert "Xã An (111), Sổ khai sinh: 130 trên 200 → 131 trên 200" in unasked.stderr, "shown before it is written"
    assert "YES=1" in unasked.stderr


def test_a_correction_is_a_revision_beside_the_published_counts(office):
    folder, frozen = corrected(office), office.at.counts(OCTOBER).read_bytes()
    done = here("import", "10", "--from", str(folder), at=office.at, REASON="Xã An báo cáo lại", YES="1")
    assert done.returncode == 0, done.stderr
    assert office.at.counts(OCTOBER).read_bytes() == frozen
    assert rows(office.at.counts(OCTOBER, 1))["111", "KS"]["digitised"] == "131"
    logged = counts.deliveries(office.at)
    assert logged[OCTOBER, 1].reason == "Xã An báo cáo lại"
    assert logged[OCTOBER, 0].reason == ""


def test_whoever_says_no_leaves_everything_as_it_was(office):
    folder = corrected(office)
    before = contents(office.at)
    with pytest.raises(CannotNow, match="2024-10"):
        take(office.at, folder, OCTOBER, "vì", agreed=lambda made, lists: False)
    assert contents(office.at) == before


def test_made_up_months_are_refused_with_what_to_do(yen_bai):
    folder = filled(yen_bai, {}, wanted=OCTOBER)
    before = contents(yen_bai)
    done = here("import", "10", "--from", str(folder), at=yen_bai)
    assert done.returncode == 3
    assert "make reset-data" in done.stderr
    assert contents(yen_bai) == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_of_files_move_no_cursor_and_turn_no_line_on_the_report_of_an_import(office, language):
    names = ("a\x1b[2J.csv", "\u202evsc.csv", "b\nPASS.csv", "[bold red].csv", ":warning: 12.csv")
    (office.at.data.parent / "in").mkdir()
    for name in names:
        (office.at.data.parent / "in" / name).write_text("Xã,Cần số hóa\nXã \x1bAn,12 \u202e34\n", encoding="utf-8")
    done = here("import", "11", "--from", str(office.at.data.parent / "in"), at=office.at)
    assert done.returncode == 3, done.stderr
    page = (office.at.intake(NOVEMBER) / f"intake.{language}.html").read_text(encoding="utf-8")
    for said in (page, done.stderr):
        assert not {"\x1b", "\u202e", "\x9b"} & set(said)
        assert "[bold red].csv" in said
        assert ":warning: 12.csv" in said
    assert not [line for line in done.stderr.splitlines() if line.startswith("PASS")]


@pytest.mark.parametrize(("wrong", "more"), [(10, 0), (11, 1)])
def test_a_refused_import_lists_its_problems_in_the_readers_language_and_how_many_more_there_are(
    office, tmp_path, wrong, more
):
    file = tmp_path / "again.csv"
    unknown = [f"Xã Lạ {at},Khai sinh,10,5" for at in range(wrong)]
    file.write_text("\n".join(["Đơn vị,Loại sổ,Cần số hóa,Đã số hóa", *unknown, ""]), encoding="utf-8")
    done = here("import", "11", "--from", str(file), at=office.at, LANG="en_US.UTF-8")
    lines = done.stderr.splitlines()
    assert sum(line.startswith("  again.csv") for line in lines) == 10
    assert sum("không nhận, có" in line for line in lines) == 1
    report = office.at.intake(NOVEMBER) / "intake.en.html"
    assert [line for line in lines if line.startswith("  … and")] == [f"  … and {more} more: {report}"] * more
