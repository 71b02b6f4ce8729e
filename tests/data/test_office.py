"""The settings of an office: each is what docs/office.md allows, or refused by its name."""

import re
from datetime import date

import pytest
from conftest import OFFICE

from hotich import checks, measures
from hotich.data import dataset
from hotich.data import office as settings
from hotich.errors import InputRefused
from hotich.language import LANGUAGES
from hotich.month import exact
from hotich.storage.paths import PROJECT


@pytest.fixture
def read(tmp_path):
    def reading(old, new):
        assert old in OFFICE
        (tmp_path / "office.toml").write_text(OFFICE.replace(old, new), encoding="utf-8")
        return settings.read(tmp_path)

    return reading


WRONG = [
    (
        '["Như trên"]',
        '["Như trên"]\nrecipients_en = ["As above", "Filed"]',
        "a list of 1 texts, one for each recipient",
    ),
    ("threshold = 90", 'threshold = 90\nlanguages = ["en"]', 'or ["vi"]: Vietnamese is always there'),
    ("threshold = 90", 'threshold = 90\nlanguages = ["vi", "fr"]', 'or ["vi"]: Vietnamese is always there'),
    ("threshold = 90", 'threshold = 90\nlanguages = "vi"', "languages is"),
    ("threshold = 90", "threshold = 60.5", "threshold is 60.5"),
    ("threshold = 90", "threshold = 100", "from 1 to 99"),
    ("threshold = 90", "threshold = 0", "from 1 to 99"),
    ("threshold = 90", "threshold = true", "threshold is true"),
    ("threshold = 90", "", "threshold is missing"),
    ("threshold = 90", "treshold = 90", "nearest one is threshold"),
    ('paper = "thông báo"', 'paper = "tờ trình"', '"thông báo" / "công văn"'),
    ("cutoff_day = 22", "cutoff_day = 32", "from 1 to 31"),
    ("cutoff_day = 22", "cutoff_day = 0", "from 1 to 31"),
    ("cutoff_day = 22", 'cutoff_day = "22"', 'cutoff_day is "22"'),
    ('root = "1"', "root = 1", "root is 1. Allowed: a text in double quotes"),
    ('root = "1"', 'root = ""', "not empty"),
    ('name_vi = "Sở Tư pháp tỉnh Thử"', "", "name_vi is missing"),
    ("day = 2024-12-31", 'day = "30/06/2025"', 'targets[1].day is "30/06/2025"'),
    ("day = 2024-12-31", "", "targets[1].day is missing"),
    ("day = 2024-12-31", "dya = 2024-12-31", "nearest one is day"),
    ('id = "country"', 'id = "cả nước"', "targets[1].id"),
    ('id = "country"', 'id = "a/b"', "targets[1].id"),
    ('name_vi = "hạn chung"', "", "targets[1].name_vi is missing"),
    ('source = "test"', "", "targets[1].source is missing"),
    ("[[targets]]", "[targets]", "the line [[targets]]"),
    ("[[targets]]", "targets = []\n[ignored]", "nearest one"),
    ("[letterhead]", "[[letterhead]]", "a line [letterhead]"),
    ("[letterhead]", "", "targets[1].superior"),
    ('place = "Thử"', "", "letterhead.place is missing"),
    ('recipients = ["Như trên"]', 'recipients = "Như trên"', "letterhead.recipients"),
    ('recipients = ["Như trên"]', 'recipients = ["Như trên", 3]', "letterhead.recipients"),
    ('recipients = ["Như trên"]', "recipients = []", "letterhead.recipients"),
    ('signer = "GIÁM ĐỐC"', 'signer = "GIÁM ĐỐC"\nthreshold = 90', "threshold stands below the line [letterhead]"),
]


@pytest.mark.parametrize(("old", "new", "told"), WRONG)
def test_a_setting_that_cannot_be_is_refused_by_its_name_with_what_is_allowed(read, old, new, told):
    with pytest.raises(InputRefused) as caught:
        read(old, new)
    assert told in caught.value.message("en")
    assert caught.value.message("vi").startswith("office.toml")


def test_languages_are_both_unless_the_office_says_otherwise(read):
    assert read("threshold = 90", "threshold = 90").languages == ("vi", "en")
    assert read("threshold = 90", 'threshold = 90\nlanguages = ["en", "vi"]').languages == ("vi", "en")
    assert read("threshold = 90", 'threshold = 90\nlanguages = ["vi"]').languages == ("vi",)


def test_an_office_without_targets_is_refused_for_there_is_nothing_to_measure_the_pace_against(read):
    start = OFFICE.index("[[targets]]")
    for new in ("", "targets = []\n"):
        with pytest.raises(InputRefused) as caught:
            read(OFFICE[start : OFFICE.index("[letterhead]")], new)
        assert "[[targets]]" in caught.value.message("vi")


def test_two_targets_of_one_id_are_refused_and_two_of_one_day_are_not(read):
    again = OFFICE[OFFICE.index("[[targets]]") : OFFICE.index("[letterhead]")]
    with pytest.raises(InputRefused) as caught:
        read("[letterhead]", again + "[letterhead]")
    assert "targets[2].id" in caught.value.message("en")
    assert len(read("[letterhead]", again.replace("country", "office") + "[letterhead]").targets) == 2


def test_the_last_day_of_a_month_is_the_cutoff_where_the_month_is_shorter(read):
    found = read("cutoff_day = 22", "cutoff_day = 31")
    assert found.cutoff(exact("2024-02")) == date(2024, 2, 29)
    assert found.cutoff(exact("2024-10")) == date(2024, 10, 31)


def test_an_office_with_vietnamese_names_alone_is_called_by_them_in_english(office):
    for name, pattern in (
        ("office.toml", r"name_en = .*\n"),
        ("areas.csv", r"(?m)(?<=[^,]),[^,]*(?=,1?[12]?,[^,]*,\w*$)"),
    ):
        path = office.at.data / name
        path.write_text(re.sub(pattern, "" if name == "office.toml" else ",", path.read_text()), encoding="utf-8")
    registers = office.at.data / "registers.csv"
    registers.write_text(re.sub(r"(Birth|Certificate|Divorce) registers", "", registers.read_text()), encoding="utf-8")
    data = dataset.read("2024-10", office.at)
    assert data.office.name("en") == data.office.name("vi") == "Sở Tư pháp tỉnh Thử"
    assert data.office.targets[0].name("en") == "hạn chung"
    assert data.areas["111"].name("en") == "Xã An"
    assert {register.name("en") for register in data.registers} == {"Sổ khai sinh", "Sổ xác nhận", "Sổ ly hôn"}
    assert measures.read(checks.run(data), "", "en").get("percent").value


def test_docs_name_every_setting_and_every_value_of_paper():
    text = (PROJECT / "docs" / "office.md").read_text(encoding="utf-8")
    for name in (*settings.Office.__dataclass_fields__, *settings.Target.__dataclass_fields__):
        assert name in text
    assert all(paper in text for paper in settings.PAPERS)
    assert LANGUAGES == ("vi", "en")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('name_en = "Department', 'name_en = "\\u001b[31mDepartment'),
        ('name_vi = "hạn chung"', 'name_vi = "hạn \\u202egnuhc"'),
        ('recipients = ["Như trên"]', 'recipients = ["Như\\u0007 trên"]'),
        ('source = "test"', 'source = "te\\rst"'),
    ],
)
def test_a_character_that_nobody_sees_is_refused_however_it_is_written(office, before, after):
    path = office.at.data / "office.toml"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")
    with pytest.raises(InputRefused) as refused:
        settings.read(office.at.data)
    assert all("office.toml" in refused.value.message(language) for language in LANGUAGES)
    assert all(refused.value.message(language).isprintable() for language in LANGUAGES)
