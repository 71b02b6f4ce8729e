"""How narrative puts facts into sentences."""

from datetime import date

from markupsafe import Markup

from hotich.data.areas import Area
from hotich.measures import Measures
from hotich.measures.facts import Fact
from hotich.views import figures


def size(m: Measures, change: Fact) -> Markup:
    """Return a change without its sign: the sentence's verb carries it."""
    return figures.render(change, m.language, unsigned=True)


def signed(m: Measures, change: Fact) -> Markup:
    """Return a change with its sign."""
    return figures.render(change, m.language, signed=True)


def in_month(m: Measures, day: Fact) -> Markup:
    """Return only the month of a date."""
    return figures.render(day, m.language, as_month=True)


def in_words(m: Measures, count: Fact, *, first: bool = False) -> Markup:
    """Return a small count in words; `first` begins a sentence."""
    return figures.render(count, m.language, words=True, capital=first)


def of_a_whole(m: Measures, part: Fact) -> Markup:
    """Return a part of a whole at the start of a sentence: Vietnamese writes 4/9, English spells Four of 9."""
    return in_words(m, part, first=True) if m.language == "en" else figures.render(part, m.language)


def place(m: Measures, *, first: bool = False) -> str:
    """Return the root area's name inside a sentence, or at its start."""
    return inside(m, m.area(m.root)) if not first else m.area(m.root).name(m.language)


def inside(m: Measures, area: Area) -> str:
    """Return a name for the middle of a sentence: Vietnamese writes the type of an area small there."""
    name = area.name(m.language)
    return name[0].lower() + name[1:] if m.language == "vi" else name


def lower(text: str) -> str:
    """Return a term for the middle of a sentence."""
    return text[0].lower() + text[1:]


def past(day: date, m: Measures) -> bool:
    """Return whether a day is the as-of date or earlier."""
    return day <= m.as_of


def over_before(m: Measures) -> Fact | None:
    """Return the parts over the threshold a month before; None unless each of the same parts is known then."""
    if m.previous is None or any(
        m.find("percent", area.code, month=month) is None for area in m.parts for month in (m.month, m.previous)
    ):
        return None
    level = "communes" if m.two_levels else "districts"
    return m.find(f"{level}_over_threshold", month=m.previous)
