"""The recipes of docs/change.md: read out of the page, done in a copy of the project, and seen on its pages."""

import json
import re
import shutil
import subprocess
import sys
import textwrap
from dataclasses import dataclass
from pathlib import Path

import pytest
from checkouts import project_copy
from conftest import cells, small_office

from hotich.language import LANGUAGES
from hotich.storage.paths import PROJECT

PAGE = PROJECT / "docs" / "change.md"
STEP = re.compile(r"^\d+\. (.*?)\n\n   ```(\w*)\n(.*?)^   ```$", flags=re.MULTILINE | re.DOTALL)
END, BELOW, INSTEAD, NEW, CELL, NEW_CELL, LIST = (
    re.compile(form)
    for form in (
        r"At the end of `([^`]+)`:$",
        r"In `([^`]+)`, below `([^`]+)`:$",
        r"In `([^`]+)`, instead of the line that begins with `([^`]+)`:$",
        r"A new file `([^`]+)`:$",
        r"instead of the cell `([^`]+)` of `([^`]+)`:$",
        r"In `([^`]+)`, a cell `([^`]+)` below the cell `([^`]+)`:$",
        r"At the end of the list in `([^`]+)`:$",
    )
)


@dataclass(frozen=True)
class Step:
    """What to write, and the words that say where."""

    words: str
    language: str
    text: str


def recipes():
    """The steps of each recipe by its heading."""
    parts = re.split(r"^## (.*)\n", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {
        heading: [
            Step(" ".join(words.split()), language, textwrap.dedent(text))
            for words, language, text in STEP.findall(body)
        ]
        for heading, body in zip(parts[1::2], parts[2::2], strict=True)
    }


def do(step, checkout):
    """Do what a step says, at the one place that it names."""
    root = checkout.root
    if not step.language:
        for command in step.text.splitlines():
            checkout.shell(command)
    elif found := END.search(step.words):
        with (root / found[1]).open("a", encoding="utf-8") as file:
            file.write(step.text)
    elif found := BELOW.search(step.words):
        write(
            root / found[1],
            lambda line: " ".join(line.split()) == found[2],
            lambda line: line + indented(step.text, line),
        )
    elif found := INSTEAD.search(step.words):
        write(root / found[1], lambda line: line.startswith(found[2]), lambda line: step.text)
    elif found := NEW.search(step.words):
        (root / found[1]).write_text(step.text, encoding="utf-8")
    elif found := CELL.search(step.words):
        notebook(root / "notebooks" / found[2], found[1], lambda cell: [{**cell, "source": source(step)}])
    elif found := NEW_CELL.search(step.words):
        notebook(root / found[1], found[3], lambda cell: [cell, {**cell, "id": found[2], "source": source(step)}])
    elif found := LIST.search(step.words):
        suite = json.loads((root / found[1]).read_text(encoding="utf-8"))
        suite["expectations"].append(json.loads(step.text))
        (root / found[1]).write_text(json.dumps(suite, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")
    else:
        raise AssertionError(f"a step that nobody could do: {step.words}")


def write(file, here, changed):
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    places = [place for place, line in enumerate(lines) if here(line)]
    assert len(places) == 1, f"{file}: {len(places)} places"
    lines[places[0]] = changed(lines[places[0]])
    file.write_text("".join(lines), encoding="utf-8")


def indented(text, line):
    """The lines as they stand in the page, as deep as the line above them."""
    return textwrap.indent(text, line[: len(line) - len(line.lstrip())])


def source(step):
    return step.text.rstrip("\n").splitlines(keepends=True)


def notebook(file, name, changed):
    book = json.loads(file.read_text(encoding="utf-8"))
    assert [cell["id"] for cell in book["cells"]].count(name) == 1
    book["cells"] = [new for cell in book["cells"] for new in (changed(cell) if cell["id"] == name else [cell])]
    file.write_text(json.dumps(book, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    """A small office with every recipe done, October reported before the last, a language; and what two of them say."""
    made = project_copy(tmp_path_factory.mktemp("change") / "project", "proof", "docs", "data")
    return made, prepared(made, recipes())


@pytest.fixture
def changed(done):
    return done[0]


@pytest.fixture
def said(done):
    return done[1]


BEGUN = """
from pathlib import Path
from random import Random
from tempfile import mkdtemp
from proof import clean
from proof.faults import FAULTS
from proof.month import Spoilt

month = Spoilt(clean.series(101, Path(mkdtemp())).until(2), Random(1))
before = clean.broken(month.dataset(), clean.book())
assert FAULTS[-1].inject(month)
after = clean.broken(month.dataset(), clean.book())
print([[rule for rule, _, _ in broken].count("C24") for broken in (before, after)])
"""
"""Puts the fault of the recipe into a clean month, and counts the findings of its rule before and after."""
SPEAKS = """
from hotich import measures
from hotich.checks import Checked
from hotich.data import dataset
from hotich.views import narrative

print(narrative.opening(measures.read(Checked(dataset.read("2024-10"), ()), "", "fr")).html)
"""


def prepared(checkout, steps):
    """Do the recipes, and return what the new fault and the new language say."""
    last = steps.pop("A language")
    for step in (step for recipe in steps.values() for step in recipe):
        do(step, checkout)
    found = checkout.shell(f".venv/bin/python -c '{BEGUN}'")
    shutil.rmtree(checkout.root / "data")
    office = small_office(checkout.root / "data")
    nothing = {
        ("12-PTP", register): (required, "0", "") for register, required in (("KS", "80"), ("XN", "8"), ("LH", "10"))
    }
    for month, more in (("2024-09", 0), ("2024-10", 30)):
        office.write(month, cells(more) | nothing)
    checkout.shell("make report MONTH=10")
    for step in last:
        do(step, checkout)
    return {"begun": found, "spoken": checkout.shell(f".venv/bin/python -c '{SPEAKS}'")}


def page(changed, name, language):
    return (changed.root / "reports" / "draft" / "2024-10" / f"{name}.{language}.html").read_text(encoding="utf-8")


def plain(html):
    return " ".join(re.sub("<[^>]+>", "", html).split())


def test_the_page_has_a_recipe_for_all_that_people_add():
    wanted = ["A rule", "A figure", "A sentence", "A chart", "A page of your own", "An office", "A language"]
    assert [heading for heading, steps in recipes().items() if steps] == wanted


def test_every_text_of_a_recipe_is_one_of_its_steps():
    steps = [step for recipe in recipes().values() for step in recipe]
    assert PAGE.read_text(encoding="utf-8").count("```") == 2 * len(steps)


@pytest.mark.parametrize(
    ("language", "finding"),
    [
        ("vi", "Phòng Tư pháp huyện Hai: 98 thông tin cần số hóa, chưa số hóa thông tin nào"),
        ("en", "Justice Office of Two District: 98 entries to digitise, none digitised"),
    ],
)
def test_the_new_rule_is_on_the_quality_page_and_finds_a_unit_that_has_not_begun(changed, language, finding):
    assert finding in plain(page(changed, "quality", language))
    assert "C24" in (changed.root / "docs" / "rules.md").read_text(encoding="utf-8")


def test_the_new_rule_catches_its_fault_and_is_quiet_on_a_clean_month(said):
    assert said["begun"] == "[0, 1]\n"


def test_the_new_figure_is_a_fact_with_the_term_that_explains_it(changed):
    measures = (changed.root / "reports" / "draft" / "2024-10" / "measures.csv").read_text(encoding="utf-8")
    assert "\n1/all/units_begun,1,all,units_begun,2024-10,5,units,computed\n" in measures
    assert "Unit that has begun" in page(changed, "report", "en")
    assert "Đơn vị đã bắt đầu" in page(changed, "report", "vi")


@pytest.mark.parametrize(
    ("language", "said"), [("vi", "5/6 đơn vị đã bắt đầu số hóa."), ("en", "5 of 6 units have begun.")]
)
def test_the_new_sentence_says_its_figure_in_both_languages(changed, language, said):
    assert said in plain(page(changed, "report", language))


@pytest.mark.parametrize(
    ("language", "headline"), [("vi", "Còn 510 thông tin phải số hóa"), ("en", "510 entries are left")]
)
def test_the_new_chart_stands_on_the_page_with_both_drawings_and_its_table(changed, language, headline):
    figures = re.findall(r"<figure.*?</figure>", page(changed, "report", language), flags=re.DOTALL)
    (chart,) = [figure for figure in figures if headline in plain(figure)]
    assert chart.count("<svg") == 2
    assert "<table" in chart


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_ones_own_has_the_chart_of_the_recipe(changed, language):
    headline = {"vi": "khai sinh phải số hóa", "en": "Birth entries left:"}[language]
    assert headline in plain(page(changed, "births", language))


def test_the_new_office_has_its_settings_and_a_workbook_for_each_commune(changed):
    home = changed.root / "ca-mau"
    assert "\nthreshold = 80\n" in (home / "data" / "office.toml").read_text(encoding="utf-8")
    assert len(list((home / "reports" / "templates" / "2026-11").glob("*.xlsx"))) > 60


def test_the_new_language_speaks_with_its_own_numbers_and_dates(said):
    spoken = plain(said["spoken"])
    assert "Numérisation des registres d’état civil, Test Province : octobre 2024" in spoken
    assert "60,3%" in spoken
    assert "22 octobre 2024" in spoken


@pytest.mark.parametrize("words", [("format", "--check", "--quiet"), ("check", "--quiet")], ids=lambda words: words[0])
def test_what_the_recipes_write_keeps_to_the_rules_of_form(changed, words):
    ruff = [Path(sys.executable).with_name("ruff"), *words, "hotich", "proof", "notebooks/report.ipynb"]
    ran = subprocess.run(ruff, cwd=changed.root, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout
