"""From end to end: a month in, whole pages out, or nothing changed and a message that says why."""

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
import pytest
from conftest import HOTICH, cells, small_office

from hotich.errors import ExitCode, NotebookFailed
from hotich.language import LANGUAGES
from hotich.month import Month
from hotich.page import script
from hotich.pipeline import build, fill
from hotich.pipeline.plan import Wanted
from hotich.storage.paths import NOTEBOOKS

MONTHLY = ("quality", "report", "summary")
PAGES = sorted(f"{page}.{language}.html" for page in MONTHLY for language in LANGUAGES)


def command(*words, at=None, **environment):
    """Run hotich as a person would."""
    folders = ["--data", str(at.data), "--reports", str(at.reports)] if at else []
    own = {"PATH": os.environ["PATH"], "HOME": str(Path.home()), **environment}
    own |= {name: os.environ[name] for name in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE") if name in os.environ}
    return subprocess.run([HOTICH, *words, *folders], capture_output=True, text=True, env=own, timeout=300)


@pytest.fixture(scope="module")
def report(made):
    """An office with October's report. Read only."""
    return made("report", "10")


@pytest.fixture
def reported(report, tmp_path):
    """An office of the test's own with October's report."""
    return report.copied(tmp_path)


def text_of(html):
    """What a reader sees: no tags, no style."""
    body = re.sub(r"<style.*?</style>", " ", html, flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


def contents(folder):
    return {path.relative_to(folder): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


TABLES = {"annex.xlsx", "report.docx", "summary.docx", "measures.csv", "data.csv", "datapackage.json"}


def test_every_file_of_a_draft_is_there(october):
    files = {str(path) for path in contents(october[1])}
    notebooks = {f"notebooks/{page}.{language}.ipynb" for page in MONTHLY for language in LANGUAGES}
    assert files == {*PAGES, *notebooks, *TABLES, "validation.json", "provenance.json"}


def test_the_terminal_says_what_came_in_what_it_is_worth_what_to_open_and_what_is_next(october):
    said, folder = october[0].stderr.strip().splitlines(), october[1]
    assert "1.830" in said[0]
    assert "4" in said[1]
    assert "81,5%" in said[2]
    assert said[3].endswith(str(folder / "report.vi.html"))
    assert {Path(line.strip()).name for line in said[4:-2]} >= {"report.docx", "summary.docx", "annex.xlsx"}
    assert all(Path(line.strip()).is_file() for line in said[4:-2])
    assert "make notices MONTH=2024-10" in said[-2]
    assert october[0].stdout == ""


@pytest.mark.parametrize(
    ("page", "figures"),
    [
        ("report.vi.html", ("519.573", "637.356", "81,5%", "SỐ LIỆU MINH HỌA", "59", "22/10/2024")),
        ("report.en.html", ("519,573", "637,356", "81.5%", "ILLUSTRATIVE DATA", "59", "22 October 2024")),
        ("quality.vi.html", ("637.469", "113", "519.537", "36", "60", "59 + 1", "SỐ LIỆU MINH HỌA")),
        ("quality.en.html", ("637,469", "113", "519,537", "36", "60", "59 + 1", "ILLUSTRATIVE DATA")),
    ],
)
def test_the_pages_say_the_published_figures_in_their_language(october, page, figures):
    shown = text_of((october[1] / page).read_text(encoding="utf-8"))
    assert [figure for figure in figures if figure not in shown] == []


@pytest.mark.parametrize("page", PAGES)
def test_a_page_needs_nothing_but_itself(october, page):
    html = (october[1] / page).read_text(encoding="utf-8")
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", html)
    run = re.findall(r"<script(?! type=\"application/ld\+json\">).*?</script>", html, re.DOTALL)
    assert set(run) <= {f"<script>{script.SOURCE}</script>"}
    assert html.count("<h1") == 1


def test_every_number_in_the_charts_is_written_as_the_language_writes_it(october):
    html = (october[1] / "report.vi.html").read_text(encoding="utf-8")
    words = re.findall(r"<text[^>]*>([^<]*)</text>", html)
    assert "1.683" in [word.strip() for word in words]
    assert not [word for word in words if re.search(r"\d\.\d{1,2}(?!\d)", word)]


def test_executed_notebooks_hold_no_path_and_no_time(october):
    for path in (october[1] / "notebooks").iterdir():
        raw = path.read_text(encoding="utf-8")
        assert str(october[1].parent) not in raw
        assert "papermill" not in json.loads(raw)["metadata"]
        assert str(Path.home()) not in raw


def test_the_same_month_again_reuses_everything_and_gives_the_same_bytes(reported):
    folder = reported.at.reports / "draft" / "2024-10"
    before = contents(folder)
    second = command("report", "10", at=reported.at, LANG="en_GB.UTF-8")
    assert second.returncode == 0, second.stderr
    assert "taken over" in second.stderr
    assert contents(folder) == before


@pytest.mark.parametrize(
    ("words", "pages"), [(("validate", "10"), 2), pytest.param(("report", "10", "--force"), 6, marks=pytest.mark.slow)]
)
def test_ordinary_kernels_in_another_time_zone_give_the_same_bytes(reported, words, pages):
    folder = reported.at.reports / "draft" / "2024-10"
    before = contents(folder)
    ordinary = command(*words, "--json", at=reported.at, HOTICH_KERNEL="ordinary", TZ="Asia/Tokyo")
    assert ordinary.returncode == 0, ordinary.stderr
    assert json.loads(ordinary.stdout)[0]["made"] == pages
    assert contents(folder) == before


def test_a_critical_finding_writes_rejected_pages_and_leaves_the_draft_as_it_was(reported, here):
    draft = reported.at.reports / "draft" / "2024-10"
    before = contents(draft)
    reported.write("2024-10", cells(30) | {("111", "KS"): ("200", "201", "")})
    refused = here("report", "2024-10", at=reported.at)
    assert refused.returncode == 1
    for words in (
        ("Xã An", "Sổ khai sinh"),
        ("An Commune", "Birth registers"),
        ("counts/2024-10.csv",),
        ("line 8", "dòng 8"),
    ):
        assert all(word in refused.stderr for word in words), refused.stderr
    assert "Traceback" not in refused.stderr
    assert contents(draft) == before
    rejected = reported.at.reports / "rejected" / "2024-10"
    assert {"quality.vi.html", "quality.en.html", "validation.json"} <= {str(path) for path in contents(rejected)}
    assert "report.vi.html" not in {str(path) for path in contents(rejected)}


@pytest.fixture(scope="module", params=[1, pytest.param(100, marks=pytest.mark.slow)])
def validated(request, tmp_path_factory):
    """The command `validate` in a temporary folder with so long a name: what came of it, and what it left there.

    With a long path, as pytest's own are, it runs in kernels/test_limits.py too.
    """
    office = small_office(tmp_path_factory.mktemp("validated") / "data").in_one_language()
    with tempfile.TemporaryDirectory(dir="/tmp") as short:
        folder = Path(short) / ("t" * request.param)
        folder.mkdir()
        done = command("validate", "2024-10", "--json", at=office.at, TMPDIR=str(folder))
        return done, list(folder.iterdir())


def test_json_goes_to_stdout_and_words_to_stderr(validated):
    done, _ = validated
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)[0]["rules"]["failed"] == 0
    assert done.stderr != ""


def test_nothing_is_left_in_a_temporary_folder_however_long_its_path_is(validated):
    done, left = validated
    assert done.returncode == 0, done.stderr
    assert left == []


@pytest.mark.parametrize("month", ["13", "1e1", "１０", "../x", "10;touch x", "$(shell touch x)", "2024-10\n", ""])
def test_a_hostile_month_is_wrong_usage_and_touches_nothing(office, here, month):
    refused = here("report", month, at=office.at)
    assert refused.returncode == 2
    assert "Traceback" not in refused.stderr
    assert not office.at.reports.exists()


def test_a_month_without_counts_says_which_there_are(office, here):
    refused = here("report", "2023-01", at=office.at)
    assert refused.returncode == 3
    assert "2024-09 đến 2024-10" in refused.stderr


def test_a_broken_table_is_named_with_file_and_line(office, here):
    path = office.at.data / "counts" / "2024-10.csv"
    path.write_text(path.read_text() + "111,KS,1\n")
    refused = here("report", "10", at=office.at)
    assert refused.returncode == 3
    assert "2024-10.csv" in refused.stderr
    assert "20" in refused.stderr


def test_two_runs_at_once_do_not_mix(office, here):
    from hotich.storage import atomic

    with atomic.locked(office.at.draft(draft_month())):
        refused = here("report", "10", at=office.at)
    assert refused.returncode == 6


def draft_month():
    from hotich.month import Month

    return Month(2024, 10)


def test_plain_papermill_gives_the_same_figures(october, tmp_path):
    out = tmp_path / "out.ipynb"
    papermill = Path(sys.executable).with_name("papermill")
    words = [papermill, NOTEBOOKS / "report.ipynb", out, "-r", "month", "2024-10", "-r", "language", "vi"]
    subprocess.run(words, check=True, capture_output=True, cwd=NOTEBOOKS, timeout=300)
    shown = {
        fact: value
        for value, fact in re.findall(r'value=\\"([^"\\]*)\\" data-fact=\\"([^"\\]*)\\"', out.read_text("utf-8"))
    }
    ours = (october[1] / "notebooks" / "report.vi.ipynb").read_text("utf-8")
    assert shown == {
        fact: value for value, fact in re.findall(r'value=\\"([^"\\]*)\\" data-fact=\\"([^"\\]*)\\"', ours)
    }
    assert len(shown) > 300


def test_pages_whose_inputs_have_changed_leave_the_draft_and_the_command_says_so(reported, here):
    reported.write("2024-10", cells(31))
    done = here("validate", "10", "--json", at=reported.at, LANG="en")
    assert done.returncode == 0, done.stderr
    dropped = json.loads(done.stdout)[0]["dropped"]
    assert {"report.vi.html", "summary.en.html", "report.docx"} <= {*dropped}
    assert not [file for file in dropped if (reported.at.reports / "draft" / "2024-10" / file).exists()]
    assert "No longer in the draft" in done.stderr
    assert "Next: make report MONTH=2024-10" in done.stderr


@pytest.mark.parametrize(
    "number",
    [
        pytest.param(signal.SIGINT, marks=pytest.mark.slow),  # below it reaches every process
        signal.SIGTERM,
        pytest.param(signal.SIGHUP, marks=pytest.mark.slow),  # heard as SIGTERM is: cli/test_signals.py
        signal.SIGKILL,
    ],
)
def test_nothing_is_left_running_however_the_command_ends(office, here, number):
    words = [HOTICH, "report", "10", "--data", office.at.data, "--reports", office.at.reports]
    driver = subprocess.Popen(words, stderr=subprocess.PIPE, text=True, start_new_session=True)
    children = wait_for_children(driver.pid)
    driver.send_signal(number)
    _, said = driver.communicate(timeout=60)
    codes = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGHUP: 143, signal.SIGKILL: -signal.SIGKILL}
    assert driver.returncode == codes[number], said
    _, alive = psutil.wait_procs(children, timeout=10)
    assert alive == []
    assert not (office.at.reports / "draft" / "2024-10").exists()
    if number == signal.SIGKILL:  # of all four only this one leaves nobody to clean up
        assert here("validate", "10", at=office.at).returncode == 0


@pytest.mark.parametrize("wait", [0.2, pytest.param(1, marks=pytest.mark.slow)])
def test_ctrl_c_in_a_terminal_reaches_every_process_and_shows_no_traceback(office, wait):
    words = [HOTICH, "report", "10", "--data", office.at.data, "--reports", office.at.reports]
    driver = subprocess.Popen(words, stderr=subprocess.PIPE, text=True, start_new_session=True)
    children = wait_for_children(driver.pid)
    time.sleep(wait)
    os.killpg(driver.pid, signal.SIGINT)
    _, said = driver.communicate(timeout=60)
    assert driver.returncode == 130
    assert "Traceback" not in said, said
    assert "KeyboardInterrupt" not in said
    assert psutil.wait_procs(children, timeout=10)[1] == []


def wait_for_children(pid):
    """The driver's processes once there are three of them: the preloaded one, its tracker and a child at work."""
    until = time.monotonic() + 60
    found = []
    while time.monotonic() < until:
        found = psutil.Process(pid).children(recursive=True)
        if len(found) >= 3:
            break
        time.sleep(0.05)
    return found


def test_every_area_below_the_office_gets_its_notice_and_the_rest_of_the_draft_stays(reported, here):
    folder = reported.at.reports / "draft" / "2024-10"
    before = contents(folder)
    done = here("notices", "10", at=reported.at)
    assert done.returncode == 0, done.stderr
    files = {path.name for path in (folder / "notices").iterdir()}
    assert files == {f"{area}.{kind}" for area in ("11", "12") for kind in ("vi.html", "en.html", "docx")}
    assert {name: content for name, content in contents(folder).items() if name in before} == before
    refused = here("notices", "10", at=reported.at, AREA="111")
    assert refused.returncode == 2
    assert "Huyện Một (11), Huyện Hai (12)" in refused.stderr


@pytest.mark.parametrize(
    "anew", [(("report", "10"),), pytest.param((("report", "10"), ("notices", "10")), marks=pytest.mark.slow)]
)
def test_after_a_changed_comment_only_what_shows_it_is_made_again_and_all_is_as_if_made_anew(reported, here, anew):
    comment = reported.at.data / "comments" / "2024-10.en.md"
    comment.parent.mkdir()
    comment.write_text("## Assessment\n\nThe files came late.\n\n— Head of the office\n", encoding="utf-8")
    for words in (("report", "10"), ("notices", "10")):
        assert here(*words, at=reported.at).returncode == 0
    comment.write_text("## Assessment\n\nThe files came early.\n\n— Head of the office\n", encoding="utf-8")
    again = here("notices", "10", "--json", at=reported.at)
    assert again.returncode == 0, again.stderr
    assert json.loads(again.stdout)[0]["reused"] == 4 + 2 * 2 * 2 + 2  # quality, notices with notebooks, Word files
    assert here("report", "10", at=reported.at).returncode == 0
    kept = contents(reported.at.reports / "draft" / "2024-10")
    for words in anew:
        assert here(*words, "--force", at=reported.at).returncode == 0
    assert contents(reported.at.reports / "draft" / "2024-10") == kept
    assert b"The files came early." in kept[Path("report.en.html")]


def test_of_several_notebooks_that_failed_the_first_is_the_cause_of_what_is_told():
    failures = [NotebookFailed("runner.dead", name=name) for name in ("report.vi", "report.en")]
    with pytest.raises(NotebookFailed) as told:
        fill.raise_all(failures)
    assert told.value.__cause__ is failures[0]
    assert all(failure.message("en") in told.value.message("en") for failure in failures)


def test_areas_may_be_named_by_name_for_reports_and_notices(office):
    area, make = build._meant(Month(2024, 10), Wanted((), True, "HUYEN MOT"), "Huyện Hai", office.at)
    assert (area, make.receiver) == ("12", "11")
    assert build._meant(Month(2024, 10), Wanted((), True, "Xã An"), "Xã An", office.at)[0] == "Xã An"


@pytest.mark.parametrize("kind", ["report", "notices"])
def test_an_area_that_has_none_is_answered_with_names_beside_codes(office, kind, here):
    done = here(kind, "10", "--area", "Huyen Hia", at=office.at)
    assert done.returncode == ExitCode.WRONG_USAGE
    assert "Huyện Hai (12)" in done.stderr.replace("\n", "")
