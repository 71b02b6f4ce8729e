"""Many areas of one month: each by itself in place, whatever comes of the others, and nothing right is made twice."""

import countries
import inline
import pytest
from conftest import cells

from hotich.cli import console
from hotich.data import find_area
from hotich.errors import ExitCode, NotebookFailed, WrongUsage
from hotich.month import Month
from hotich.pipeline import areas

OCTOBER = Month(2024, 10)


@pytest.fixture
def country(tmp_path):
    return countries.country(tmp_path / "data")


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def drafts(office):
    return {path.name for path in office.at.areas(OCTOBER).iterdir() if path.is_dir()}


def statuses(result):
    return {each.area: each.status for each in result.areas}


def fail(*names):
    def during(job):
        if (job.parameters.get("area"), job.name) in names:
            raise NotebookFailed("runner.dead", name=job.name)

    return during


@pytest.mark.parametrize(
    ("written", "chosen"),
    [
        ("provinces", ["15", "17", "19"]),
        ("Cấp tỉnh", ["15", "17", "19"]),
        ("huyen", ["151", "152", "171", "172", "191", "192"]),
        ("17, Huyện A1,15", ["15", "17", "151"]),
    ],
)
def test_areas_are_named_by_level_or_in_a_list(country, written, chosen):
    assert [area.code for area in find_area.several(written, OCTOBER, country.at, with_receivers=False)] == chosen


def test_all_are_the_country_its_provinces_and_their_districts(country):
    found = [area.code for area in find_area.several("all", OCTOBER, country.at, with_receivers=False)]
    assert (found[:4], len(found)) == (["VN", "15", "17", "19"], 10)


@pytest.mark.parametrize("written", ["communes", "15,99", ",", "1511"])
def test_one_that_is_none_is_refused_with_what_is_allowed(country, written):
    with pytest.raises(WrongUsage) as refused:
        find_area.several(written, OCTOBER, country.at, with_receivers=False)
    assert "provinces" in refused.value.message("en")
    assert "cấp tỉnh" in refused.value.message("vi")


def test_notices_are_for_areas_that_have_districts_below_them(country):
    with pytest.raises(WrongUsage, match="all, provinces"):
        find_area.several("districts", OCTOBER, country.at, with_receivers=True)
    assert find_area.sender("151", OCTOBER, country.at) == "15"
    assert find_area.sender("15", OCTOBER, country.at) == ""


def test_each_file_is_that_of_the_area_alone(country, tmp_path, monkeypatch):
    result = inline.several(country, monkeypatch, "provinces")
    assert statuses(result) == dict.fromkeys(("15", "17", "19"), "made")
    assert result.exit_code == ExitCode.DONE
    alone = countries.country(tmp_path / "alone" / "data")
    inline.report(alone, monkeypatch, area="17")
    assert files(country.at.draft(OCTOBER, "17")) == files(alone.at.draft(OCTOBER, "17"))


def test_notices_lie_with_the_area_above_and_leave_its_report_there(country, monkeypatch):
    inline.several(country, monkeypatch, "15")
    report = files(country.at.draft(OCTOBER, "15"))
    inline.several(country, monkeypatch, "15,17", make=areas.notices)
    made = files(country.at.draft(OCTOBER, "15"))
    assert {name: made[name] for name in report} == report
    papers = {f"notices/{area}.{kind}" for area in ("151", "152") for kind in ("vi.html", "en.html", "docx")}
    assert {name for name in made if name.startswith("notices/")} == papers


def test_one_failing_cell_costs_one_area_and_of_that_only_the_page(country, monkeypatch):
    failing = fail(("15", "report.en"), ("17", "report.en"))
    result = inline.several(country, monkeypatch, "provinces", during=failing)
    assert statuses(result) == {"15": "failed", "17": "failed", "19": "made"}
    assert result.exit_code == ExitCode.NOTEBOOK_FAILED
    assert drafts(country) == {"19"}
    ran = []
    again = inline.several(country, monkeypatch, "provinces", during=lambda job: ran.append(job.name))
    assert statuses(again) == {"15": "made", "17": "made", "19": "kept"}
    assert ran == ["report.en", "report.en"]
    assert not list((country.at.reports / "draft" / ".work").rglob("*.made"))


def test_what_is_made_again_is_as_if_nothing_had_failed(country, tmp_path, monkeypatch):
    inline.several(country, monkeypatch, "15", during=fail(("15", "report.vi"), ("15", "quality.en")))
    inline.several(country, monkeypatch, "15")
    undisturbed = countries.country(tmp_path / "other" / "data")
    inline.several(undisturbed, monkeypatch, "15")
    assert files(country.at.draft(OCTOBER, "15")) == files(undisturbed.at.draft(OCTOBER, "15"))


def test_what_was_kept_of_other_counts_is_not_taken(country, monkeypatch):
    inline.several(country, monkeypatch, "15", during=fail(("15", "report.vi")))
    country.write("2024-10", countries.cells(11))
    ran = []
    inline.several(country, monkeypatch, "15", during=lambda job: ran.append(job.name))
    assert len(ran) == 6


def test_what_drafts_have_lost_is_told_with_the_command_that_makes_it_again(country, monkeypatch, capsys):
    inline.several(country, monkeypatch, "15,17", make=areas.notices)
    country.write("2024-10", countries.cells(11))
    console.areas(inline.several(country, monkeypatch, "provinces"))
    said = capsys.readouterr().err.replace("\n", "")
    assert "make notices MONTH=2024-10 AREAS=15,17" in said
    console.areas(inline.several(country, monkeypatch, "provinces", force=True))
    assert "make notices MONTH=2024-10 AREAS=15" not in capsys.readouterr().err.replace("\n", "")


def test_force_takes_nothing_and_says_so(country, monkeypatch):
    inline.several(country, monkeypatch, "15", during=fail(("15", "report.vi")))
    ran = []
    inline.several(country, monkeypatch, "15", during=lambda job: ran.append(job.name), force=True)
    assert len(ran) == 6
    assert inline.report(country, monkeypatch, area="15", force=True)[0].reused == 0


def test_a_plain_report_keeps_what_it_has_made_too(office, monkeypatch):
    with pytest.raises(NotebookFailed):
        inline.report(office, monkeypatch, during=fail((None, ""), ("", "report.vi")))
    ran = []
    (result,) = inline.report(office, monkeypatch, during=lambda job: ran.append(job.name))
    assert ran == ["report.vi"]
    assert result.reused == 2 * 5 + 3 + 2  # five pages with notebooks, annex and tables, two papers


def test_a_province_that_contradicts_itself_is_rejected_and_the_others_go_on(country, monkeypatch):
    country.write("2024-10", countries.cells(10) | {("1711", "KS"): ("300", "301", "")})
    result = inline.several(country, monkeypatch, "all")
    assert statuses(result) == {
        each: "rejected" if each.startswith("17") else "made"
        for each in ("VN", "15", "17", "19", "151", "152", "171", "172", "191", "192")
    }
    assert result.exit_code == ExitCode.CONTRADICTED
    (rejected,) = (each for each in result.areas if each.area == "17")
    assert "Xã B11" in rejected.reason["vi"]
    assert {"quality.vi.html", "validation.json"} <= set(files(country.at.rejected(OCTOBER, "17")))
    (whole,) = inline.report(country, monkeypatch)
    assert (whole.rejected, list(whole.set_aside)) == (False, ["17"])


def test_a_province_that_is_set_aside_gets_no_notice(country, monkeypatch):
    country.write("2024-10", countries.cells(10) | {("1711", "KS"): ("300", "301", "")})
    inline.several(country, monkeypatch, "VN", make=areas.notices)
    made = {name for name in files(country.at.draft(OCTOBER)) if name.endswith(".docx")}
    assert made == {"notices/15.docx", "notices/19.docx"}


def test_in_a_province_its_districts_are_areas_too(office, monkeypatch):
    assert statuses(inline.several(office, monkeypatch, "districts")) == {"11": "made", "12": "made"}
    office.write("2024-10", cells(30) | {("111", "KS"): ("200", "201", "")})
    rejected = inline.several(office, monkeypatch, "districts")
    assert set(statuses(rejected).values()) == {"rejected"}
    assert drafts(office) == {"11", "12"}
