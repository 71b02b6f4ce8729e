"""The `hotich` command: words in, exit codes out. Everything for people goes to stderr, `--json` to stdout.

The heavy libraries are loaded by the commands that need them, never here.
"""

import json
import os
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from hotich import __version__
from hotich.cli import clusters, console, help, signals, streams
from hotich.errors import CannotNow, ExitCode, HotichError, ProgramError, WrongUsage

app = typer.Typer(cls=help.Group, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
command = partial(app.command, cls=help.Command)

MonthArgument = Annotated[str, typer.Argument(envvar="MONTH")]
Year = Annotated[str, typer.Option(envvar="YEAR")]
Area = Annotated[str, typer.Option(envvar="AREA")]
Areas = Annotated[str, typer.Option(envvar="AREAS")]
Data = Annotated[str, typer.Option(envvar="DATA")]
Reports = Annotated[str, typer.Option(envvar="REPORTS")]
Cluster = Annotated[str, typer.Option(envvar="CLUSTER")]
Force = Annotated[bool, typer.Option(envvar="FORCE")]
Yes = Annotated[bool, typer.Option(envvar="YES")]
AsJson = Annotated[bool, typer.Option("--json")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", envvar="HOTICH_DEBUG")]


@app.callback()
def options(verbose: Verbose = False) -> None:
    """Make checked reports of a month, and the releases of an office."""
    console.verbose = verbose


@command()
def report(
    month: MonthArgument,
    year: Year = "",
    area: Area = "",
    areas: Areas = "",
    data: Data = "",
    reports: Reports = "",
    force: Force = False,
    cluster: Cluster = "",
    as_json: AsJson = False,
) -> None:
    """Check a month and write its report and quality pages in both languages, with the annex."""
    if areas:
        there = {"year": year, "data": data, "reports": reports}
        _areas("report", month, areas, area, as_json, cluster, **there, force=force)
        return
    from hotich.pipeline import build as reporting

    with clusters.joined(cluster) as elsewhere, console.Progress() as progress:
        words = {"year": year, "area": area, "data": data, "reports": reports}
        outcomes = reporting.report(month, **words, force=force, tell=progress, elsewhere=elsewhere)
    _finish(outcomes, as_json, console.folders(data, reports))


@command()
def page(
    month: MonthArgument,
    notebook: Annotated[str, typer.Option(envvar="NOTEBOOK")] = "",
    year: Year = "",
    area: Area = "",
    data: Data = "",
    reports: Reports = "",
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """Make the page of one notebook, checked as the report is, beside the pages that the month's draft has."""
    from hotich.pipeline import build as reporting

    words = {"year": year, "area": area, "data": data, "reports": reports}
    with console.Progress() as progress:
        outcomes = reporting.page(month, notebook, **words, force=force, tell=progress)
    asked = Path(notebook).name.partition(".")[0]
    _finish(outcomes, as_json, console.folders(data, reports), partial(console.summary, asked=asked))


@command("new-notebook")
def new_notebook(name: Annotated[str, typer.Option(envvar="NAME")] = "") -> None:
    """Write a notebook to begin a page of your own with, into notebooks/."""
    from hotich.pipeline import new_notebook as beginning

    console.line("terminal.new_notebook", file=beginning.write(name))


@command()
def validate(
    month: MonthArgument, year: Year = "", data: Data = "", reports: Reports = "", as_json: AsJson = False
) -> None:
    """Run the checks alone and write the quality pages."""
    from hotich.pipeline import build as reporting

    with console.Progress() as progress:
        outcomes = reporting.validate(month, year=year, data=data, reports=reports, tell=progress)
    _finish(outcomes, as_json, console.folders(data, reports))


@command()
def rules(write: Annotated[bool, typer.Option()] = False) -> None:
    """Print the rule book as it stands in the suites."""
    from hotich.checks import rulebook

    if write:
        rulebook.write()
        console.line("rulebook.written", file=rulebook.FILE, shipped=rulebook.SHIPPED)
    else:
        sys.stdout.write(rulebook.markdown(rulebook.whole()))


@command()
def notices(
    month: MonthArgument,
    year: Year = "",
    area: Area = "",
    areas: Areas = "",
    data: Data = "",
    reports: Reports = "",
    force: Force = False,
    cluster: Cluster = "",
    as_json: AsJson = False,
) -> None:
    """Write a notice for each district (commune, where there are none), or to AREA alone: HTML, and Word."""
    if areas:
        there = {"year": year, "data": data, "reports": reports}
        _areas("notices", month, areas, area, as_json, cluster, **there, force=force)
        return
    from hotich.pipeline import build as reporting

    with clusters.joined(cluster) as elsewhere, console.Progress() as progress:
        words = {"year": year, "area": area, "data": data, "reports": reports}
        outcomes = reporting.notices(month, **words, force=force, tell=progress, elsewhere=elsewhere)
    _finish(outcomes, as_json, console.folders(data, reports))


@command()
def watch(month: MonthArgument, year: Year = "", area: Area = "", data: Data = "", reports: Reports = "") -> None:
    """Make a month's pages, or the notice to AREA, again at every save of what they rest on, until Ctrl-C."""
    from hotich.pipeline import watch as watching

    words = {"year": year, "area": area, "data": data, "reports": reports}
    try:
        with closing(watching.outcomes(month, **words, shows=console.Progress)) as outcomes:
            for outcome in outcomes:
                console.error(outcome) if isinstance(outcome, HotichError) else console.summary(outcome)
                console.line("watch.waiting")
    except watching.Restart as restart:
        console.line("watch.restart", file=restart.changed)
        os.execv(sys.executable, [sys.executable, *sys.argv])  # noqa: S606 - this very command again, not a shell


@command()
def sample(
    data: Data = "",
    seed: Annotated[int, typer.Option()] = 2024,
    records: Annotated[str, typer.Option(envvar="RECORDS")] = "",
    to: Annotated[str, typer.Option(envvar="TO")] = "",
) -> None:
    """Write the illustrative counts anew as `sample.toml` sets them, the same to the byte for the same seed."""
    if records:
        from hotich.cli import tallies

        tallies.sample(records, to, data, seed)
        return
    from hotich import sample as series
    from hotich.storage import paths

    folders = paths.own(data)
    months = series.write(folders, seed=seed)
    console.line(
        "terminal.sample", months=len(months), first=months[0], last=months[-1], folder=folders.data / "counts"
    )
    console.line("terminal.next.sample", month=months[-1], folders=console.folders(data, ""))


@command()
def office(
    province: Annotated[str, typer.Option(envvar="PROVINCE")] = "",
    as_of: Annotated[str, typer.Option(envvar="AS_OF")] = "",
    to: Annotated[str, typer.Option(envvar="TO")] = "",
    source: Annotated[str, typer.Option("--from", envvar="FROM")] = "",
    threshold: Annotated[str, typer.Option(envvar="THRESHOLD")] = "",
    cutoff_day: Annotated[str, typer.Option(envvar="CUTOFF_DAY")] = "",
    target: Annotated[str, typer.Option(envvar="TARGET")] = "",
    paper: Annotated[str, typer.Option(envvar="PAPER")] = "",
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Write the whole data folder of an office that begins: areas, shapes, registers, settings, empty logs."""
    from hotich.cli import offices

    given = {"threshold": threshold, "cutoff_day": cutoff_day, "target": target, "paper": paper}
    if source:
        record = offices.continued(source, province, as_of, to, given).record()
    else:
        record = offices.made(province, as_of, to, given, ask=not yes).record()
    if as_json:
        json.dump(record, sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")


@command("check-office")
def check_office(data: Data = "", reports: Reports = "", as_json: AsJson = False) -> None:
    """Show what of the data folder is set, assumed, missing and contradicting, on one page."""
    from hotich.cli import offices
    from hotich.storage import paths

    _end(offices.checked(paths.find(data, reports)), as_json)


@command()
def template(
    month: MonthArgument, year: Year = "", area: Area = "", data: Data = "", reports: Reports = "", force: Force = False
) -> None:
    """Write the workbooks that the offices fill in, or the one of AREA, into reports/templates/."""
    from hotich import month as months
    from hotich.data import counts
    from hotich.intake import template as workbooks
    from hotich.storage import paths

    folders = paths.own(data, reports)
    wanted = months.coming(month, counts.months(folders), year)
    console.templates(workbooks.write(folders, wanted, area=area, force=force))


@command("import")
def import_(
    month: MonthArgument,
    source: Annotated[str, typer.Option("--from", envvar="FROM")] = "",
    year: Year = "",
    as_of: Annotated[str, typer.Option(envvar="AS_OF")] = "",
    reason: Annotated[str, typer.Option(envvar="REASON")] = "",
    data: Data = "",
    reports: Reports = "",
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Import what offices sent for a month: all of it, or nothing and a list of everything that is wrong."""
    from hotich import month as months
    from hotich.data import counts
    from hotich.intake.deliver import import_month
    from hotich.storage import paths

    folders = paths.own(data, reports)
    wanted = months.coming(month, counts.months(folders), year)
    with console.Progress() as progress:
        received = import_month.receive(
            folders,
            wanted,
            source,
            as_of=as_of,
            reason=reason,
            progress=progress.doing,
            agreed=lambda made, lists: console.agreed(made, lists, progress, yes=yes),
            record=sys.stdout.write if as_json else None,
        )
    console.received(received, console.folders(data, reports))


@command()
def tally(
    month: MonthArgument,
    source: Annotated[str, typer.Option("--from", envvar="FROM")] = "",
    engine: Annotated[str, typer.Option(envvar="ENGINE")] = "",
    year: Year = "",
    as_of: Annotated[str, typer.Option(envvar="AS_OF")] = "",
    reason: Annotated[str, typer.Option(envvar="REASON")] = "",
    data: Data = "",
    reports: Reports = "",
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Count record lists, a row for each case, into a month's counts; names of persons are never read."""
    from hotich.cli import tallies

    words = {"year": year, "as_of": as_of, "reason": reason, "data": data, "reports": reports, "engine": engine}
    tallies.tally(month, source, **words, yes=yes, as_json=as_json)


@command()
def publish(
    month: MonthArgument,
    year: Year = "",
    reason: Annotated[str, typer.Option(envvar="REASON")] = "",
    example: Annotated[bool, typer.Option(envvar="EXAMPLE")] = False,
    data: Data = "",
    reports: Reports = "",
    as_json: AsJson = False,
) -> None:
    """Seal a month: make report and notices twice, compare, and release them with a manifest."""
    from hotich.cli import releases
    from hotich.release import publish as publishing

    words = {"year": year, "reason": reason, "data": data, "reports": reports}
    with console.Progress() as progress:
        made = publishing.publish(month, **words, example=example, tell=progress)
    releases.published(made)
    _end(made, as_json)


@command()
def verify(
    data: Data = "",
    reports: Reports = "",
    head: Annotated[str, typer.Option(envvar="HEAD")] = "",
    signers: Annotated[str, typer.Option(envvar="SIGNERS")] = "",
    file: Annotated[str, typer.Option(envvar="FILE")] = "",
    evidence: Annotated[str, typer.Option(envvar="EVIDENCE")] = "",
    as_json: AsJson = False,
) -> None:
    """Check the seals of every release; nothing is executed."""
    from hotich.cli import releases
    from hotich.release import verify as verifying

    if evidence and (data or reports):
        raise WrongUsage("release.evidence_or_folders")
    given = {"head": head, "signers": signers, "file": file}
    verdict = (
        verifying.verify_evidence(evidence, **given)
        if evidence
        else verifying.verify(data=data, reports=reports, **given)
    )
    releases.verified(verdict)
    _end(verdict, as_json)


@command("reset-data")
def reset_data(data: Data = "", reports: Reports = "", yes: Yes = False) -> None:
    """Drop the illustrative months and what belongs to the example, so that an office begins with its own."""
    from hotich.sample import reset
    from hotich.storage import paths

    folders = paths.own(data, reports)
    going = reset.removal(folders)
    if console.may_go(going, folders, yes=yes):
        reset.remove(folders, going)
        console.line("import.reset.done", month=going.next, folders=console.folders(data, reports))


@command()
def compare(
    first: Annotated[str, typer.Argument()],
    second: Annotated[str, typer.Argument()],
    year: Year = "",
    data: Data = "",
    reports: Reports = "",
    as_json: AsJson = False,
) -> None:
    """Show what lies between two months' reports, released ones before drafts, and write pages of it."""
    from hotich.cli import comparisons
    from hotich.storage import paths

    outcome = comparisons.outcome(first, second, paths.find(data, reports), year=year)
    comparisons.show(outcome)
    _end(outcome, as_json)


@command()
def site(data: Data = "", reports: Reports = "", as_json: AsJson = False) -> None:
    """Write the list of releases and the pages of differences: files alone, no server."""
    from hotich.release import site as pages
    from hotich.storage import paths

    with console.Progress() as progress:
        made = pages.build(paths.find(data, reports), progress)
    console.line("site.written", releases=made.releases, comparisons=made.comparisons, index=Path(made.index[0]))
    if made.broken:
        console.line("site.broken_listed", count=len(made.broken), broken=", ".join(made.broken))
    _end(made, as_json)


@command()
def serve(data: Data = "", reports: Reports = "", port: Annotated[int, typer.Option(min=0, max=65535)] = 8000) -> None:
    """Show the reports folder in a browser on this machine alone, until Ctrl-C."""
    from hotich.release.site import serve as serving
    from hotich.storage import paths

    serving.serve(paths.find(data, reports), port, lambda address, _: console.line("site.serving", address=address))


@command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
def lab(jupyter: typer.Context, data: Data = "", reports: Reports = "") -> None:
    """Open the notebooks in JupyterLab; arguments of its own (--port 9000, --no-browser, a notebook) are handed on."""
    from hotich import lab as desk
    from hotich.storage import paths

    environment = desk.environment(paths.find(data, reports))
    console.line("terminal.lab")
    words = desk.command(jupyter.args)
    os.execve(words[0], words, environment)  # noqa: S606 - not a shell


@command()
def audit(
    month: Annotated[str, typer.Argument(envvar="MONTH")] = "",
    year: Year = "",
    by: Annotated[str, typer.Option(envvar="BY")] = "",
    notebook: Annotated[str, typer.Option(envvar="FILE")] = "",
    trust: Annotated[bool, typer.Option(envvar="TRUST")] = False,
    data: Data = "",
    reports: Reports = "",
    as_json: AsJson = False,
) -> None:
    """Execute a release again from exactly what it names, compare every file, and write a certificate."""
    from hotich.cli import releases
    from hotich.release import audit as auditing

    words = {"year": year, "by": by, "notebook": notebook, "data": data, "reports": reports}
    with console.Progress() as progress:
        audits = auditing.audit(
            month, **words, trusted=lambda foreign: trust or releases.trusted(foreign, progress), tell=progress
        )
    releases.audited(audits)
    _end(audits, as_json)


@command()
def evidence(
    month: MonthArgument,
    year: Year = "",
    wheels: Annotated[bool, typer.Option(envvar="WHEELS")] = False,
    data: Data = "",
    reports: Reports = "",
    as_json: AsJson = False,
) -> None:
    """Pack a release with everything it rests on into one file, in which verify and audit work without git."""
    from hotich.cli import releases
    from hotich.release import evidence as packing

    made = packing.evidence(month, year=year, wheels=wheels, data=data, reports=reports)
    releases.packed(made, month)
    _end(made, as_json)


@command("check-text")
def check_text(
    file: Annotated[str, typer.Argument(envvar="FILE")] = "",
    month: Annotated[str, typer.Option(envvar="MONTH")] = "",
    year: Year = "",
    data: Data = "",
    reports: Reports = "",
    as_json: AsJson = False,
) -> None:
    """Check the figures in somebody's text against each other, and against a month's."""
    from hotich.cli import texts

    _end(texts.outcome(file, month, year=year, data=data, reports=reports), as_json)


@command()
def version() -> None:
    """Print the version."""
    sys.stdout.write(f"hotich {__version__}\n")


def _end(outcome: Any, as_json: bool) -> None:  # noqa: ANN401 - an outcome of any command
    """Print an outcome for machines where that is wanted, and end with its exit code."""
    if as_json:
        json.dump(outcome.record(), sys.stdout, ensure_ascii=False, indent=1, default=str)
        sys.stdout.write("\n")
    if outcome.exit_code:
        raise typer.Exit(outcome.exit_code)


def _areas(command: str, month: str, areas: str, area: str, as_json: bool, cluster: str, **words: Any) -> None:  # noqa: ANN401
    """Make the reports, or notices, of many areas. Raises WrongUsage beside AREA, HotichError as they do."""
    from hotich.pipeline import areas as every

    if area:
        raise WrongUsage("areas.one_or_several", area=area, areas=areas)
    with clusters.joined(cluster) as elsewhere, console.Progress() as progress:
        make = every.report if command == "report" else every.notices
        outcomes = make(month, areas, **words, tell=progress, elsewhere=elsewhere)
    _finish(outcomes, as_json, console.folders(words["data"], words["reports"]), console.areas)


def _finish(
    outcomes: Sequence[Any], as_json: bool, folders: str, show: Callable[[Any, str], None] = console.summary
) -> None:
    if as_json:
        json.dump([outcome.record() for outcome in outcomes], sys.stdout, ensure_ascii=False, indent=1, default=str)
        sys.stdout.write("\n")
    for outcome in outcomes:
        show(outcome, folders)
    code = max((outcome.exit_code for outcome in outcomes), default=ExitCode.DONE)
    if code:
        raise typer.Exit(code)


def main() -> NoReturn:
    """Run the command; a failure is a message and an exit code, never a traceback unless it is asked for."""
    streams.settle()
    signals.listen()
    console.show_notes()
    code = _guarded(lambda: app(sys.argv[1:] or ["--help"], standalone_mode=False))
    sys.stderr.flush()
    os._exit(code)  # all is closed and written: taking a million objects apart one by one would take half a second


def _guarded(command: Callable[[], int | None]) -> int:
    try:
        try:
            code = command() or ExitCode.DONE
        finally:
            sys.stdout.flush()
        signals.ignore()
    except KeyboardInterrupt:
        signals.ignore()
        code = ExitCode.INTERRUPTED
    except typer.TyperException as error:
        signals.ignore()
        meant = help.misunderstood(error)
        console.error(meant) if meant else console.usage(error.format_message())
        code = ExitCode.WRONG_USAGE
    except Exception as error:
        signals.ignore()
        code = _failed(error)
    if signals.by:
        # Whatever the command made of it: typer turns every interruption into an exit of its own.
        terminated = signals.by[0] != signal.SIGINT
        console.line("terminal.terminated" if terminated else "terminal.interrupted")
        return ExitCode.TERMINATED if terminated else ExitCode.INTERRUPTED
    return code


_NO_THREAD = "can't start new thread"
"""What Python says, as a RuntimeError, where the system has no memory for one."""


def _failed(error: Exception) -> ExitCode:
    """Say what went wrong, and return its exit code."""
    if isinstance(error, HotichError):
        failure = error
    elif isinstance(error, MemoryError) or _NO_THREAD in str(error):
        failure = CannotNow("no_memory", reason=str(error) or type(error).__name__)
    elif isinstance(error, OSError):
        failure = CannotNow("system", reason=error.strerror or error, file=error.filename or "–")
    else:
        failure = ProgramError("program", error=f"{type(error).__name__}: {error}", file=_log(error))
    console.error(failure)
    if console.verbose:
        console.text("".join(traceback.format_exception(error)))
    return failure.exit_code


def _log(error: Exception) -> str:
    """Write where in the program an unforeseen error arose into a file that can be sent, and return its path."""
    try:
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", prefix="hotich-", suffix=".log", delete=False) as log:
            traceback.print_exception(error, file=log)
    except OSError:  # no space for it: then it is shown here
        console.text("".join(traceback.format_exception(error)))
        return "–"
    return log.name
