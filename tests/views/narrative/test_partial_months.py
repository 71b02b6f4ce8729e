"""Months in which units are silent: every statement about a whole or a change is worked out again and has its coverage.

The months are random: each unit may report everything, one register only, or nothing at all.
"""

import csv
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import OFFICE, REGISTERS, SmallOffice, cells
from drawings import drawn
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.colors import same_color

from hotich import measures
from hotich.checks import Checked, published_figures
from hotich.data import dataset
from hotich.language import LANGUAGES
from hotich.measures.monthly_sums import MINIMUM_COVERAGE
from hotich.storage.paths import Folders
from hotich.views import charts, footnotes, narrative, quality, tables
from hotich.views.charts.style import NAVY
from hotich.views.figures import format_fact
from hotich.views.leader import content as leader
from hotich.views.narrative import points
from hotich.views.notice import content
from hotich.views.table_cells import cell

MONTHS = ("2024-08", "2024-09", "2024-10")
DISTRICTS = ("11", "12", "13")
COMMUNES = tuple(f"{district}{number}" for district in DISTRICTS for number in range(1, 6))
OFFICES = ("1-STP", *(f"{district}-PTP" for district in DISTRICTS))
UNITS = (*COMMUNES, *OFFICES)
PLACES = ("1", *DISTRICTS)
SILENT = ("KS", "XN", "all")
VIEWS = (
    narrative.opening,
    narrative.main_points,
    narrative.progress,
    narrative.registers,
    narrative.districts,
    narrative.communes,
    narrative.completed,
    narrative.behind,
)
OF_THE_WHOLE = frozenset(
    {
        "percent",
        "digitised",
        "required",
        "left",
        "left_share",
        "pace_needed",
        "pace_recent",
        "pace_ratio",
        "finish",
        "percent_at_target",
        "short_at_target",
        "communes_completed",
        "districts_over_threshold",
        "percent_gap",
        "commune_gap",
    }
)
RATES = frozenset({"percent", "pace_needed", "pace_recent", "pace_ratio", "finish", "percent_at_target", "rank"})
CHANGES = frozenset({"percent_change", "digitised_change", "communes_completed_change"})


def _areas():
    """One province of three districts with five communes each, and their offices."""
    head = "code,valid_from,valid_to,level,type,name_vi,name_en,parent,successor,note"
    rows = [
        "1,2024-01-01,,province,tỉnh,Tỉnh Thử,Test Province,,,",
        "1-STP,2024-01-01,,office,sở tư pháp,Sở Tư pháp,Department,1,,",
    ]
    for code in DISTRICTS:
        rows += [
            f"{code},2024-01-01,,district,huyện,Huyện H{code},District {code},1,,",
            f"{code}-PTP,2024-01-01,,office,phòng tư pháp,Phòng Tư pháp {code},Justice Office {code},{code},,",
        ]
    rows += [f"{code},2024-01-01,,commune,xã,Xã X{code},Commune {code},{code[:2]},," for code in COMMUNES]
    return "\n".join([head, *rows]) + "\n"


@dataclass(frozen=True)
class Reported:
    """What each unit had digitised of its 1,000 births and 100 certificates in a month, and which kept silent."""

    births: dict[str, int]
    silent: dict[str, str]

    def cells(self):
        """(unit, register) → (required, digitised) of all that was reported."""
        every = {(unit, "KS"): (1000, self.births[unit]) for unit in UNITS}
        every |= {(unit, "XN"): (100, self.births[unit] // 10) for unit in UNITS}
        every |= {(unit, "LH"): (10, self.births[unit] // 100) for unit in OFFICES}
        return {key: value for key, value in every.items() if self.silent.get(key[0]) not in (key[1], "all")}

    def in_full(self):
        """Units that kept no register back."""
        return {unit for unit in UNITS if unit not in self.silent}

    def complete(self):
        """Communes that reported in full and have nothing left."""
        return {unit for unit in COMMUNES if unit in self.in_full() and self.births[unit] == 1000}

    def rows(self):
        """The rows of the counts file."""
        given = self.cells()
        rows = {}
        for unit in UNITS:
            for register in ("KS", "XN", "LH"):
                if register == "LH" and unit in COMMUNES:
                    rows[unit, register] = ("", "", "not_applicable")
                elif (unit, register) in given:
                    rows[unit, register] = (*map(str, given[unit, register]), "")
                else:
                    rows[unit, register] = ("", "", "not_reported")
        return rows


def within(place):
    """The units of an area."""
    return {unit for unit in UNITS if place == "1" or unit.startswith(place)}


@st.composite
def histories(draw):
    """Three months in a row: counts only grow, and in each month some units or whole districts are silent."""
    births = dict.fromkeys(UNITS, 0)
    months = []
    for _ in MONTHS:
        growth = draw(st.lists(st.sampled_from((0, 30, 200, 1000)), min_size=len(UNITS), max_size=len(UNITS)))
        births = {unit: min(1000, births[unit] + more) for unit, more in zip(UNITS, growth, strict=True)}
        silent = draw(st.dictionaries(st.sampled_from(UNITS), st.sampled_from(SILENT), max_size=6))
        for place in draw(st.sets(st.sampled_from(DISTRICTS), max_size=1)):
            silent |= dict.fromkeys(within(place), "all")
        months.append(Reported(births, silent))
    return months


def written(months):
    """The measures of the last of the months, as an office that reported them so would get them."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        data.mkdir()
        for name, text in (("office.toml", OFFICE), ("areas.csv", _areas()), ("registers.csv", REGISTERS)):
            (data / name).write_text(text, encoding="utf-8")
        small = SmallOffice(Folders(data, Path(folder) / "reports"))
        for month, reported in zip(MONTHS, months, strict=True):
            small.write(month, reported.rows())
        m = measures.read(Checked(dataset.read(MONTHS[-1], small.at), ()))
        return m, list(pages(m))


def pages(m):
    """(place, language, HTML) of every view of the report on the province, and of the notice to each district."""
    for language in LANGUAGES:
        yield from (("1", language, str(view(m.seen_in(language)).html)) for view in VIEWS)
        for place in DISTRICTS:
            for part in content.parts(m.seen_from(place).seen_in(language)):
                yield place, language, "".join(f"<p>{text}</p>" for text in part.texts)


def statements(html):
    """Each paragraph, heading, point or card with the facts in it and in the heading of its section.

    A fact is told as (area, measure) of the reported month.
    """
    heading = _facts(re.search(r"<h2.*?</h2>|$", html)[0])
    for element in re.split(r"<(?:p|li|h1|h2|div)[ >]", html):
        if facts := _facts(element):
            yield element, facts, facts | heading


def _facts(html):
    return set(re.findall(r'data-fact="([^"/@]*)/[^"/@]*/([^"/@]*)"', html))


def told(facts, place, *measures):
    """Whether one of these measures is told of the place, or of the province that it lies in."""
    return any((area, measure) in facts for area in (place, "1") for measure in measures)


@settings(max_examples=6, deadline=None)
@given(histories())
def test_whatever_units_are_silent_changes_are_over_those_that_reported_in_both_months(months):
    m, _ = written(months)
    before, now = months[1:]
    both = before.cells().keys() & now.cells().keys()
    for place in PLACES:
        cells = {key for key in both if key[0] in within(place)}
        full = within(place) & before.in_full() & now.in_full()
        assert m.get("units_compared", place).value == len(full)
        change = m.find("digitised_change", place)
        assert (change.value if change else 0) == sum(now.cells()[key][1] - before.cells()[key][1] for key in cells)
        added = len(now.complete() & full) - len(before.complete() & full)
        assert m.get("communes_completed_change", place).value == added
        assert (m.find("percent_change", place) is not None) == (len(full) * 100 >= 80 * len(within(place)))


@settings(max_examples=6, deadline=None)
@given(histories())
def test_whatever_units_are_silent_no_rate_of_a_whole_rests_on_under_four_fifths_of_its_units(months):
    m, shown = written(months)
    for place in PLACES:
        enough = len(within(place) & months[-1].in_full()) * 100 >= 80 * len(within(place))
        assert (m.find("percent", place) is not None) == enough, place
        assert m.covers(place) == enough
        if not enough:
            assert not [rate for rate in RATES if m.find(rate, place)], place
            assert not [
                facts for _, _, html in shown for _, facts, _ in statements(html) if (place, "percent") in facts
            ]


@settings(max_examples=6, deadline=None)
@given(histories())
def test_whatever_units_are_silent_every_statement_of_a_whole_tells_its_coverage(months):
    _m, shown = written(months)
    for _, language, html in shown:
        for element, facts, read in statements(html):
            for area, measure in facts:
                if area not in PLACES:
                    continue
                missing = within(area) - months[-1].in_full()
                if measure in OF_THE_WHOLE and missing:
                    assert told(read, area, "units_missing", "units_reported"), (language, element)
                if measure in CHANGES and within(area) & months[2].in_full() - months[1].in_full():
                    assert told(read, area, "units_compared"), (language, element)


@settings(max_examples=6, deadline=None)
@given(histories())
def test_whatever_units_are_silent_nobody_is_said_to_have_finished_in_a_month_that_the_counts_do_not_show(months):
    m, _ = written(months)
    assert m.find("first_completed") is None or set(COMMUNES) <= months[-1].in_full()
    for commune in COMMUNES:
        since = m.find("completed_since", commune)
        if since is not None:
            at = MONTHS.index(str(since.value))
            assert at > 0
            assert commune in months[at - 1].in_full() - months[at - 1].complete()
            assert all(commune in month.complete() for month in months[at:])


def everyone(births, silent=None):
    """A month in which every unit has digitised that many births."""
    return Reported(dict.fromkeys(UNITS, births), silent or {})


def test_who_was_complete_when_counts_began_is_not_said_to_have_been_first():
    m, shown = written([everyone(1000)] * 3)
    assert m.get("communes_completed").value == len(COMMUNES)
    assert m.find("first_completed") is None
    assert not [fact for fact in m.facts.values() if fact.measure == "completed_since"]
    assert not [html for _, _, html in shown if "first_completed" in html or "completed_since" in html]


def test_of_many_that_finished_first_together_six_are_named_and_all_are_counted():
    m, _ = written([everyone(500), everyone(1000), everyone(1000)])
    assert m.get("communes_first_completed").value == len(COMMUNES)
    said = str(narrative.completed(m.seen_in("en")).html)
    assert "The first to finish did so in" in said
    assert said.count("Commune 1") == 6


def test_districts_that_fall_silent_do_not_take_completed_communes_away():
    gone = dict.fromkeys(within("13"), "all")
    before = Reported(dict.fromkeys(UNITS, 500) | dict.fromkeys(("131", "132", "133"), 1000), {})
    now = Reported(before.births | {"111": 1000}, gone)
    m, shown = written([everyone(100), before, now])
    assert m.get("communes_completed_change").value == 1
    assert m.find("percent") is None
    assert not [html for place, _, html in shown if place == "1" and re.search(r'data-fact="1/all/percent"', html)]


def test_a_rank_is_compared_only_with_one_among_the_same_districts():
    gone = dict.fromkeys(within("13"), "all")
    m, _ = written([everyone(100), everyone(300, gone), everyone(500)])
    assert m.find("rank", "11") is not None
    assert m.find("rank", "11", month=m.previous) is None
    assert "over_threshold@" not in str(narrative.opening(m).html)


def test_a_month_with_too_few_units_is_left_out_of_the_recent_pace():
    gone = dict.fromkeys(within("13"), "all")
    m, _ = written([everyone(100), everyone(300, gone), everyone(500)])
    assert m.find("pace") is None
    assert m.find("pace_recent") is None
    assert m.find("finish") is None
    m, _ = written([everyone(100), everyone(300), everyone(500)])
    assert m.find("pace_recent") is not None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_mark_p_stays_with_a_month_in_every_later_one(language):
    m, _ = written([everyone(100, {"111": "all"}), everyone(300), everyone(500)])
    m = m.seen_in(language)
    august, september = m.months[:2]
    for measure in ("required", "digitised", "percent"):
        assert "[p]" in cell(m, measure, "1", month=august)
        assert "[p]" not in cell(m, measure, "1", month=september)
        assert "[p]" not in cell(m, measure, "1")
    assert footnotes.explained(m, [("T9", cell(m, "percent", month=september))]) == ""
    assert "[p]" in footnotes.explained(m, [("T8", cell(m, "percent", month=august))])


def test_the_verdict_says_first_that_a_month_is_partial():
    silent = dict.fromkeys(set(UNITS) - {"111", "112"}, "all")
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        data.mkdir()
        for name, text in (("office.toml", OFFICE), ("areas.csv", _areas()), ("registers.csv", REGISTERS)):
            (data / name).write_text(text, encoding="utf-8")
        small = SmallOffice(Folders(data, Path(folder) / "reports"))
        small.write("2024-10", everyone(500, silent).rows())
        few = Checked(dataset.read("2024-10", small.at), ())
        small.write("2024-10", everyone(500).rows())
        whole = Checked(dataset.read("2024-10", small.at), ())
    assert ">Only 2 of 19 units reported in full; fit for a report on these, not on the whole" in title(few, "en")
    assert ">Mới có 2/19 đơn vị báo cáo đủ; chỉ dùng được để báo cáo về các đơn vị này" in title(few, "vi")
    assert ">Fit for a report: " in title(whole, "en")


def title(checked, language):
    """The head of the quality page."""
    return str(quality.title(checked, language).html)


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_communes_of_a_province_give_no_percentage_of_it(yen_bai, language):
    path = yen_bai.data / "counts" / "2024-10.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    communes = sorted({row["area"] for row in rows if "-" not in row["area"]})[:2]
    for row in rows:
        if row["area"] not in communes and row["status"] == "":
            row |= {"required": "", "digitised": "", "status": "not_reported"}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    m = measures.read(Checked(dataset.read("2024-10", yen_bai), ()), language=language)
    finding = narrative.finding(m).striptags()
    assert "%" not in finding
    assert re.search(r"\b2(?: of |/)183\b", finding)


def test_the_coverage_that_a_percentage_needs_stands_in_the_definitions():
    m, _ = written([everyone(100), everyone(300), everyone(500)])
    assert m.get("coverage_base").number == MINIMUM_COVERAGE
    assert 'data-fact="1/all/coverage_base"' in str(narrative.definitions(m).html)


CHARTS = ("progress", "pace", "by_register", "by_area", "communes", "completed")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("silent", ["11-PTP", "13", "1"])
def test_every_chart_of_a_partial_month_tells_its_coverage_or_says_nothing(language, silent):
    m, _ = written([everyone(100), everyone(300), everyone(500, dict.fromkeys(within(silent) - {"121", "122"}, "all"))])
    for chart in CHARTS:
        html = str(getattr(charts, chart)(m.seen_in(language)).html)
        headline = re.search(r'<span class="ft">.*?</span><span class="fs">', html)
        assert headline is None or ("1", "units_missing") in _facts(headline[0]), chart
        assert ("1", "percent") not in _facts(html) or m.covers(), chart
    assert "[x]" in str(charts.by_register(m).html) or m.covers()


def test_a_silent_district_is_in_the_tables_and_has_no_zero():
    m, _ = written([everyone(100), everyone(300), everyone(500, dict.fromkeys(within("13"), "all"))])
    for view in (tables.districts, tables.completed, charts.by_area):
        (row,) = re.findall(r"<tr>(?:(?!<tr>).)*?H13.*?</tr>", str(view(m).html))
        assert "[x]" in row
        assert not [fact for fact in _facts(row) if fact[1] in ("communes_completed", "digitised", "rank")]
        assert "[x] " in str(view(m).html).replace(row, "")


def test_a_rank_is_told_among_those_that_have_one():
    m, _ = written([everyone(100), everyone(300), everyone(500, dict.fromkeys(within("13"), "all"))])
    assert m.get("districts_ranked").value == 2
    said = " ".join(str(text) for text in content.parts(m.seen_from("11"))[0].texts)
    assert {("1", "districts_ranked"), ("1", "units_missing")} <= _facts(said)


def test_a_silent_office_is_not_said_to_be_unfinished():
    m, _ = written(
        [everyone(100), everyone(1000), everyone(1000, {"11-PTP": "all"} | dict.fromkeys(within("13"), "all"))]
    )
    said = {part.name: " ".join(map(str, part.texts)) for part in content.parts(m.seen_from("11").seen_in("en"))}
    assert "The Justice Office 11 has not reported in full." in said["communes"]
    assert "communes" not in {part.name for part in content.parts(m.seen_from("13"))}


def test_silent_units_do_not_make_a_printed_figure_wrong(office):
    folder = office.at.data / "published"
    folder.mkdir()
    printed = ("11,all,communes_completed,2", "12,all,communes_completed,1", "1,population,digitised,999")
    lines = "".join(f"2024-10-22,{line},press,\n" for line in printed)
    (folder / "2024-10.csv").write_text(f"as_of,area,scope,measure,value,source,note\n{lines}", encoding="utf-8")
    office.write("2024-10", cells(30) | {("111", "XN"): ("", "", "not_reported")})
    data = dataset.read("2024-10", office.at)
    m = measures.read(Checked(data, ()))
    assert [fact.area for fact in m.facts.values() if fact.measure.startswith("difference_")] == ["12"]
    tested = published_figures.table(data)
    assert set(tested[tested["kind"].str.startswith("computed")]["area"]) == {"12"}


@pytest.mark.parametrize(("language", "month"), [("vi", "9/2024"), ("en", "Sept 2024")])
def test_the_last_share_in_the_drawing_has_its_own_month(language, month):
    m, _ = written([everyone(100), everyone(300), everyone(500, dict.fromkeys(within("13"), "all"))])
    screen, phone = drawn("progress", m.seen_in(language))
    for ax in (screen, phone):
        written_there = {words.get_text() for words in ax.texts}
        assert month in written_there
        assert format_fact(m.get("as_of"), language, short=True) not in written_there
    assert not any(same_color(bar.get_facecolor(), NAVY) for bar in drawn("pace", m)[0].containers[0])


def finished(*places):
    """A month in which every unit of these districts is complete, and all others are half done."""
    done = {unit for place in places for unit in within(place)}
    return Reported({unit: 1000 if unit in done else 500 for unit in UNITS}, {})


def test_a_district_is_not_called_the_first_where_another_was_complete_before():
    m, _ = written([finished("12"), everyone(500), finished("13")])
    assert "communes_up_first" not in [point.key for point in points.chosen(m)]
    m, _ = written([everyone(500), everyone(500), finished("13")])
    assert "communes_up_first" in [point.key for point in points.chosen(m)]


def test_a_leader_is_told_no_difficulty_that_nobody_of_the_area_named(office):
    head = "month,area,kind,note\n"
    (office.at.data / "difficulties.csv").write_text(f"{head}2024-10,111,storm,\n", encoding="utf-8")
    m = measures.read(Checked(dataset.read("2024-10", office.at), ()), language="en")
    for root, named in (("1", True), ("11", True), ("12", False)):
        (part,) = (each for each in leader.parts(m.seen_from(root)) if each.name == "difficulties")
        assert ("Storms and floods" in " ".join(map(str, part.texts))) == named
