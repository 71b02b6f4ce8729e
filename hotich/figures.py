"""How a fact looks on a page and elsewhere: the one place that turns facts into text."""

from datetime import date
from decimal import Decimal

from markupsafe import Markup

from hotich import formats
from hotich.facts import Fact
from hotich.month import Month


def plain(
    fact: Fact,
    language: str,
    *,
    column: bool = False,
    signed: bool = False,
    unsigned: bool = False,
    words: bool = False,
    as_month: bool = False,
) -> str:
    """A fact as text.

    `column` keeps the tenth of whole percentages; `signed` writes + or −, `unsigned` neither, for sentences whose verb
    says it; `words` writes zero to nine out; `as_month` gives a date's month only.
    """
    value = fact.value
    if isinstance(value, date):
        return formats.month(Month(value.year, value.month), language) if as_month else formats.day(value, language)
    if isinstance(value, Month):
        return formats.month(value, language)
    if isinstance(value, str):
        return value
    if signed:
        return formats.signed(value, language, column)
    if isinstance(value, int):
        value = abs(value) if unsigned else value
        return formats.words(value, language) if words else formats.count(value, language)
    return _quantity(value, fact.unit, language, column)


def _quantity(value: Decimal, unit: str, language: str, column: bool) -> str:
    if unit == "percent":
        return formats.percent(value, language, column)
    if unit == "entries_per_day":
        return formats.count(formats.whole(value), language)
    return formats.decimal(value, language, column)


def mark(
    fact: Fact,
    language: str,
    *,
    column: bool = False,
    signed: bool = False,
    unsigned: bool = False,
    words: bool = False,
    as_month: bool = False,
    capital: bool = False,
) -> Markup:
    """A fact on a page, bound to its name so that a program can compare it with `measures.csv`.

    `capital` begins a sentence; the other options are those of `plain`.
    """
    shown = plain(
        fact, language, column=column, signed=signed, unsigned=unsigned, words=words, as_month=as_month
    )  # fmt: skip
    shown = shown[0].upper() + shown[1:] if capital else shown
    quoted = Markup(' data-quoted="published"') if fact.measure.startswith("published_") else Markup("")
    return Markup('<data value="{}" data-fact="{}"{}>{}</data>').format(fact.raw, fact.key, quoted, shown)
