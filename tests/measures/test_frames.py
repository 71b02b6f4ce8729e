"""Facts as pandas: typed, indexed, missing where nothing is known, each recorded as given; wrong names are refused."""

from decimal import Decimal

import pandas as pd
import pytest

from hotich import checks, measures
from hotich.checks import Checked
from hotich.data import dataset
from hotich.errors import HotichError, InputRefused, WrongUsage
from hotich.measures import handed
from hotich.storage.paths import PROJECT


@pytest.fixture(scope="module")
def october():
    return measures.read(Checked(dataset.read("2024-10"), ()))


def test_a_frame_has_the_districts_and_every_number_in_it_is_the_fact_of_its_row_and_column(october):
    frame = october.frame("required", "percent", "rank")
    assert frame.index.names == ["area", "name"]
    assert list(frame.index.get_level_values("area")) == [area.code for area in october.districts]
    assert frame.loc[("138", "Trấn Yên"), "required"] == 69_358
    assert frame.dtypes.astype(str).to_dict() == {"required": "Int64", "percent": "float64", "rank": "Int64"}
    for (area, _), row in frame.iterrows():
        for measure, value in row.items():
            assert value == float(october[f"{area}/{measure}"].value)
    assert frame.attrs["units"] == {"required": "entries", "percent": "percent", "rank": "rank"}


def test_months_and_dates_and_yes_or_no_have_their_own_types_and_what_is_not_known_is_missing(october):
    frame = october.frame("completed", "completed_since", "finish")
    assert frame.dtypes.astype(str).to_dict() == {
        "completed": "boolean",
        "completed_since": "period[M]",
        "finish": "datetime64[s]",
    }
    done = frame.xs("139").iloc[0]
    assert done["completed"]
    assert done["completed_since"] == pd.Period("2024-10")
    assert pd.isna(done["finish"])


def test_a_share_is_exact_on_demand(october):
    assert october.frame("percent", level="province", exact=True)["percent"].tolist() == [Decimal("81.5200")]


def test_levels_scopes_and_months_are_chosen_and_stand_in_the_index(october):
    frame = october.frame("percent", scope=["KS", "population"])
    assert frame.index.names == ["area", "name", "scope"]
    assert len(frame) == 18
    frame = october.frame("percent", months="all")
    assert frame.index.names == ["month", "area", "name"]
    assert frame.index.dtypes["month"] == "period[M]"
    assert len(frame) == 9 * len(october.months)
    assert len(october.frame("percent", months=["2024-09", 10])) == 18
    assert len(october.frame("left", level="commune")) == 173
    assert october.seen_from("138").frame("left").index[0] == ("04498", "Thị trấn Cổ Phúc")
    assert october.seen_in("en").frame("left", level="province").index[0] == ("15", "Yên Bái Province")


def test_a_tidy_frame_has_a_row_for_each_fact_with_its_name(october):
    frame = october.frame("required", "percent", scope=["KS"], months="2024-10", tidy=True)
    assert list(frame) == ["month", "area", "name", "scope", "measure", "value", "unit", "origin", "fact"]
    assert len(frame) == 18
    for row in frame.itertuples():
        assert row.value == float(october.facts[row.fact].value)
    assert str(october.frame("required", tidy=True)["value"].dtype) == "Int64"
    assert str(october.frame("finish", "required", tidy=True)["value"].dtype) == "object"


def test_without_names_a_frame_has_all_that_is_known_there(october):
    frame = october.frame(level="commune")
    there = {f.measure for f in october.facts.values() if f.scope == "all" and not f.month and len(f.area) == 5}
    assert set(frame) == there
    assert "rank_in_district" in there


def test_the_facts_of_a_frame_and_no_others_are_recorded_as_given(october, monkeypatch):
    monkeypatch.setattr(handed, "names", {})
    october.frame("left", level="district")
    assert sorted(handed.names) == sorted(f"{area.code}/all/left" for area in october.districts)


@pytest.mark.parametrize(
    ("measure", "asked", "said"),
    [
        ("percnt", {}, '"percent"'),
        ("percent", {"level": "xã"}, '"commune"'),
        ("percent", {"scope": "births"}, '"KS" (Sổ đăng ký khai sinh)'),
        ("percent", {"scope": ["KS", "khai sinh"]}, "“khai sinh”"),
        ("percent", {"months": "october"}, "october"),
        ("percent", {"months": ["2025-01"]}, "2024-10"),
    ],
)
def test_a_name_that_is_none_is_refused_with_what_is_allowed(october, measure, asked, said):
    with pytest.raises(HotichError) as refused:
        october.frame(measure, **asked)
    assert isinstance(refused.value, WrongUsage | InputRefused)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("root", "measure", "asked"),
    [
        ("15", "threshold", {}),
        ("15", "percent", {"level": "commune", "months": "2024-08"}),
        ("15", "percent", {"level": "commune", "scope": "KS"}),
        ("138", "threshold", {}),
        ("138", "communes_total", {}),
    ],
)
def test_a_measure_that_is_not_known_there_is_refused_with_a_line_that_works(october, root, measure, asked):
    m = october.seen_from(root)
    with pytest.raises(WrongUsage) as refused:
        m.frame(measure, **asked)
    line = refused.value.values["call"]
    assert line in str(refused.value)
    found = eval(line, {"m": m})
    assert measure in (found if isinstance(found, pd.DataFrame) else [found.measure])


def test_the_lines_of_the_documentation_work(october):
    text = (PROJECT / "docs" / "notebooks.md").read_text(encoding="utf-8")
    block = text.split("## Facts as pandas")[1].split("```")[1].removeprefix("python\n")
    lines = [line for line in block.splitlines() if line]
    assert len(lines) > 10
    for line in lines:
        assert eval(line, {"m": october, "data": october.checked.data, "checks": checks}) is not None
