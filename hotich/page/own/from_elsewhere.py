"""The list, on a page, of its figures that no register gave: quoted and derived ones, with their sources."""

import math
import re
from collections import ChainMap
from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, cast

from markupsafe import Markup

from hotich.errors import Contradicted
from hotich.language import html, say
from hotich.measures.facts import EXACT, Fact
from hotich.measures.quoted import SCOPE as QUOTED
from hotich.page.layout import Layout, Section
from hotich.page.spec import PageSpec
from hotich.views import figures
from hotich.views.markup import Column, Table, named
from hotich.views.own import DERIVED

if TYPE_CHECKING:
    from nbformat import NotebookNode

PROVENANCE: Final = "provenance"
"""The section in which they are listed; a page without one gets it."""
_USED: Final = re.compile(r'data-fact="([^"]+)"')


@dataclass(frozen=True)
class Known:
    """All facts that a page may show, and of those that its notebook has derived the names of what they come from."""

    facts: Mapping[str, Fact]
    derived: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def known(notebook: "NotebookNode", facts: Mapping[str, Fact], page: str) -> Known:
    """Return the facts of the month with those that the notebook has derived.

    Raises Contradicted for one that it says to come from facts which are not so, and for a second value of one.
    """
    found, derived = ChainMap({}, cast(MutableMapping[str, Fact], facts)), dict[str, tuple[str, ...]]()
    for cell in notebook.cells:
        where = {"page": page, "cell": cell.id}
        for output in cell.get("outputs", ()):
            if not (said := output.get("data", {}).get(DERIVED)):
                continue
            fact, from_ = _declared(said, where)
            if wrong := [name for name, raw in from_.items() if name not in found or found[name].raw != raw]:
                raise Contradicted("own.derived_from", **where, name=fact.measure, facts=", ".join(wrong))
            if any(key.endswith((f"/all/{fact.measure}", f"/{QUOTED}/{fact.measure}")) for key in facts):
                raise Contradicted("own.taken", **where, name=fact.measure)
            if found.setdefault(fact.key, fact) != fact:
                raise Contradicted("own.derived_twice", **where, name=fact.measure, value=found[fact.key].raw)
            derived[fact.key] = tuple(from_)
    return Known(found, derived)


def _declared(said: Any, where: Mapping[str, str]) -> tuple[Fact, Mapping[str, str]]:  # noqa: ANN401 - of a notebook
    """Return a declared figure and what it comes from. Raises Contradicted for what `views.derived` never writes."""
    try:
        value = Decimal(said["value"]) if said["unit"] in EXACT else int(said["value"])
        if not math.isfinite(value):
            raise ValueError(value)
        return Fact("", "derived", str(said["name"]), value, str(said["unit"]), str(said["origin"])), {**said["from"]}
    except (KeyError, TypeError, ValueError, ArithmeticError):
        raise Contradicted("own.derived_from", **where, name="–", facts="–") from None


def add(layout: Layout, known: Known, spec: PageSpec) -> None:
    """Put the list into the page's section on provenance, if the page shows such a figure."""
    used = dict.fromkeys(name for section in layout.sections for part in section.parts for name in _USED.findall(part))
    used |= dict.fromkeys(name for part in layout.opening for name in _USED.findall(part))
    if not (rows := list(_rows(used, known, spec))):
        return
    columns = [
        Column(say(spec.language, f"page.elsewhere.{name}"), text=name != "value")
        for name in ("name", "value", "source")
    ]
    table = Table(say(spec.language, "page.elsewhere.caption"), columns, rows).html(spec.language)
    place = next((section for section in layout.sections if section.anchor == PROVENANCE), None)
    if place is None:
        heading = say(spec.language, "page.elsewhere.heading")
        start = Markup('<section id="{}"><h2>{}</h2>').format(PROVENANCE, heading)
        place = Section(PROVENANCE, heading, [start])
        layout.sections.append(place)
    place.parts.append(table)


def _rows(used: Mapping[str, None], known: Known, spec: PageSpec) -> Iterator[tuple[Markup, Markup, Markup]]:
    sources = dict(spec.sources)
    for name in used:
        fact = known.facts.get(name)
        if fact is None or not (fact.scope == QUOTED or name in known.derived):
            continue
        shown = figures.render(fact, spec.language, column=True)
        if name in known.derived:
            from_ = Markup(", ").join(Markup("<code>{}</code>").format(each) for each in known.derived[name])
            said = html(spec.language, "page.elsewhere.derived", facts=from_)
        else:
            said = named(sources.get(fact.measure, ""))
        yield Markup("<code>{}</code>").format(fact.measure), shown, said
