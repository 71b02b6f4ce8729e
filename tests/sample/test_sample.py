"""The illustrative series: what it must meet, the noise it has, and what it refuses."""

import csv
import shutil
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise, product
from pathlib import Path
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotich import sample
from hotich.data import areas, counts, difficulties, office, registers
from hotich.errors import HotichError, InputRefused, WrongUsage
from hotich.language import LANGUAGES
from hotich.month import Month
from hotich.sample import districts, last_month
from hotich.sample import series as series_module
from hotich.sample.apportion import apportion
from hotich.sample.chance import Chance
from hotich.sample.controls import Controls
from hotich.storage import csv_table
from hotich.storage.paths import PROJECT, Folders

DATA = PROJECT / "data"
SEPTEMBER, OCTOBER = Month(2024, 9), Month(2024, 10)
MONTHS = [Month(2024, number) for number in range(1, 11)]
LISTS = ("areas.csv", "registers.csv", "office.toml", "sample.toml")
TOTALS = {"population": (529_694, 419_447), "civil_status": (107_662, 100_126)}
COMPLETED = {"132": 2, "133": 3, "135": 14, "136": 2, "137": 8, "138": 6, "139": 12, "140": 6, "141": 6}


@dataclass
class Series:
    """A written series, read back with plain csv and integers."""

    folder: Path

    def __post_init__(self):
        self.office = office.read(self.folder)
        self.areas = areas.read(self.folder).on(OCTOBER.first_day.replace(day=22))
        self.registers = registers.read(self.folder)
        self.units = [unit.code for unit in self.areas.units(self.office.root)]
        self.rows = {month: self._rows(month) for month in counts.months(Folders(self.folder, self.folder))}

    def _rows(self, month):
        with (self.folder / "counts" / f"{month}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def cells(self, month):
        """(area, register) → (required, digitised), reported cells alone."""
        rows = (row for row in self.rows[month] if row["status"] == "")
        return {(row["area"], row["register"]): (int(row["required"]), int(row["digitised"])) for row in rows}

    def sums(self, month, key):
        """key(area, register) → [required, digitised]."""
        found = defaultdict(lambda: [0, 0])
        for cell, pair in self.cells(month).items():
            if (name := key(*cell)) is not None:
                found[name] = [found[name][0] + pair[0], found[name][1] + pair[1]]
        return dict(found)

    def by_unit(self, month):
        return self.sums(month, lambda area, register: area)

    def by_district(self, month):
        district = {u.code: d.code for d in self.areas.children(self.office.root) for u in self.areas.units(d.code)}
        return self.sums(month, lambda area, register: district.get(area))

    def by_group(self, month):
        group = {register.code: register.group for register in self.registers}
        return self.sums(month, lambda area, register: group[register])

    def late(self, month):
        return {row["area"] for row in self.rows[month] if row["status"] == "not_reported"}

    def completed(self, month):
        """Every applicable register reported, digitised = required in each, something required."""
        own = defaultdict(list)
        for row in self.rows[month]:
            if row["status"] != "not_applicable":
                own[row["area"]].append(row)
        return {
            unit
            for unit, rows in own.items()
            if all(row["status"] == "" and row["required"] == row["digitised"] for row in rows)
            and sum(int(row["required"]) for row in rows) > 0
        }

    def steps(self):
        """Unit → its gains over the months in which it reported, (month, digitised, required, was it unfinished)."""
        months = [self.by_unit(month) for month in self.rows]
        return {
            unit: [
                (month, after[1] - before[1], after[0] - before[0], before[1] < before[0])
                for (_, before), (month, after) in pairwise(
                    (month, sums[unit]) for month, sums in zip(self.rows, months, strict=True) if unit in sums
                )
            ]
            for unit in self.units
        }


def folder(at, toml=None):
    at.mkdir(parents=True, exist_ok=True)
    for name in LISTS:
        shutil.copy(DATA / name, at / name)
    if toml is not None:
        (at / "sample.toml").write_text(toml, encoding="utf-8")
    return Folders(at, at / "reports")


def written(at, seed=2024, toml=None):
    sample.write(folder(at, toml), seed=seed)
    return Series(at)


@pytest.fixture(scope="module")
def series():
    return Series(DATA)


@pytest.fixture(scope="module", params=[1, 7, 2025])
def other_seed(request, tmp_path_factory):
    return written(tmp_path_factory.mktemp("seed"), seed=request.param)


# --- the bytes ------------------------------------------------------------------------------------------------------


def test_the_committed_files_are_exactly_what_the_command_writes(tmp_path):
    assert sample.write(folder(tmp_path)) == MONTHS
    made = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*.csv"))
    assert [path for path in made if path.parent.name == "counts"] == [Path(f"counts/{month}.csv") for month in MONTHS]
    for path in made:
        assert (tmp_path / path).read_bytes() == (DATA / path).read_bytes(), path


def test_writing_again_over_the_series_changes_nothing(tmp_path):
    places = folder(tmp_path)
    sample.write(places)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.csv")}
    sample.write(places)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.csv")} == before


def test_another_seed_gives_other_counts_and_says_so_in_the_log(tmp_path):
    other = written(tmp_path, seed=3)
    assert other.cells(OCTOBER) != Series(DATA).cells(OCTOBER)
    log = csv_table.read(tmp_path / "deliveries.csv", counts.DELIVERY_COLUMNS)
    assert {row["source"] for row in log} == {"hotich sample, seed 3"}


def test_the_log_has_one_synthetic_delivery_a_month_with_the_hash_of_its_file():
    log = counts.deliveries(Folders(DATA, DATA))
    assert list(log) == [(month, 0) for month in MONTHS]
    for (month, _), delivery in log.items():
        assert (delivery.origin, delivery.reason, delivery.as_of.day) == ("synthetic", "", 22)
        assert delivery.sha256 == counts.digest(DATA / "counts" / f"{month}.csv")


def test_every_unit_and_register_has_its_row_in_the_order_of_the_lists(series):
    expected = [(unit, register.code) for unit in series.units for register in series.registers]
    for month in MONTHS:
        assert [(row["area"], row["register"]) for row in series.rows[month]] == expected


def test_the_three_kinds_of_empty_are_kept_apart(series):
    for row in (row for month in MONTHS for row in series.rows[month]):
        commune = series.areas.unit_level(row["area"]) == "commune"
        assert (row["status"] == "not_applicable") == (commune and row["register"] == "LH")
        empty = (row["required"] == "", row["digitised"] == "")
        assert empty == ((False, False) if row["status"] == "" else (True, True)), row


# --- what October must meet -----------------------------------------------------------------------------------------


def check_october(series):
    assert {group: tuple(pair) for group, pair in series.by_group(OCTOBER).items()} == TOTALS
    done = series.completed(OCTOBER)
    assert {d: sum(c.code in done for c in series.areas.communes(d)) for d in COMPLETED} == COMPLETED
    assert {unit for unit in done if series.areas[unit].level == "office"} == {"139-PTP"}
    over = {d for d, (required, digitised) in series.by_district(OCTOBER).items() if digitised * 100 > required * 90}
    assert over == {"135", "136", "137", "139"}
    required, digitised = series.by_district(OCTOBER)["139"]
    assert required == digitised > 0
    assert all(required > digitised for d, (required, digitised) in series.by_district(OCTOBER).items() if d != "139")


def test_october_meets_every_published_figure(series):
    check_october(series)


def test_october_meets_every_published_figure_with_any_seed(other_seed):
    check_october(other_seed)


def test_a_completed_unit_has_entries_in_each_of_its_registers(series):
    cells = series.cells(OCTOBER)
    assert all(cells[unit, r][0] >= 1 for unit, r in cells if unit in series.completed(OCTOBER))


def test_births_are_the_largest_register_and_the_end_of_guardianship_the_smallest(series):
    sizes = {name: pair[0] for name, pair in series.sums(OCTOBER, lambda area, register: register).items()}
    assert max(sizes, key=sizes.get) == "KS"
    assert min(sizes, key=sizes.get) == "CDGH"
    none = [cell for cell, pair in series.cells(OCTOBER).items() if cell[1] == "CDGH" and pair[0] == 0]
    assert len(none) > 173 / 2


def test_no_two_unfinished_communes_share_a_rank(series):
    done, sums = series.completed(OCTOBER), series.by_unit(OCTOBER)
    shares = [sums[c.code][1] / sums[c.code][0] for c in series.areas.communes("15") if c.code not in done]
    assert len(set(shares)) == len(shares)


# --- the ten months -------------------------------------------------------------------------------------------------


def check_months(series):
    for before, after in pairwise(MONTHS):
        earlier, later = series.cells(before), series.cells(after)
        assert all(later[c][1] >= earlier[c][1] for c in later.keys() & earlier.keys())
        assert series.completed(before) <= series.completed(after)
    for month in MONTHS:
        assert all(digitised <= required for required, digitised in series.cells(month).values())
        assert series.completed(month) <= series.completed(OCTOBER)


def test_digitised_never_falls_nor_exceeds_required_and_who_is_complete_stays_so(series):
    check_months(series)


def test_that_holds_with_any_seed(other_seed):
    check_months(other_seed)


def test_the_province_goes_from_about_37_to_81_percent_and_ever_more_communes_are_complete(series):
    shares = []
    for month in MONTHS:
        pairs = series.by_unit(month).values()
        shares.append(100 * sum(p[1] for p in pairs) / sum(p[0] for p in pairs))
    assert 36 < shares[0] < 38.5
    assert shares == sorted(shares)
    communes = [sum(series.areas[u].level == "commune" for u in series.completed(month)) for month in MONTHS]
    assert communes[0] == 0
    assert 46 <= communes[-2] <= 52
    assert communes == sorted(communes)


def added(series, month, units):
    now, before = series.by_unit(month), series.by_unit(month.previous)
    return sum(now[unit][1] - before[unit][1] for unit in units)


def test_where_the_storm_struck_september_is_slower_and_october_faster(series):
    struck = {u.code for area in ("132", "135", "136", "138", "141") for u in series.areas.units(area)}
    spared = set(series.units) - struck
    august, september, october = (added(series, month, struck) for month in (Month(2024, 8), SEPTEMBER, OCTOBER))
    assert september < august * 0.6
    assert october > august * 1.2
    assert added(series, SEPTEMBER, spared) > added(series, Month(2024, 8), spared) * 0.7


def noise(series):
    """Unit-months, and how many of them have a catch-up jump, a stall, a correction of what is required."""
    jumps = stalls = corrections = 0
    for steps in series.steps().values():
        usual = median([gain for _, gain, _, _ in steps if gain > 0] or [0])
        stalls += sum(gain == 0 and unfinished for _, gain, _, unfinished in steps)
        jumps += sum(b[1] >= 2 * usual > 0 and a[1] == 0 and a[3] for a, b in pairwise(steps))
        corrections += sum(change != 0 for _, _, change, _ in steps)
    return len(series.units) * len(MONTHS), jumps, stalls, corrections


def check_noise(series):
    unit_months, jumps, stalls, corrections = noise(series)
    assert jumps >= 0.02 * unit_months
    assert jumps < stalls <= 0.06 * unit_months
    assert 0.009 * unit_months <= corrections <= 0.011 * unit_months


def test_units_catch_up_stall_and_correct_as_often_as_documented(series):
    check_noise(series)


def test_they_do_so_with_any_seed(other_seed):
    check_noise(other_seed)


def test_corrections_are_small_and_never_touch_a_finished_unit(series):
    done = series.completed(OCTOBER)
    for before, after in pairwise(MONTHS):
        earlier, later = series.cells(before), series.cells(after)
        for cell in later.keys() & earlier.keys():
            change = abs(later[cell][0] - earlier[cell][0])
            assert change * 50 <= later[cell][0] or change <= 1
            assert not (change and cell[0] in done)


def test_two_units_are_late_in_one_month_but_never_in_the_last_two(series):
    late = {month: series.late(month) for month in MONTHS}
    assert [len(units) for units in late.values() if units] == [2]
    assert not late[SEPTEMBER]
    assert not late[OCTOBER]


def test_only_unfinished_units_that_reported_name_difficulties_and_the_storm_only_where_it_struck(series):
    struck = {u.code for area in ("132", "135", "136", "138", "141") for u in series.areas.units(area)}
    places = Folders(DATA, DATA)
    for month in MONTHS:
        named = difficulties.read(places, month)
        assert named
        assert not {each.area for each in named} & (series.completed(month) | series.late(month))
        storm = {each.area for each in named if each.kind == "storm"}
        assert storm <= struck
        assert bool(storm) == (month in (SEPTEMBER, OCTOBER))


# --- other area lists -----------------------------------------------------------------------------------------------


def country(at, toml=None, provinces=60):
    """A country of provinces with two districts of three communes each, and all their offices."""
    always = ("2024-01-01", "")
    rows = [("VN", *always, "country", "nước", "Cả nước", "The country", "", "", "")]
    for province in (f"{number:02d}" for number in range(1, provinces + 1)):
        rows += [
            (province, *always, "province", "tỉnh", f"Tỉnh {province}", f"Province {province}", "VN", "", ""),
            (f"{province}-STP", *always, "office", "sở tư pháp", "Sở", "Department", province, "", ""),
        ]
        for district in (f"{province}{number}" for number in (1, 2)):
            rows += [
                (district, *always, "district", "huyện", f"Huyện {district}", f"{district}", province, "", ""),
                (f"{district}-PTP", *always, "office", "phòng tư pháp", "Phòng", "Office", district, "", ""),
                *((f"{district}{n:02d}", *always, "commune", "xã", f"Xã {n}", "", district, "", "") for n in range(3)),
            ]
    places = folder(at, toml)
    csv_table.write(at / "areas.csv", areas.COLUMNS, rows)
    text = (at / "office.toml").read_text(encoding="utf-8")
    (at / "office.toml").write_text(text.replace('root = "15"', 'root = "VN"'), encoding="utf-8")
    return places


def test_a_country_without_controls_gets_a_series(tmp_path):
    places = country(tmp_path)
    (tmp_path / "sample.toml").unlink()
    assert sample.write(places) == MONTHS
    made = Series(tmp_path)
    assert len(made.units) == 60 * (1 + 2 * 4)
    check_months(made)
    check_noise(made)
    assert 0 < len(made.completed(OCTOBER)) < len(made.units) / 2


def test_a_country_meets_controls_on_provinces_and_districts(tmp_path):
    toml = """
        complete_areas = ["111"]
        over_threshold = ["01", "02"]
        [totals.population]
        required = 1000000
        digitised = 700001
        [completed_communes]
        021 = 1
        111 = 3
        602 = 2
    """
    sample.write(country(tmp_path, toml))
    made = Series(tmp_path)
    assert made.by_group(OCTOBER)["population"] == [1_000_000, 700_001]
    over = {p for p, (required, digitised) in made.by_district(OCTOBER).items() if digitised * 100 > required * 90}
    assert over == {"01", "02"}
    done = {unit for unit in made.completed(OCTOBER) if made.areas[unit].level == "commune"}
    assert {d: sum(u.startswith(d) for u in done) for d in ("021", "111", "602")} == {"021": 1, "111": 3, "602": 2}
    assert len(done) == 6
    assert "111-PTP" in made.completed(OCTOBER)


def test_a_district_alone_can_be_the_root(tmp_path):
    places = folder(tmp_path, "")
    text = (tmp_path / "office.toml").read_text(encoding="utf-8")
    (tmp_path / "office.toml").write_text(text.replace('root = "15"', 'root = "139"'), encoding="utf-8")
    sample.write(places)
    assert len(Series(tmp_path).rows[OCTOBER]) == 13 * 10


def test_the_last_cut_off_day_of_a_short_month_is_its_last_day(tmp_path):
    places = folder(tmp_path)
    text = (tmp_path / "office.toml").read_text(encoding="utf-8")
    (tmp_path / "office.toml").write_text(text.replace("cutoff_day = 22", "cutoff_day = 31"), encoding="utf-8")
    sample.write(places)
    days = [delivery.as_of.isoformat() for delivery in counts.deliveries(places).values()]
    assert days[:4] == ["2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30"]


def test_all_of_one_group_may_be_done_while_units_are_unfinished(tmp_path):
    """The entries that keep a unit unfinished may lie in either group."""
    toml = """
        [totals.population]
        required = 500000
        digitised = 500000
        [totals.civil_status]
        required = 100000
        digitised = 60000
    """
    made = written(tmp_path, toml=toml)
    assert made.by_group(OCTOBER) == {"population": [500_000, 500_000], "civil_status": [100_000, 60_000]}


def test_large_completed_units_are_drawn_smaller_where_the_totals_ask_for_it(tmp_path):
    names = "\n".join(f"{d} = {n - 1}" for d, n in (("132", 15), ("133", 14), ("135", 24), ("136", 25), ("137", 14)))
    toml = f"""
        [totals.population]
        required = 500000
        digitised = 100000
        [completed_communes]
        {names}
    """
    made = written(tmp_path, toml=toml)
    assert made.by_group(OCTOBER)["population"] == [500_000, 100_000]
    assert len(made.completed(OCTOBER)) == 87


# --- what is refused ------------------------------------------------------------------------------------------------

CONTROLS = (DATA / "sample.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("before", "after", "key", "named"),
    [
        ('storm_areas = ["132"', 'storm_areas = ["999"', "unknown_area", "999"),
        ('complete_areas = ["139"]', 'complete_areas = ["399"]', "unknown_area", "399"),
        ('["139-PTP"]', '["139-PTP", "888-PTP"]', "unknown_area", "888-PTP"),
        ('["139-PTP"]', '["139-PTP", "04249"]', "no_office", "04249"),
        ('["135", "136", "137"]', '["135", "04249"]', "no_district", "04249"),
        ('["135", "136", "137"]', '["135", "15"]', "no_district", "15"),
        ('["135", "136", "137"]', '["135", "139"]', "complete_and_over", "139"),
        ("132 = 2", "132 = 16", "too_many_communes", "16"),
        ("132 = 2", "132 = -1", "too_many_communes", "-1"),
        ("132 = 2", "15 = 2", "no_communes", "15"),
        ("132 = 2", "777 = 2", "unknown_area", "777"),
        ("139 = 12", "139 = 11", "complete_but_not_all", "11"),
        ('["139-PTP"]', "[]", "complete_but_office_not", "139-PTP"),
        ("digitised = 419447", "digitised = 529695", "digitised_over_required", "529695"),
        ("digitised = 419447", "digitised = -1", "digitised_over_required", "-1"),
        ("required = 529694\ndigitised = 419447", "required = 239\ndigitised = 239", "required_too_small", "239"),
        ("digitised = 419447", "digitised = 100", "digitised_too_small", "100"),
        ("digitised = 419447", "digitised = 529694", "thresholds_no_room", "both"),
        ("digitised = 419447", "digitised = 60000", "digitised_no_room", "population"),
        ("[totals.population]", "[totals.people]", "setting", "totals.people"),
        ("required = 529694", "required = 529694.0", "setting", "totals.population.required"),
        ("required = 529694", "needed = 529694", "setting", "totals.population.needed"),
        ("required = 529694\n", "", "setting", "totals.population"),
        ("132 = 2", '132 = "2"', "setting", "completed_communes.132"),
        ("132 = 2", "132 = true", "setting", "completed_communes.132"),
        ('complete_areas = ["139"]', 'complete_areas = "139"', "setting", "complete_areas"),
        ('complete_areas = ["139"]', "complete_areas = [139]", "setting", "complete_areas"),
        ('complete_areas = ["139"]', 'completed_areas = ["139"]', "setting", "completed_areas"),
        ('first = "2024-01"', 'first = "2024-11"', "setting", "last"),
        ('first = "2024-01"', 'first = "1"', "setting", "first"),
        ('storm_month = "2024-09"', 'storm_month = "2024-12"', "setting", "storm_month"),
        ('last = "2024-10"', 'last = "2025-10"', "no_units", "15"),
        ('last = "2024-10"', 'last = "2025-02"', "units_change", "042"),
    ],
)
def test_controls_that_cannot_be_met_are_refused_by_name_and_nothing_is_written(tmp_path, before, after, key, named):
    assert CONTROLS.count(before) == 1
    places = folder(tmp_path, CONTROLS.replace(before, after))
    with pytest.raises(WrongUsage) as refusal:
        sample.write(places)
    assert (refusal.value.key, refusal.value.exit_code) == (f"sample.{key}", 2)
    assert named in refusal.value.message("en")
    assert all("sample.toml" in refusal.value.message(language) for language in LANGUAGES)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(LISTS)


def test_controls_that_are_no_toml_are_refused_with_their_line(tmp_path):
    with pytest.raises(InputRefused) as refusal:
        sample.write(folder(tmp_path, CONTROLS.replace('first = "2024-01"', "first = ")))
    line = CONTROLS[: CONTROLS.index('first = "2024-01"')].count("\n") + 1
    assert f"sample.toml, line {line}:" in refusal.value.message("en")


@pytest.mark.parametrize(
    ("district", "communes", "key"), [("136", 25, "over_unreachable"), ("132", 15, "under_unreachable")]
)
def test_a_district_whose_units_are_all_completed_can_only_be_complete(tmp_path, district, communes, key):
    count = f"\n{district} = 2"
    every_commune = CONTROLS.replace(count, f"\n{district} = {communes}")
    written(tmp_path / "office_left", toml=every_commune)
    places = folder(tmp_path / "none_left", every_commune.replace('["139-PTP"]', f'["139-PTP", "{district}-PTP"]'))
    with pytest.raises(WrongUsage) as refusal:
        sample.write(places)
    assert refusal.value.key == f"sample.{key}"
    assert district in refusal.value.message("vi")


def test_everything_cannot_be_digitised_while_units_are_unfinished(tmp_path):
    toml = """
        [totals.population]
        required = 500000
        digitised = 500000
        [totals.civil_status]
        required = 100000
        digitised = 100000
        [completed_communes]
        132 = 15
    """
    with pytest.raises(WrongUsage) as refusal:
        sample.write(folder(tmp_path, toml))
    assert refusal.value.key == "sample.digitised_no_room"


def test_totals_of_a_group_that_no_unit_keeps_are_refused(tmp_path):
    places = folder(tmp_path)
    lines = (tmp_path / "registers.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    kept = "".join(line for line in lines if ",civil_status," not in line)
    (tmp_path / "registers.csv").write_text(kept, encoding="utf-8")
    with pytest.raises(WrongUsage) as refusal:
        sample.write(places)
    assert refusal.value.key == "sample.no_registers"


def log(places, *lines):
    csv_table.write(places.data / "deliveries.csv", counts.DELIVERY_COLUMNS, lines)


def refused_and_untouched(places):
    before = {path: path.read_bytes() for path in places.data.rglob("*") if path.is_file()}
    with pytest.raises(HotichError) as refusal:
        sample.write(places)
    assert {path: path.read_bytes() for path in places.data.rglob("*") if path.is_file()} == before
    assert isinstance(refusal.value, InputRefused)
    return refusal.value


def test_a_month_that_units_reported_is_never_replaced(tmp_path):
    places = folder(tmp_path)
    (tmp_path / "counts").mkdir()
    (tmp_path / "counts" / "2024-05.csv").write_text("area,register,required,digitised,status\n", encoding="utf-8")
    log(places, ("2024-05", "0", "2024-05-22", "reported", "0" * 64, "", "workbooks"))
    refusal = refused_and_untouched(places)
    assert refusal.key == "sample.reported"
    assert "2024-05" in refusal.message("vi")


@pytest.mark.parametrize("name", ["2024-05.csv", "2024-05.r1.csv"])
def test_a_counts_file_that_is_not_of_the_series_is_never_replaced(tmp_path, name):
    places = folder(tmp_path)
    (tmp_path / "counts").mkdir()
    (tmp_path / "counts" / name).write_text("mine", encoding="utf-8")
    refusal = refused_and_untouched(places)
    assert refusal.key == "sample.not_ours"
    assert name in refusal.message("en")


def test_other_months_keep_their_files_their_log_and_their_difficulties(tmp_path):
    places = folder(tmp_path)
    (tmp_path / "counts").mkdir()
    (tmp_path / "counts" / "2024-11.csv").write_text("mine", encoding="utf-8")
    mine = ("2024-11", "0", "2024-11-22", "reported", "0" * 64, "", "workbooks, November")
    log(places, mine)
    named = ("2024-11", "04249", "other", "mất điện")
    csv_table.write(tmp_path / "difficulties.csv", difficulties.COLUMNS, [named])
    sample.write(places)
    assert (tmp_path / "counts" / "2024-11.csv").read_text(encoding="utf-8") == "mine"
    assert tuple(csv_table.read(tmp_path / "deliveries.csv", counts.DELIVERY_COLUMNS)[-1].cells.values()) == mine
    assert tuple(csv_table.read(tmp_path / "difficulties.csv", difficulties.COLUMNS)[-1].cells.values()) == named


# --- the parts ------------------------------------------------------------------------------------------------------


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 30)), min_size=1, max_size=8), st.data())
def test_shares_add_up_exactly_and_stay_under_their_caps(parts, data):
    weights, caps = [weight for weight, _ in parts], [cap for _, cap in parts]
    total = data.draw(st.integers(0, sum(cap for weight, cap in parts if weight)))
    given_out = apportion(total, weights, caps)
    assert sum(given_out) == total
    assert all(0 <= part <= cap for part, cap in zip(given_out, caps, strict=True))
    assert all(part == 0 for part, weight in zip(given_out, weights, strict=True) if weight == 0)


def test_shares_follow_the_largest_remainders():
    assert apportion(10, [1, 1, 1]) == [4, 3, 3]
    assert apportion(10, [5, 3, 1]) == [6, 3, 1]
    assert apportion(10, [5, 3, 1], [4, 9, 9]) == [4, 5, 1]
    assert apportion(0, [5, 3]) == [0, 0]


@pytest.mark.parametrize(
    ("total", "weights", "caps"), [(5, [1, 1], [2, 2]), (1, [], []), (1, [0], [5]), (-1, [1], [1])]
)
def test_a_total_that_does_not_fit_is_an_error(total, weights, caps):
    with pytest.raises(ValueError, match="do not fit"):
        apportion(total, weights, caps)


ROOMS = st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(0, 8), st.integers(0, 8))


def possible(first, second, least, most):
    return {p for p in product(range(first + 1), range(second + 1)) if least <= sum(p) <= most}


@settings(deadline=None)
@given(st.lists(ROOMS, min_size=1, max_size=3), st.randoms(use_true_random=False))
def test_districts_are_placed_exactly_when_trying_everything_finds_a_way(bounds, random):
    rooms = [districts.room(*each) for each in bounds]
    assert [room is None for room in rooms] == [not possible(*each) for each in bounds]
    if None in rooms:
        return
    reachable = {(0, 0)}
    for each in bounds:
        reachable = {(a + c, b + d) for a, b in reachable for c, d in possible(*each)}
    whole = sum(rooms, districts.NONE)
    for totals in product(range(13), repeat=2):
        fits = totals[0] in whole.first and totals[1] in whole.second and sum(totals) in whole.both
        assert fits == (totals in reachable)
        if fits:
            placed = districts.distribute(
                totals, rooms, lambda at, left: (random.randint(-3, 9), random.randint(-3, 9))
            )
            assert (sum(p[0] for p in placed), sum(p[1] for p in placed)) == totals
            assert all(pair in possible(*each) for pair, each in zip(placed, bounds, strict=True))


def test_a_correction_never_leaves_less_required_than_was_digitised(monkeypatch):
    """Units that are nearly done all along, which is where a correction downwards could go too far."""
    monkeypatch.setattr(series_module, "START", 770_000)
    cells = {(f"{unit:03d}", "KS"): 1_000 for unit in range(400)}
    end = last_month.LastMonth(cells, dict.fromkeys(cells, 999), frozenset())
    slow_at_the_end = Controls(storm_month=OCTOBER)
    made = series_module.draw(end, frozenset(unit for unit, _ in cells), slow_at_the_end, Chance(1))
    assert any(each.required[cell] != 1_000 for each in made for cell in cells)
    assert all(each.digitised[cell] < each.required[cell] for each in made for cell in cells)


def test_draws_are_the_ones_that_every_python_gives():
    chance = Chance(2024)
    assert [chance.below(1_000_000) for _ in range(3)] == [470_090, 728_264, 303_751]
    assert Chance(5).some("abcdefgh", 3) == ["a", "g", "h"]
    assert Chance(5).some("ab", 9) == ["a", "b"]
