"""`data.csv` as a program reads it by its description, compared with `measures.csv`."""

import hashlib
import json
import subprocess

import pandas as pd
import pytest
from conftest import HOTICH, cells

from hotich import checks, measures
from hotich.data import dataset
from hotich.language import say
from hotich.storage.paths import DATA, DESCRIPTION, MEASURES
from hotich.views import data_files

TYPES = {"integer": "Int64", "number": "float64", "string": str, "date": str, "yearmonth": str}


def read(folder):
    """The table, its columns of the types that the description gives."""
    fields = described(folder)["data"]["schema"]["fields"]
    types = {field["name"]: TYPES[field["type"]] for field in fields}
    days = [field["name"] for field in fields if field["type"] == "date"]
    return pd.read_csv(folder / DATA, dtype=types, parse_dates=days, keep_default_na=False, na_values=[""])


def described(folder):
    package = json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))
    return {resource["name"]: resource for resource in package["resources"]}


@pytest.fixture
def partial(office):
    """October, for which one commune has sent nothing and another has corrected nothing."""
    office.write("2024-10", {key: ("", "", "not_reported") if key[0] == "111" else row for key, row in cells().items()})
    return measured(office)


def measured(office):
    return measures.read(checks.run(dataset.read("2024-10", office.at)))


def written(m, folder):
    measures.write(m, folder / MEASURES)
    data_files.write(m, folder)
    return folder


def test_each_figure_of_the_draft_is_that_of_measures_and_none_of_its_kind_is_left_out(october):
    folder = october[1]
    table = read(folder).set_index(["month", "area", "scope"])
    facts = pd.read_csv(folder / MEASURES, dtype=str)
    facts = facts[facts["measure"].isin(data_files.FIGURES)]
    for fact in facts.to_dict("records"):
        found = table.at[(fact["month"], fact["area"], fact["scope"]), fact["measure"]]
        assert str(found) == fact["value"] or float(found) == float(fact["value"]), fact
    assert int(table[list(data_files.FIGURES)].notna().sum().sum()) == len(facts) > 5000


def test_the_description_names_every_column_and_knows_every_byte(october):
    folder = october[1]
    for resource in described(folder).values():
        content = (folder / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert resource["bytes"] == len(content)
        fields = resource["schema"]["fields"]
        assert content.decode().partition("\n")[0].split(",") == [field["name"] for field in fields]
        assert all(field["title"] and field["description"] for field in fields)
        keys = pd.read_csv(folder / resource["path"], dtype=str)[resource["schema"]["primaryKey"]]
        assert not keys.duplicated().any()
    assert "ILLUSTRATIVE" in json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))["description"]


def test_codes_keep_their_zeros_and_days_are_days(october):
    table = read(october[1])
    assert {"04249", "15", "15-STP"} <= set(table["area"])
    assert table["as_of"].dt.strftime("%Y-%m").tolist() == table["month"].tolist()
    assert set(table["origin"]) == {"synthetic"}


def test_a_commune_that_did_not_report_is_a_row_without_figures_that_says_why(partial, tmp_path):
    table = read(written(partial, tmp_path))
    silent = table[(table["area"] == "111") & (table["month"] == "2024-10")].iloc[0]
    assert silent[["required", "digitised", "percent"]].isna().all()
    assert silent["marks"] == "required [x]; digitised [x]; percent [x]"
    root = table[(table["area"] == partial.root) & (table["month"] == "2024-10") & (table["scope"] == "all")].iloc[0]
    assert "digitised [p]" in root["marks"]


def test_the_same_month_gives_the_same_bytes_in_either_language(office, tmp_path):
    m = measured(office)
    for language in ("vi", "en"):
        (tmp_path / language).mkdir()
        written(m.seen_in(language), tmp_path / language)
    for name in (DATA, DESCRIPTION):
        assert (tmp_path / "vi" / name).read_bytes() == (tmp_path / "en" / name).read_bytes()


def test_the_description_of_a_reported_month_after_made_up_ones_says_which_are_made_up(office, tmp_path):
    office.write("2024-09", cells(), "synthetic")
    package = json.loads((written(measured(office), tmp_path) / DESCRIPTION).read_text(encoding="utf-8"))
    assert "The counts of October 2024 were reported; " in package["description"]
    assert say("en", "page.synthetic_text") not in package["description"]


def test_a_report_about_a_district_has_them_too(office):
    folders = ("--data", office.at.data, "--reports", office.at.reports)
    done = subprocess.run([HOTICH, "report", "10", "--area", "11", *folders], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert (office.at.draft(dataset.read("2024-10", office.at).month, "11") / DATA).is_file()
