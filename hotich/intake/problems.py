"""Problems of files: where, what was found, what is allowed and what to do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from hotich.language import say

SHOWN: Final = 60
NO_FILE: Final = "–"
"""The file of a problem that is none of one file."""


@dataclass(frozen=True, slots=True)
class Place:
    """A file's name, with a sheet and a cell such as `C12` if the problem has them.

    In a CSV file the cell's row is the line on which its record begins, and there is no sheet.
    """

    file: str
    sheet: str = ""
    cell: str = ""

    def words(self, language: str) -> str:
        """Return the place as plain text: `bao-cao.xlsx, sheet “Lục Yên”, cell C12`."""
        parts = [printable(self.file)]
        if self.sheet:
            parts.append(say(language, "intake.where.sheet", sheet=printable(self.sheet)))
        if self.cell:
            parts.append(say(language, "intake.where.cell", cell=self.cell))
        return ", ".join(parts)


@dataclass(frozen=True)
class Problem:
    """A problem of one place. Every text is plain text; a page must escape it.

    `key` names two texts of `language/*/intake.toml`, `wrong` and `do`; `found` is the content found, fit for display;
    `values` fill the other placeholders, as {language: text} where they differ by language. The import is refused
    for a problem that `refuses`; any other is a warning about how something was read.
    """

    key: str
    place: Place
    found: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    refuses: bool = True

    def wrong(self, language: str) -> str:
        """Return what was found and what is allowed."""
        return self._say(language, "wrong")

    def action(self, language: str) -> str:
        """Return what to do."""
        return self._say(language, "do")

    def message(self, language: str) -> str:
        """Return where, what was found, what is allowed and what to do, in one line."""
        return f"{self.place.words(language)}: {self.wrong(language)} {self.action(language)}".rstrip()

    def _say(self, language: str, part: str) -> str:
        values = {name: value[language] if isinstance(value, dict) else value for name, value in self.values.items()}
        return say(language, f"intake.{self.key}.{part}", found=self.found, **values)


def problem(key: str, place: Place, found: object = "", **values: object) -> Problem:
    """Return a problem for which the import is refused."""
    return Problem(key, place, printable(str(found)), values)


def report(key: str, place: Place, found: object = "", **values: object) -> Problem:
    """Return a problem that is only a warning."""
    return Problem(key, place, printable(str(found)), values, refuses=False)


def printable(text: str) -> str:
    """Return text fit for display in one line: without control or invisible characters, at most 60 characters."""
    shown = "".join(c if c.isprintable() else " " if c.isspace() else "\N{REPLACEMENT CHARACTER}" for c in text)
    return shown if len(shown) <= SHOWN else shown[: SHOWN - 1] + "…"
