"""TOML settings, read strictly: each is asked for by its name and kind; any other is refused with what is allowed."""

import re
import tomllib
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Final, NoReturn

from hotich.errors import InputRefused
from hotich.language import both, unseen
from hotich.month import printable
from hotich.storage import csv_table

_LINE: Final = re.compile(r"at line ([0-9]+)")
_LONGEST_SHOWN: Final = 10**18


@dataclass(frozen=True)
class Table:
    """A table of a file: its settings by name, and its own name (`targets[2].`), which is empty for the whole file."""

    file: str
    settings: dict[str, object]
    name: str = ""

    def require_known(self, known: Collection[str], above: Collection[str] = ()) -> None:
        """Raise InputRefused for the first setting of another name, with the nearest known one.

        `above` are the settings of the whole file: in TOML a line belongs to the last table that began before it.
        """
        for setting in self.settings:
            if setting in above and setting not in known:
                raise InputRefused("settings.misplaced", file=self.file, name=printable(setting), table=self.name[:-1])
            if setting not in known:
                near = get_close_matches(setting, known, 1, 0) or ["–"]
                raise InputRefused(
                    "settings.unknown",
                    file=self.file,
                    name=self.name + printable(setting),
                    value=_shown(self.settings[setting]),
                    near=near[0],
                    allowed=", ".join(known),
                )

    def text(self, name: str, *, optional: bool = False, choices: Collection[str] = ()) -> str:
        """Return a text in NFC; an optional one may be absent or empty. Raises InputRefused for anything else."""
        if optional and name not in self.settings:
            return ""
        allowed = both("errors.settings_kind.choice", choices=" / ".join(f'"{choice}"' for choice in choices))
        value = self._text(name, self._value(name), allowed if choices else both("errors.settings_kind.text"))
        if (choices and value not in choices) or not (optional or value):
            self.refuse(name, allowed if choices else both("errors.settings_kind.text"))
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts, none of them empty. Raises InputRefused for anything else."""
        allowed, value = both("errors.settings_kind.texts"), self._value(name)
        found = [self._text(name, each, allowed) for each in value] if isinstance(value, list) else []
        if not found or not all(found):
            self.refuse(name, allowed)
        return tuple(found)

    def whole(self, name: str, least: int, most: int) -> int:
        """Return a whole number from `least` to `most`. Raises InputRefused for anything else."""
        value = self._value(name)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            self.refuse(name, both("errors.settings_kind.whole", least=least, most=most))
        return value

    def day(self, name: str) -> date:
        """Return a day, written 2024-12-31 without quotes. Raises InputRefused for anything else."""
        value = self._value(name)
        if not isinstance(value, date) or isinstance(value, datetime):
            self.refuse(name, both("errors.settings_kind.day"))
        return value

    def table(self, name: str) -> "Table":
        """Return the settings below `[name]`. Raises InputRefused for anything else."""
        value = self._value(name)
        if not isinstance(value, dict):
            self.refuse(name, both("errors.settings_kind.table", name=name))
        return Table(self.file, value, f"{name}.")

    def tables(self, name: str) -> Iterator["Table"]:
        """Yield the settings of each `[[name]]`, at least one. Raises InputRefused for anything else."""
        value = self._value(name)
        if not isinstance(value, list) or not value or not all(isinstance(each, dict) for each in value):
            self.refuse(name, both("errors.settings_kind.tables", name=name))
        yield from (Table(self.file, each, f"{name}[{number}].") for number, each in enumerate(value, 1))

    def refuse(self, name: str, allowed: dict[str, str]) -> NoReturn:
        """Raise InputRefused with the setting, what came and what is allowed."""
        value = _shown(self.settings[name]) if name in self.settings else both("errors.settings_kind.missing")
        raise InputRefused("settings.value", file=self.file, name=self.name + name, value=value, allowed=allowed)

    def _value(self, name: str) -> object:
        return self.settings.get(name)

    def _text(self, name: str, value: object, allowed: dict[str, str]) -> str:
        if not isinstance(value, str):
            self.refuse(name, allowed)
        for strange in (each for each in value if unseen.visible(each) != each):
            raise InputRefused("settings.unseen", file=self.file, name=self.name + name, code=f"U+{ord(strange):04X}")
        return unicodedata.normalize("NFC", " ".join(value.split()))


def read(path: Path) -> Table:
    """Return the settings of a file. Raises InputRefused, with the line, when it is missing, not UTF-8 or not TOML."""
    text = csv_table.text(path, path.name)
    try:
        return Table(path.name, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        where = _LINE.search(str(error))
        line = where[1] if where else text.count("\n") + 1
        raise InputRefused("settings.syntax", file=path.name, line=line, reason=error) from None
    except (ValueError, RecursionError):  # a number of more than 4,300 digits, or brackets within brackets
        lines = text.splitlines()
        raise InputRefused("settings.endless", file=path.name, line=lines.index(max(lines, key=len)) + 1) from None


def _shown(value: object) -> str:
    """Return a setting about as its file has it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int) and abs(value) > _LONGEST_SHOWN:
        return printable(hex(value))
    if isinstance(value, (list, dict)):
        return "[…]" if value else "[]"
    return printable(f'"{value}"' if isinstance(value, str) else str(value))
