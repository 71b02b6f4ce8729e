"""Every command that README and docs name is one that runs: here, in a copy with a small office, or in a named test."""

import io
import re
import shutil
import subprocess
from dataclasses import dataclass

import openpyxl
import pytest
import typer
from checkouts import project_copy
from conftest import small_office
from docx import Document

from hotich.cli.commands import app
from hotich.intake.template.sheets import HEAD
from hotich.storage.paths import PROJECT

LAST = ("docs/guide/month.en.md", "docs/guide/month.md")
"""They begin by dropping the example, which all others show; README comes first."""
RECIPES = "docs/change.md"
"""Its blocks are done by test_change.py."""
NOT_READ = {"CHANGELOG.md", "docs/rules.md"}
"""What was once, and what `make docs` writes."""
PROGRAM = r"(?:[A-Z_]+=\S+ )?(?:make|hotich|git|bash|mv|cp|pip|pipx|pre-commit|conda|\.venv/bin/[\w-]+)"
BLOCK = re.compile(r"^ *```(\w*)\n(.*?)^ *```", flags=re.MULTILINE | re.DOTALL)
SPAN = re.compile(rf"`({PROGRAM}(?:\s[^`]*)?)`")
FORM = re.compile(r"…|<|=(?= |$)")
"""What is left open in a command: it is a form to fill in, and is looked at as one."""

AUDITED = (
    "tests/release/test_audit.py::test_both_releases_are_audited_to_the_byte_and_nothing_but_certificates_is_written"
)
EVIDENCE = "tests/release/test_audit.py::test_an_evidence_file_is_reproducible_and_is_verified_and_audited_without_git"
SENT = "tests/release/test_received_file.py::test_a_page_that_was_sent_under_any_name_is_found_byte_for_byte"
CORRECTED = "tests/intake/deliver/test_import_month.py::test_a_correction_is_a_revision_beside_the_published_counts"
NEW_OFFICE = "tests/scaffold/test_make_pages.py::test_a_new_office_makes_report_quality_page_and_notice_by_its_command"
WATCHED = "tests/pipeline/test_watch.py::test_a_saved_change_shows_and_a_broken_file_is_told_while_the_page_stays"
DESK = "tests/lab/test_lab_browser.py::test_run_all_shows_every_view_once_and_nothing_complains"
PAPERMILL = "tests/test_papermill.py::test_parameters_are_taken_as_papermill_reads_them"
SAMPLE = "tests/test_second_example.py::test_the_seeded_command_writes_every_byte_of_it"
COMPARED = "tests/release/compare/test_compare.py::test_the_command_prints_tables_for_people_and_json_for_machines"
TALLIED = "tests/tally/test_month.py::test_ten_thousand_cases_are_counted_as_plain_pandas_counts_them"
AREAS = "tests/pipeline/test_areas.py::test_each_file_is_that_of_the_area_alone"
NOTIFIED = "tests/pipeline/test_areas.py::test_notices_lie_with_the_area_above_and_leave_its_report_there"
CLUSTER = "tests/pipeline/cluster/test_driver.py::test_workers_make_the_bytes_that_this_machine_makes"
NOT_HERE = {
    r"make (test|lint)|bash \.ci/run|\.venv/bin/pytest .*": "the tests themselves",
    r"make (bench|prove)-?[a-z]*( (bench|prove)-?[a-z]*| [A-Z]+=\S+)*": "minutes to hours; see test_tools.py",
    r"make lock|pip.*|pre-commit .*|conda .*": "needs the network",
    r"make gazetteer .*": "its sources are no part of the project",
    r"make publish .*|git add .* \"November 2024, released( again)?\"": AUDITED,
    r"make audit .*": AUDITED,
    r"make evidence .*": EVIDENCE,
    r"make verify FILE=.*": SENT,
    r"make import MONTH=11 FROM=\S+ REASON=.*|git add .* \"November 2024, corrected\"": CORRECTED,
    r"make (report|notices|import) MONTH=\S+ DATA=(ca-mau|examples/lao-cai-2026)/data.*": NEW_OFFICE,
    r"make office FROM=data .*|make (check-office|template) .*DATA=lao-cai/data": "tests/scaffold/test_go_on.py::*",
    r"make watch .*": WATCHED,
    r"make (lab|serve)|\.venv/bin/hotich lab .*": DESK,
    r"\.venv/bin/papermill .*": PAPERMILL,
    r"(make|hotich) sample.*": SAMPLE,
    r"make tally .*": TALLIED,
    r"make report MONTH=10 (AREA=15|AREAS=\S+)": AREAS,
    r"make notices (MONTH=10 AREAS=\S+|AREA=132)": NOTIFIED,
    r"\.venv/bin/dask .*|make report MONTH=10 CLUSTER=\S+": CLUSTER,
    r"(\.venv/bin/)?hotich compare .*": COMPARED,
    r"make page NOTEBOOK=~/.*": "tests/pipeline/test_pages.py::test_a_page_is_named_by_its_file_or_by_its_name",
    r"HOTICH_DEBUG=1 .*": "tests/cli/test_commands.py::test_it_is_asked_for_by_an_option_or_a_variable",
    r"hotich validate .* --json": "tests/pipeline/test_build.py::test_json_goes_to_stdout_and_words_to_stderr",
}
"""Commands that are not executed here: the test that does, or why none can."""

TEXT = "Đã số hóa 834 trên tổng số 1.284 thông tin, đạt 65%."
"""What somebody has written: its figures agree with each other."""


@dataclass(frozen=True)
class Command:
    """A line that somebody may type, and whether the document shows it as one or names it in a sentence."""

    line: str
    shown: bool

    @property
    def is_form(self):
        return bool(FORM.search(self.line))

    @property
    def is_name(self):
        """A command without any word, in a sentence, is its name."""
        return not self.shown and len(self.line.split()) <= 2 and "=" not in self.line


def documents():
    last = [PROJECT / name for name in LAST]
    rest = [PROJECT / "README.md", *sorted(PROJECT.glob("*.md")), *sorted(PROJECT.glob("docs/**/*.md"))]
    return [*(path for path in rest if path not in last and name(path) not in NOT_READ), *last]


def name(path):
    return path.relative_to(PROJECT).as_posix()


def commands(path):
    """The commands of a document in the order in which they stand, without what is said of them."""
    text = path.read_text(encoding="utf-8")
    found = []
    for place in re.finditer(rf"{BLOCK.pattern}|{SPAN.pattern}", text, flags=re.MULTILINE | re.DOTALL):
        language, block, span = place.groups()
        if span:
            found.append(Command(" ".join(span.split()), shown=False))
        elif not language and path != PROJECT / RECIPES:
            lines = (re.sub(r"\s+#.*", "", line).strip() for line in block.splitlines())
            found += [Command(line, shown=True) for line in lines if re.match(rf"{PROGRAM}\b", line)]
    return found


def every():
    """Every command once, where it is first shown, or named where it is not."""
    found = [command for path in documents() for command in commands(path)]
    shown = {command.line for command in found if command.shown}
    return list(dict.fromkeys(command for command in found if command.shown or command.line not in shown))


def elsewhere(line):
    return next((why for form, why in NOT_HERE.items() if re.fullmatch(form, line)), "")


def to_run():
    return [each.line for each in every() if not (each.is_form or each.is_name or elsewhere(each.line))]


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A copy of the project with a small office of illustrative counts, as a clone has them, and somebody's home."""
    root = tmp_path_factory.mktemp("desk") / "project"
    made = project_copy(root, ".gitignore", "docs")
    small = small_office(root / "data")
    for month in ("2024-09", "2024-10"):
        small.log(month, "synthetic")
    (root / "reports" / "examples").mkdir(parents=True)
    home = root.parent / "home"
    home.mkdir()
    (root / "article.docx").write_bytes(document(TEXT))
    subprocess.run(["git", "init", "-q", root], check=True)
    made.commit()
    return made, home


def document(text):
    made, buffer = Document(), io.BytesIO()
    made.add_paragraph(text)
    made.save(buffer)
    return buffer.getvalue()


def at_hand(command, root, home):
    """What whoever types the command has beside it: workbooks that came back filled in."""
    wanted = re.search(r"^make import .*FROM=~/(\S+)", command)
    if not wanted:
        return
    folder = home / wanted[1]
    shutil.copytree(root / "reports" / "templates" / "2024-11", folder)
    for file in folder.glob("*.xlsx"):
        book = openpyxl.load_workbook(file)
        for row in book.worksheets[0].iter_rows(min_row=HEAD + 1):
            if row[0].value:
                row[4].value, row[5].value = 200, 150
        book.save(file)


@pytest.mark.slow
def test_every_command_that_can_run_here_ends_well_in_reading_order(desk):
    made, home = desk
    for command in to_run():
        at_hand(command, made.root, home)
        line = re.sub(r"^hotich", ".venv/bin/hotich", command)
        made.shell(line, TEXT, HOME=str(home), YES="1")  # nobody sits at a terminal to be asked


def test_enough_commands_are_found_in_every_guide():
    assert len(every()) > 90
    assert len(to_run()) > 30
    assert [name(path) for path in documents() if path.parent.name == "guide" and len(commands(path)) < 3] == []


def test_both_languages_of_a_guide_show_the_same_commands():
    for path in (PROJECT / "docs" / "guide").glob("*.en.md"):
        other = path.with_name(path.name.replace(".en.md", ".md"))
        shown = [[re.sub(r'"[^"]*"', "", each.line) for each in commands(file) if each.shown] for file in (path, other)]
        assert shown[0] == shown[1], path.name


@pytest.mark.parametrize("named", sorted({why for why in NOT_HERE.values() if "::" in why}))
def test_a_test_that_the_table_names_is_there(named):
    file, _, test = named.partition("::")
    source = (PROJECT / file).read_text(encoding="utf-8")
    assert test == "*" or f"\ndef {test}(" in source


def test_nothing_in_the_table_is_there_for_no_command():
    lines = [each.line for each in every()]
    assert [form for form in NOT_HERE if not any(re.fullmatch(form, line) for line in lines)] == []


def parameters():
    """The variables of make that each command of `hotich` understands."""
    made = typer.main.get_command(app)
    return {
        command: {param.envvar for param in found.params if getattr(param, "envvar", None)}
        for command, found in made.commands.items()
    }


def test_every_parameter_that_a_command_is_given_is_one_that_it_knows():
    known, strange = parameters(), []
    for command in (each.line for each in every()):
        words = re.match(r"(?:[A-Z_]+=\S+ )?make ([a-z-]+)(.*)", command)
        if words and words[1] in known:
            given = set(re.findall(r"\b([A-Z_]+)=", words[2]))
            strange += [f"{command}: {each}" for each in sorted(given - known[words[1]])]
    assert strange == []
