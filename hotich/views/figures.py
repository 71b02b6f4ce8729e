"""How a fact looks on a page and elsewhere: the one place that turns facts into text."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final, TypedDict, Unpack

from markupsafe import Markup, escape

from hotich import formats
from hotich.measures import definitions
from hotich.measures.facts import Fact
from hotich.month import Month


class Form(TypedDict, total=False):
    """How a fact is written, where it is not in the plain way of a sentence.

    `column` keeps the tenth of whole percentages; `signed` writes + or −, `unsigned` neither, for sentences whose verb
    says it; `words` writes zero to nine out; `as_month` gives a date's month only; `short` writes a month as axes and
    tables do, a date without its year.
    """

    column: bool
    signed: bool
    unsigned: bool
    words: bool
    as_month: bool
    short: bool


def format_fact(fact: Fact, language: str, **form: Unpack[Form]) -> str:
    """Return a fact as text."""
    value, column = fact.value, form.get("column", False)
    if isinstance(value, date):
        return _day(value, language, form)
    if isinstance(value, Month):
        return formats.month(value, language, form.get("short", False))
    if isinstance(value, str):
        return value
    if form.get("signed"):
        return formats.signed(value, language, column)
    if isinstance(value, int):
        value = abs(value) if form.get("unsigned") else value
        return formats.words(value, language) if form.get("words") else formats.count(value, language)
    return _quantity(value, fact.unit, language, column)


def _day(value: date, language: str, form: Form) -> str:
    if form.get("as_month"):
        return formats.month(Month(value.year, value.month), language, form.get("short", False))
    return formats.day_and_month(value, language) if form.get("short") else formats.day(value, language)


def _quantity(value: Decimal, unit: str, language: str, column: bool) -> str:
    if unit == "percent":
        return formats.percent(value, language, column)
    if unit == "entries_per_day":
        return formats.count(formats.whole(value), language)
    return formats.decimal(value, language, column)


def render(fact: Fact, language: str, *, capital: bool = False, **form: Unpack[Form]) -> Markup:
    """Return a fact as HTML, bound to its name so that a program can compare it with `measures.csv`.

    Its title says what it is; in a column the heading does. `capital` begins a sentence.
    """
    shown = format_fact(fact, language, **form)
    shown = shown[0].upper() + shown[1:] if capital else shown
    quoted = ' data-quoted="published"' if fact.measure.startswith("published_") else ""
    about = "" if form.get("column") else definitions.title(fact.measure, language)
    title = f' title="{escape(about)}"' if about else ""
    named = f'value="{escape(fact.raw)}" data-fact="{escape(fact.key)}"'
    return Markup(f"<data {named}{quoted}{title}>{escape(shown)}</data>")  # noqa: S704 - escaped, and faster than format


def forms(fact: Fact, language: str) -> Iterator[str]:
    """Yield every way the fact may be written in the language, the likely ones first."""
    for form in _WAYS[date if isinstance(fact.value, date) else type(fact.value)]:
        yield format_fact(fact, language, **form)


_WAYS: Final[dict[type, tuple[Form, ...]]] = {
    int: ({}, {"signed": True}, {"unsigned": True}, {"words": True}, {"words": True, "unsigned": True}),
    Decimal: ({"column": True}, {}, {"column": True, "signed": True}, {"signed": True}),
    date: ({}, {"as_month": True}, {"short": True}, {"as_month": True, "short": True}),
    Month: ({}, {"short": True}),
    str: ({},),
}
