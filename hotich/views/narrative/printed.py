"""What others have printed about the month: what of it cannot be right, and what is right as it is meant."""

from collections.abc import Iterator

from markupsafe import Markup

from hotich.data.published import Published, printings
from hotich.language import say
from hotich.measures import Measures
from hotich.views.markup import Fragment, paragraph, section
from hotich.views.narrative.phrases import in_words
from hotich.views.sentences import sentence


def published(m: Measures) -> Fragment:
    """Return how printed figures compare with the counts; only for the office's whole area.

    For instance `narrative.published(m)`.
    """
    printed = any(fact.measure.startswith("published_") for fact in m.printed.values())
    if m.root != m.office.root or not printed:
        return Fragment(Markup(""))
    by_source = printings(m.checked.data.folders, m.month)
    count, kind = m.get("discrepancies"), _kind(m)
    heading = {0: "heading_none", 1: f"heading{kind}_one"}.get(int(count.number), f"heading{kind}")
    title = sentence(m, f"report.published.{heading}", count=in_words(m, count, first=True))
    texts = _wrong(m, by_source) if count.value else [sentence(m, "report.published.agree")]
    remarks = [paragraph(said, "note") for items in by_source for each in items for said in _remark(m, each)]
    said = [paragraph(Markup(" ").join(texts))] if texts else []
    return section("published", title, *said, *remarks)


def _kind(m: Measures) -> str:
    """Return which sentence on discrepancies is true: all against own parts, or some against the counts alone."""
    return "" if m.get("discrepancies_parts").value == m.get("discrepancies").value else "_counts"


def wrong(m: Measures) -> Markup | None:
    """Return how many printed figures cannot be right; None where every one can be."""
    count = m.get("discrepancies")
    if not count.number:
        return None
    one = "_one" if count.number == 1 else ""
    return sentence(m, f"report.points.published{_kind(m)}{one}", count=in_words(m, count, first=True))


def _wrong(m: Measures, by_source: list[list[Published]]) -> list[Markup]:
    """Return what printed figures have in common that cannot be right."""
    texts, percent = [] if _kind(m) else [sentence(m, "report.published.lead")], m.find("percent")
    if percent and any(_hidden(m, items) for items in by_source):
        texts.append(sentence(m, "report.published.hidden", percent=percent))
    return texts


def _hidden(m: Measures, items: list[Published]) -> bool:
    """Return whether a source's percentage agrees with the counts although a total behind it is no sum of its parts."""
    own = {each.measure: each for each in items if (each.area, each.scope) == (m.root, "all")}
    same = m.find(own["percent"].fact("difference")) if "percent" in own else None
    sums = [m.find(own[name].fact("parts_difference")) for name in ("required", "digitised") if name in own]
    return same is not None and not same.value and any(off and off.value for off in sums)


def _remark(m: Measures, each: Published) -> Iterator[Markup]:
    """Yield that a number which seems too small is meant besides areas named before it, and is right so."""
    off = m.find(each.fact("difference"), each.area)
    if each.besides and off is not None and not off.value:
        areas = ", ".join(m.short(code) for code in each.besides)
        printed, whole = m.get(each.fact("published"), each.area), m.get(each.measure, each.area)
        measure = say(m.language, f"tables.measure.{each.measure}")
        yield sentence(m, "report.published.remark", measure=measure, printed=printed, areas=areas, whole=whole)
