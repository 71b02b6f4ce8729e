"""How a fact looks on a page and elsewhere: the one place that turns facts into text."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from markupsafe import Markup, escape

from hotich import formats
from hotich.measures import definitions
from hotich.measures.facts import Fact
from hotich.month import Month


def format_fact(
    fact: Fact,
    language: str,
    *,
    column: bool = False,
    signed: bool = False,
    unsigned: bool = False,
    words: bool = False,
    as_month: bool = False,
    short: bool = False,
) -> str:
    """A fact as text.

    `column` keeps the tenth of whole percentages; `signed` writes + or −, `unsigned` neither, for sentences whose verb
    says it; `words` writes zero to nine out; `as_month` gives a date's month only;
    `short` writes a month as axes and tables do, a date without its year.
    """
    value = fact.value
    if isinstance(value, date):
        return _day(value, language, as_month, short)
    if isinstance(value, Month):
        return formats.month(value, language, short)
    if isinstance(value, str):
        return value
    if signed:
        return formats.signed(value, language, column)
    if isinstance(value, int):
        value = abs(value) if unsigned else value
        return formats.words(value, language) if words else formats.count(value, language)
    return _quantity(value, fact.unit, language, column)


def _day(value: date, language: str, as_month: bool, short: bool) -> str:
    if as_month:
        return formats.month(Month(value.year, value.month), language, short)
    return formats.day_and_month(value, language) if short else formats.day(value, language)


def _quantity(value: Decimal, unit: str, language: str, column: bool) -> str:
    if unit == "percent":
        return formats.percent(value, language, column)
    if unit == "entries_per_day":
        return formats.count(formats.whole(value), language)
    return formats.decimal(value, language, column)


def render(
    fact: Fact,
    language: str,
    *,
    column: bool = False,
    signed: bool = False,
    unsigned: bool = False,
    words: bool = False,
    as_month: bool = False,
    short: bool = False,
    capital: bool = False,
) -> Markup:
    """A fact on a page, bound to its name so that a program can compare it with `measures.csv`.

    Its title says what it is; in a column the heading does. `capital` begins a sentence; the other options are those
    of `plain`.
    """
    shown = format_fact(
        fact, language, column=column, signed=signed, unsigned=unsigned, words=words, as_month=as_month, short=short
    )
    shown = shown[0].upper() + shown[1:] if capital else shown
    quoted = ' data-quoted="published"' if fact.measure.startswith("published_") else ""
    about = definitions.title(fact.measure, language) if not column else ""
    said = f' title="{escape(about)}"' if about else ""
    named = f'value="{escape(fact.raw)}" data-fact="{escape(fact.key)}"'
    return Markup(f"<data {named}{quoted}{said}>{escape(shown)}</data>")  # noqa: S704 - escaped, and faster than format


def forms(fact: Fact, language: str) -> Iterator[str]:
    """Every way the fact may be written in the language, the likely ones first."""
    for options in _WAYS[date if isinstance(fact.value, date) else type(fact.value)]:
        yield format_fact(fact, language, **options)


_WAYS: Final[dict[type, tuple[dict[str, bool], ...]]] = {
    int: ({}, {"signed": True}, {"unsigned": True}, {"words": True}, {"words": True, "unsigned": True}),
    Decimal: ({"column": True}, {}, {"column": True, "signed": True}, {"signed": True}),
    date: ({}, {"as_month": True}, {"short": True}, {"as_month": True, "short": True}),
    Month: ({}, {"short": True}),
    str: ({},),
}
