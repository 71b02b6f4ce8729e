"""What an import says about the files it read: where, what was found, what is allowed and what to do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from hotich.language import say

SHOWN: Final = 60


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: the file's name, and where they are known the sheet and a cell such as `C12`.

    In a CSV file the cell's row is the line its record begins on, and there is no sheet.
    """

    file: str
    sheet: str = ""
    cell: str = ""

    def words(self, language: str) -> str:
        """`bao-cao.xlsx, sheet “Lục Yên”, cell C12`, as plain text."""
        parts = [printable(self.file)]
        if self.sheet:
            parts.append(say(language, "intake.where.sheet", sheet=printable(self.sheet)))
        if self.cell:
            parts.append(say(language, "intake.where.cell", cell=self.cell))
        return ", ".join(parts)


@dataclass(frozen=True)
class Problem:
    """Something an import must say about one place. Every text is plain text; a page must escape it.

    `key` names two sentences of `language/*/intake.toml`, `wrong` and `do`; `found` is what stood there, as it may be
    shown; `values` fill the other placeholders, those that differ by language as {language: text}. A problem that does
    not refuse is only reported: what was read is certain, but somebody should know how it was read.
    """

    key: str
    at: Place
    found: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    refuses: bool = True

    def wrong(self, language: str) -> str:
        """What was found and what is allowed."""
        return self._say(language, "wrong")

    def action(self, language: str) -> str:
        """What to do."""
        return self._say(language, "do")

    def message(self, language: str) -> str:
        """Where, what was found, what is allowed and what to do, in one line."""
        return f"{self.at.words(language)}: {self.wrong(language)} {self.action(language)}".rstrip()

    def _say(self, language: str, part: str) -> str:
        values = {name: value[language] if isinstance(value, dict) else value for name, value in self.values.items()}
        return say(language, f"intake.{self.key}.{part}", found=self.found, **values)


def problem(key: str, at: Place, found: object = "", **values: object) -> Problem:
    """A problem that refuses the import."""
    return Problem(key, at, printable(str(found)), values)


def report(key: str, at: Place, found: object = "", **values: object) -> Problem:
    """A problem that is only reported."""
    return Problem(key, at, printable(str(found)), values, refuses=False)


def printable(text: str) -> str:
    """The text as it may be shown in one line: no control or invisible characters, at most 60 characters."""
    shown = "".join(c if c.isprintable() else " " if c.isspace() else "\N{REPLACEMENT CHARACTER}" for c in text)
    return shown if len(shown) <= SHOWN else shown[: SHOWN - 1] + "…"
