"""What a person sees, in which language, and what is asked of them."""

import io
import re
from types import SimpleNamespace

import pytest
from rich.console import Console
from sealed_releases import seal

from hotich.cli import console, releases
from hotich.errors import CannotNow, WrongUsage
from hotich.language import LANGUAGES, say
from hotich.pipeline.build import MonthResult
from hotich.release import verify


@pytest.fixture
def locale(monkeypatch):
    def locale(**chosen):
        for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
            monkeypatch.delenv(name, raising=False)
        for name, value in chosen.items():
            monkeypatch.setenv(name, value)

    return locale


@pytest.fixture
def terminal(monkeypatch):
    """Somebody at the terminal who types these words."""

    def terminal(answer):
        stdin = io.StringIO(answer + "\n")
        stdin.isatty = lambda: True
        monkeypatch.setattr("sys.stdin", stdin)

    return terminal


@pytest.mark.parametrize(
    ("chosen", "language"),
    [
        ({}, "vi"),
        ({"LANG": "C.UTF-8"}, "vi"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "vi_VN.UTF-8"}, "vi"),
        ({"LANG": "vi_VN.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, "en"),
    ],
)
def test_the_locale_decides_the_language_and_vietnamese_is_spoken_where_it_does_not(locale, chosen, language):
    locale(**chosen)
    assert console.language() == language


@pytest.mark.parametrize(("chosen", "first", "second"), [("vi_VN", "vi", "en"), ("en_US", "en", "vi")])
def test_a_failure_is_told_in_both_languages_the_readers_own_first(locale, capsys, chosen, first, second):
    locale(LANG=chosen)
    failure = WrongUsage("compare.same", name="2024-10")
    console.error(failure)
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.index(failure.message(first)) < said.err.index(failure.message(second))


def test_what_a_file_is_called_is_never_taken_for_a_colour(locale, capsys):
    locale(LANG="en")
    console.line("terminal.usage", message="[red]counts[/red]")
    assert "[red]counts[/red]" in capsys.readouterr().err


def test_pages_of_a_large_batch_are_counted_by_their_folder():
    few = ["report.vi.html", "notices/1.vi.html"]
    assert list(console._grouped(few)) == [(file, "") for file in few]
    many = [*few, *(f"notices/{number}.en.html" for number in range(99)), "notices/1.docx"]
    assert list(console._grouped(many)) == [("report.vi.html", ""), ("notices", " (100 html, 1 docx)")]


def outcome_in(folder, *pages, **changed):
    """Return what a run of October says of itself, with the files that it made."""
    for page in (*pages, "annex.xlsx", "report.docx", "notices/132.docx"):
        (folder / page).parent.mkdir(parents=True, exist_ok=True)
        (folder / page).write_text("")
    headline = {"vi": "Đã số hóa.", "en": "Digitised."}
    rules, made = {"passed": 44, "warned": 3, "failed": 0}, {"rejected": False, "synthetic": True, **changed}
    texts = {"headline": headline, "refusal": headline, "set_aside": {}}
    numbers = {"made": len(pages), "reused": 0, "rows": 9, "rules": rules, "seconds": 1.0}
    return MonthResult("2024-10", str(folder), pages, **numbers, **texts, **made)


@pytest.mark.parametrize(
    ("pages", "changed", "step"),
    [
        (["report.vi.html"], {}, "make publish MONTH=2024-10 EXAMPLE=1 DATA=x"),
        (["notices/132.vi.html"], {"synthetic": False}, "make publish MONTH=2024-10 DATA=x"),
        (["quality.vi.html"], {}, "make report MONTH=2024-10 DATA=x"),
        (["quality.vi.html"], {"rejected": True}, "make validate MONTH=2024-10 DATA=x"),
    ],
)
def test_a_run_ends_with_the_files_to_open_and_the_next_step(pages, changed, step, tmp_path, locale, capsys):
    locale(LANG="en")
    console.summary(outcome_in(tmp_path / "2024-10", *pages, **changed), " DATA=x")
    said = capsys.readouterr().err
    assert f"Open: {tmp_path / '2024-10' / pages[0]}" in said
    assert step in said
    assert ("annex.xlsx" in said) == (pages[0].startswith("report"))
    assert ("132.docx" in said) == (pages[0].startswith("notices"))


def test_the_page_in_the_readers_language_is_the_first_to_open(tmp_path, locale, capsys):
    locale(LANG="vi_VN")
    pages = ["quality.vi.html", "report.en.html", "report.vi.html"]
    console.summary(outcome_in(tmp_path / "2024-10", *pages))
    opened = [line for line in capsys.readouterr().err.splitlines() if ".html" in line]
    assert opened[0].endswith("report.vi.html")
    assert len(opened) == 3


def test_pages_are_listed_in_the_readers_language_first_and_in_the_order_in_which_they_are_read():
    pages = [f"{name}.{language}.html" for name in ("summary", "births", "report", "quality") for language in LANGUAGES]
    listed = [page.removesuffix(".html") for page in console._in_order(pages, "en")]
    assert listed[:4] == ["report.en", "summary.en", "quality.en", "births.en"]
    assert listed[4:] == ["report.vi", "summary.vi", "quality.vi", "births.vi"]


def test_the_page_that_was_asked_for_is_the_first_to_open_and_the_next_step_is_to_read_it(tmp_path, locale, capsys):
    locale(LANG="en")
    pages = ["report.vi.html", "report.en.html", "births.vi.html", "births.en.html"]
    console.summary(outcome_in(tmp_path / "2024-10", *pages), asked="births")
    said = capsys.readouterr().err
    assert f"Open: {tmp_path / '2024-10' / 'births.en.html'}" in said
    assert "Next: read the page; make report MONTH=2024-10 makes" in said


@pytest.mark.parametrize(
    ("pages", "dropped", "again", "step"),
    [
        (
            "quality.vi.html",
            ["report.vi.html", "report.docx"],
            "report.vi.html, report.docx. To make them again: make report",
            "make report",
        ),
        ("notices/132.vi.html", ["quality.vi.html"], "quality.vi.html. To make them again: make report", "make report"),
        (
            "quality.vi.html",
            ["notices/132.vi.html"],
            "notices (1 html). To make them again: make notices",
            "make report",
        ),
        (
            "report.vi.html",
            ["notices/1.vi.html", "notices/1.docx"],
            "notices (1 html, 1 docx). To make them again: make notices",
            "make publish",
        ),
    ],
)
def test_what_is_no_longer_in_the_draft_is_said_with_what_makes_it_again(
    pages, dropped, again, step, tmp_path, locale, capsys
):
    locale(LANG="en")
    console.summary(outcome_in(tmp_path / "2024-10", pages, dropped=tuple(dropped)), " DATA=x")
    said = capsys.readouterr().err
    assert f"what they rest on has changed: {again} MONTH=2024-10 DATA=x" in said
    assert f"{step} MONTH=2024-10" in said.partition("Next: ")[2]


def test_the_draft_of_an_area_names_its_area_in_what_makes_it_again(tmp_path, locale, capsys):
    locale(LANG="vi_VN")
    dropped = ("report.vi.html", "notices/1.vi.html")
    console.summary(outcome_in(tmp_path / "2024-10.areas" / "138", "quality.vi.html", dropped=dropped))
    said = capsys.readouterr().err
    assert "Chạy make report MONTH=2024-10 AREAS=138, make notices MONTH=2024-10 AREAS=138 để lập lại." in said


def test_a_path_can_be_clicked_on_where_somebody_looks(tmp_path, monkeypatch):
    seen = io.StringIO()
    monkeypatch.setattr(console, "_console", Console(file=seen, force_terminal=True, width=40, legacy_windows=False))
    file = tmp_path / "báo cáo.html"
    console.line("terminal.open", file=file)
    assert file.as_uri() in seen.getvalue()


def test_words_are_whole_at_the_end_of_a_line(monkeypatch):
    seen = io.StringIO()
    monkeypatch.setattr(console, "_console", Console(file=seen, force_terminal=True, width=20, color_system=None))
    console.text("một hai ba bốn năm sáu bảy tám chín mười")
    assert " ".join(line.strip() for line in seen.getvalue().splitlines()) == "một hai ba bốn năm sáu bảy tám chín mười"


def test_the_first_thing_that_progress_says_is_what_is_being_done(monkeypatch, locale):
    locale(LANG="en")
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    with console.Progress() as progress:
        progress.expect(3)
        assert progress._bar.tasks[0].description == say("en", "terminal.beginning")
        progress.started("2024-10")
        assert progress._bar.tasks[0].description == say("en", "terminal.checking", month="2024-10")
        progress.finished("2024-10")
        progress.started("report.vi")
        assert progress._bar.tasks[0].description == "report.vi"


@pytest.mark.parametrize(
    ("answer", "agreed"), [("y", True), ("Có", True), ("c ", True), ("n", False), ("", False), ("yesterday", False)]
)
def test_only_a_plain_yes_is_consent(terminal, answer, agreed):
    terminal(answer)
    assert console.confirmed("import.terminal.ask", yes=False) is agreed


def test_a_script_agrees_beforehand_or_is_refused(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    assert console.confirmed("import.terminal.ask", yes=True)
    with pytest.raises(CannotNow, match="YES=1"):
        console.confirmed("import.terminal.ask", yes=False)


def test_a_long_correction_is_shown_in_part_and_counted_whole(locale, terminal, capsys):
    locale(LANG="en")
    terminal("n")
    changes = [SimpleNamespace(words=lambda lists, language, number=n: f"cell {number}") for n in range(25)]
    plan = SimpleNamespace(existing=SimpleNamespace(month="2024-10", release="0001-2024-10"), changes=changes)
    with console.Progress() as progress:
        assert not console.agreed(plan, None, progress, yes=False)
    shown = [line.strip() for line in capsys.readouterr().err.splitlines() if line.startswith("  ")]
    more = say("en", "import.terminal.more", more=25 - console.SHOWN)
    assert shown == [*(f"cell {n}" for n in range(console.SHOWN)), more.strip()]


def test_long_names_never_push_off_how_far_the_work_is(monkeypatch):
    seen = io.StringIO()
    monkeypatch.setattr(console, "_console", Console(file=seen, force_terminal=True, width=80, color_system=None))
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    with console.Progress() as progress:
        progress.expect(18)
        for area in ("Thị xã Nghĩa Lộ (tiếng Việt)", "Thành phố Yên Bái (English)", "Huyện Trạm Tấu (tiếng Việt)"):
            progress.started(area)
        console._console.print(progress._bar.get_renderable())
    assert [line for line in seen.getvalue().splitlines() if re.search("Nghĩa Lộ .*… .*0/18 0:00:00", line)]


def test_progress_is_silent_where_nobody_looks(capsys):
    with console.Progress() as progress:
        progress.expect(2)
        progress.started("report.vi")
        progress.finished("report.vi")
    assert capsys.readouterr() == ("", "")


def test_names_on_the_terminal_are_text_and_neither_markup_nor_commands(capsys, monkeypatch):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    console.error(CannotNow("system", reason="\x1b]0;title\x07", file="a[/red]\x1b[2J"))
    with console.Progress() as progress:
        progress.doing("b[/red]\x1b[2J\nPASS.xlsx")
        description = progress._bar.tasks[0].description
    said = capsys.readouterr().err
    assert "a[/red][U+001B][2J" in said
    assert "\x1b]0;" not in said
    assert description == "b[/red][U+001B][2J PASS.xlsx"


def test_a_file_in_a_release_prints_no_line_of_its_own(office, capsys):
    seal(office.at, "2024-10")
    folder = next((office.at.reports / "published").iterdir())
    (folder / "a\x1b[31m\nPASS 1 release is whole").write_text("x")
    (folder / "\u202etxt.exe").write_text("x")
    releases.verified(verify.verify(data=str(office.at.data), reports=str(office.at.reports)))
    said = capsys.readouterr().err
    assert "a[U+001B][31m PASS" in said
    assert "[U+202E]txt.exe" in said
    assert not {"\x1b", "\u202e"} & set(said)
    assert not [line for line in said.splitlines() if line.startswith("PASS")]
