"""The second example, a province of two levels: what its folder holds, and that the seeded command wrote it."""

import csv
import json
import shutil

import pytest
from offices import OF_DISTRICTS, TODAY, read

from hotich import sample
from hotich.data import areas, comments, counts, office
from hotich.scaffold import check
from hotich.storage.paths import PROJECT, Folders

EXAMPLE = PROJECT / "examples" / "lao-cai-2026"
DATA = EXAMPLE / "data"
FOLDERS = Folders(DATA, EXAMPLE / "reports")
MADE = ("deliveries.csv", "difficulties.csv")


def files(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@pytest.fixture(scope="module")
def again(tmp_path_factory):
    """The folder without what the command writes, and then written by it anew."""
    folder = tmp_path_factory.mktemp("example") / "data"
    shutil.copytree(DATA, folder)
    shutil.rmtree(folder / "counts")
    for name in MADE:
        header = (folder / name).read_text(encoding="utf-8").partition("\n")[0]
        (folder / name).write_text(header + "\n", encoding="utf-8")
    sample.write(Folders(folder, folder.parent / "reports"))
    return folder


def test_the_seeded_command_writes_every_byte_of_it(again):
    for name in [*MADE, *(name for name in files(DATA) if name.startswith("counts/"))]:
        assert (again / name).read_bytes() == (DATA / name).read_bytes(), name


def test_every_file_is_described_once():
    package = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    described = [path for each in package["resources"] for path in listed(each["path"])]
    own = {"datapackage.json", "README.md", "NOTICE"}
    assert sorted(described) == [name for name in files(DATA) if name not in own and not name.startswith(".")]


def listed(path):
    return path if isinstance(path, list) else [path]


def test_it_is_a_province_of_two_levels_with_a_year_of_made_up_months():
    settings, months = office.read(DATA), counts.months(FOLDERS)
    on = areas.read(DATA).on(settings.cutoff(months[-1]))
    assert on.two_levels(settings.root)
    assert len(on.communes(settings.root)) == 99
    assert (str(months[0]), str(months[-1]), len(months)) == ("2025-11", "2026-10", 12)
    with (DATA / "deliveries.csv").open(encoding="utf-8", newline="") as file:
        assert {row["origin"] for row in csv.DictReader(file)} == {"synthetic"}


def test_its_pages_have_a_map_of_every_commune_and_an_outlook():
    m = read(FOLDERS, "vi")
    assert m.synthetic
    assert m.get("communes_total").value == 99
    assert m.find("finish")
    assert m.find("percent_at_target_least")
    shapes = json.loads((DATA / "areas.geojson").read_text(encoding="utf-8"))["features"]
    assert {each["properties"]["code"] for each in shapes} == {area.code for area in m.parts}


def test_what_is_said_in_it_names_no_district_and_no_storm_of_another_year():
    texts = [path.read_text(encoding="utf-8") for path in (DATA / "comments").iterdir()]
    assert len(texts) == 2
    for text in [*texts, (DATA / "difficulties.csv").read_text(encoding="utf-8")]:
        assert not OF_DISTRICTS.search(text)
        assert "storm" not in text.casefold()
        assert "bão" not in text.casefold()
    month = counts.months(FOLDERS)[-1]
    assert all(comments.read(FOLDERS, month, language) for language in ("vi", "en"))


def test_nothing_in_it_contradicts():
    assert not check.check(FOLDERS, TODAY).of("contradicting")
