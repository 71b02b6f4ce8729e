"""The data folder of a new office: every province can be made and is read at once, and nothing is ever overwritten."""

import csv
import json
from datetime import date

import pytest
from conftest import FAILURES, SPREAD, failing
from offices import OCTOBER, TODAY, differing, fill, new_office
from offices import read as read_month

from hotich import gazetteer
from hotich.data import areas, counts, difficulties, office, outlines, registers
from hotich.errors import CannotNow, InputRefused, WrongUsage
from hotich.intake import lists
from hotich.intake import template as workbooks
from hotich.intake.deliver import incoming_log
from hotich.intake.tables.match_names import Names
from hotich.month import Month
from hotich.scaffold import list_areas, make
from hotich.scaffold.check import check
from hotich.scaffold.settings import ASSUMED, Answers
from hotich.storage.paths import PROJECT

OLD, NEW = gazetteer.countries()
BELOW = {OLD: "district", NEW: "commune"}


KINDS = {
    "01": "a city",
    "12": "the fewest communes",
    "31": "a city with special zones",
    "38": "the most communes without a special zone",
    "48": "a city, an island without people",
    "79": "the city whose office has a name of its own",
    "96": "a province of the south",
}
"""Provinces whose lists differ in kind."""


@pytest.mark.parametrize("code", differing(NEW.provinces, KINDS))
def test_each_of_34_provinces_is_made_and_read(tmp_path, code):
    at = new_office(tmp_path, code)
    on, kept = areas.read(at.data).on(TODAY), registers.read(at.data)
    assert {area.code for area in on.children(code)} == {unit.unit for unit in NEW.of(code)}
    assert [area.code for area in on.offices(code)] == [f"{code}-STP"]
    assert on.two_levels(code)
    assert {level for each in kept for level in each.levels} == {"commune", "department"}
    assert office.read(at.data).root == code
    assert {each["properties"]["code"] for each in outlines.read(at.data)} == {unit.unit for unit in NEW.of(code)}
    assert lists.read(at.data, TODAY).aliases
    assert (counts.months(at), difficulties.read(at, OCTOBER), incoming_log.read(at)) == ([], (), ())


@pytest.mark.parametrize("code", differing(OLD.provinces, [*KINDS, "15"]))
def test_each_of_63_provinces_of_before_july_2025_is_made_and_read(tmp_path, code):
    at, day = new_office(tmp_path, code, as_of="2024-11"), date(2024, 11, 1)
    on = areas.read(at.data).on(day)
    units = OLD.of(code)
    assert {area.code for area in on.children(code)} == {unit.district for unit in units}
    assert {area.code for area in on.communes(code)} == {unit.unit for unit in units if unit.unit}
    assert all(len(on.offices(district.code)) == 1 for district in on.children(code))
    assert {level for each in registers.read(at.data) for level in each.levels} == set(registers.LEVELS)
    assert office.read(at.data).targets[-1].day == date(2024, 12, 31)
    assert lists.read(at.data, day).aliases
    assert {each["properties"]["code"] for each in outlines.read(at.data)} == {unit.district for unit in units}


@pytest.mark.parametrize(
    ("as_of", "country", "written"), [("2024-11", OLD, "Viet Nam"), ("2026-11", NEW, "cả nước")], ids=["2024", "2026"]
)
def test_the_country_is_made_with_every_province_and_nothing_contradicts(tmp_path, as_of, country, written):
    at = new_office(tmp_path, written, as_of)
    day = date(int(as_of[:4]), 11, 2)
    on = areas.read(at.data).on(day)
    assert [area.code for area in on.children("VN")] == list(country.provinces)
    assert {area.code for area in on.communes("VN")} == {unit.unit for unit in country.units if unit.unit}
    assert all(len(on.offices(province)) == 1 for province in country.provinces)
    assert not on.offices("VN")
    settings = office.read(at.data)
    assert (settings.root, settings.name_vi, settings.letterhead.body) == ("VN", "Bộ Tư pháp", "BỘ TƯ PHÁP")
    assert settings.letterhead.issuer == "BTP"
    assert check(at, day).of("contradicting") == []
    drawn = {each["properties"]["code"] for each in outlines.read(at.data)}
    assert drawn == {area.code for area in on.by_code.values() if area.level in ("province", BELOW[country])}


def test_the_country_s_folder_is_named_after_it_and_counts_its_areas_on_the_day(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    made = make.make("VN", as_of="2024-11", answers=Answers(), today=TODAY)
    assert made.folder == tmp_path / "ca-nuoc" / "data"
    assert made.levels == {"country": 1, "province": 63, "district": 704, "commune": 10_542, "office": 767}


def test_yen_bai_lives_through_its_merger_of_december_2024_as_the_example_does(tmp_path):
    made = areas.read(new_office(tmp_path, "Yên Bái", as_of="2024-11").data)
    example = areas.read(PROJECT / "data")
    for day in (date(2024, 11, 30), date(2024, 12, 1), date(2025, 6, 30)):
        ours, theirs = (
            {(area.code, area.name_vi, area.name_en, area.parent) for area in each.on(day).by_code.values()}
            for each in (made, example)
        )
        assert ours == theirs
    successors = [{(a.code, a.successor) for a in each.all if a.successor} for each in (made, example)]
    assert successors[0] == successors[1]


@pytest.mark.parametrize(("province", "as_of"), [("Cà Mau", "2026-10"), ("Điện Biên", "2024-11")])
def test_workbooks_counts_and_a_month_s_figures_work_at_once(tmp_path, province, as_of):
    at, month = new_office(tmp_path, province, as_of), Month(*map(int, as_of.split("-")))
    assert workbooks.write(at, month).rows > 300
    fill(at, [month.previous, month])
    assert read_month(at, "vi", month).get("percent").value > 50


def test_every_file_is_described_and_every_description_has_its_file(tmp_path):
    at = new_office(tmp_path, "Lào Cai")
    package = json.loads((at.data / "datapackage.json").read_text(encoding="utf-8"))
    described = {each["path"] for each in package["resources"]}
    present = {path.name for path in at.data.iterdir()} - {"datapackage.json", "README.md", "NOTICE"}
    assert described == present
    for each in package["resources"]:
        if "schema" in each:
            with (at.data / each["path"]).open(encoding="utf-8", newline="") as file:
                header, *rows = csv.reader(file)
            assert header == [field["name"] for field in each["schema"]["fields"]]
            for number, field in enumerate(each["schema"]["fields"]):
                allowed = field.get("constraints", {}).get("enum")
                assert allowed is None or {row[number] for row in rows} <= set(allowed), field["name"]


@pytest.mark.parametrize("written", ["Đặc khu Côn Đảo", "ĐK Côn Đảo", "đk. côn đảo"])
def test_a_special_zone_is_known_by_its_name_as_people_shorten_it(tmp_path, written):
    names = Names(lists.read(new_office(tmp_path, "tp hcm").data, TODAY))
    assert names.areas(written) == {"26732"}


def test_the_example_reads_every_spelling_that_a_new_office_gets():
    def spellings(path):
        with path.open(encoding="utf-8", newline="") as file:
            return {tuple(row.values()) for row in csv.DictReader(file) if row["kind"] != "area"}

    ours = spellings(PROJECT / "hotich/scaffold/template/aliases.csv")
    assert spellings(PROJECT / "data/aliases.csv") <= ours


def test_what_nobody_confirmed_is_marked_and_what_somebody_said_is_not(tmp_path):
    text = (new_office(tmp_path / "a", "Cà Mau").data / "office.toml").read_text(encoding="utf-8")
    assert text.count(ASSUMED) == 7
    assert 'source = "giả định: hết năm' in text
    assert "/ assumption: the end of the year" in text
    said = {"threshold": "75", "cutoff_day": "15", "target": "2027-06-30", "paper": "công văn"}
    at = new_office(tmp_path / "b", "Cà Mau", **said)
    settings = office.read(at.data)
    assert (settings.threshold, settings.cutoff_day, settings.paper) == (75, 15, "công văn")
    assert settings.targets[-1].day == date(2027, 6, 30)
    assert (at.data / "office.toml").read_text(encoding="utf-8").count(ASSUMED) == 4


@pytest.mark.parametrize(
    ("province", "superior", "place", "name"),
    [
        ("Cà Mau", "UBND TỈNH CÀ MAU", "Cà Mau", "Sở Tư pháp tỉnh Cà Mau"),
        ("Hà Nội", "UBND THÀNH PHỐ HÀ NỘI", "Hà Nội", "Sở Tư pháp thành phố Hà Nội"),
        ("tp hcm", "UBND THÀNH PHỐ HỒ CHÍ MINH", "Thành phố Hồ Chí Minh", "Sở Tư pháp Thành phố Hồ Chí Minh"),
    ],
)
def test_the_letterhead_is_the_province_s(tmp_path, province, superior, place, name):
    settings = office.read(new_office(tmp_path, province).data)
    assert (settings.letterhead.superior, settings.letterhead.place, settings.name_vi) == (superior, place, name)


def test_english_names_say_the_kind_of_area():
    names = {
        name: list_areas.Name.of(name).english for name in ("Quận 1", "Phường 4", "Huyện Lục Yên", "Thị xã Nghĩa Lộ")
    }
    assert list(names.values()) == ["District 1", "Ward 4", "Lục Yên District", "Nghĩa Lộ Town"]


def test_communes_that_changed_before_the_list_ended_are_named_for_its_office_to_mend(tmp_path):
    at = tmp_path / "data"
    made = make.make("Nghệ An", as_of="2024-11", to=str(at), answers=Answers(), today=TODAY)
    assert made.later > 0
    assert (at / "README.md").read_text(encoding="utf-8").count("**") == 4
    lasting = make.make("Cà Mau", as_of="", to=str(tmp_path / "b"), answers=Answers(), today=TODAY)
    assert lasting.later == 0


@pytest.mark.parametrize(("paper", "symbol"), [("", "TB-STP"), ("thông báo", "TB-STP"), ("công văn", "STP-HCTP")])
def test_the_symbol_is_that_of_the_paper_and_the_office_s_own_sign_follows_from_either(tmp_path, paper, symbol):
    head = office.read(new_office(tmp_path, "Cà Mau", paper=paper).data).letterhead
    assert (head.symbol, head.issuer) == (symbol, "STP")


@pytest.mark.parametrize("written", ["31/12/2026", "2026-12-31", " 31/12/2026 "])
def test_a_deadline_may_be_written_as_vietnamese_papers_do(tmp_path, written):
    (target,) = office.read(new_office(tmp_path, "Cà Mau", target=written).data).targets
    assert target.day == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("wrong", "kind", "key"),
    [
        ({"province": ""}, WrongUsage, "new_office.no_province"),
        ({"province": "Yên Bái"}, InputRefused, "new_office.ended"),
        ({"province": "Atlantis"}, InputRefused, "new_office.unknown"),
        ({"as_of": "2027-01"}, WrongUsage, "new_office.future"),
        ({"as_of": "2020-01"}, InputRefused, "new_office.before"),
        ({"as_of": "thứ hai"}, WrongUsage, "new_office.day"),
        ({"to": "https://example.org/data"}, WrongUsage, "places.address"),
        ({"answers": Answers(threshold="100")}, WrongUsage, "new_office.whole"),
        ({"answers": Answers(threshold="60.5")}, WrongUsage, "new_office.whole"),
        ({"answers": Answers(cutoff_day="32")}, WrongUsage, "new_office.whole"),
        ({"answers": Answers(cutoff_day="²")}, WrongUsage, "new_office.whole"),
        ({"answers": Answers(target="31/11/2026")}, WrongUsage, "new_office.target"),
        ({"answers": Answers(paper="tờ trình")}, WrongUsage, "new_office.paper"),
    ],
)
def test_what_cannot_be_is_named_and_nothing_is_written(tmp_path, monkeypatch, wrong, kind, key):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(kind) as refused:
        make.make(**{"province": "Cà Mau", "to": "", "answers": Answers(), "today": TODAY} | wrong)
    assert refused.value.key == key
    assert refused.value.message("vi") != refused.value.message("en")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_holds_something_is_left_as_it_is(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "mine.txt").write_text("mine")
    (tmp_path / "file").write_text("mine")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for name in ("data", "file", "link"):
        with pytest.raises(CannotNow) as refused:
            make.make("Cà Mau", to=str(tmp_path / name), answers=Answers(), today=TODAY)
        assert refused.value.key == "new_office.exists"
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["data", "file", "link", "mine.txt"]


def test_an_empty_folder_may_be_filled(tmp_path):
    (tmp_path / "data").mkdir()
    assert office.read(new_office(tmp_path, "Cà Mau").data).root == "96"


@pytest.mark.parametrize("every", SPREAD)
@pytest.mark.parametrize("failure", FAILURES)
def test_a_failure_leaves_the_whole_folder_or_none(tmp_path, monkeypatch, failure, every):
    target = tmp_path / "data"

    def operation():
        make.make("Lai Châu", to=str(target), answers=Answers(), today=TODAY)

    for ended in failing(monkeypatch, failure, operation, every):
        if target.exists():
            assert office.read(target).root == "12"
            assert len(areas.read(target).all) == 40
            for path in target.iterdir():
                path.unlink()
            target.rmdir()
        else:
            assert not ended
