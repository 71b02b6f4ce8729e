"""validation.json: real outputs keep to the published schema, and say what the checks found."""

import json

import jsonschema
import pytest
from conftest import cells

from hotich import checks
from hotich.checks import earlier_months, suites, validation_json
from hotich.data import dataset
from hotich.storage.paths import PROJECT

SCHEMA = json.loads((PROJECT / "docs" / "validation.schema.json").read_text(encoding="utf-8"))
HEAD = "rule,area,register,months,reason,approved_by,expires\n"


def recorded(at, month="2024-10"):
    checked = checks.run(dataset.read(month, at))
    record = json.loads(json.dumps(validation_json.record(checked, earlier_months.of(checked))))
    jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker()).validate(record)
    return record


def test_the_schema_is_itself_right_and_names_the_format():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["properties"]["format"]["const"] == validation_json.FORMAT
    assert set(SCHEMA["properties"]["rules"]["properties"]) == set(validation_json.STATUSES)


def test_the_schema_refuses_what_it_does_not_name(office):
    record = recorded(office.at) | {"extra": 1}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(record, SCHEMA)


def test_the_record_names_every_rule_once_in_the_order_of_the_suites(yen_bai):
    record = recorded(yen_bai)
    listed = [rule.id for suite in suites.load() for rule in suite.rules]
    assert [outcome["rule"] for outcome in record["outcomes"]] == listed
    assert sum(record["rules"].values()) == len(listed)
    assert (record["origin"], record["verdict"]) == ("synthetic", "warned")
    assert [each["rules"] for each in record["found"] if each["severity"] == "warning"] == [["P01"], ["P02"], ["P04"]]


def test_a_rejected_month_is_recorded_with_its_rows(office):
    office.write("2024-10", cells(30) | {("111", "KS"): ("200", "2 01", "")})
    record = recorded(office.at)
    assert record["verdict"] == "rejected"
    (found,) = next(each for each in record["outcomes"] if each["rule"] == "C08")["findings"]
    assert (found["area"], found["register"], found["values"]["digitised"]) == ("111", "KS", "2 01")


def test_waivers_edits_and_history_are_recorded(office, monkeypatch):
    monkeypatch.setattr(checks.edits, "_shipped", lambda: {})
    office.write("2024-10", cells(30) | {("111", "KS"): ("200", "1", "")})
    (office.at.data / "waivers.csv").write_text(HEAD + "S01,111,KS,*,r,a,2024-12-31\n", encoding="utf-8")
    record = recorded(office.at)
    (waiver,) = record["waivers"]
    assert (waiver["rule"], waiver["months"], waiver["covers"], waiver["in_force"]) == ("S01", ["*"], 1, True)
    assert record["edits"][0] == {"rule": "C01", "field": "added", "shipped": "", "now": "critical"}
    assert [each["month"] for each in record["history"]] == ["2024-09", "2024-10"]
    assert record["history"][1]["broken"]["S01"] == 1


@pytest.mark.parametrize("month", ["2024-09", "2024-10"])
def test_an_empty_counts_file_is_recorded(office, month):
    office.write(month, {})
    assert recorded(office.at, month)["verdict"] == "rejected"
