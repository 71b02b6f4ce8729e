"""A folder continued over July 2025: what was reported stays, what went as a whole into one unit is followed."""

import json
import os
import shutil
import subprocess
from datetime import date

import in_process
import pytest
from conftest import HOTICH, SPREAD, failing
from offices import TODAY, differing, fill, new_office

from hotich import gazetteer
from hotich.data import areas, counts, dataset, office, outlines, succession
from hotich.errors import CannotNow, ExitCode, HotichError, InputRefused, WrongUsage
from hotich.intake.template.form import carried
from hotich.language import LANGUAGES
from hotich.month import Month
from hotich.scaffold import check_areas, go_on
from hotich.storage.paths import PROJECT, Folders

OLD, NEW = gazetteer.countries()
JUNE, JULY = Month(2025, 6), Month(2025, 7)


def continued(source, folder, **words):
    return go_on.go_on(str(source), to=str(folder), today=TODAY, **words)


KINDS = {
    "12": "stayed alone",
    "01": "a city, the most communes",
    "10": "joined under the other's code",
    "15": "took another in",
    "31": "a city that took a province in; an island without communes",
    "45": "joined under the other's code; an island without communes",
    "79": "took two in",
    "91": "took one in; special zones",
}
"""Provinces that differ in how July 2025 changed them."""


@pytest.mark.parametrize("code", differing(OLD.provinces, KINDS))
def test_each_of_63_provinces_is_continued_and_read(tmp_path, code):
    at = new_office(tmp_path / "old", code, as_of="2025-06")
    done = continued(at.data, tmp_path / "new" / "data")
    listed = areas.read(done.folder)
    now, then = listed.on(go_on.BEGINS), listed.on(go_on.LAST)
    assert {area.code for area in now.children(done.code)} == {unit.unit for unit in NEW.of(done.code)}
    assert now.two_levels(done.code)
    assert {a.code for a in then.communes(code)} == {a.code for a in areas.read(at.data).on(go_on.LAST).communes(code)}
    assert [area.code for area in now.by_code.values() if not area.parent] == [done.code]
    assert office.read(done.folder).root == done.code
    assert {unit.unit for unit in NEW.of(done.code)} <= {
        each["properties"]["code"] for each in outlines.read(done.folder)
    }
    followed = succession.between(listed, then, now)
    assert done.followed == sum(code in followed.whole for code in {area.code for area in then.communes(code)})
    contradictions = [
        each.key for each in check_areas.findings(listed, done.code, TODAY) if each.state == "contradicting"
    ]
    assert contradictions == []


def test_what_the_crosswalk_says_of_other_provinces_is_not_taken_for_known(tmp_path):
    """Hải Phòng (31) was joined with Hải Dương (30): a commune made of parts of both reports anew for either."""
    done = continued(new_office(tmp_path / "old", "31", as_of="2025-06").data, tmp_path / "new")
    listed = areas.read(done.folder)
    became = succession.between(listed, listed.on(go_on.LAST), listed.on(go_on.BEGINS))
    assert {"11911", "10804", "10843"} & became.parts.keys() == set()
    assert done.divided


def test_the_example_goes_from_173_communes_to_168_to_51_of_99(tmp_path):
    done = continued(PROJECT / "data", tmp_path / "new", as_of="2025-07-01", province="lao cai")
    listed = areas.read(done.folder)
    assert (done.before, done.followed, done.into, done.anew, done.offices) == (168, 168, 51, 48, 10)
    became = succession.between(listed, listed.on(date(2024, 10, 22)), listed.on(date(2025, 7, 22)))
    assert len(became.whole) == 173
    assert office.read(done.folder).name_vi == "Sở Tư pháp tỉnh Lào Cai"
    assert office.read(done.folder).targets == office.read(PROJECT / "data").targets
    for path in sorted((PROJECT / "data").rglob("*.csv")):
        within = path.relative_to(PROJECT / "data")
        assert within.name == "areas.csv" or (done.folder / within).read_bytes() == path.read_bytes()


def test_a_province_that_stayed_alone_keeps_its_line_and_its_office(tmp_path):
    at = new_office(tmp_path / "old", "Lai Châu", as_of="2025-06")
    done = continued(at.data, tmp_path / "new")
    listed = areas.read(done.folder)
    assert listed.on(go_on.LAST)["12"] is listed.on(go_on.BEGINS)["12"]
    assert listed.on(go_on.LAST)["12-STP"] is listed.on(go_on.BEGINS)["12-STP"]
    assert (done.folder / "office.toml").read_bytes() == (at.data / "office.toml").read_bytes()


def test_a_province_with_another_code_has_its_months_before(tmp_path):
    at = new_office(tmp_path / "old", "10", as_of="2025-06")
    fill(at, [Month(2025, 5), JUNE])
    done = continued(at.data, tmp_path / "new" / "data")
    to = Folders(done.folder, tmp_path / "new" / "reports")
    assert (done.code, counts.months(to)) == ("15", [Month(2025, 5), JUNE])
    june = counts.read(at, JUNE).rows
    listed = areas.read(done.folder)
    required = carried(to, JULY, listed, date(2025, 7, 22)).required
    became = succession.between(listed, listed.on(date(2025, 6, 22)), listed.on(date(2025, 7, 22)))
    unit, parts = next((unit, parts) for unit, parts in became.parts.items() if len(parts) > 2)
    sums = sum(int(row["required"]) for row in june if row["area"] in parts and row["register"] == "KS")
    assert required[unit, "KS"] == sums
    assert dataset.read("2025-06", at).root == "10"


BAD = {
    "before the day": ({"as_of": "2025-06"}, InputRefused),
    "a day to come": ({"as_of": "2026-12"}, WrongUsage),
    "no province": ({"province": "Nowhere"}, InputRefused),
    "another province": ({"province": "Cà Mau"}, InputRefused),
    "a folder that is none": ({"source": "none"}, HotichError),
}


@pytest.mark.parametrize("story", BAD)
def test_what_cannot_be_is_told_and_nothing_is_written(tmp_path, story):
    words, kind = BAD[story]
    source = words.pop("source", None) or PROJECT / "data"
    with pytest.raises(kind) as caught:
        continued(source, tmp_path / "new", **words)
    for language in LANGUAGES:
        assert caught.value.message(language)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("shapes", ["{", '{"features": 1}', " " * 11_000_000], ids=["cut off", "no list", "too large"])
def test_shapes_that_cannot_be_read_are_refused_first(tmp_path, shapes):
    shutil.copytree(PROJECT / "data", tmp_path / "data")
    (tmp_path / "data" / "areas.geojson").write_text(shapes, encoding="utf-8")
    with pytest.raises(InputRefused) as caught:
        continued(tmp_path / "data", tmp_path / "new")
    assert "areas.geojson" in caught.value.message("en")
    assert not (tmp_path / "new").exists()


def test_the_command_says_what_can_be_followed_and_what_comes_next(tmp_path):
    own = {"PATH": os.environ["PATH"], "LANG": "en_GB.UTF-8", "FROM": str(PROJECT / "data"), "AS_OF": "2025-07"}
    done = subprocess.run([HOTICH, "office", "--json"], cwd=tmp_path, env=own, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["followed"] == 168
    assert "51 communes of today" in done.stderr
    assert (tmp_path / "lao-cai" / "data" / go_on.NOTE_FILE).exists()
    refused = in_process.hotich("office", "--threshold", "80", environment=own, folder=tmp_path)
    assert refused.returncode == ExitCode.WRONG_USAGE
    assert "THRESHOLD=80" in refused.stderr


def test_a_folder_is_never_overwritten_nor_continued_twice(tmp_path):
    done = continued(PROJECT / "data", tmp_path / "new")
    before = {path: path.read_bytes() for path in done.folder.rglob("*") if path.is_file()}
    with pytest.raises(CannotNow):
        continued(PROJECT / "data", tmp_path / "new")
    with pytest.raises(InputRefused):
        continued(done.folder, tmp_path / "again")
    assert {path: path.read_bytes() for path in done.folder.rglob("*") if path.is_file()} == before


def test_a_list_edited_by_hand_that_is_no_hierarchy_is_refused(tmp_path):
    shutil.copytree(PROJECT / "data", tmp_path / "data")
    path = tmp_path / "data" / "areas.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("132,2024-01-01,2025-06-30", "132,2024-01-01,2025-05-30"), encoding="utf-8")
    with pytest.raises(InputRefused):
        continued(tmp_path / "data", tmp_path / "new")
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("every", SPREAD)
@pytest.mark.parametrize("failure", ["killed", "disk full"])
def test_a_folder_is_whole_or_not_there_whatever_fails(tmp_path, monkeypatch, failure, every):
    at = new_office(tmp_path / "old", "Lai Châu", as_of="2025-06")
    target = tmp_path / "new"

    for ended in failing(monkeypatch, failure, lambda: continued(at.data, target), every):
        assert not ended or (target / "areas.csv").exists()
        if target.exists():
            assert areas.read(target).on(go_on.BEGINS).two_levels(office.read(target).root)
            shutil.rmtree(target)
