"""What the last release stated that no longer holds: nothing where nothing has changed."""

from markupsafe import Markup

from hotich.language import html, say
from hotich.measures import Measures
from hotich.measures.facts import Fact
from hotich.measures.revisions import STATED
from hotich.views import footnotes
from hotich.views.figures import render
from hotich.views.markup import Column, Fragment, Table, paragraph, section
from hotich.views.saved_table import Cell, Coded
from hotich.views.table_cells import vintage


def since(m: Measures) -> Fragment:
    """Return what the last release stated otherwise, about which month, and the reason that the delivery gives.

    For instance `narrative.since(m)`.
    """
    release, changed = m.checked.data.followed, revised(m)
    if release is None or not changed:
        return Fragment(Markup(""))
    name = Markup("<code>{}</code>").format(release.name)
    month = render(m.get("month", month=release.month), m.language)
    delivered = next(each.delivery for each in m.checked.data.deliveries if each.month == release.month)
    text = html(m.language, "since.text", release=name, month=month)
    why = (
        Markup('<blockquote lang="vi"><p>{}</p></blockquote>').format(delivered.reason)
        if delivered.reason
        else Markup("")
    )
    return section("since", html(m.language, "since.heading"), paragraph(text), why, _table(m, changed))


def revised(m: Measures) -> list[tuple[Fact, Fact, Fact]]:
    """Return what was stated, what holds now, and the difference: the root first, then its districts in order."""
    release = m.checked.data.followed
    month = release.month if release else None
    places = (m.root, *(area.code for area in m.districts))
    facts = (m.find(measure, place, scope, month) for place in places for measure, scope in STATED)
    return [
        (before, now, m.facts[before.key.replace("/said_", "/revised_")])
        for now in facts
        if now and (before := footnotes.stated_before(m, now))
    ]


def _table(m: Measures, changed: list[tuple[Fact, Fact, Fact]]) -> Markup:
    columns = [Column(say(m.language, f"since.column.{name}"), name == "figure", name=name) for name in _COLUMNS]
    rows: list[tuple[Cell, ...]] = [
        (
            Coded(now.key, _named(m, now)),
            *(render(each, m.language, column=True) for each in (said, now)),
            render(change, m.language, column=True, signed=True),
        )
        for said, now, change in changed
    ]
    caption, note = html(m.language, "since.caption"), html(m.language, "since.note")
    tag = Markup('<p class="src"><span class="sim">{}</span></p>').format(say(m.language, "since.simulated"))
    file = f"since-{m.month}.csv"
    table = Table(caption, columns, rows, note, file=file, vintage=vintage(m), long=len(rows) > _SHORT)
    return table.html(m.language) + (tag if m.synthetic else Markup(""))


def _named(m: Measures, fact: Fact) -> Markup:
    """Return the name of a figure: place, measure, and the group where it is about one."""
    scope = f"_{fact.scope}" if fact.scope != "all" else ""
    measure = html(m.language, f"since.measure.{fact.measure}{scope}")
    return html(m.language, "since.figure", place=m.short(fact.area), measure=measure)


_COLUMNS = ("figure", "said", "now", "difference")
_SHORT = 12
"""Rows that paper keeps together."""
