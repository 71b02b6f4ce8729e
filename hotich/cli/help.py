"""What `--help` prints, in the reader's language: what a command does, an example, its options, in 80 columns."""

import os
from collections.abc import Iterator
from typing import Any, Final

import typer
from typer.core import TyperCommand, TyperGroup

from hotich.cli import console
from hotich.errors import WrongUsage
from hotich.language import say, text

GROUPS: Final = {
    "monthly": (
        *("report", "validate", "notices", "watch", "template", "import", "tally", "compare"),
        *("page", "new-notebook", "lab", "check-text"),
    ),
    "releases": ("publish", "verify", "audit", "evidence", "site", "serve"),
    "maintain": ("office", "check-office", "reset-data", "sample", "rules", "version"),
}
"""Every command, in the order in which somebody needs them."""


GIVEN: Final = "HOTICH_GIVEN"
"""The variable in which the Makefile names the parameters that somebody gave to this command."""


class Command(TyperCommand):
    """A command whose help is in `help.toml`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - typer's own click
        """Read the command line. Raises WrongUsage for a parameter of make that the command does not take."""
        takes = [str(each.envvar) for each in self.params if getattr(each, "envvar", None)]
        given = os.environ.pop(GIVEN, "").split()  # for this command alone, and none that it starts
        if strange := [name for name in given if name not in takes]:
            named = {"value": strange[0], "command": self.name, "takes": ", ".join(takes)}
            raise WrongUsage("usage.not_taken", **named)
        return super().parse_args(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - typer's own click
        """Write it: usage, purpose, example, words and options."""
        language, name = console.language(), str(self.name)
        formatter.write_usage(
            ctx.command_path, " ".join([*_words(self.params), "[--…]"]), _told("heading.usage") + ": "
        )
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(say(language, f"help.{name}.does"))
        _examples(formatter, say(language, f"help.{name}.try"))
        with formatter.section(_told("heading.options")):
            formatter.write_dl([*_rows(name, self.params), ("--help", _told("option.help"))])


class Group(TyperGroup):
    """The command `hotich` itself: its help lists the others by what they are for."""

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - typer's own click
        """Write it: what the program is for, its commands in groups, a line each."""
        formatter.write_usage(ctx.command_path, _told("heading.command"), _told("heading.usage") + ": ")
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(_told("heading.about"))
        _examples(formatter, _told("heading.example_of_all"))
        for group, names in GROUPS.items():
            with formatter.section(_told(f"group.{group}")):
                formatter.write_dl([(name, _told(f"{name}.short")) for name in names])
        with formatter.section(_told("heading.options")):
            formatter.write_dl([("-v, --verbose", _told("option.verbose")), ("--help", _told("option.help"))])

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401 - typer's own click
        """Return the command that is meant. Raises WrongUsage with the nearest ones for a word that is none."""
        if not args[0].startswith("-") and args[0] not in self.commands:
            from rapidfuzz import process

            near = [found for found, _, _ in process.extract(args[0], list(self.commands), limit=3, score_cutoff=60)]
            raise WrongUsage("usage.command", value=args[0], near=", ".join(near) or "–")
        return super().resolve_command(ctx, args)


def _told(key: str) -> str:
    return say(console.language(), f"help.{key}")


def _examples(formatter: Any, examples: str) -> None:  # noqa: ANN401 - typer's own click
    with formatter.section(_told("heading.example")):
        for line in examples.splitlines():
            formatter.write(f"    {line}\n")


def _words(parameters: list[Any]) -> list[str]:
    """Return the words that a command takes without a dash, as they are named in its help."""
    return [str(each.name).upper() for each in parameters if each.param_type_name == "argument"]


def _rows(command: str, parameters: list[Any]) -> Iterator[tuple[str, str]]:
    """Yield each word and option of a command as make and as the command take it, and what it is for."""
    for each in parameters:
        named = (
            str(each.metavar or each.name).strip("{}").upper() if each.param_type_name == "argument" else each.opts[-1]
        )
        yield (
            f"{named}, {each.envvar}=" if each.envvar and named != each.envvar else named,
            described(command, each.name),
        )


def described(command: str, name: str) -> str:
    """Return what a word or option of a command is for: what is said of it there, else what is said of it everywhere.

    Raises KeyError where neither is there.
    """
    try:
        text(console.language(), own := f"help.{command}.{name}")
    except KeyError:
        return _told(f"option.{name}")
    return say(console.language(), own)


def misunderstood(error: typer.TyperException) -> WrongUsage | None:
    """Return what is wrong with a command line in both languages; None for what typer says in English alone."""
    from typer._click import exceptions

    command = error.ctx.command.name if isinstance(error, exceptions.UsageError) and error.ctx else "…"
    match error:
        case exceptions.MissingParameter(param=param) if param:
            example = say(console.language(), f"help.{command}.try").splitlines()[0]
            return WrongUsage(
                "usage.missing", value=str(param.envvar or param.name).upper(), command=command, example=example
            )
        case exceptions.NoSuchOption(option_name=option, possibilities=near):
            return WrongUsage("usage.option", value=option, command=command, near=", ".join(sorted(near or ())) or "–")
        case exceptions.BadOptionUsage(option_name=option):
            return WrongUsage("usage.no_value", value=option)
        case exceptions.BadParameter(param=param) if param:
            form = "usage.yes_or_no" if isinstance(param.default, bool) else "usage.whole_number"
            return WrongUsage(form, value=param.opts[-1], command=command)
    return None
