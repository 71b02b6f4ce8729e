"""The quality page: the verdict, findings by area, rules, coverage, history, waivers; also with hostile texts."""

import base64
import re
from dataclasses import replace

import pytest
from conftest import cells

from hotich import checks, measures
from hotich.checks import ERROR, earlier_months
from hotich.checks.edits import Edit
from hotich.data import dataset
from hotich.language import LANGUAGES
from hotich.month import Month
from hotich.page import figure_gate, names_with_digits, sanitize
from hotich.views import narrative, quality
from hotich.views.quality import groups, listing

SECTIONS = tuple(getattr(quality, name) for name in quality.__all__)
HEAD = "rule,area,register,months,reason,approved_by,expires\n"


def checked(at, month="2024-10"):
    return checks.run(dataset.read(month, at))


def shown(section, found, language="vi"):
    html = sanitize.html(section(found, language)._repr_html_())
    names = names_with_digits.with_digits(found.data)
    figure_gate.refuse_bare_digits(f"<!doctype html><html><body>{html}</body></html>", "quality", names)
    return html


def text(section, found, language="vi"):
    return " ".join(re.sub(r"<[^>]+>", " ", shown(section, found, language)).split())


def fallen(office, *units):
    office.write("2024-10", cells(30) | {(unit, "KS"): (cells()[unit, "KS"][0], "1", "") for unit in units})


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_month_without_findings_says_so_and_shows_every_rule(office, language):
    found = checked(office.at)
    said = {"vi": "không có lỗi, không có cảnh báo", "en": "no error and no warning"}[language]
    assert said in text(quality.title, found, language)
    rules = text(quality.rules, found, language)
    assert all(outcome.rule.id in rules for outcome in found.outcomes)


def test_a_rejected_month_says_so_first_and_names_the_cell(office):
    office.write("2024-10", cells(30) | {("111", "KS"): ("200", "201", "")})
    found = checked(office.at)
    assert "Không đạt" in text(quality.title, found)
    said = text(quality.findings, found)
    assert all(word in said for word in ("1 lỗi nghiêm trọng", "C09", "Xã An", "200", "201", "Huyện Một"))


def test_findings_stand_under_their_district_and_the_whole_comes_first(office):
    fallen(office, "121", "111")
    path = office.at.data / "counts" / "2024-10.csv"
    path.write_text(path.read_text() + "\n")
    said = [each.area for each in groups.groups(checked(office.at))]
    assert said == ["", "11", "12"]


def test_an_office_of_the_root_is_no_district_and_a_code_of_no_area_is_named_as_such(office):
    data = dataset.read("2024-10", office.at)
    assert [groups.below_root(data, code) for code in ("1-STP", "1", "", "*", "11-PTP", "111", "122", "999")] == [
        "",
        "",
        "",
        "",
        "11",
        "11",
        "12",
        "?",
    ]


def test_a_finding_shows_the_counts_now_and_when_last_reported(office):
    fallen(office, "111")
    said = text(quality.findings, checked(office.at))
    assert "Tháng này: cần số hóa 200, đã số hóa 1." in said
    assert "Lần báo cáo trước: cần số hóa 200, đã số hóa 100." in said
    assert "Thường do:" in said
    assert "Cần làm:" in said


def test_findings_of_one_cell_are_one_item_with_all_the_rules(office):
    fallen(office, "111")
    found = checked(office.at)
    mine = [each for each in found.found if (each.main.area, each.main.register) == ("111", "KS")]
    assert len(mine) == 1
    html = shown(quality.findings, found)
    assert html.count("<li>") == len(found.found)


def many(office):
    rows = {key: (row[0], "0" if row[2] == "" else row[1], row[2]) for key, row in cells(30).items()}
    office.write("2024-10", rows)
    return checked(office.at)


def test_many_findings_are_cut_and_counted_and_all_are_in_the_file(office, monkeypatch):
    found = many(office)
    monkeypatch.setattr(listing, "SHOWN", 2)
    html = shown(quality.findings, found)
    biggest = max(groups.groups(found), key=lambda each: len(each.found))
    assert f"Còn {len(biggest.found) - 2} phát hiện nữa" in html
    saved = [base64.b64decode(each).decode("utf-8-sig") for each in re.findall(r"base64,([A-Za-z0-9+/=]+)", html)]
    assert sum(len(each.splitlines()) - 1 for each in saved) == sum(len(each.all) for each in found.found)


def test_a_waived_finding_is_shown_with_reason_and_approver_and_not_as_a_finding(office):
    fallen(office, "111")
    (office.at.data / "waivers.csv").write_text(HEAD + "S01,111,KS,2024-10,đã kiểm kê,Giám đốc,2024-12-31\n")
    found = checked(office.at)
    said = text(quality.waivers, found)
    assert all(word in said for word in ("S01", "Xã An", "đã kiểm kê", "Giám đốc", "31/12/2024", "giảm từ 100 xuống 1"))
    assert "S01 ·" not in text(quality.findings, found)
    assert "Có 1 phát hiện đã được duyệt cho qua" in text(quality.title, found)


def test_expired_and_unused_waivers_are_shown_as_such(office):
    lines = "S01,111,KS,2024-10,r,a,2024-10-01\nS01,112,KS,2024-10,r,a,2024-12-31\n"
    (office.at.data / "waivers.csv").write_text(HEAD + lines)
    said = text(quality.waivers, checked(office.at), "en")
    assert "Expired, no longer has any effect" in said
    assert "Covers no finding of this month" in said


def test_the_history_counts_each_month_with_todays_rules(yen_bai):
    found = checked(yen_bai)
    months = earlier_months.of(found)
    assert [each.month for each in months] == [Month(2024, number) for number in range(1, 11)]
    assert months[2].broken["C13"] == 18
    assert "P01" not in months[8].broken
    assert months[9].broken["P01"] == 1


def test_the_history_has_twelve_months_at_most(office):
    start = Month(2024, 9)
    for later in range(2, 16):
        office.write(str(start.plus(later)), cells(30))
    months = earlier_months.of(checked(office.at, str(start.plus(15))))
    assert [each.month for each in months] == [start.plus(number) for number in range(4, 16)]


def test_the_first_month_has_no_history_and_says_so(office):
    said = text(quality.history, checked(office.at, "2024-09"))
    assert said.startswith("Các tháng gần nhất")
    assert "tháng đầu" in said


def test_figures_published_about_an_earlier_month_that_cannot_be_read_do_not_stop_this_one(office):
    (office.at.data / "published").mkdir()
    (office.at.data / "published" / "2024-09.csv").write_text("nonsense\n")
    before = earlier_months.of(checked(office.at))[0]
    assert before.unreadable == ("published",)
    assert before.broken["C01"] == 0


def test_edits_of_the_rule_book_are_told_first_and_each_is_named(office):
    edits = (
        Edit("C99", "removed", "critical", ""),
        Edit("C98", "added", "", "info"),
        Edit("S02", "severity", '"critical"', '"warning"'),
        Edit("S02", "kwargs.at_most", "0.02", "0.5"),
    )
    found = replace(checked(office.at), edits=edits)
    assert "Sổ quy tắc đã bị sửa ở 3 quy tắc" in text(quality.title, found)
    said = text(quality.rules, found)
    for words in ("Thiếu quy tắc C99", "Thêm quy tắc C98", "“nghiêm trọng” đổi thành “cảnh báo”", "at_most", "0.5"):
        assert words in said


def test_a_rule_that_could_not_be_run_is_told_with_its_reason(office):
    found = checked(office.at)
    broken = replace(found.outcomes[0], status=ERROR, reason="disagree")
    said = text(quality.findings, replace(found, outcomes=(broken, *found.outcomes[1:])))
    assert "Không chạy được quy tắc C01" in said
    assert "1 quy tắc không chạy được" in said


HOSTILE = "<script>alert(1)</script>\"'&{area}" + "ổ" * 300


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_names_counts_and_reasons_stay_text(office, language):
    areas = office.at.data / "areas.csv"
    quoted = '"' + HOSTILE.replace('"', '""') + '"'
    areas.write_text(areas.read_text().replace("Xã An,An Commune", f"{quoted},{quoted}"))
    rows = cells(30) | {
        ("111", "KS"): ("200", HOSTILE, ""),
        (HOSTILE, "KS"): ("1", "1", ""),
        ("121", "KS"): ("400", "1", ""),
    }
    office.write("2024-10", rows)
    (office.at.data / "waivers.csv").write_text(HEAD + f"S01,121,KS,2024-10,{quoted},{quoted},2024-12-31\n")
    found = checked(office.at)
    for section in SECTIONS:
        html = shown(section, found, language)
        assert "<script" not in html
    assert "&lt;script&gt;" in shown(quality.findings, found, language)


def test_an_empty_counts_file_and_an_office_of_one_unit_give_whole_pages(office):
    office.write("2024-10", {})
    for section in SECTIONS:
        assert text(section, checked(office.at))
    areas = office.at.data / "areas.csv"
    areas.write_text(
        "".join(line for line in areas.read_text().splitlines(keepends=True) if line[:2] in ("co", "1,", "1-"))
    )
    office.write("2024-10", {key: row for key, row in cells(30).items() if key[0] == "1-STP"})
    for section in SECTIONS:
        assert text(section, checked(office.at))


def test_a_district_with_a_critical_finding_comes_before_everything_else(office):
    office.write("2024-10", cells(30) | {("121", "KS"): ("400", "401", ""), ("111", "KS"): ("200", "1", "")})
    path = office.at.data / "counts" / "2024-10.csv"
    path.write_text(path.read_text() + "\n")
    assert [each.area for each in groups.groups(checked(office.at))] == ["12", "", "11"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_rule_that_is_not_met_is_named_so_that_nobody_takes_its_name_for_what_happened(office, language):
    fallen(office, "111")
    found = checked(office.at)
    rule = next(outcome.rule for outcome in found.outcomes if outcome.rule.id == found.found[0].main.rule)
    unmet = {"vi": "không đạt: “{}”", "en": "not met: “{}”"}[language].format(rule.text("title", language))
    assert unmet in text(quality.findings, found, language)
    assert f"{rule.id}, {unmet}" in narrative.quality(measures.read(found, "", language))._repr_html_()


def test_rules_and_findings_are_counted_each_under_a_name_of_its_own(office):
    fallen(office, "111", "112")
    found = checked(office.at)
    rules, findings = len(found.having("failed", "warning")), sum(f.severity == "warning" for f in found.found)
    assert findings != rules
    assert f"{rules} quy tắc có cảnh báo" in text(quality.title, found)
    assert f"{findings} mức cảnh báo" in text(quality.findings, found)
