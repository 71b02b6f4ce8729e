"""What a finding says of its row: names, values as each language writes them, and where it belongs."""

from decimal import Decimal

import pandas as pd
import pytest
from conftest import cells

from hotich import checks, measures
from hotich.checks import findings
from hotich.data import dataset


@pytest.fixture
def data(office):
    return dataset.read("2024-10", office.at)


def found(office, rule):
    outcomes = checks.run(dataset.read("2024-10", office.at)).outcomes
    return next(outcome for outcome in outcomes if outcome.rule.id == rule)


def test_an_area_is_named_as_on_the_day_else_as_it_was_last_called_else_by_its_code(data):
    assert findings.area(data, "111", "vi") == "Xã An"
    assert findings.area(data, "122", "en") == "Old Commune", "it ended in August"
    assert findings.area(data, "999", "en") == "999"


def test_a_register_a_group_of_them_and_an_unknown_one_have_a_name(data):
    assert findings.register_name(data, "KS", "en") == "Birth registers"
    assert findings.register_name(data, "population", "en") != "population"
    assert findings.register_name(data, "ZZ", "en") == "ZZ"


def test_a_cell_that_is_wrong_keeps_its_text_its_line_and_what_was_last_reported(office):
    office.write("2024-10", cells(30) | {("111", "KS"): ("200", "90", "")})
    finding = next(each for each in found(office, "S01").findings if each.area == "111")
    assert (finding.register, finding.file) == ("KS", "counts/2024-10.csv")
    assert (office.at.data / finding.file).read_text().splitlines()[finding.line - 1] == "111,KS,200,90,"
    assert (finding.values["digitised"], finding.before["digitised"]) == ("90", "100")
    assert finding.place == ("111", "KS")


def test_a_value_of_any_length_is_kept_whole_and_shown_short(office):
    office.write("2024-10", cells(30) | {("111", "KS"): ("9" * 500, "90", "")})
    finding = next(each for each in found(office, "C07").findings if each.area == "111")
    assert finding.values["required"] == "9" * 500
    assert all(
        "9" * findings.LONG + "…" in said and "9" * (findings.LONG + 1) not in said for said in finding.message.values()
    )


def test_more_findings_than_anybody_reads_are_counted_and_the_first_of_the_file_written_out(data, office):
    rule = found(office, "C03").rule
    rows = pd.DataFrame({"area": [f"x{number}" for number in range(findings.MOST + 5)], "register": "KS", "line": 2})
    written = list(findings.of(data, rule, rows))
    assert [each.area for each in written] == [f"x{number}" for number in range(findings.MOST)]


@pytest.mark.parametrize(
    ("printed", "computed", "difference"), [(1_013, 1_000, "13"), (964, 1_000, "-36"), (1_000, 1_000, "0")]
)
def test_the_evidence_of_a_printed_figure_ends_with_what_lies_between(printed, computed, difference):
    row = {
        "area": "1",
        "printed": printed,
        "expected": computed,
        "evidence": [("part", "11", 400), ("part", "12", 600)],
    }
    evidence = findings.facts(row)
    assert evidence[:2] == (("part", "11", "400"), ("part", "12", "600"))
    assert ("difference", "1", difference) in evidence


def test_a_printed_percentage_keeps_the_decimals_that_it_was_printed_with():
    row = {"area": "1", "printed": Decimal("79.20"), "expected": Decimal("79.2"), "evidence": []}
    assert ("printed", "1", "79.20") in findings.facts(row)


@pytest.mark.parametrize(
    ("printed", "expected", "found"),
    [
        (519537, 519573, ("37", "73")),
        (637469, 637356, None),
        (10, 10, None),
        (12, 21, ("12", "21")),
        (121, 211, ("12", "21")),
        (1221, 2112, None),
        (9, 10, None),
    ],
)
def test_swapped_neighbouring_digits_are_recognised_only_where_they_explain_everything(printed, expected, found):
    assert findings.swapped(printed, expected) == found


@pytest.mark.parametrize("digits", [10, 19, 5000])
def test_a_count_with_digits_without_end_is_a_critical_finding_with_its_line_and_breaks_nothing(office, digits):
    office.write("2024-10", cells(30) | {("111", "KS"): ("9" * digits, "9" * digits, "")})
    stopped = checks.run(dataset.read("2024-10", office.at)).stopped
    assert {finding.line for outcome in stopped for finding in outcome.findings} == {8}


@pytest.mark.parametrize("digits", [10, 19, 5000])
def test_such_a_count_of_an_earlier_month_is_left_out_of_every_comparison(office, digits):
    office.write("2024-09", cells() | {("111", "KS"): ("9" * digits, "1", "")})
    checked = checks.run(dataset.read("2024-10", office.at))
    assert not checked.stopped
    assert measures.read(checked, "", "vi").get("required").value == 1284
