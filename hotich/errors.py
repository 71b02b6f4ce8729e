"""Errors that a user can act on, each kind with its exit code.

A message says where, what came, what is allowed and what to do; its text is in `language/*/errors.toml`.
"""

from enum import IntEnum, unique
from functools import partial
from typing import Any, ClassVar

from hotich.language import LANGUAGES, say, spoken
from hotich.language.unseen import Lines


@unique
class ExitCode(IntEnum):
    """How a command ends; docs/exit-codes.md tells what each means."""

    DONE = 0
    CONTRADICTED = 1
    WRONG_USAGE = 2
    INPUT_REFUSED = 3
    NOTEBOOK_FAILED = 4
    DIFFERS = 5
    CANNOT_NOW = 6
    PROGRAM_ERROR = 70
    INTERRUPTED = 130
    TERMINATED = 143


class HotichError(Exception):
    """A failure that the user can act on. `key` is the key of its message below `errors.` in the catalogues."""

    exit_code: ClassVar[ExitCode]

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

    def _render_traceback_(self) -> list[str]:
        """Return what IPython shows in place of a traceback: the message, in the notebook's language."""
        return [self.message(spoken())]

    def __reduce__(self) -> tuple[Any, ...]:
        """Go from a worker to the driver as the class below that it is, with its values as text."""
        kind = next(base for base in type(self).__mro__ if base.__module__ == __name__)
        values = {name: value if isinstance(value, dict | Lines) else str(value) for name, value in self.values.items()}
        return partial(kind, self.key, **values), ()


class Contradicted(HotichError):
    """The figures are contradicted: a critical check, a contradiction in a text, the page gate."""

    exit_code = ExitCode.CONTRADICTED


class WrongUsage(HotichError):
    """A command, parameter, suite or setting that is not allowed."""

    exit_code = ExitCode.WRONG_USAGE


def require_language(given: str) -> None:
    """Raise WrongUsage for what is no language that texts are written in."""
    if given not in LANGUAGES:
        raise WrongUsage("language", value=str(given)[:40], allowed=", ".join(LANGUAGES))


class InputRefused(HotichError):
    """Input that is missing, unreadable or refused."""

    exit_code = ExitCode.INPUT_REFUSED


class NotebookFailed(HotichError):
    """A notebook raised, hung or lost its kernel."""

    exit_code = ExitCode.NOTEBOOK_FAILED


class Differs(HotichError):
    """Verify or audit found a difference."""

    exit_code = ExitCode.DIFFERS


class CannotNow(HotichError):
    """Busy, no space, no permission, no consent, or a tool is missing."""

    exit_code = ExitCode.CANNOT_NOW


class Note(HotichError, UserWarning):
    """Not a failure, but a warning: what was to be done is done, and something beside it could not be."""

    exit_code = ExitCode.DONE

    def __str__(self) -> str:
        # Who hands warnings on makes them again from their arguments, without the values of the message.
        return super().__str__() if self.values else self.key


class ProgramError(HotichError):
    """Something that nobody foresaw: an error of the program itself."""

    exit_code = ExitCode.PROGRAM_ERROR
