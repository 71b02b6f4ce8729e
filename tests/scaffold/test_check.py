"""`check-office`: what of a data folder is set, assumed, missing and contradicting, each named."""

import json
import re
import subprocess
from datetime import date

import pytest
from conftest import HOTICH
from offices import OCTOBER, TODAY, fill, new_office

from hotich import gazetteer
from hotich.data import office, outlines
from hotich.errors import ExitCode
from hotich.language import LANGUAGES
from hotich.scaffold.check import check
from hotich.storage.paths import PROJECT, Folders


@pytest.fixture
def at(tmp_path):
    return new_office(tmp_path, "Cà Mau")


def edit(path, *changes):
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert re.search(old, text, flags=re.M), old
        text = re.sub(old, new, text, count=1, flags=re.M)
    path.write_text(text, encoding="utf-8")


def keys(found, state):
    return [finding.key or finding.refusal.key for finding in found.of(state)]


def test_a_new_office_has_assumptions_and_no_counts_yet_and_contradicts_nothing(at):
    found = check(at, TODAY)
    assert (found.day, found.exit_code) == (TODAY, ExitCode.DONE)
    assert keys(found, "assumed") == ["target", *["setting"] * 7, "registers"]
    assert keys(found, "missing") == ["months"]
    assert keys(found, "contradicting") == []
    assert {"office", "numbers", "units_two_levels", "aliases", "shapes"} <= set(keys(found, "set"))


@pytest.mark.parametrize(("country", "as_of"), [(0, "2024-11"), (1, "2026-11")])
def test_no_office_of_the_gazetteer_contradicts_itself(tmp_path, country, as_of):
    for code in list(gazetteer.countries()[country].provinces)[::8]:
        found = check(new_office(tmp_path / code, code, as_of), date(2024, 11, 1) if country == 0 else TODAY)
        assert keys(found, "contradicting") == []


def test_what_was_confirmed_is_no_longer_assumed(at):
    edit(at.data / "office.toml", (r"threshold = 90 .*", "threshold = 80"), ("giả định: .*", 'Kế hoạch 12/KH-UBND"'))
    edit(at.data / "registers.csv", ("assumption: [^\n]*", "Công văn 12/STP"))
    fill(at, [OCTOBER])
    found = check(at, TODAY)
    assert keys(found, "assumed") == [*["setting"] * 6, "registers"]
    assert "KS" not in found.of("assumed")[-1].words("en")
    assert keys(found, "missing") == []
    assert any("2026-10" in finding.words("en") for finding in found.of("set"))


def test_the_example_is_looked_at_on_its_last_day():
    found = check(Folders(PROJECT / "data", PROJECT / "reports"), TODAY)
    assert found.day == date(2025, 6, 30)
    assert keys(found, "contradicting") == []
    assert "target" in keys(found, "missing")
    assert "9 districts, 168 communes, 10 justice offices" in " ".join(each.words("en") for each in found.of("set"))


CONTRADICTIONS = {
    "an area without its parent": ("areas.csv", [(r"(32248,.*),96,", r"\1,69,")], "areas.parent", "32248"),
    "one code twice on a day": ("areas.csv", [(r"^32248,", "32244,")], "areas.overlap", "32244"),
    "a gap between two lines": (
        "areas.csv",
        [(r"^32248,2025-07-01,,(.*)$", r"32248,2025-07-01,2025-12-31,\1\n32248,2026-02-01,,\1")],
        "gap",
        "32248",
    ),
    "a commune is lacking": ("areas.csv", [(r"^32248,.*\n", "")], "lacking", "Xã Đất Mũi (32248)"),
    "a commune too many": (
        "areas.csv",
        [(r"^32248,(.*)Xã Đất Mũi,Đất Mũi Commune(.*)$", r"\g<0>\n99999,\1Xã Lạ,Lạ Commune\2")],
        "strange",
        "99999",
    ),
    "a successor that does not exist": (
        "areas.csv",
        [(r"^32248,2025-07-01,,(.*),96,,", r"32248,2025-07-01,2026-06-30,\1,96,77777,")],
        "areas.successor",
        "77777",
    ),
    "the root is none of the areas": ("office.toml", [('root = "96"', 'root = "97"')], "root", "97"),
    "a setting that is not allowed": (
        "office.toml",
        [(r"threshold = 90", "threshold = 60.5")],
        "settings.value",
        "60.5",
    ),
    "a dispatch with the symbol of a notice": (
        "office.toml",
        [("paper = .*", 'paper = "công văn"')],
        "symbol",
        "TB-STP",
    ),
    "a notice with the symbol of a dispatch": ("office.toml", [("TB-STP", "STP-HCTP")], "symbol", "STP-HCTP"),
    "an alias of nothing": ("aliases.csv", [(r"^register,KS,", "register,XX,")], "intake.alias_code", "XX"),
    "a shape is lacking": ("areas.geojson", [('"code":"32248"', '"code":"32244"')], "shapes_lacking", "32248"),
    "a shape of no area": ("areas.geojson", [('"code":"32248"', '"code":"12345"')], "shapes_strange", "12345"),
    "a shape that is none": ("areas.geojson", [('"Polygon"', '"Point"')], "outlines.feature", "1"),
    "no JSON": ("areas.geojson", [(r"\A\{", "")], "outlines", "areas.geojson"),
}


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_each_contradiction_is_named_in_both_languages(at, name):
    file, changes, key, said = CONTRADICTIONS[name]
    edit(at.data / file, *changes)
    found = check(at, TODAY)
    assert found.exit_code == ExitCode.INPUT_REFUSED
    assert any(each.startswith(key) for each in keys(found, "contradicting"))
    for language in LANGUAGES:
        assert said in " ".join(finding.words(language) for finding in found.of("contradicting"))


def test_a_ring_that_crosses_itself_is_named(at):
    path = at.data / "areas.geojson"
    shapes = json.loads(path.read_text(encoding="utf-8"))
    bow = [[105.0, 9.0], [105.1, 9.1], [105.1, 9.0], [105.0, 9.1], [105.0, 9.0]]
    shapes["features"][3]["geometry"] = {"type": "Polygon", "coordinates": [bow]}
    path.write_text(json.dumps(shapes), encoding="utf-8")
    (finding,) = check(at, TODAY).of("contradicting")
    assert finding.key == "shapes_crossing"
    assert shapes["features"][3]["properties"]["code"] in finding.words("vi")


def test_a_map_of_forty_megabytes_is_refused(at):
    with (at.data / "areas.geojson").open("ab") as file:
        file.write(b" " * 40_000_000)
    (finding,) = check(at, TODAY).of("contradicting")
    assert finding.refusal.key == "outlines.large"
    assert "40 MB" in finding.words("en")


def test_what_may_be_left_out_is_missing_and_no_contradiction(at):
    for name in ("areas.geojson", "aliases.csv"):
        (at.data / name).unlink()
    edit(at.data / "areas.csv", ("Đất Mũi Commune", ""))
    found = check(at, TODAY)
    assert sorted(keys(found, "missing")) == ["aliases", "english", "months", "shapes"]
    assert found.exit_code == ExitCode.DONE


def test_names_that_lack_their_english_are_missing_wherever_they_stand(at):
    edit(at.data / "areas.csv", ("Đất Mũi Commune", ""))
    edit(at.data / "registers.csv", ("Birth registers", ""), ("Death registers", ""))
    edit(at.data / "office.toml", ("^name_en = .*", 'name_en = ""'), ('^name_en = .[^"].*', 'name_en = ""'))
    found = {each.key: each for each in check(at, TODAY).of("missing")}
    assert found.keys() == {"english", "english_office", "english_targets", "english_registers", "months"}
    for language in LANGUAGES:
        assert "KS, KT" in found["english_registers"].words(language)
        assert "assumed" in found["english_targets"].words(language)
        assert "office.toml" in found["english_office"].words(language)


@pytest.mark.parametrize("paper", office.PAPERS)
def test_an_aim_that_was_said_has_an_assumed_source_in_both_languages_and_the_symbol_goes_with_the_paper(
    tmp_path, paper
):
    at = new_office(tmp_path, "Cà Mau", target="31/12/2026", paper=paper)
    found = check(at, TODAY)
    assert keys(found, "contradicting") == []
    (target,) = (each for each in found.of("assumed") if each.key == "target")
    assert "giả định: nêu khi lập thư mục" in target.words("vi")
    assert "assumption: stated" in target.words("en")
    assert any("recipients_en" in each.words("vi") for each in found.of("assumed"))


def test_several_refusals_are_told_at_once(at):
    edit(at.data / "office.toml", ("threshold = 90", "threshold = 0"))
    edit(at.data / "registers.csv", (",population,", ",other,"))
    assert sorted(keys(check(at, TODAY), "contradicting")) == ["registers.unknown", "settings.value"]


def test_a_line_that_touches_itself_does_not_cross():
    assert outlines.crossing([(0, 0), (2, 0), (2, 2), (1, 0), (0, 2), (0, 0)]) is None
    assert outlines.crossing([(0, 0), (2, 2), (2, 0), (0, 2), (0, 0)]) == (0, 2)


@pytest.mark.parametrize(("language", "said"), [("en_GB.UTF-8", "ASSUMED"), ("vi_VN.UTF-8", "GIẢ ĐỊNH")])
def test_the_command_shows_one_page(at, language, said):
    done = subprocess.run(
        [HOTICH, "check-office", "--data", at.data, "--json"], env={"LANG": language}, capture_output=True, text=True
    )
    assert (done.returncode, said in done.stderr) == (0, True)
    assert len(done.stderr.splitlines()) < 40
    assert json.loads(done.stdout)["contradicting"] == []
    edit(at.data / "areas.csv", (r"^32248,.*\n", ""))
    again = subprocess.run([HOTICH, "check-office", "--data", at.data], env={"LANG": language}, capture_output=True)
    assert again.returncode == ExitCode.INPUT_REFUSED


def test_a_register_that_nobody_keeps_is_named(tmp_path):
    folders = new_office(tmp_path, "Lai Châu", as_of="2024-11")
    listed = folders.data / "areas.csv"
    lines = listed.read_text(encoding="utf-8").splitlines(keepends=True)
    listed.write_text("".join(line for line in lines if "-PTP," not in line), encoding="utf-8")
    edit(folders.data / "registers.csv", (r"^LH,(.*),district_office department,", r"LH,\1,district_office,"))
    found = check(folders, date(2024, 11, 22))
    assert "registers.csv: LH is kept by district_office" in " ".join(
        each.words("en") for each in found.of("contradicting")
    )


def test_communes_without_a_district_keep_what_its_office_kept(at):
    edit(at.data / "registers.csv", (r"^LH,(.*),commune department,", r"LH,\1,district_office department,"))
    assert check(at, TODAY).of("contradicting") == []
