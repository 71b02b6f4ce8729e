"""What the report says: chosen by weight, the same in both languages, directions as the facts have them."""

import re
from dataclasses import replace

import pytest
from conftest import cells
from markupsafe import Markup
from months import without_besides

from hotich import checks, language, measures
from hotich.checks import FAILED
from hotich.data import dataset
from hotich.data.sealing import Sealing
from hotich.language import LANGUAGES
from hotich.measures.facts import Fact
from hotich.views import charts, narrative, tables
from hotich.views.narrative import points
from hotich.views.narrative.ranking import departure, share, weight

VIEWS = [getattr(narrative, name) for name in narrative.__all__ if name not in ("finding", "title")] + [
    tables.districts,
    tables.completed,
    tables.behind,
    tables.published,
    tables.difficulties,
]


def fact(value):
    return Fact("1", "all", "pace", value, "entries_per_day", "computed")


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        (120, (100, 150, 130), 0),
        (150, (100, 150, 130), 0),
        (175, (100, 150, 130), 0.5),
        (40, (100, 150, 130), 1),
        (99, (100, 100, 100), 1),
        (175, (100, 150), 0),
    ],
)
def test_departure_is_counted_from_the_edge_of_the_usual_range_in_its_width(now, before, expected):
    assert departure(fact(now), [fact(each) for each in before]) == expected


def test_what_is_about_the_target_all_of_the_work_and_unusual_matters_most():
    assert weight(target=1, reach=1, departure=1) == 100
    assert weight(target=1) > weight(reach=1) == weight(departure=1) > weight() == 0


def test_a_share_is_between_nothing_and_everything():
    assert (share(fact(5), fact(20)), share(fact(30), fact(20)), share(None, fact(20))) == (0.25, 1, 0)


def of(at):
    return measures.read(checks.require(dataset.read("2024-10", at)))


@pytest.fixture(scope="module")
def october():
    return measures.read(checks.require(dataset.read("2024-10")))


def test_october_leads_with_the_level_and_the_target(october):
    keys = [point.key for point in points.chosen(october)]
    assert keys[:4] == ["level_up", "needed_more", "pace_up", "communes_up_first"]
    assert "published" in keys


def states(office):
    """Small provinces in every state, by name, their months written anew each time."""
    low = {key: (r[0], str(int(r[1]) // 2) if r[1] else "", r[2]) for key, r in cells().items()}
    none = {key: (r[0], "0" if r[1] else "", r[2]) for key, r in cells().items()}
    everything = {key: (r[0], r[0], r[2]) for key, r in cells().items()}
    slow = {
        key: (r[0], str(int(r[1]) - (1 if int(r[1]) > 1 and key[0] == "121" else 0)) if r[1] else "", r[2])
        for key, r in cells().items()
    }
    for name, before, now in (
        ("rise", cells(), cells(30)),
        ("fall", cells(), low),
        ("same", cells(), cells()),
        ("little", slow, cells()),
        ("nothing", none, none),
        ("everything", cells(), everything),
    ):
        office.write("2024-09", before)
        office.write("2024-10", now)
        yield name, of(office.at)
    office.forget("2024-09")
    yield "first", of(office.at)


def test_points_are_few_short_and_by_falling_weight_in_every_state(office):
    for name, m in states(office):
        for each in LANGUAGES:
            chosen = points.chosen(m.seen_in(each))
            assert 2 <= len(chosen) <= points.MOST, name
            assert [point.weight for point in chosen] == sorted((point.weight for point in chosen), reverse=True)
            for point in chosen:
                assert len(point.said.striptags().split()) < points.WORDS[each], point.said.striptags()


def test_points_of_the_real_month_are_short(october):
    for each in LANGUAGES:
        for point in points.chosen(october.seen_in(each)):
            assert len(point.said.striptags().split()) < points.WORDS[each], point.said.striptags()


def sentences(m, monkeypatch):
    """The key of every sentence that the views take from the catalogues, in order."""
    said = []
    known = language.text

    def text(of_language, key):
        if not key.startswith("definitions."):  # titles of figures are kept once they were made
            said.append(key)
        return known(of_language, key)

    with monkeypatch.context() as patch:
        patch.setattr(language, "text", text)
        for view in VIEWS:
            view(m)
    return said


def test_both_languages_say_the_same_sentences_in_the_same_order(october, office, monkeypatch):
    for name, m in (("october", october), *states(office)):
        vi, en = (sentences(m.seen_in(each), monkeypatch) for each in LANGUAGES)
        assert len(vi) > 40, name
        assert vi == en, name


UP = {"vi": r"tăng|thêm|lên", "en": r"up|more|rose|rises|gained"}
DOWN = {"vi": r"giảm|bớt|xuống", "en": r"down|fewer|fell|falls"}
CHANGES = r'<data value="([^"]*)" data-fact="[^"]*/(?:percent_change|communes_completed_change)"[^>]*>[^<]*</data>'


def directions(html, of_language):
    """(word, value) for each change told in a sentence: the nearest direction word before or right after it."""
    words = re.compile(rf"\b(?:({UP[of_language]})|({DOWN[of_language]}))\b")
    for sentence in re.split(r"<(?:p|li|h2|dd)[ >]|(?<=[a-z%>])[.;] ", str(html)):
        for found in re.finditer(CHANGES, sentence):
            plain = Markup(sentence[: found.start()]).striptags()
            after = Markup(sentence[found.end() :]).striptags()
            near = list(words.finditer(plain))[-1:] or list(words.finditer(after))[:1]
            yield from ((("up" if word[1] else "down"), float(found[1])) for word in near)


def test_words_of_direction_follow_the_sign_of_their_fact_in_every_state(october, office):
    told = set()
    for name, m in (("october", october), *states(office)):
        for each in LANGUAGES:
            for view in VIEWS:
                for way, change in directions(view(m.seen_in(each)).html, each):
                    assert (change > 0) == (way == "up"), (name, each, way, change)
                    told.add((each, way))
    assert told == {(each, way) for each in LANGUAGES for way in ("up", "down")}


def test_a_change_within_half_a_point_is_little(office):
    named = dict(states(office))
    little = points.chosen(named["same"])[0]
    assert little.key == "level_same"


def test_no_cause_is_given_without_a_comment(october, office):
    causes = r"\b(?:vì|do đó|nhờ|because|owing|thanks to|caused)\b"
    for each in LANGUAGES:
        for view in (narrative.main_points, narrative.progress, narrative.communes):
            assert not re.search(causes, view(october.seen_in(each)).html.striptags()), view


@pytest.mark.parametrize(
    ("language", "passed"),
    [
        ("vi", "Mục tiêu của tỉnh, 30/09/2024, đã qua khi mới đạt 76,4% (tháng 9/2024)."),
        ("en", "The province’s aim, 30 September 2024, passed with 76.4% digitised (September 2024)."),
    ],
)
def test_an_earlier_target_that_passed_is_told_with_where_the_work_then_stood(october, language, passed):
    assert passed in narrative.progress(october.seen_in(language)).html.striptags()


def test_who_gained_least_is_said_of_those_with_work_left_only(october):
    least = min((october.get("percent_change", area.code).number, area.code) for area in october.districts)
    assert october.get("completed", least[1]).value, "October's smallest gain is of a district that finished"
    assert "Trong các đơn vị chưa hoàn thành, huyện Mù Căng Chải" in narrative.districts(october).html.striptags()


def test_the_verdict_accounts_for_every_rule(october):
    html = str(narrative.quality(october).html)
    told = {name: int(value) for value, name in re.findall(r'value="(\d+)" data-fact="[^"]*rules_(\w+)"', html)}
    named = re.findall(r"<li>(\w+)[:,] ", html)
    assert named == [outcome.rule.id for outcome in october.checked.having(FAILED, "warning")] == ["P01", "P02", "P04"]
    assert told["total"] == told["passed"] + told["noted"] + len(named)
    assert told["total"] + told["not_evaluated"] == len(october.checked.outcomes)
    assert told["warned_published"] == len(named)


def test_a_number_meant_besides_areas_named_before_is_a_remark_and_no_discrepancy(october, yen_bai):
    assert "3</data>” is meant besides Trạm Tấu" in narrative.published(october.seen_in("en")).html
    assert october.get("difference_districts_over_threshold").value == 0
    otherwise = without_besides(yen_bai)
    assert "ngoài" not in narrative.published(otherwise).html
    assert otherwise.get("difference_districts_over_threshold").value == -1
    assert otherwise.get("discrepancies").value == october.get("discrepancies").value + 1


@pytest.mark.parametrize(
    ("release", "said", "not_said"),
    [
        (None, "<b>Draft</b>", "Release"),
        (Sealing("published/0007-2024-10"), "published/0007-2024-10", "Replaces"),
        (Sealing("published/0007-2024-10", "0002-2024-10", "12 <entries>"), "12 &lt;entries&gt;", "Draft"),
    ],
)
def test_the_head_says_draft_or_which_release_it_is_and_why_it_replaces_another(october, release, said, not_said):
    data = replace(october.checked.data, sealing=release)
    head = narrative.opening(replace(october, checked=replace(october.checked, data=data), language="en")).html
    assert said in head
    assert not_said not in head


def test_a_register_with_less_than_a_hundredth_of_the_entries_never_lags_most(office):
    rows = {key: (row if key[1] != "XN" else ("10", "0", row[2])) for key, row in cells().items()}
    office.write("2024-10", rows | {("111", "KS"): ("20000", "10000", "")})
    m = of(office.at)
    assert m.get("percent", scope="XN").number == 0
    assert m.slowest_register().code == "KS"


SUPERLATIVES = r"\b[Ll]ag|[Ll]owest|[Hh]ighest|furthest|points apart|is last|\bleads\b"
OF_THE_WORK = (narrative.opening, narrative.main_points, narrative.progress, narrative.registers, narrative.districts)
OF_THE_WORK += (narrative.communes, narrative.completed, narrative.behind, tables.behind)
OF_THE_WORK += (charts.by_area, charts.by_register, charts.communes, charts.completed)


@pytest.mark.parametrize("view", OF_THE_WORK)
def test_where_all_is_done_nothing_lags_leads_or_is_last(office, view):
    for month in ("2024-09", "2024-10"):
        office.write(month, {key: (row[0], row[0], row[2]) for key, row in cells().items()})
    shown = str(view(replace(of(office.at), language="en")).html)
    said = re.sub("(?s)<svg.*?</svg>|<.*?>", " ", shown).replace("Named: its lowest commune", "")
    assert not re.search(SUPERLATIVES, " ".join([said, *re.findall('aria-label="(.*?)"', shown)]))


@pytest.mark.parametrize(("total", "said"), [(2, "All 2 districts exceed 90%."), (3, "Two of 3 districts exceed 90%.")])
def test_of_finished_districts_none_is_called_the_lowest_though_another_has_not_reported(office, total, said):
    office.write("2024-10", {key: (row[0], row[0], row[2]) for key, row in cells().items()})
    m = replace(of(office.at), language="en")
    m = replace(m, facts={**m.facts, "1/all/districts_total": replace(m.get("districts_total"), value=total)})
    assert said in re.sub("<.*?>", "", str(narrative.main_points(m).html))


def test_the_split_into_groups_is_an_assumption_only_where_the_list_of_registers_says_so(office, october):
    office.write("2024-10", cells())
    assert "is an assumption" in narrative.registers(replace(october, language="en")).html
    assert "is an assumption" not in narrative.registers(replace(of(office.at), language="en")).html


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_to_repeat_names_the_data_folder_and_no_path_of_this_machine(office, language):
    said = str(narrative.provenance(of(office.at).seen_in(language)).html)
    assert "DATA=" in said
    assert "REPORTS=" in said
    assert str(office.at.data) not in said
