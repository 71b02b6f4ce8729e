"""What `hotich compare` prints: the figures side by side, for people on a terminal and as JSON for machines."""

from dataclasses import dataclass
from pathlib import Path

from rich.table import Table
from rich.text import Text

from hotich.cli import console
from hotich.errors import ExitCode, WrongUsage
from hotich.language import say
from hotich.release.compare import pages, source
from hotich.release.compare.difference import Comparison, Pair, between
from hotich.release.compare.pages import TOTALS
from hotich.storage.paths import Folders
from hotich.views.figures import format_fact
from hotich.views.table_cells import NOT_APPLICABLE


@dataclass(frozen=True)
class ComparisonResult:
    """What was compared, and the pages written."""

    compared: Comparison
    pages: tuple[Path, ...]

    @property
    def exit_code(self) -> ExitCode:
        """Differences between months are no failure."""
        return ExitCode.DONE

    def record(self) -> dict[str, object]:
        """Return every figure that differs, by its name in both reports, as text exactly as `measures.csv` has it."""
        first, second = self.compared.first, self.compared.second
        return {
            "first": first.name,
            "second": second.name,
            "synthetic": self.compared.synthetic,
            "same_areas": self.compared.same_root and self.compared.unchanged,
            "pages": [str(page) for page in self.pages],
            "differences": [_row(pair, first.name) for pair in self.compared.differing()],
        }


def _row(pair: Pair, name: str) -> dict[str, str]:
    if not pair.first or not pair.second:
        return {}
    return {
        "fact": pair.first.key.removeprefix(f"{name}/"),
        "unit": pair.first.unit,
        "first": pair.first.raw,
        "second": pair.second.raw,
        "difference": pair.change.raw if pair.change else "",
    }


def outcome(one: str, other: str, folders: Folders, *, year: str = "") -> ComparisonResult:
    """Compare two months and write the pages. Raises WrongUsage for one month twice, and what reading raises."""
    sources = [source.find(folders, wanted, year) for wanted in (one, other)]
    if sources[0].name == sources[1].name:
        raise WrongUsage("compare.same", name=sources[0].name)
    compared = between(folders, *sources)
    return ComparisonResult(compared, pages.write(compared, folders))


def show(outcome: ComparisonResult) -> None:
    """Show the totals, then the districts, then where the pages are."""
    compared = outcome.compared
    language = compared.areas.spoken(compared.second.root, console.language())
    key, names = compared.areas_told(language)
    if key:
        console.text(say(language, f"compare.points.{key}", **names, **_months(compared, language)))
    console.table(_totals(compared, language))
    if compared.districts:
        console.table(_districts(compared, language))
    for page in outcome.pages:
        console.line("terminal.open", file=page)


def _months(compared: Comparison, language: str) -> dict[str, str]:
    sources = (("first", compared.first), ("second", compared.second))
    return {key: format_fact(each.get("month"), language) for key, each in sources}


def _table(compared: Comparison, language: str, name: str, first: str, rest: tuple[str, ...]) -> Table:
    months = _months(compared, language)
    mark = f"[{say(language, 'compare.simulated')}] " if compared.synthetic else ""
    table = Table(title=Text(mark + say(language, f"compare.{name}.caption", **months)), title_justify="left")
    for number, column in enumerate((first, *rest)):
        table.add_column(
            Text(say(language, f"compare.column.{column}", **months)), justify="right" if number else "left"
        )
    return table


def _totals(compared: Comparison, language: str) -> Table:
    table = _table(compared, language, "whole", "figure", ("first", "second", "difference"))
    for measure, scope in TOTALS:
        if compared.pair(measure, scope=scope).second is None:
            continue
        label = say(language, f"compare.measure.{measure}")
        label += f", {say(language, f'compare.scope.{scope}')}" if scope != "all" else ""
        table.add_row(*map(Text, (label, *_cells(compared.pair(measure, scope=scope), language))))
    return table


def _districts(compared: Comparison, language: str) -> Table:
    columns = ("percent_first", "percent_second", "points", "rank_first", "rank_second")
    table = _table(compared, language, "districts", "district", columns)
    for area in compared.districts:
        rank = _cells(compared.pair("rank", area.code), language)
        cells = (area.short(language), *_cells(compared.pair("percent", area.code), language), *rank[:2])
        table.add_row(*map(Text, cells))
    return table


def _cells(pair: Pair, language: str) -> tuple[str, str, str]:
    first, second = (
        format_fact(each, language, column=True) if each else NOT_APPLICABLE for each in (pair.first, pair.second)
    )
    return (
        first,
        second,
        format_fact(pair.change, language, column=True, signed=True) if pair.change else NOT_APPLICABLE,
    )
