"""What a person is asked and told when an office's data folder is made or looked through."""

import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from hotich import formats
from hotich.cli import console
from hotich.errors import InputRefused, WrongUsage
from hotich.gazetteer import Country
from hotich.language import say
from hotich.month import printable
from hotich.scaffold import check, find_province, go_on, make
from hotich.scaffold.check import Overview
from hotich.scaffold.findings import codes
from hotich.scaffold.go_on import Continued
from hotich.scaffold.make import Made
from hotich.scaffold.settings import Answers, likely
from hotich.storage.paths import Folders

_MARKS: Final = {"set": "+", "assumed": "?", "missing": "-", "contradicting": "!"}
"""What stands before a finding of each state."""


def made(province: str, as_of: str, to: str, given: Mapping[str, str], *, ask: bool) -> Made:
    """Write the folder and say what comes next; at a terminal ask first for what was not given."""
    today, answers = date.today(), Answers(**given)
    if ask and sys.stdin.isatty() and sys.stderr.isatty():
        day = find_province.day_of(as_of, today)
        country = find_province.country_on(day)
        province = _which(province, country)
        make.target(to, country.name(province))
        answers = _asked(answers, likely(day))
    done = make.make(province, as_of=as_of, to=to, answers=answers, today=today)
    _tell(done)
    return done


def _which(province: str, country: Country) -> str:
    """Return the code of the province, asked for until there is one of that name."""
    while True:
        try:
            return find_province.find(province or console.asked("office.ask.province", ""), country)
        except InputRefused as refused:
            console.error(refused)
            province = ""


def _asked(answers: Answers, expected: Answers) -> Answers:
    """Return the answers with what the person says to each question that is open; Enter takes what is expected."""
    answers.require_allowed()
    open_ = [name for name, value in vars(answers).items() if not value]
    return replace(answers, **{name: _answer(name, getattr(expected, name)) for name in open_})


def _answer(name: str, expected: str) -> str:
    """Return the answer to a question, asked until it is allowed."""
    while True:
        said = console.asked(f"office.ask.{name}", expected)
        try:
            Answers(**{name: said}).require_allowed()
            return said
        except WrongUsage as refused:
            console.error(refused)


def _tell(done: Made) -> None:
    spoken = console.language()
    day, levels = formats.day(done.day, spoken), done.levels
    console.line("office.made.written", name=done.name, code=done.code, day=day, folder=done.folder)
    counted = {f"{level}s": formats.count(number, spoken) for level, number in levels.items()}
    kind = f"levels{'_country' if 'country' in levels else ''}{'_three' if 'district' in levels else ''}"
    console.line(f"office.made.{kind}", **counted)
    if done.country.ends and done.later:
        begins, ends = (formats.day(each, spoken) for each in (done.country.begins, done.country.ends))
        console.line("office.made.later", begins=begins, later=done.later, ends=ends)
    console.line("office.made.assumed", data=done.folder)
    console.line("office.made.next", month=done.next_month, data=done.folder)


def continued(source: str, province: str, as_of: str, to: str, given: Mapping[str, str]) -> Continued:
    """Write a folder that continues another one over July 2025, and say what can be followed and what comes next."""
    for setting, value in given.items():
        if value:
            raise WrongUsage("go_on.answer", name=setting.upper(), value=printable(value))
    done = go_on.go_on(source, province=province, as_of=as_of, to=to, today=date.today())
    console.line("office.go_on.written", name=done.name, code=done.code, source=done.source, folder=done.folder)
    counted = {name: formats.count(getattr(done, name), console.language()) for name in go_on.COUNTED}
    console.line("office.go_on.followed", **counted)
    for key, names in (("divided", done.divided), ("unknown", done.unknown)):
        if names:
            console.line(f"office.go_on.{key}", count=len(names), names=codes(names))
    console.line("office.go_on.next", month=done.next_month, data=done.folder, source=done.source)
    return done


def checked(folders: Folders) -> Overview:
    """Show what was found in a data folder, a line each, by its state."""
    found, spoken = check.check(folders, date.today()), console.language()
    console.line("office.check.heading", folder=found.folder, day=formats.day(found.day, spoken))
    for state in check.STATES:
        console.text("")
        console.line(f"office.check.{state}")
        for finding in found.of(state):
            console.text(f"  {_MARKS[state]} {finding.words(spoken)}")
        if not found.of(state):
            console.text(f"  {say(spoken, 'office.check.none')}")
    console.text("")
    if found.of("contradicting"):
        console.line("terminal.next.check_again", data=found.folder)
    return found
