"""Published figures that cannot be right, each with the picture its error needs, and the figure this report uses."""

from collections.abc import Callable, Iterator
from typing import Final

from markupsafe import Markup

from hotich.data import published
from hotich.data.published import Published
from hotich.data.registers import GROUPS
from hotich.language import say
from hotich.measures import Measures
from hotich.views.charts import discrepancy_lists, discrepancy_sums
from hotich.views.charts.discrepancy_frame import article, columns, figure, measure_name, said, strong, used_here
from hotich.views.figures import render
from hotich.views.markup import Fragment, Table

MOST: Final = 8
"""Cases that get a picture; the table below them has every figure."""
Case = tuple[Callable[[Measures, Published], Markup], Published]


def discrepancies(m: Measures) -> Fragment:
    """Show a case for each printed figure that its parts or the counts contradict: `charts.discrepancies(m)`.

    Nothing where there is none.
    """
    if m.root != m.office.root:
        return Fragment(Markup(""))
    cases = [case(m, each) for case, each in _cases(m)][:MOST]
    body = Markup('<div class="disc wide">{}</div>').format(Markup("").join(cases)) if cases else Markup("")
    return Fragment(body)


def _cases(m: Measures) -> Iterator[Case]:
    for each in published.read(m.checked.data.folders, m.month):
        off = m.find(each.fact("parts_difference"), each.area, each.scope)
        apart = m.find(each.fact("difference"), each.area, each.scope)
        if off and off.value and each.measure in ("required", "digitised"):
            yield (
                discrepancy_sums.swapped if m.find(each.fact("swapped_nines"), each.area) else discrepancy_sums.ledger,
                each,
            )
        elif off and off.value and each.measure == "communes_completed":
            yield discrepancy_lists.listed, each
        elif apart and apart.value and each.measure == "districts_over_threshold":
            yield discrepancy_lists.over_threshold, each
        elif (off and off.value) or (apart and apart.value):
            yield _plain, each


def _plain(m: Measures, each: Published) -> Markup:
    """What was printed beside what its parts or the counts give."""
    ours = m.find(each.fact("parts"), each.area, each.scope)
    off = m.find(each.fact("parts_difference"), each.area, each.scope)
    if ours is None or off is None or not off.value:
        ours, off = figure(m, each), figure(m, each, "difference")
    name = f"{m.area(each.area).name(m.language)}: {measure_name(m, each)}, {_scope(m, each)}"
    rows: list[tuple[Markup | str, Markup]] = [
        (say(m.language, "published.ledger.printed"), render(figure(m, each, "published"), m.language)),
        (strong(m, "ours"), render(ours, m.language)),
        (
            Markup('<span class="al">{}</span>').format(say(m.language, "published.ledger.off")),
            Markup('<span class="al">{}</span>').format(render(off, m.language, signed=True)),
        ),
    ]
    picture = Table(name, columns(m), rows).html(m.language)
    headline = said(m, "plain.title", name=name)
    return article(m, each, headline=headline, picture=picture, text=Markup(""), used=used_here(m, ours))


def _scope(m: Measures, each: Published) -> str:
    if each.scope in ("all", *GROUPS):
        return say(m.language, f"tables.scope.{each.scope}")
    return next(r.name(m.language) for r in m.registers if r.code == each.scope)
