"""The pages of a country: its parts are provinces in every page and paper, with and without districts below them."""

import re
import tomllib
from fractions import Fraction
from functools import cache
from zipfile import ZipFile

import pytest
from offices import fill, of_districts, read, small_country, visible
from openpyxl import load_workbook
from pages import report_page

from hotich.errors import WrongUsage
from hotich.language import LANGUAGES, Country, CountryOfTwoLevels, text
from hotich.measures import spread
from hotich.month import Month
from hotich.storage.paths import PACKAGE
from hotich.views import annex_xlsx, leader, notice, tables
from hotich.views.leader import word_files

OLD, NEW = Month(2024, 12), Month(2026, 10)
OF_PROVINCES = re.compile(
    r"(?<!thì )theo huyện|cấp huyện vượt|trên [\d /]+ đơn vị cấp huyện|districts exceed|by district", re.I
)
"""What a province's pages say of districts and a country's of provinces."""
OF_REAL_DISTRICTS = frozenset(
    {
        "charts.column.rank_in_district",
        "charts.progress.method",
        "definitions.outlook.is",
        "definitions.units.is",
        "compare.measure.offices_completed",
        "data.column.area",
        "data.column.level",
        "report.completed.rule",
        "tables.column.rank_in_district",
        "tables.annex.title_offices",
        "tables.reason.offices",
        "charts.column.district",
        "tables.cell.number",
    }
)
"""Texts of which a country with districts says the same as a province: they are about its districts, not its parts."""
ABOUT_OTHERS = (
    *("notice.", "errors.", "intake.", "import.", "template.", "text.", "office.", "release.", "rulebook."),
    *("areas.", "terminal.", "help."),
)
"""Files of which no text is about the parts of the area that a page is about."""


@pytest.fixture(scope="module")
def country(tmp_path_factory):
    """Three provinces of a country, with districts and without, each half a year of months."""

    @cache
    def made(month, silent=2):
        provinces = ("15", "12", "10") if month == OLD else ("15", "12", "91")
        at = small_country(tmp_path_factory.mktemp("country"), "2024-11" if month == OLD else "2026-11", provinces)
        fill(at, [month.plus(back) for back in ((-2, -1, 0) if month == OLD else range(-4, 1))], silent=silent)
        return read(at, "vi", month)

    return made


@pytest.fixture(scope="module")
def html(country):
    """The report of a month's country, or of one of its areas."""
    return cache(lambda month, language, area="VN": report_page(country(month).seen_in(language).seen_from(area)))


def shown(views, m):
    return visible(
        "".join(getattr(views, name)(m)._repr_html_() for name in views.__all__ if name not in ("title", "receivers"))
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_country_without_districts_says_no_word_about_them(country, html, language):
    m = country(NEW).seen_in(language)
    assert isinstance(m.language, CountryOfTwoLevels)
    assert of_districts(visible(html(NEW, language))) == []
    assert of_districts(shown(leader, m)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_country_with_districts_calls_its_parts_provinces(country, html, language):
    m = country(OLD).seen_in(language)
    assert type(m.language) is Country
    report = visible(html(OLD, language))
    for said in (report, shown(leader, m)):
        assert OF_PROVINCES.findall(said) == []
    assert {"vi": "tỉnh, thành phố nào vượt 90%", "en": "No province is over 90%"}[language] in report


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_about_districts_has_one_about_provinces_or_is_about_real_districts(language):
    of = {"vi": re.compile(r"huyện", re.I), "en": re.compile(r"\bdistricts?\b", re.I)}[language]
    spoken = Country(language)
    for key in keys(language):
        if key.startswith(ABOUT_OTHERS) or key in OF_REAL_DISTRICTS:
            continue
        if of.search(re.sub(r"{\w+}", "", text(language, key))) and text(spoken, key) == text(language, key):
            assert re.search(r"_districts$|below|notebook\.", key), key


def keys(language):
    own = {name for each in (Country, CountryOfTwoLevels) for name in each.OWN}
    for path in sorted((PACKAGE / "language" / language).glob("*.toml")):
        if path.stem not in own:
            yield from flat(tomllib.loads(path.read_text(encoding="utf-8")), (path.stem,))


def flat(table, path):
    for name, value in table.items():
        yield from flat(value, (*path, name)) if isinstance(value, dict) else [".".join((*path, name))]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("file", ["country", "country_two_levels"])
def test_a_country_s_texts_stand_for_texts_that_exist_with_no_more_placeholders(language, file):
    own = tomllib.loads((PACKAGE / "language" / language / f"{file}.toml").read_text(encoding="utf-8"))
    for key in flat(own, ()):
        base, path = text(language, key), key.split(".")
        said = own
        for name in path:
            said = said[name]
        assert set(re.findall(r"{(\w+)", said)) <= set(re.findall(r"{(\w+)", base)), key


@pytest.mark.parametrize("month", [OLD, NEW], ids=str)
def test_word_files_and_the_annex_call_them_provinces_too(country, month, tmp_path):
    m = country(month)
    word_files.write(m, tmp_path)
    annex_xlsx.write(m, tmp_path / "annex.xlsx")
    for path in tmp_path.glob("*.docx"):
        with ZipFile(path) as file:
            said = visible(file.read("word/document.xml").decode())
        assert OF_PROVINCES.findall(said) == []
        assert month == OLD or of_districts(said) == []
    book = load_workbook(tmp_path / "annex.xlsx")
    assert book.sheetnames[:2] == ["Cấp tỉnh", "Cấp huyện" if month == OLD else "Cấp xã"]
    assert next(cell.value for cell in book["Cấp tỉnh"][3]) == "Tỉnh, thành phố"
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert month == OLD or of_districts(" | ".join(cells)) == []


OTHERS = {
    OLD: ["vi", pytest.param("en", marks=pytest.mark.slow)],
    NEW: [pytest.param("vi", marks=pytest.mark.slow), "en"],
}
"""A province's page of a country: in one language with districts and in the other without, each in both where slow."""


@pytest.mark.parametrize("language", OTHERS[OLD])
def test_a_province_of_a_country_speaks_as_one_and_ranks_among_provinces(country, html, language):
    m = country(OLD).seen_in(language).seen_from("15")
    assert m.language == language
    assert not isinstance(m.language, Country)
    report = visible(html(OLD, language, "15"))
    assert {"vi": "trong các tỉnh, thành phố", "en": "of 3 provinces"}[language] in report
    assert {"vi": "đơn vị cấp huyện nào vượt 90%", "en": "No district is over 90%"}[language] in report


@pytest.mark.parametrize("language", OTHERS[NEW])
def test_a_province_of_a_country_without_districts_says_no_word_about_them(html, language):
    assert of_districts(visible(html(NEW, language, "15"))) == []


def test_names_of_provinces_are_short_and_told_apart(country):
    m = country(OLD)
    assert m.short("15") == "Yên Bái"
    assert m.short("132") == "TP Yên Bái"
    assert m.seen_in("en").short("15") == "Yên Bái"
    commune = m.communes("132")[0]
    assert m.where(commune) == "TP Yên Bái, Yên Bái"
    assert m.seen_from("15").where(commune) == "TP Yên Bái"


def test_a_country_has_a_strip_for_each_province_and_lists_its_lowest_hundred(country, html):
    m = country(OLD)
    assert m.dense
    assert not m.seen_from("15").dense
    report = html(OLD, "vi")
    assert '<a href="annex.xlsx">' in report
    assert "Một trăm xã có tỷ lệ thấp nhất" in visible(report)
    listed = re.search(r'id="[^"]*communes-[^"]*".*?</table>', report, re.DOTALL)
    assert listed is None or listed[0].count("<tr") <= 130


def test_districts_of_a_country_are_counted_by_class_and_the_lowest_named(country):
    m = country(OLD)
    counted = [m.get(f"districts_in_class_{at}").value for at in range(1, 6)]
    assert sum(counted) == m.get("districts_below").value == sum(len(m.seen_from(p.code).districts) for p in m.parts)
    said = visible(str(tables.districts(m).html))
    lowest = min(
        (area for part in m.parts for area in m.checked.data.areas.children(part.code)),
        key=lambda area: m.get("percent", area.code).number,
    )
    assert f"{m.short(lowest.code)}, {m.short(lowest.parent)}" in said
    assert country(NEW).find("districts_below") is None


def test_a_district_of_a_country_is_written_to_by_the_department_of_its_province(country):
    m = country(OLD)
    own, deep = (shown(notice, m.seen_from(code)) for code in ("15", "132"))
    assert "Bộ Tư pháp thông báo kết quả" in own
    assert "thứ 2 / 3 tỉnh, thành phố" in own or re.search(r"thứ \d / 3 tỉnh, thành phố", own)
    assert "Cấp xã và Sở Tư pháp" in own
    assert "Kết quả số hóa sổ hộ tịch của các đơn vị cấp huyện thuộc tỉnh Yên Bái" in own
    assert "Sở Tư pháp tỉnh Yên Bái thông báo kết quả" in deep
    assert "UBND TỈNH YÊN BÁI SỞ TƯ PHÁP Số: ……/TB-STP" in deep
    assert re.search(r"Xếp thứ \d / 9 đơn vị cấp huyện", deep)
    assert re.search(r"Tỉnh Yên Bái đạt [\d,]+%", deep)
    assert "của Sở Tư pháp tỉnh Yên Bái)" in deep


def test_only_areas_above_the_communes_and_those_directly_below_get_a_notice(country):
    from hotich.data import find_area

    m = country(OLD)
    on = m.checked.data.areas
    codes = {area.code for area in find_area.notifiable(on, "VN")}
    assert codes == {area.code for area in on.by_code.values() if area.level in ("province", "district")}
    flat = country(NEW).checked.data.areas
    codes = {area.code for area in find_area.notifiable(flat, "VN")}
    assert codes == {area.code for area in flat.by_code.values() if area.level in ("province", "commune")}
    with pytest.raises(WrongUsage):
        m.seen_from(m.communes("132")[0].code)


def places(m, code):
    """The rank of every commune of an area by its exact share, reckoned from what it required and digitised."""
    shares = {
        area.code: Fraction(m.get("digitised", area.code).number) / m.get("required", area.code).number
        for area in m.communes(code)
        if m.find("percent", area.code)
    }
    return {area: 1 + sum(other > share for other in shares.values()) for area, share in shares.items()}


@pytest.mark.parametrize("month", [OLD, NEW])
def test_communes_are_ranked_in_their_province_and_on_a_countrys_page_in_the_country(country, month):
    m = country(month)
    told = {area.code: m.find(m.rank_name(area), area.code) for area in m.communes()}
    assert {code: rank.value for code, rank in told.items() if rank} == places(m, "VN")
    for province in m.parts:
        own = m.seen_from(province.code)
        ranks = {area.code: own.find(own.rank_name(area), area.code) for area in own.communes()}
        assert {code: rank.value for code, rank in ranks.items() if rank} == places(m, province.code)


def test_an_area_that_is_none_has_no_fact_on_a_countrys_page_either(country):
    assert country(OLD).find("rank", "no such area") is None


def test_a_province_without_districts_ranks_its_communes(country):
    m = country(NEW).seen_from("15")
    assert [area.code for area in m.parts] == [area.code for area in m.communes()]
    assert m.parts_ranked().value == len(m.parts)


def test_a_commune_below_no_district_gets_its_notice_from_its_province(country):
    m = country(NEW)
    own = shown(notice, m.seen_from(m.communes("15")[0].code))
    assert "Sở Tư pháp tỉnh Lào Cai thông báo kết quả" in own
    assert re.search(r"Xếp thứ \d+ / \d+ đơn vị cấp xã", own)


def test_a_quantile_is_the_percentage_of_a_commune_by_nearest_rank(country):
    m = country(OLD)
    for code in ("VN", "15", "12"):
        shares = sorted(found.number for area in m.communes(code) if (found := m.find("percent", area.code)))
        for percent in spread.QUANTILES:
            place = max(-(-percent * len(shares) // 100), 1)
            assert m.get(f"commune_percent_{percent}", code).value == shares[place - 1]


def test_a_province_has_no_quantiles_of_its_districts_communes(country):
    m = country(OLD)
    assert m.find("commune_percent_50", "132") is None
