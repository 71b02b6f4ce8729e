"""What a person sees while a command runs and when it ends: quiet and plain when stderr is not a terminal."""

import os
import re
import sys
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from pathlib import Path, PurePath
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self, TextIO

from rich.console import Console, RenderableType
from rich.progress import BarColumn, MofNCompleteColumn, ProgressColumn, Task, TaskID, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar
from rich.table import Column
from rich.text import Text

from hotich import formats
from hotich.errors import CannotNow, HotichError, Note
from hotich.language import LANGUAGES, say
from hotich.language.unseen import Lines, one_line, visible

if TYPE_CHECKING:
    from hotich.intake.deliver.delivery import Plan
    from hotich.intake.deliver.import_month import Received
    from hotich.intake.lists import Lists
    from hotich.intake.template import Written
    from hotich.pipeline.areas import AreasResult
    from hotich.pipeline.open_month import MonthResult
    from hotich.sample.reset import Removal
    from hotich.storage.paths import Folders

SHOWN: Final = 20
"""Changes of a correction, or files, that are written out: the report, or the folder, has them all."""
FEW: Final = 6
"""Units that are named in a line."""
_MONTH: Final = re.compile(r"\d{4}-\d{2}")
verbose = False
"""Whether a failure shows where in the program it arose: `-v`, or HOTICH_DEBUG=1."""
_console = Console(stderr=True, highlight=False, soft_wrap=True, emoji=False)


def language() -> str:
    """Return the reader's language: English where the locale says so, else Vietnamese."""
    chosen = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "en" if chosen.lower().startswith("en") else "vi"


def _show(message: str, style: str | None = None, end: str = "\n", files: Iterable[PurePath] = ()) -> None:
    """Print a text that may hold what others have written: nothing in it moves the cursor or turns the line around.

    A terminal breaks it between words, and opens those of its `files` that are clicked on.
    """
    shown = Text(visible(message), style=style or "")
    for file in files:
        found = shown.plain.find(one_line(str(file)))
        if found >= 0:
            shown.stylize(f"link {Path(file).absolute().as_uri()}", found, found + len(one_line(str(file))))
    _console.print(shown, end=end, soft_wrap=not _console.is_terminal)


def line(key: str, **values: object) -> None:
    """Show a line in the reader's language; values that are paths can be clicked on."""
    _show(say(language(), key, **values), files=[value for value in values.values() if isinstance(value, PurePath)])


def text(message: str) -> None:
    """Show a line that is in the reader's language already."""
    _show(message)


def table(content: RenderableType) -> None:
    """Show a table as rich draws it, as wide as the terminal."""
    _console.print(content, soft_wrap=False)


def error(failure: HotichError) -> None:
    """Show a failure in both languages: whoever is asked for help may not read the other.

    What it lists, an indented line each, is shown in the reader's language alone: twice it would hide what it is about.
    """
    for spoken in sorted(LANGUAGES, key=lambda known: known != language()):
        own = spoken == language()
        message = failure.message(spoken)
        told = "\n".join(each for each in message.split("\n") if own or not each.startswith("  "))
        _show(told, style="bold red" if own else None)


def show_notes() -> None:
    """Show Notes in the reader's language from now on, and every other warning as before."""
    before = warnings.showwarning

    def show(
        message: Warning | str,
        category: type[Warning],
        filename: str,
        lineno: int,
        file: TextIO | None = None,
        line: str | None = None,
    ) -> None:
        if isinstance(message, Note):
            _show(message.message(language()), style="bold")
        else:
            before(message, category, filename, lineno, file, line)

    warnings.simplefilter("always", Note)
    warnings.showwarning = show


def usage(message: str) -> None:
    """Say that a command line cannot be understood."""
    for each in sorted(LANGUAGES, key=lambda known: known != language()):
        _show(say(each, "terminal.usage", message=message if message.endswith((".", "?")) else f"{message}."))


def folders(data: str, reports: str = "") -> str:
    """Return what the next command has to be told of folders: ` DATA=ca-mau/data`."""
    return "".join(f" {name}={given}" for name, given in (("DATA", data), ("REPORTS", reports)) if given)


def summary(outcome: "MonthResult", folders: str = "", asked: str = "") -> None:
    """Show what a person needs of a run: counts, checks, the headline, what to open, what to do next.

    `folders` is what the next command has to be told of them: ` DATA=ca-mau/data`; `asked` is the page that the run was
    for, if for one alone.
    """
    spoken = language()
    line("terminal.counts", month=outcome.month, rows=formats.count(outcome.rows, spoken))
    line("terminal.checks", **outcome.rules)
    if outcome.rejected:
        for each in sorted(LANGUAGES, key=lambda known: known != spoken):
            _show(outcome.refusal[each])
    else:
        line("terminal.headline", headline=outcome.headline[spoken], mark=_mark(outcome, spoken))
    for refusal in outcome.set_aside.values():
        line("terminal.set_aside", reason=Lines(refusal[spoken]))
    _to_open(outcome, spoken, asked)
    _no_longer_there(outcome, folders)
    if following := _next(outcome, asked):
        mark = " EXAMPLE=1" if outcome.synthetic and following == "publish" else ""
        line(f"terminal.next.{following}", month=outcome.month, folders=folders, mark=mark)
    key = "terminal.seconds_reused" if outcome.reused else "terminal.seconds"
    line(key, seconds=formats.decimal(Decimal(f"{outcome.seconds:.2f}"), spoken), reused=outcome.reused)


def _to_open(outcome: "MonthResult", spoken: str, asked: str) -> None:
    """Show the files that were made, in the reader's language first: a page, a Word file or a workbook a line."""
    folder = Path(outcome.folder)
    papers = {each.relative_to(folder).as_posix() for page in outcome.pages for each in _papers(folder / page)}
    first, *rest = [*_in_order(outcome.pages, spoken, asked), *sorted(papers)]
    line("terminal.open", file=folder / first)
    for name, holds in _grouped(rest):
        _show(f"  {one_line(str(folder / name))}{holds}", files=[folder / name])


def _in_order(pages: Iterable[str], spoken: str, asked: str = "") -> list[str]:
    """Return pages in the order in which they are read: the one asked for, the report, its summary, the others.

    Those in the reader's language come before any other.
    """
    first = [name for name in (asked, "report", "summary", "quality") if name]

    def rank(page: str) -> tuple[bool, int]:
        name, language = page.split(".")[:2]
        return language != spoken, first.index(name) if name in first else len(first)

    return sorted(pages, key=rank)


def _no_longer_there(outcome: "MonthResult", folders: str) -> None:
    """Say which pages and papers the draft has no more, and which commands make them again."""
    if not outcome.dropped:
        return
    name = Path(outcome.folder).name
    area = "" if name == outcome.month else f" AREAS={name}"
    files = ", ".join(f"{file}{holds}" for file, holds in _by_folder(outcome.dropped))
    line("terminal.dropped", files=files, commands=_again(outcome.dropped, f" MONTH={outcome.month}{area}{folders}"))


def _again(dropped: Sequence[str], words: str) -> str:
    """Return the commands that make these files again, with the words that each of them is given."""
    commands = dict.fromkeys("notices" if "/" in file else "report" for file in dropped)
    return ", ".join(f"make {command}{words}" for command in commands)


def _papers(page: Path) -> Iterator[Path]:
    """Yield what is made beside a page for Word and Excel."""
    if page.parent.name == "notices":
        yield from page.parent.glob(f"{page.name.partition('.')[0]}.docx")
    elif page.name.startswith("report."):
        yield from (*page.parent.glob("*.docx"), *page.parent.glob("*.xlsx"))


def _next(outcome: "MonthResult", asked: str) -> str:
    """Return which step follows: of an area's own pages none."""
    if outcome.rejected:
        return "mend"
    if Path(outcome.folder).name != outcome.month:
        return ""
    if asked:
        return "page"
    if any("/" not in file for file in outcome.dropped):
        return "report"
    if any(page.startswith("report.") for page in outcome.pages):
        return "publish" if (Path(outcome.folder) / "notices").is_dir() else "notices"
    return "publish" if any(page.startswith("notices/") for page in outcome.pages) else "report"


def _grouped(files: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the names of files; where they are many, folders in their place, each with what it holds of them."""
    if len(files) <= SHOWN:
        yield from ((file, "") for file in files)
    else:
        yield from _by_folder(files)


def _by_folder(files: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the names of files, and folders in the place of those in them, each with what it holds of them."""
    yield from ((file, "") for file in files if "/" not in file)
    inside = [PurePath(file) for file in files if "/" in file]
    for folder in dict.fromkeys(file.parent for file in inside):
        held = Counter(file.suffix.removeprefix(".") for file in inside if file.parent == folder)
        yield str(folder), f" ({', '.join(f'{count} {kind}' for kind, count in held.items())})"


def areas(outcome: "AreasResult", folders: str = "") -> None:
    """Show what came of many areas: how many of each kind, every one that was rejected or failed, what to do."""
    spoken = language()
    counted = {status: len(outcome.having(status)) for status in ("made", "kept", "rejected", "failed")}
    line("terminal.areas.done", month=outcome.month, total=len(outcome.areas), **counted)
    for status in ("rejected", "failed"):
        for each in outcome.having(status):
            line(f"terminal.areas.{status}", name=each.name[spoken], area=each.area, reason=Lines(each.reason[spoken]))
    if poorer := [each for each in outcome.areas if each.dropped]:
        codes = ",".join(each.area for each in poorer)
        again = _again(
            [file for each in poorer for file in each.dropped], f" MONTH={outcome.month} AREAS={codes}{folders}"
        )
        line("terminal.areas.dropped", count=len(poorer), commands=again)
    if rejected := outcome.having("rejected"):
        line("terminal.areas.mend", folder=", ".join(sorted({each.folder for each in rejected})[:FEW]))
    if counted["failed"]:
        line("terminal.areas.again")
    for page in sorted(outcome.index, key=lambda page: not page.endswith(f".{spoken}.html")):
        line("terminal.open", file=Path(page))
    if not (rejected or counted["failed"]):
        line("terminal.next.areas", month=outcome.month, folders=folders)


def templates(written: "Written") -> None:
    """Show what was written for the offices to fill in, each file by its path."""
    line(
        "template.terminal.written",
        month=written.month,
        files=len(written.files),
        rows=formats.count(written.rows, language()),
    )
    if written.last_is_synthetic:
        line("template.terminal.not_from_synthetic")
    elif written.carried:
        line("template.terminal.carried", carried=formats.count(written.carried, language()))
    for file in written.files[:SHOWN]:
        _show(f"  {one_line(str(written.folder / file))}", files=[written.folder / file])
    if len(written.files) > SHOWN:
        _show(f"  … (+{len(written.files) - SHOWN})")
    line("terminal.next.send", month=written.month)


def agreed(made: "Plan", lists: "Lists", progress: "Progress", *, yes: bool) -> bool:
    """Show what a correction changes in published counts, then ask; a script says YES=1 beforehand."""
    progress.pause()
    line("import.terminal.corrects", month=made.existing.month, release=made.existing.release, cells=len(made.changes))
    for each in made.changes[:SHOWN]:
        _show(f"  {each.words(lists, language())}")
    if len(made.changes) > SHOWN:
        line("import.terminal.more", more=len(made.changes) - SHOWN)
    return confirmed("import.terminal.ask", yes=yes)


def confirmed(key: str, *, yes: bool) -> bool:
    """Return whether a person at the terminal says yes. Raises CannotNow if nobody can be asked, without YES=1."""
    if yes:
        return True
    if not sys.stdin.isatty():
        raise CannotNow("import.unconfirmed")
    _show(say(language(), key), end=" ")
    try:
        return input().strip().lower() in ("y", "yes", "c", "có", "co")
    except EOFError:  # Ctrl-D is no consent
        return False


def asked(key: str, expected: str) -> str:
    """Return what a person at the terminal answers; Enter alone takes what is expected."""
    from rich.prompt import Prompt

    try:
        return Prompt.ask(visible(say(language(), key)), console=_console, default=expected or None) or ""
    except EOFError:  # Ctrl-D answers nothing
        raise KeyboardInterrupt from None


def may_go(going: "Removal", folders: "Folders", *, yes: bool) -> bool:
    """Show everything that is to be removed, then ask."""
    if going.nothing:
        line("import.reset.nothing", folder=folders.data)
        return False
    first, last = (going.months[0], going.months[-1]) if going.months else ("–", "–")
    line(
        "import.reset.going",
        folder=folders.data,
        months=len(going.months),
        first=first,
        last=last,
        deliveries=going.deliveries,
        difficulties=going.difficulties,
        files=len(going.files),
    )
    for name in going.files:
        _show(f"  {one_line(name)}")
    if not confirmed("import.reset.ask", yes=yes):
        line("import.reset.declined")
        return False
    return True


def received(done: "Received", folders: str, *, sent: bool = True) -> None:
    """Show what was received: files and rows, units, totals beside last month's, where everything is.

    `folders` is what the next command has to be told of them: ` DATA=ca-mau/data`. Files that were not `sent` by
    offices, but made here of what they sent, are not counted again.
    """
    spoken = language()
    if sent:
        line("import.terminal.read", month=done.month, files=done.files, entries=formats.count(done.entries, spoken))
    line("import.terminal.units", reported=formats.count(done.units_reported, spoken), missing=_named(done.missing))
    required, digitised = (formats.count(each, spoken) for each in done.totals)
    line("import.terminal.totals", required=required, digitised=digitised)
    if done.last:
        required, digitised = (formats.count(each, spoken) for each in done.last[1:])
        line("import.terminal.last", month=formats.month(done.last[0], spoken), required=required, digitised=digitised)
    if done.changes:
        line("import.terminal.changed", cells=formats.count(len(done.changes), spoken))
    if done.withdrawn:
        line("import.terminal.withdrawn", withdrawn=formats.count(done.withdrawn, spoken))
    if done.warnings:
        line("import.terminal.told", told=done.warnings)
    if done.made_up:
        line("import.terminal.made_up", first=done.made_up[0], last=done.made_up[-1])
    line("import.terminal.unchanged" if done.unchanged else "import.terminal.written", file=done.counts)
    line("import.terminal.report", file=done.report / f"intake.{spoken}.html", month=done.month, folders=folders)


def _named(units: tuple[str, ...]) -> str:
    """Return how many units, and which where they are few."""
    few = f" ({', '.join(units)})" if 0 < len(units) <= FEW else ""
    return formats.count(len(units), language()) + few


def _mark(outcome: "MonthResult", spoken: str) -> str:
    return say(spoken, "terminal.illustrative") if outcome.synthetic else ""


class _Left(ProgressColumn):
    """About how long it will still take, once that is known."""

    def render(self, task: Task) -> Text:
        if task.time_remaining is None:
            return Text("")
        left = timedelta(seconds=int(task.time_remaining))
        return Text(say(language(), "terminal.left", left=str(left)), style="progress.remaining")


class Progress:
    """A progress bar for long work; silent when stderr is not a terminal."""

    def __init__(self) -> None:
        self._bar = Bar(
            # What is being worked on gives way, not how far the work is.
            TextColumn("{task.description}", markup=False, table_column=Column(ratio=1, no_wrap=True)),
            BarColumn(12),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            _Left(),
            console=_console,
            transient=True,
            disable=not sys.stderr.isatty(),
            expand=True,
        )
        self._task: TaskID | None = None
        self._running: list[str] = []
        self._steps = 0

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def pause(self) -> None:
        """Leave the terminal to something else for good."""
        self._bar.stop()

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Leave the terminal to a question."""
        self._bar.stop()
        yield
        self._bar.start()

    def doing(self, name: str) -> None:
        """Say what is being worked on, where nobody knows how many steps there will be."""
        if self._task is None:
            self.expect(None)
        self._running = [name]
        self._show()

    def expect(self, steps: int | None) -> None:
        """Say how many steps there are more; None where nobody knows."""
        self._steps += steps or 0
        if self._task is None:
            self._task = self._bar.add_task(say(language(), "terminal.beginning"), total=None)
        self._bar.update(self._task, total=self._steps or None)

    def started(self, name: str) -> None:
        """Show that a step has begun."""
        self._running.append(name)
        self._show()

    def finished(self, name: str) -> None:
        """Show that a step has ended."""
        if name in self._running:
            self._running.remove(name)
        if self._task is not None:
            self._bar.advance(self._task)
        self._show()

    def _show(self) -> None:
        if self._task is not None:
            said = [
                say(language(), "terminal.checking", month=name) if _MONTH.fullmatch(name) else name
                for name in self._running
            ]
            self._bar.update(self._task, description=one_line(", ".join(said)))
