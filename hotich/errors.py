"""Errors that a user can act on, each kind with its exit code.

A message says where, what came, what is allowed and what to do; its text is in `language/*/errors.toml`.
"""

from typing import ClassVar

from hotich.language import say


class HotichError(Exception):
    """A failure that the user can act on. `key` is the key of its message below `errors.` in the catalogues."""

    exit_code: ClassVar[int]

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values

    def message(self, language: str) -> str:
        """Return the message in one language; values that differ by language are given as {language: text}."""
        return say(
            language,
            f"errors.{self.key}",
            **{name: value[language] if isinstance(value, dict) else value for name, value in self.values.items()},
        )

    def __str__(self) -> str:
        return f"{self.message('vi')}\n{self.message('en')}"


class Contradicted(HotichError):
    """The figures are contradicted: a critical check, a contradiction in a text, the page gate."""

    exit_code = 1


class WrongUsage(HotichError):
    """A command, parameter, suite or setting that is not allowed."""

    exit_code = 2


class InputRefused(HotichError):
    """Input that is missing, unreadable or refused."""

    exit_code = 3


class NotebookFailed(HotichError):
    """A notebook raised, hung or lost its kernel."""

    exit_code = 4


class Differs(HotichError):
    """Verify or audit found a difference."""

    exit_code = 5


class CannotNow(HotichError):
    """Busy, no space, no permission, no consent, or a tool is missing."""

    exit_code = 6
