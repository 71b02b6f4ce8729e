"""The example office's data folder: what it holds, and that datapackage.json describes exactly that."""

import csv
import json
import re
import unicodedata
from datetime import date

import pytest

from hotich.checks import waivers
from hotich.data import areas, counts, difficulties, office, published, registers
from hotich.intake import lists
from hotich.intake.deliver import incoming_log
from hotich.intake.fold_text import fold
from hotich.storage.paths import PROJECT

DATA = PROJECT / "data"
OCTOBER, DECEMBER = date(2024, 10, 22), date(2024, 12, 1)
PACKAGE = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
TABLES = {each["name"]: each for each in PACKAGE["resources"] if "schema" in each}


def paths(resource):
    return resource["path"] if isinstance(resource["path"], list) else [resource["path"]]


def rows(path):
    with (DATA / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def columns_in_code():
    return {
        "areas": (*areas.COLUMNS, *areas.OFFICIAL),
        "registers": registers.COLUMNS,
        "deliveries": counts.DELIVERY_COLUMNS,
        "incoming": incoming_log.COLUMNS,
        "counts": counts.COLUMNS,
        "difficulties": difficulties.COLUMNS,
        "published-2024-10": (*published.COLUMNS, published.BESIDES),
        "waivers": waivers.COLUMNS,
    }


def test_every_file_is_described_once_and_every_description_has_its_file():
    described = sorted(path for resource in PACKAGE["resources"] for path in paths(resource))
    present = sorted(path.relative_to(DATA).as_posix() for path in DATA.rglob("*") if path.is_file())
    present = [path for path in present if not path.startswith(".")]  # the program's own lock
    assert described == [path for path in present if path != "datapackage.json"]


def test_every_column_is_described_and_every_described_column_exists():
    for resource in TABLES.values():
        names = [field["name"] for field in resource["schema"]["fields"]]
        for path in paths(resource):
            header = (DATA / path).read_text(encoding="utf-8").partition("\n")[0].split(",")
            assert header == names, path


@pytest.mark.parametrize("name", columns_in_code())
def test_the_description_has_the_columns_that_the_code_reads(name):
    assert [field["name"] for field in TABLES[name]["schema"]["fields"]] == list(columns_in_code()[name])


def test_every_column_has_a_description_of_its_own():
    for name, resource in TABLES.items():
        texts = [field["description"] for field in resource["schema"]["fields"]]
        assert all(len(text) > 10 for text in texts), name
        assert len(set(texts)) == len(texts), name


TYPES = {
    "string": lambda text: True,
    "integer": re.compile("-?[0-9]+").fullmatch,
    "number": re.compile(r"-?[0-9]+(\.[0-9]+)?").fullmatch,
    "yearmonth": re.compile("[0-9]{4}-[0-9]{2}").fullmatch,
    "date": lambda text: date.fromisoformat(text).isoformat() == text,
}


def faults(field, text):
    rules = field.get("constraints", {})
    if text == "":
        return ["required"] if rules.get("required") else []
    found = [] if TYPES[field["type"]](text) else ["type"]
    found += ["enum"] if text not in rules.get("enum", [text]) else []
    found += ["pattern"] if not re.search(rules.get("pattern", ""), text) else []
    return found + (["minimum"] if "minimum" in rules and float(text) < rules["minimum"] else [])


@pytest.mark.parametrize("name", TABLES)
def test_every_cell_keeps_to_its_description(name):
    fields = TABLES[name]["schema"]["fields"]
    for path in paths(TABLES[name]):
        found = [
            (path, line, field["name"], row[field["name"]], faults(field, row[field["name"]]))
            for line, row in enumerate(rows(path), 2)
            for field in fields
            if faults(field, row[field["name"]])
        ]
        assert not found


@pytest.mark.parametrize("name", TABLES)
def test_keys_are_unique_and_references_lead_somewhere(name):
    schema = TABLES[name]["schema"]
    for path in paths(TABLES[name]):
        table = rows(path)
        keys = [tuple(row[column] for column in schema["primaryKey"]) for row in table]
        assert len(set(keys)) == len(keys), path
        for foreign in schema.get("foreignKeys", ()):
            (target,) = paths(TABLES[foreign["reference"]["resource"]])
            known = {row[foreign["reference"]["fields"][0]] for row in rows(target)}
            assert {row[foreign["fields"][0]] for row in table} <= known, path


def test_what_was_made_up_is_marked_in_the_log_and_in_the_description():
    logged = {row["month"] for row in rows("deliveries.csv") if row["origin"] == "synthetic"}
    assert {f"counts/{month}.csv" for month in logged} == set(TABLES["counts"]["path"])
    for name in ("counts", "difficulties"):
        assert TABLES[name]["origin"] == "synthetic"
        assert TABLES[name]["description"].startswith("Illustrative")


def test_every_text_file_is_nfc_and_has_unix_line_ends():
    for path in (path for path in DATA.rglob("*") if path.is_file()):
        text = path.read_bytes().decode("utf-8")
        assert text == unicodedata.normalize("NFC", text), path
        assert "\r" not in text, path


def test_in_october_there_are_173_communes_nine_districts_and_ten_offices():
    on = areas.read(DATA).on(OCTOBER)
    levels = [area.level for area in on.by_code.values()]
    assert {level: levels.count(level) for level in set(levels)} == {
        "province": 1,
        "district": 9,
        "commune": 173,
        "office": 10,
    }
    assert len(on.units("15")) == 183
    types = [area.type for area in on.communes("15")]
    assert (types.count("xã"), types.count("phường"), types.count("thị trấn")) == (150, 13, 10)


def test_every_district_has_as_many_communes_as_the_official_list():
    on = areas.read(DATA).on(OCTOBER)
    assert {area.code: len(on.communes(area.code)) for area in on.children("15")} == {
        "132": 15,
        "133": 14,
        "135": 24,
        "136": 25,
        "137": 14,
        "138": 21,
        "139": 12,
        "140": 24,
        "141": 24,
    }


def test_every_district_and_the_province_have_an_office_of_their_own():
    on = areas.read(DATA).on(OCTOBER)
    assert [office.code for office in on.offices("15")] == ["15-STP"]
    assert all([o.code for o in on.offices(d.code)] == [f"{d.code}-PTP"] for d in on.children("15"))
    assert (on.unit_level("15-STP"), on.unit_level("139-PTP")) == ("department", "district_office")


def test_the_file_lists_an_area_then_its_office_then_what_lies_below_it_by_code():
    listed = [row["code"] for row in rows("areas.csv")]
    on = areas.read(DATA).on(OCTOBER)
    expected = ["15", "15-STP"]
    for district in on.children("15"):
        expected += [district.code, f"{district.code}-PTP", *sorted(c.code for c in on.communes(district.code))]
    assert list(dict.fromkeys(listed)) == expected


def test_five_mergers_leave_168_communes_in_december():
    listed = areas.read(DATA)
    after = listed.on(DECEMBER)
    assert len(after.communes("15")) == 168
    ended = [a for a in listed.all if a.valid_to == date(2024, 11, 30)]
    assert {a.code: a.successor for a in ended} == {
        "04264": "04264",
        "04267": "04264",
        "04507": "04510",
        "04510": "04510",
        "04528": "04498",
        "04561": "04567",
        "04774": "04762",
    }
    assert all(a.successor in after and a.note for a in ended)


def test_successors_that_nobody_confirmed_say_so():
    unsure = {row["code"] for row in rows("areas.csv") if row["note"].startswith("unconfirmed")}
    assert unsure == {"04528", "04561"}


@pytest.mark.parametrize(
    ("code", "before", "after"),
    [("04264", "Phường Nguyễn Phúc", "Phường Hồng Hà"), ("04510", "Xã Việt Thành", "Xã Thành Thịnh")],
)
def test_two_codes_live_on_under_another_name(code, before, after):
    listed = areas.read(DATA)
    assert [area.name("vi") for area in listed.ever(code)] == [before, after]
    assert (listed.on(OCTOBER)[code].name("vi"), listed.on(DECEMBER)[code].name("vi")) == (before, after)


def test_the_province_ends_on_30_june_2025():
    listed = areas.read(DATA)
    assert "15" in listed.on(date(2025, 6, 30))
    assert not listed.on(date(2025, 7, 1)).by_code


def test_names_keep_the_official_spelling_and_the_press_spelling_is_an_alias():
    on = areas.read(DATA).on(OCTOBER)
    assert on["137"].name("vi") == "Huyện Mù Căng Chải"
    assert ("area", "137", "Huyện Mù Cang Chải") in [tuple(row.values()) for row in rows("aliases.csv")]
    assert on["139-PTP"].name("vi") == "Phòng Tư pháp huyện Trạm Tấu"
    assert on["139-PTP"].name("en") == "Justice Office of Trạm Tấu District"
    assert (on["132"].name("en"), on["133"].name("en")) == ("Yên Bái City", "Nghĩa Lộ Town")


def test_aliases_name_what_exists_and_no_spelling_means_two_things():
    aliases = lists.read(DATA, OCTOBER).aliases
    assert len(aliases) == len(rows("aliases.csv"))
    spelt = [(kind, fold(alias)) for kind, _, alias in aliases]
    assert [each for each in spelt if spelt.count(each) > 1] == []


def test_two_communes_of_one_name_are_told_apart_by_their_code():
    on = areas.read(DATA).on(OCTOBER)
    assert [area.code for area in on.communes("15") if area.name("vi") == "Xã Tân Thịnh"] == ["04279", "04696"]


def test_four_registers_are_population_and_six_civil_status_and_all_say_that_this_is_assumed():
    known = registers.read(DATA)
    assert [r.code for r in known if r.group == "population"] == ["KS", "KH", "KT", "CN"]
    assert [r.code for r in known if r.group == "civil_status"] == ["CMC", "XN", "GH", "CDGH", "LH", "TD"]
    assert all(register.source.startswith("assumption") for register in known)


def test_only_divorce_annotations_do_not_apply_to_communes():
    assert [register.code for register in registers.read(DATA) if "commune" not in register.levels] == ["LH"]


def test_the_office_has_two_targets_and_the_threshold_of_the_press():
    settings = office.read(DATA)
    assert (settings.root, settings.threshold, settings.cutoff_day, settings.paper) == ("15", 90, 22, "thông báo")
    assert [(t.id, t.day) for t in settings.targets] == [
        ("province", date(2024, 9, 30)),
        ("country", date(2024, 12, 31)),
    ]
    assert (settings.letterhead.superior, settings.letterhead.body) == ("UBND TỈNH YÊN BÁI", "SỞ TƯ PHÁP")


def test_the_map_has_the_nine_districts_of_october():
    shapes = json.loads((DATA / "areas.geojson").read_text(encoding="utf-8"))
    on = areas.read(DATA).on(OCTOBER)
    assert {each["properties"]["code"] for each in shapes["features"]} == {area.code for area in on.children("15")}
