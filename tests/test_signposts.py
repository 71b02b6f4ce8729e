"""What stands at the door is true: measured figures, the version, the self-assessment."""

import re
import tomllib

import pytest
import yaml

from hotich import __version__
from hotich.language import LANGUAGES
from hotich.storage.paths import PROJECT

README, RAP, CHANGES = (
    (PROJECT / name).read_text(encoding="utf-8") for name in ("README.md", "docs/rap.md", "CHANGELOG.md")
)
BADGE = re.compile(r"!\[[^\]]*\]\(https?://")


def told(name, pattern):
    """The figures that a document of results has."""
    found = re.search(pattern, (PROJECT / name).read_text(encoding="utf-8"), flags=re.DOTALL)
    assert found, f"{name} says no more {pattern}"
    return found.groups()


def measured():
    """The table of measured figures, its rows by the command that prints them."""
    table = README.partition("## Measured")[2].partition("## ")[0]
    return [
        tuple(cell.strip() for cell in line.strip("|").split("|")) for line in table.splitlines() if "`make " in line
    ]


def rows(command):
    return " ".join(f"{what} {value}" for what, value, by in measured() if by == f"`make {command}`")


def test_the_readme_is_short_and_has_no_wall_of_badges():
    assert len(README.split()) < 1150
    assert not BADGE.search(README)
    assert README.count("![") == 1


def test_the_readme_quotes_the_last_benchmark():
    results = (PROJECT / "bench" / "RESULTS.md").read_text(encoding="utf-8")
    seconds = re.findall(r"^\| ([^|]+?) \| ([0-9.]+) \| [0-9.]+ \|$", results, flags=re.MULTILINE)
    ratios = re.findall(r"^\| [^|]+? \| ([0-9.]+) \| ≤ [0-9.]+ \|$", results, flags=re.MULTILINE)
    quoted = [value for name, value in seconds if "import" not in name] + ratios
    said = re.findall(r"\d+\.\d+", rows("bench"))
    assert (len(quoted), set(quoted) - set(said), set(said) - set(quoted)) == (3 + 4, set(), set())


def test_the_readme_quotes_how_long_a_saved_change_takes():
    median = dict(
        re.findall(r"^\| ([^|]+?) \| ([0-9.]+) \|", (PROJECT / "bench" / "WATCH.md").read_text("utf-8"), re.M)
    )
    assert f"{median['a comment']} s; {median['counts']} s" in rows("bench-watch")


def test_the_readme_quotes_what_the_whole_country_costs():
    (size,) = told("bench/COUNTRY.md", r"make report of the country, ([0-9,]+) rows \|")
    (ratio,) = told("bench/COUNTRY.md", r"the country's report, of the example's \| ([0-9.]+) \|")
    (memory,) = told("bench/COUNTRY.md", r"its peak memory \(PSS\) \| ([0-9.]+ GB) \|")
    said = rows("bench-country")
    assert f"{size} rows" in said
    assert f"{ratio}; {memory}" in said


def test_the_readme_quotes_how_long_a_hundred_million_cases_take():
    (cases,) = told("bench/COUNTRY.md", r"\n([\d,]+) cases, \d+ provinces")
    (plain,) = told("bench/COUNTRY.md", r"cases → counts \| duckdb \| by province \| ([\d.]+) \|")
    once, memory = told(
        "bench/COUNTRY.md", r"and gaps \| duckdb \| by province \| ([\d.]+) \| [\d.]+ \| [\d.]+ \| ([\d,]+) \|"
    )
    said = rows("bench-country")
    assert f"{cases} cases counted; each once, in {int(memory) / 1000:.1f} GB {plain} s; {once} s" in said


def test_the_page_of_the_cluster_quotes_its_last_benchmark():
    two, lost, one = (
        told("bench/COUNTRY.md", rf"\| Dask, {who} \| [\d.]+ s \| ([\d.]+) \|")[0]
        for who in ("two workers", "two workers, one lost", "one worker")
    )
    (task,) = told("bench/COUNTRY.md", r"An empty task takes ([\d.]+ ms)")
    page = " ".join((PROJECT / "docs" / "cluster.md").read_text(encoding="utf-8").split())
    assert (
        f"two workers took {two} of the own runner’s time, with one of them lost {lost}, one worker alone {one}" in page
    )
    assert f"an empty task took {task}" in page


def test_the_readme_quotes_what_the_proofs_found():
    kinds, places = told("docs/checks-proof.md", r"(\d+) kinds, (\d+) places each")
    text = (PROJECT / "docs" / "checks-proof.md").read_text(encoding="utf-8").partition("## What cannot")[0]
    caught = re.findall(r"\| \d+ \| (\d+%) \|", text)
    assert len(caught) == int(kinds)
    (other,) = {each for each in caught if each != "100%"}
    said = f"{kinds} kinds, {places} places each {caught.count('100%')} kinds at every place, the other at {other}"
    critical, warnings = told("docs/checks-proof.md", r"- critical: (\d+)\n- warnings: (\d+),")
    assert said in rows("prove-checks")
    assert f"{critical}; {warnings}" in rows("prove-checks")
    (errors,) = told("docs/charts-proof.md", r"(\d+) errors of one line each .*?Each is caught")
    assert f"{errors} of {errors} caught" in rows("prove-charts")
    same = re.findall(r"\| (same bytes|[^|]*) \|$", (PROJECT / "docs" / "reproducible.md").read_text("utf-8"), re.M)[1:]
    assert f"{len(same)} other surroundings same bytes" in rows("prove-repro")
    assert set(same) == {"same bytes"}


def test_the_readme_quotes_how_the_rules_do_on_the_whole_country():
    lines, seconds, memory = told(
        "docs/checks-scale.md", r"\| country \| ([\d,]+) \| [^|]+ \| [^|]+ \| [^|]+ \| ([\d.]+) \| [^|]+ \| ([\d.]+) \|"
    )
    section = README.partition("## The whole country")[2].partition("## ")[0]
    assert f"{lines} rows in {float(seconds):.0f} s and {memory} GB" in section


def test_version_and_day_are_the_same_wherever_they_stand():
    citation = yaml.safe_load((PROJECT / "CITATION.cff").read_text(encoding="utf-8"))
    version, day = re.search(r"^## (\S+) \((\d{4}-\d{2}-\d{2})\)$", CHANGES, flags=re.MULTILINE).groups()
    assert (citation["version"], str(citation["date-released"])) == (version, day)
    assert version == __version__
    assert citation["license"] == tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]["license"]


def test_the_self_assessment_says_of_every_requirement_whether_it_is_met_and_where():
    table = [line.strip("|").split(" | ") for line in RAP.splitlines() if re.match(r"\| (Baseline|Silver|Gold) ", line)]
    assert [len(row) for row in table] == [4] * (5 + 9 + 4)
    met = {level: {row[2] for row in table if row[0].strip() == level} for level in ("Baseline", "Silver", "Gold")}
    assert {"yes"} == met["Silver"]
    assert ("**no**" in met["Baseline"]) == ("**below Baseline**" in RAP)


@pytest.mark.parametrize("language", LANGUAGES)
def test_guides_are_there_in_every_language_with_pictures_that_are_small(language):
    guides = PROJECT / "docs" / "guide"
    names = {path.name.partition(".")[0] for path in guides.iterdir()}
    end = ".md" if language == "vi" else f".{language}.md"
    assert {path.name for path in guides.iterdir() if path.name.endswith(end)} >= {f"{name}{end}" for name in names}
    shown = {
        name
        for path in [PROJECT / "README.md", *guides.iterdir()]
        for name in re.findall(r"pictures/(\S+?\.png)", path.read_text("utf-8"))
    }
    pictures = {path.name: path.stat().st_size for path in (PROJECT / "docs" / "pictures").iterdir()}
    assert shown == set(pictures)
    assert max(pictures.values()) <= 100_000
