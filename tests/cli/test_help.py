"""Help: complete, true, in both languages, and no wider than an old terminal."""

import re
import subprocess

import pytest
import typer
from conftest import HOTICH

from hotich.cli import commands, help
from hotich.errors import WrongUsage
from hotich.language import LANGUAGES
from hotich.storage.paths import PACKAGE, PROJECT

COMMANDS = typer.main.get_command(commands.app).commands
LOCALE = {"vi": "vi_VN.UTF-8", "en": "en_US.UTF-8"}
MAKEFILE = (PROJECT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z][a-z-]*):", MAKEFILE, re.MULTILINE)) - {"help"}
WIDTH = 80


def shown(language, *words):
    """Return what a command prints for a reader of that language."""
    own = {"LC_ALL": LOCALE[language], "PATH": "/usr/bin:/bin", "COLUMNS": str(WIDTH)}
    return subprocess.run([*words], cwd=PROJECT, env=own, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", COMMANDS)
def test_every_word_and_option_of_a_command_is_explained(name, language, monkeypatch):
    monkeypatch.setenv("LC_ALL", LOCALE[language])
    for parameter in COMMANDS[name].params:
        assert help.described(name, parameter.name).endswith((".", "?"))


def test_every_command_stands_in_one_group():
    assert sorted(name for names in help.GROUPS.values() for name in names) == sorted(COMMANDS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("words", [["--help"], [], ["import", "--help"], ["office", "--help"]])
def test_help_fits_an_old_terminal(words, language):
    lines = shown(language, HOTICH, *words).splitlines()
    assert len(lines) > 10
    assert [line for line in lines if len(line) > WIDTH] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_make_alone_names_every_target_and_no_other(language):
    said = shown(language, "make")
    named = re.findall(r"^  make ([a-z-]+(?:, [a-z-]+)*)", said, re.MULTILINE)
    more = re.findall(r"^       ([a-z-]+(?:, [a-z-]+)*)", said, re.MULTILINE)
    assert {target for names in named + more for target in names.split(", ")} == TARGETS - {"help"}
    assert [line for line in said.splitlines() if len(line) > WIDTH] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_examples_are_commands_that_exist(language, monkeypatch):
    monkeypatch.setenv("LC_ALL", LOCALE[language])
    examples = [line for name in COMMANDS for line in help._told(f"{name}.try").splitlines()]
    for example in [*examples, *help._told("heading.example_of_all").splitlines()]:
        tool, target, *_ = example.split()
        assert target in (TARGETS if tool == "make" else COMMANDS), example


@pytest.mark.parametrize(("words", "said"), [(["notice"], "notices"), (["raport"], "report")])
def test_a_command_that_does_not_exist_is_answered_with_the_nearest(words, said):
    with pytest.raises(WrongUsage, match=said):
        commands.app(words, standalone_mode=False)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["report"], "make report MONTH=10"),
        (["report", "10", "--forse"], "--force"),
        (["report", "10", "--year"], "--year"),
        (["serve", "--port", "many"], "--port"),
        (["compare", "9"], "SECOND"),
    ],
)
def test_a_command_line_that_is_wrong_is_answered_in_the_readers_words(words, said, monkeypatch):
    monkeypatch.delenv("MONTH", raising=False)
    with pytest.raises(typer.TyperException) as caught:
        commands.app(words, standalone_mode=False)
    meant = help.misunderstood(caught.value)
    for language in LANGUAGES:
        assert said in meant.message(language)


def test_help_is_read_from_the_package():
    assert all((PACKAGE / "language" / language / "make.txt").is_file() for language in LANGUAGES)
