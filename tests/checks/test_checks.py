"""The gate: what each rule catches, what it leaves alone, and that nothing passes without having been looked at."""

import json
import shutil
from dataclasses import replace

import pytest
from conftest import cells
from months import without_besides

from hotich import checks
from hotich.checks import ERROR, FAILED, NOT_EVALUATED, PASSED, gx, suites
from hotich.checks.tables import Tables
from hotich.data import dataset
from hotich.errors import WrongUsage
from hotich.language import LANGUAGES
from hotich.storage.paths import EXPECTATIONS


def outcomes(at, month="2024-10"):
    return {outcome.rule.id: outcome for outcome in checks.run(dataset.read(month, at)).outcomes}


def broken(at, month="2024-10"):
    return {rule for rule, outcome in outcomes(at, month).items() if outcome.status == FAILED}


def changed(office, **values):
    rows = cells(30)
    for cell, row in values.items():
        area, register = cell.split("_")
        rows[area.replace("u", "").replace("X", "-"), register] = row
    office.write("2024-10", rows)
    return office


def test_a_clean_month_breaks_no_rule(office):
    found = outcomes(office.at)
    assert {o.status for o in found.values()} == {PASSED, NOT_EVALUATED}
    idle = [o for o in found.values() if o.status == NOT_EVALUATED and o.reason != "nothing_of_the_kind"]
    assert {o.rule.suite for o in idle} == {"published", "waivers"}


def test_more_digitised_than_required_names_commune_register_file_and_line_in_both_languages(office):
    changed(office, u111_KS=("200", "201", ""))
    with pytest.raises(checks.Failed) as refused:
        checks.require(dataset.read("2024-10", office.at))
    line = 1 + 1 + list(cells()).index(("111", "KS"))
    for language, words in (
        ("vi", ("Xã An", "Sổ khai sinh", f"dòng {line}")),
        ("en", ("An Commune", "Birth registers", f"line {line}")),
    ):
        message = refused.value.message(language)
        assert all(word in message for word in (*words, "counts/2024-10.csv", "201")), message
    assert refused.value.exit_code == 1


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (("200", "1e2", ""), "C08"),
        (("200.0", "100", ""), "C07"),
        (("１００", "10", ""), "C07"),
        (("-1", "0", ""), "C07"),
        (("100", "101", ""), "C09"),
        (("", "", ""), "C10"),
        (("100", "", ""), "C10"),
        (("100", "10", "not_reported"), "C10"),
        (("", "", "not_applicable"), "C11"),
        (("", "", "later"), "C06"),
    ],
)
def test_a_bad_cell_is_a_critical_finding_with_its_line(office, row, rule):
    changed(office, u111_KS=row)
    found = outcomes(office.at)[rule]
    assert found.status == FAILED
    assert found.stops
    assert [(f.area, f.register) for f in found.findings] == [("111", "KS")]
    assert found.findings[0].line == 2 + list(cells()).index(("111", "KS"))


def test_a_commune_that_did_not_report_is_a_warning_and_not_zero(office):
    changed(office, u111_KS=("", "", "not_reported"), u111_XN=("", "", "not_reported"))
    assert broken(office.at) == {"C13", "C23"}
    assert [found.rules for found in checks.run(dataset.read("2024-10", office.at)).found] == [("C23", "C13")]
    assert not checks.run(dataset.read("2024-10", office.at)).stopped


def test_a_missing_line_is_named(office):
    rows = cells(30)
    del rows["121", "XN"]
    office.write("2024-10", rows)
    assert [(f.area, f.register) for f in outcomes(office.at)["C01"].findings] == [("121", "XN")]


def test_a_line_that_is_repeated_is_a_warning_and_one_that_contradicts_another_is_critical(office):
    path = office.write("2024-10", cells(30))
    path.write_text(path.read_text() + "111,KS,200,130,\n")
    office.log("2024-10")
    found = outcomes(office.at)
    assert (found["C02"].status, len(found["C15"].findings)) == (PASSED, 1)
    path.write_text(path.read_text() + "111,KS,200,131,\n")
    office.log("2024-10")
    assert len(outcomes(office.at)["C02"].findings) == 2


def test_an_unknown_area_and_an_unknown_register_are_critical(office):
    office.write("2024-10", cells(30) | {("999", "KS"): ("1", "1", ""), ("111", "ZZ"): ("1", "1", "")})
    assert {"C03", "C05"} <= broken(office.at)


def test_a_merged_commune_is_refused_with_its_successor(office):
    office.write("2024-10", cells(30) | {("122", "KS"): ("1", "1", "")})
    found = outcomes(office.at)["C04"]
    assert "Xã Cát" in found.findings[0].message["vi"]
    assert found.stops


def test_an_as_of_date_outside_the_month_is_critical(office):
    log = office.at.data / "deliveries.csv"
    log.write_text(log.read_text().replace("2024-10-22", "2024-11-02"))
    assert "C12" in broken(office.at)


def test_a_counts_file_that_was_changed_after_it_was_logged_is_a_warning(office):
    path = office.at.counts(dataset.month.exact("2024-10"))
    path.write_text(path.read_text().replace("111,KS,200,130", "111,KS,200,131"))
    assert broken(office.at) == {"C14"}


def test_a_cumulative_count_that_falls_is_a_warning_with_both_values(office):
    changed(office, u111_KS=("200", "99", ""))
    found = outcomes(office.at)["S01"]
    assert found.status == FAILED
    assert "100" in found.findings[0].message["vi"]
    assert "99" in found.findings[0].message["vi"]
    assert not found.stops


def test_required_may_move_a_little_but_not_much(office):
    changed(office, u121_KS=("405", "130", ""))
    assert "S02" not in broken(office.at)
    changed(office, u121_KS=("440", "130", ""))
    assert "S02" in broken(office.at)


def test_the_first_month_has_no_series_to_test_and_says_so(office):
    found = outcomes(office.at, "2024-09")
    assert {found[rule].status for rule in ("S01", "S02", "S03")} == {NOT_EVALUATED}


def test_a_gap_in_the_months_is_noted(office):
    office.write("2024-12", cells(60))
    assert "S03" in broken(office.at, "2024-12")


def test_october_shows_exactly_the_three_discrepancies_with_all_their_evidence(yen_bai):
    said = warnings(yen_bai)
    assert sorted(said) == ["P01", "P02", "P04"]
    assert all(figure in said["P01"] for figure in ("637.469", "637.356", "113"))
    assert all(figure in said["P02"] for figure in ("519.537", "519.573", "36", "4 × 9", "73", "37"))
    assert all(figure in said["P04"] for figure in ("60", "59 + 1"))


def test_a_number_of_districts_that_is_not_said_to_be_besides_others_leaves_one_out(yen_bai):
    without_besides(yen_bai)
    assert all(figure in warnings(yen_bai)["P05"] for figure in ("3", "4", "Trạm Tấu 100%", "Văn Yên 92,4%"))


def warnings(yen_bai):
    """Return what each rule that warns says, by its id."""
    found = {rule: o for rule, o in outcomes(yen_bai).items() if o.status != NOT_EVALUATED}
    found = {rule: o for rule, o in found.items() if o.status != PASSED and o.rule.severity != "info"}
    assert {o.status for o in found.values()} == {FAILED}
    assert {o.rule.severity for o in found.values()} == {"warning"}
    assert all(len(o.findings) == 1 for o in found.values())
    return {rule: o.findings[0].message["vi"] for rule, o in found.items()}


def test_every_earlier_month_of_the_series_is_free_of_critical_findings(yen_bai):
    for number in (1, 5, 9):
        assert not checks.run(dataset.read(f"2024-{number:02}", yen_bai)).stopped


def suite_with(tmp_path, change):
    shutil.copytree(EXPECTATIONS, tmp_path / "e")
    path = tmp_path / "e" / "counts.json"
    raw = json.loads(path.read_text(encoding="utf-8"))
    change(raw)
    path.write_text(json.dumps(raw), encoding="utf-8")
    return tmp_path / "e"


def renamed(rule, identity):
    return rule | {"meta": rule["meta"] | {"rule": identity}}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda raw: raw["expectations"][0].update(type="expect_nothing_at_all"), ("C01", "expect_nothing_at_all")),
        (lambda raw: raw["expectations"][0]["kwargs"].update(mostly=0), ("C01",)),
        (lambda raw: raw["expectations"][1]["meta"].update(rule="C01"), ("C01",)),
        (lambda raw: raw["expectations"][0]["meta"]["why"].pop("vi"), ("C01", "meta.why")),
        (lambda raw: raw["expectations"][0].update(severity="fatal"), ("C01", "fatal")),
        (lambda raw: raw["expectations"][0].update(severity={"vi": 1}), ("C01", '{"vi": 1}')),
        (lambda raw: raw["expectations"][0].update(severity="\ud800"), ("C01", "\N{REPLACEMENT CHARACTER}")),
        (lambda raw: raw["expectations"][0].update(type={}), ("C01", "{}")),
        (lambda raw: raw["expectations"][0]["kwargs"].update({"\x1b[2J": 0}), ("C01", "\N{REPLACEMENT CHARACTER}[2J")),
        (lambda raw: raw["expectations"][0]["meta"]["do"].update(vi="Sửa \x1b[2J"), ("C01", "meta.do")),
        (lambda raw: raw["expectations"][0]["meta"]["why"].update(en="a\u202eb"), ("C01", "meta.why")),
        (lambda raw: raw.update(expectations=[]), ("counts.json",)),
        (lambda raw: raw["expectations"][0].pop("meta"), ("counts.json", "#1")),
        (lambda raw: raw["expectations"][6]["kwargs"].update(column="nowhere"), ("C07", "column", "nowhere")),
        (lambda raw: raw["expectations"][0]["meta"]["finding"].update(vi="{nothing}"), ("C01", "{nothing}")),
        (lambda raw: raw["expectations"][0]["meta"]["finding"].update(vi="{"), ("C01", "meta.finding.vi")),
        (lambda raw: raw["expectations"][0]["meta"]["finding"].update(vi="{area:d}"), ("C01", "{area:d}")),
        (lambda raw: raw["expectations"][0]["meta"]["finding"].update(en="{area!r}"), ("C01", "{area!r}")),
        (lambda raw: raw["expectations"][0]["meta"].update(rule="C 01<b>"), ("#1", "C 01<b>")),
        (lambda raw: raw["expectations"][0].pop("severity"), ("C01", "severity")),
        (lambda raw: raw["expectations"][19]["kwargs"].update(tmies=30), ("C20", "tmies")),
        (lambda raw: raw["expectations"][0]["meta"].update(finding_twice={}), ("C01", "meta.finding_twice")),
        (lambda raw: raw["expectations"][6]["kwargs"].update(mostly=0.99), ("C07", "mostly", "0.99")),
        (lambda raw: raw["expectations"][19]["kwargs"].update(times="30"), ("C20", "times")),
        (lambda raw: raw["expectations"].append(renamed(raw["expectations"][6], "C99")), ("C99", "C07")),
    ],
)
def test_a_suite_that_is_not_exactly_one_is_refused_with_file_rule_and_field(tmp_path, change, words):
    with pytest.raises(WrongUsage) as refused:
        suites.load(suite_with(tmp_path, change))
    for language in LANGUAGES:
        assert all(word in refused.value.message(language) for word in ("counts.json", *words))


def test_a_suite_that_is_not_json_is_refused(tmp_path):
    shutil.copytree(EXPECTATIONS, tmp_path / "e")
    (tmp_path / "e" / "series.json").write_text("{", encoding="utf-8")
    with pytest.raises(WrongUsage, match=r"series\.json"):
        suites.load(tmp_path / "e")


def test_a_suite_file_that_nothing_would_run_is_refused(tmp_path):
    shutil.copytree(EXPECTATIONS, tmp_path / "e")
    (tmp_path / "e" / "extra.json").write_text("{}", encoding="utf-8")
    with pytest.raises(WrongUsage, match=r"extra\.json"):
        suites.load(tmp_path / "e")


def test_every_type_in_the_suites_is_registered_with_great_expectations():
    gx.prepare()
    from great_expectations.expectations.registry import get_expectation_impl

    assert all(get_expectation_impl(rule.type) for suite in suites.load() for rule in suite.rules)


def cells_changed(monkeypatch, change):
    prepared = Tables.counts_cells.func
    monkeypatch.setattr(Tables, "counts_cells", property(lambda tables: change(prepared(tables))))


def test_a_rule_that_raises_is_an_error_and_never_a_pass(office, monkeypatch):
    cells_changed(monkeypatch, lambda table: table.drop(columns="required_text"))
    found = outcomes(office.at)["C07"]
    assert found.status == ERROR
    assert found.stops


def test_a_rule_that_looked_at_nothing_is_an_error(office, monkeypatch):
    cells_changed(monkeypatch, lambda table: table.assign(required_text=None))
    assert outcomes(office.at)["C07"].status == ERROR


def test_failing_rows_that_great_expectations_counts_but_does_not_name_are_an_error(office, monkeypatch):
    changed(office, u111_KS=("200", "201", ""), u121_KS=("200", "201", ""))
    told = gx._ran
    monkeypatch.setattr(gx, "_ran", lambda result: replace(told(result), rows=told(result).rows[:1]))
    assert (outcomes(office.at)["C09"].status, outcomes(office.at)["C09"].failed) == (ERROR, 2)


def test_an_empty_counts_file_is_refused_as_missing_every_cell(office):
    office.write("2024-10", {})
    assert outcomes(office.at)["C01"].failed == 15


def test_a_notebook_shows_what_the_checks_found_in_a_few_words_and_whether_a_report_may_be_built(office, monkeypatch):
    monkeypatch.setattr("__main__.language", "en", raising=False)
    assert "A report may be built." in checks.run(dataset.read("2024-10", office.at))._repr_html_()
    changed(office, u111_KS=("200", "201", ""))
    html = checks.run(dataset.read("2024-10", office.at))._repr_html_()
    assert "(1 critical)" in html
    assert "1 finding." in html
    assert "no report can be built" in html
    monkeypatch.setattr("__main__.language", "vi")
    assert "không lập báo cáo được" in checks.run(dataset.read("2024-10", office.at))._repr_html_()
