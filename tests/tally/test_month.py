"""From record lists to a month's counts: the figures, what is wrong with the cases, and what is kept of them."""

import json
import os
import shutil
from collections import Counter, defaultdict
from datetime import date

import pandas as pd
import pytest
from filled_workbooks import NOVEMBER, command, filled, here, rows
from record_lists import HEADS, NAMES, PERSON, as_csv, as_parquet, as_workbook, case, cases, drawn

from hotich.data import counts
from hotich.errors import CannotNow, InputRefused, WrongUsage
from hotich.intake.deliver import incoming_log
from hotich.tally import files
from hotich.tally import month as counting

AS_OF = date(2024, 11, 22)


def count(at, source, month=NOVEMBER, agreed=lambda made, lists: True, **words):
    return counting.tally(at, month, str(source), agreed=agreed, tell=lambda name: None, **words)


def problems(at):
    return json.loads((at.intake(NOVEMBER) / "intake.json").read_text(encoding="utf-8"))["problems"]


def told(at):
    """Return the rules that findings of the last tally name."""
    return {problem["found"] for problem in problems(at) if problem["key"].startswith("record.rule")}


def counted(at, unit="111", register="KS"):
    row = rows(at.counts(NOVEMBER))[unit, register]
    return int(row["required"]), int(row["digitised"])


def kept(at):
    """Return every file of the office's folders with its content."""
    everything = [*at.data.rglob("*"), *at.reports.rglob("*")]
    return {path: path.read_bytes() for path in everything if path.is_file()}


def plainly(listed):
    """Count cases as a reader of docs/tally.md would, with plain pandas: the counts, then violations by rule."""
    table = pd.DataFrame(listed)
    table["done"] = table["state"].isin(["Đã số hóa", "x", "1", "Có"])
    table["there"] = ~table["scan"].isin(["", "không"])
    day = pd.to_datetime(table["entered"], format="%Y-%m-%d", errors="coerce")
    day = day.fillna(pd.to_datetime(table["entered"], format="%d/%m/%Y", errors="coerce"))
    late = day > pd.Timestamp(AS_OF)
    table["digitised"] = table["done"] & table["there"] & ~late
    one_case = ["unit", "register", "year", "book", "number"]
    figures = table.groupby(one_case)["digitised"].any().groupby(["unit", "register"]).agg(["size", "sum"])
    spans = table.assign(n=table["number"].astype(int)).groupby(one_case[:-1])["n"].agg(["min", "max", "nunique"])
    wrong = Counter(
        R05=int((day.isna() & (table["entered"] != "")).sum()),
        R06=len(table) - len(table.drop_duplicates(one_case)),
        R07=int((table["done"] & ~table["there"]).sum()),
        R08=int((late | (table["year"].astype(int) > AS_OF.year)).sum()),
        R09=int((spans["max"] - spans["min"] + 1 - spans["nunique"]).sum()),
    )
    return {cell: tuple(map(int, row)) for cell, row in zip(figures.index, figures.to_numpy(), strict=True)}, wrong


@pytest.mark.parametrize("write", [as_csv, as_parquet])
def test_ten_thousand_cases_are_counted_as_plain_pandas_counts_them(office, tmp_path, write):
    listed = drawn(7, 10_000)
    done = count(office.at, write(tmp_path / f"in/a.{'csv' if write is as_csv else 'parquet'}", listed))
    figures, wrong = plainly(listed)
    assert {cell: counted(office.at, *cell) for cell in figures} == figures
    assert {each.rule.id: each.violations for each in done.judged if each.failed} == dict(wrong)
    assert done.cases == 10_000


def test_lists_in_three_formats_and_several_folders_are_one_list(office, tmp_path):
    listed, folder = drawn(8, 300), tmp_path / "in"
    as_csv(folder / "a.csv", listed[:100], separator=";")
    as_parquet(
        folder / "sâu/hơn/b.parquet", listed[100:200], types=[("number", "number::BIGINT"), ("year", "year::SMALLINT")]
    )
    as_workbook(folder / "sâu/c.xlsx", listed[200:], titles=["DANH SÁCH VIỆC HỘ TỊCH", ""])
    count(office.at, folder)
    figures, _ = plainly(listed)
    assert {cell: counted(office.at, *cell) for cell in figures} == figures


def test_a_list_by_province_is_reduced_province_by_province(office, tmp_path):
    names = {**HEADS, "unit": "Đơn vị"}
    as_csv(tmp_path / "in/province=1/register=KS/a.csv", cases(3, "Xã An"), heads=names)
    as_csv(tmp_path / "in/province=Tỉnh Thử/b.csv", cases(2, "X. Bình", "Sổ xác nhận"), heads=names)
    count(office.at, tmp_path / "in")
    assert counted(office.at) == (3, 3)
    assert counted(office.at, "112", "XN") == (2, 2)


def test_lists_that_name_units_differently_are_counted_together(office, tmp_path):
    by_code = [case("111", number=n) for n in (1, 2)]
    by_name = [case("Xã An", "Sổ khai sinh", number=n) for n in (2, 3)]
    as_csv(tmp_path / "in/a.csv", by_code)
    as_csv(tmp_path / "in/b.csv", by_name, heads={**HEADS, "unit": "Xã"})
    as_csv(tmp_path / "in/district=11/c.csv", [case("Xã An", number=4)], heads={**HEADS, "unit": "Xã"})
    count(office.at, tmp_path / "in")
    assert counted(office.at) == (4, 4)
    assert told(office.at) == {"R06"}


def test_what_the_lists_do_not_mention_stays_as_it_was_and_is_not_zero(office, tmp_path):
    count(office.at, as_csv(tmp_path / "a.csv", cases(3)))
    assert rows(office.at.counts(NOVEMBER))["111", "XN"]["status"] == "not_reported"
    count(office.at, as_csv(tmp_path / "b.csv", cases(5, register="XN")))
    assert (counted(office.at), counted(office.at, register="XN")) == ((3, 3), (5, 5))


def test_no_name_of_a_person_is_in_anything_that_is_kept_or_said(office, tmp_path):
    listed = [*cases(3), case(number=2), case(number=9, scan=""), case(number=10, entered=PERSON)]
    as_workbook(tmp_path / "in/a.xlsx", listed)
    as_csv(
        tmp_path / "in/b.csv",
        [{**row, "register": "XN"} for row in listed],
        encoding="cp1258",
        separator="\t",
        heads={**HEADS, "person": "Nguoi khai"},
    )
    as_parquet(tmp_path / "in/c.parquet", [{**row, "unit": "112"} for row in listed])
    done = command("tally", "11", "--from", str(tmp_path / "in"), "--json", at=office.at)
    assert done.returncode == 0, done.stderr
    said = done.stdout + done.stderr + "".join(map(repr, kept(office.at).values()))
    held = b"".join(kept(office.at).values())
    assert not [name for name in NAMES if name in said or name.encode() in held]


@pytest.mark.parametrize(
    "change",
    [
        {"unit": PERSON},
        {"register": PERSON},
        {"number": PERSON},
        {"year": PERSON},
        {"state": PERSON},
        {"book": PERSON, "number": "1"},
    ],
)
def test_a_name_that_slipped_into_another_column_is_not_said_either(office, tmp_path, change):
    listed = [*cases(2), case(number=3, **{k: v for k, v in change.items() if k != "number"})]
    listed[-1] |= change
    listed.append({**listed[-1]})
    done = here("tally", "11", "--from", str(as_csv(tmp_path / "a.csv", listed)), "--json", at=office.at)
    held = b"".join(kept(office.at).values()).decode("utf-8", "replace")
    assert not [name for name in NAMES if name in done.stdout + done.stderr + held]
    assert "R0" in done.stdout


def test_a_row_that_is_no_row_is_named_without_what_is_in_it(office, tmp_path):
    path = as_csv(tmp_path / "a.csv", cases(3))
    path.write_bytes(path.read_bytes() + f"111,KS,1998,1,{PERSON}\r\n".encode())
    done = here("tally", "11", "--from", str(path), "--json", at=office.at)
    assert done.returncode == 3
    assert "dòng 5" in done.stderr
    assert not [name for name in NAMES if name in done.stdout + done.stderr]


def test_what_is_kept_are_the_hashes_of_the_files_and_the_numbers_of_the_cells(office, tmp_path):
    path = as_csv(tmp_path / "in/a.csv", [*cases(3), case(number=2)])
    count(office.at, tmp_path / "in")
    table, about = incoming_log.read(office.at)
    assert (table.areas, about.areas) == (("111",), ())
    assert (office.at.data / table.file).read_text().splitlines()[1] == "111,KS,4,3,3,0,0,1,0,0,0"
    said = json.loads((office.at.data / about.file).read_text(encoding="utf-8"))
    (file,) = said["files"]
    digest = files.hashes(files.find(str(path))[0])["a.csv"]
    assert (file["file"], file["sha256"], file["rows"]) == ("a.csv", digest, 4)
    assert "person" not in file["columns"]
    assert {rule["rule"]: rule["status"] for rule in said["rules"]}["R06"] == "failed"


def test_the_same_records_again_change_nothing(office, tmp_path):
    path = as_csv(tmp_path / "a.csv", cases(3))
    count(office.at, path)
    before = kept(office.at)
    again = count(office.at, path)
    assert again.received.unchanged
    assert {p: c for p, c in kept(office.at).items() if "intake" not in p.parts} == {
        p: c for p, c in before.items() if "intake" not in p.parts
    }


FAULTS = {
    "R01": {"unit": "999"},
    "R02": {"register": "ZZ"},
    "R03": {"register": "LH"},
    "R04": {"number": "mười"},
    "R05": {"entered": "31/02/2024"},
    "R06": {"number": "2"},
    "R07": {"scan": ""},
    "R08": {"entered": "2024-11-23"},
    "R09": {"number": "7"},
}


@pytest.mark.parametrize("rule", FAULTS)
def test_each_fault_is_found_by_its_rule_with_file_and_row(office, tmp_path, rule):
    path = as_csv(tmp_path / "a.csv", [*cases(3), {**case(number=4), **FAULTS[rule]}])
    refuses = rule in ("R01", "R02", "R03", "R04")
    if refuses:
        with pytest.raises(InputRefused, match=rule):
            count(office.at, path)
        assert not office.at.counts(NOVEMBER).exists()
    else:
        count(office.at, path)
    assert told(office.at) == {rule}
    (problem,) = [each for each in problems(office.at) if each["found"] == rule]
    where = "số 1 đến số 7" if rule == "R09" else "dòng 5"
    assert where in problem["wrong"]["vi"]
    assert problem["refuses"] == refuses


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"scan": ""}, (4, 3)),
        ({"state": "chưa"}, (4, 3)),
        ({"entered": "2024-11-23"}, (4, 3)),
        ({"entered": "2024-11-22"}, (4, 4)),
        ({"number": "3"}, (3, 3)),
        ({"number": "4/1998"}, (4, 4)),
        ({"number": "3", "book": "2"}, (4, 4)),
    ],
)
def test_a_case_counts_once_and_as_digitised_with_its_scan_by_the_day_of_the_counts(office, tmp_path, change, expected):
    count(office.at, as_csv(tmp_path / "a.csv", [*cases(3), {**case(number=4), **change}]))
    assert counted(office.at) == expected


def test_a_case_listed_twice_is_digitised_if_either_row_says_so(office, tmp_path):
    count(
        office.at, as_csv(tmp_path / "a.csv", [case(number=1, state="chưa"), case(number=1), case(number=1, scan="")])
    )
    assert counted(office.at) == (1, 1)


def test_without_a_column_of_states_a_case_with_its_scan_is_digitised(office, tmp_path):
    heads = {name: head for name, head in HEADS.items() if name != "state"}
    done = count(office.at, as_csv(tmp_path / "a.csv", [*cases(3), case(number=4, scan="")], heads=heads))
    assert counted(office.at) == (4, 3)
    assert {each.rule.id for each in done.judged if not each.evaluated} >= {"R07"}


def test_a_published_month_is_corrected_with_a_reason_and_consent_alone(office, tmp_path):
    count(office.at, as_csv(tmp_path / "a.csv", cases(3)))
    folder = office.at.reports / "published" / "0001-2024-11"
    folder.mkdir(parents=True)
    digest = counts.digest(office.at.counts(NOVEMBER))
    (folder / "manifest.json").write_text(json.dumps({"inputs": {"counts/2024-11.csv": digest}}))
    more = as_csv(tmp_path / "b.csv", cases(4))
    with pytest.raises(WrongUsage, match="REASON"):
        count(office.at, more)
    with pytest.raises(CannotNow):
        count(office.at, more, reason="sổ thứ hai", agreed=lambda made, lists: False)
    done = count(office.at, more, reason="sổ thứ hai")
    assert (done.received.revision, counts.deliveries(office.at)[NOVEMBER, 1].reason) == (1, "sổ thứ hai")
    assert counted(office.at) == (3, 3), "what was published stays"


def test_a_file_that_changes_while_it_is_read_refuses_everything(office, tmp_path, monkeypatch):
    path = as_csv(tmp_path / "a.csv", cases(3))
    judge = counting.judge.judge

    def meanwhile(*given):
        os.utime(path, (1, 1))
        return judge(*given)

    monkeypatch.setattr(counting.judge, "judge", meanwhile)
    with pytest.raises(InputRefused, match=r"a\.csv"):
        count(office.at, path)
    assert not office.at.counts(NOVEMBER).exists()


def test_made_up_records_make_counts_that_say_so_and_never_mix_with_reports(office, tmp_path):
    made = as_parquet(tmp_path / "m.parquet", cases(3), made_up=True)
    assert count(office.at, made).made_up
    assert counts.deliveries(office.at)[NOVEMBER, 0].origin == "synthetic"
    with pytest.raises(InputRefused, match="reset-data"):
        count(office.at, as_csv(tmp_path / "a.csv", cases(3)))
    with pytest.raises(InputRefused, match="DATA="):
        count(office.at, made, month=NOVEMBER.previous)


def test_made_up_and_real_files_are_never_counted_together(office, tmp_path):
    as_parquet(tmp_path / "in/m.parquet", cases(3), made_up=True)
    as_csv(tmp_path / "in/a.csv", cases(3))
    with pytest.raises(InputRefused, match=r"m\.parquet"):
        count(office.at, tmp_path / "in")


def test_the_command_says_what_it_read_what_is_wrong_and_what_comes_next(office, tmp_path):
    path = as_csv(tmp_path / "a.csv", [*cases(3), case(number=3)])
    done = here("tally", "11", "--from", str(path), at=office.at)
    assert done.returncode == 0, done.stderr
    assert "4 việc" in done.stderr
    assert "R06" in done.stderr
    assert "make validate MONTH=2024-11" in done.stderr
    english = here("tally", "11", "--from", str(path), at=office.at, LANG="en_US.UTF-8")
    assert "cases: 4" in english.stderr


def test_parameters_that_are_wrong_are_told_before_anything_is_read(office, tmp_path):
    assert here("tally", "11", at=office.at).returncode == 2
    assert here("tally", "11", "--from", str(tmp_path / "no"), at=office.at).returncode == 3
    (tmp_path / "empty").mkdir()
    assert here("tally", "11", "--from", str(tmp_path / "empty"), at=office.at).returncode == 3
    path = as_csv(tmp_path / "a.csv", cases(1))
    assert here("tally", "11", "--from", str(path), "--engine", "hive", at=office.at).returncode == 2


def test_nothing_of_a_tally_is_left_in_the_temporary_folder(office, tmp_path, monkeypatch):
    own = tmp_path / "tmp"
    own.mkdir()
    done = command("tally", "11", "--from", str(as_csv(tmp_path / "a.csv", cases(3))), at=office.at, TMPDIR=str(own))
    assert done.returncode == 0, done.stderr
    assert [path.name for path in own.iterdir() if path.name.startswith("hotich")] == []


@pytest.mark.parametrize("write", [as_csv, as_parquet, as_workbook])
def test_a_list_without_cases_is_refused(office, tmp_path, write):
    path = write(tmp_path / {as_csv: "a.csv", as_parquet: "a.parquet", as_workbook: "a.xlsx"}[write], [])
    with pytest.raises(InputRefused):
        count(office.at, path)
    assert [each["key"] for each in problems(office.at) if each["refuses"]] == ["record.no_cases"]


def test_units_of_many_spellings_are_one_unit(office, tmp_path):
    spelled = defaultdict(list)
    for at, name in enumerate(("Xã An", "xã  an", "X. An", "An Commune", "XÃ AN")):
        spelled["rows"].append(case(name, number=at + 1))
    count(
        office.at,
        as_csv(tmp_path / "a.csv", [*spelled["rows"], case("xã an", number=1)], heads={**HEADS, "unit": "Xã"}),
    )
    assert counted(office.at) == (5, 5)


def test_a_list_may_be_read_through_the_name_it_was_given_even_if_that_is_a_link(office, tmp_path):
    real = as_csv(tmp_path / "real/a.csv", cases(3))
    (tmp_path / "link.csv").symlink_to(real)
    count(office.at, tmp_path / "link.csv")
    shutil.rmtree(tmp_path / "real")
    assert counted(office.at) == (3, 3)


def test_counts_workbooks_in_place_of_lists_are_told_once_each_with_the_command_for_them(office):
    folder = filled(office.at)
    with pytest.raises(InputRefused, match=f"make import MONTH=2024-11 FROM={folder}"):
        count(office.at, folder)
    names = sorted(path.name for path in folder.glob("*.xlsx"))
    assert [(each["key"], each["file"]) for each in problems(office.at)] == [("record.counts", name) for name in names]
    page = (office.at.intake(NOVEMBER) / "intake.vi.html").read_text(encoding="utf-8")
    assert f"có {len(names)} lỗi trong {len(names)} tệp" in page


def test_problems_of_no_file_are_not_told_by_files(office, tmp_path):
    with pytest.raises(InputRefused):
        count(office.at, as_csv(tmp_path / "a.csv", []))
    assert "Không nhận: có 1 lỗi. Chưa" in (office.at.intake(NOVEMBER) / "intake.vi.html").read_text(encoding="utf-8")
