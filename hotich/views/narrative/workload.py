"""Where the work is that remains: the communes that hold most of it, those furthest behind, those that stand still."""

from collections.abc import Iterator

from markupsafe import Markup

from hotich.data.areas import Area
from hotich.measures import Measures
from hotich.views.markup import Fragment, paragraph, section
from hotich.views.narrative.phrases import in_words, inside, size
from hotich.views.sentences import covered, sentence


def behind(m: Measures) -> Fragment:
    """Return where the work is; nothing where every commune that has a rank is complete: `narrative.behind(m)`."""
    if not m.furthest_behind():
        return Fragment(Markup(""))
    half, count = m.find("communes_half"), m.find("behind_districts")
    values: dict[str, object] = {"half": half, "open": m.find("communes_open"), "districts": count}
    key = "heading_half" if half else "heading" if count and count.number > 1 else "heading_one"
    title = covered(m, sentence(m, f"report.behind.{key}", **values))
    said = Markup(" ").join([*_largest(m), *_slow(m)])
    rule = paragraph(sentence(m, "report.behind.rule", base=m.get("percent_base")), "note")
    return section("behind", title, *([paragraph(said)] if said else []), rule)


def _largest(m: Measures) -> Iterator[Markup]:
    """Yield the communes with most left and what they hold of the remaining work."""
    held, largest = m.find("largest_share"), m.most_work()
    if held:
        names = ", ".join(_with_district(m, area) for area in largest)
        yield sentence(
            m,
            "report.behind.largest",
            count=in_words(m, m.get("largest_count"), first=m.language == "vi"),
            share=held,
            communes=names,
        )


def _slow(m: Measures) -> Iterator[Markup]:
    """Yield how many communes are under half, which one gained most, and how many did not move."""
    under, still = m.find("communes_under_half"), m.find("communes_stalled")
    if under and under.number:
        yield sentence(m, "report.behind.under", count=under, base=m.get("half_base"))
    if gained := m.commune_gained_most():
        change = size(m, m.get("percent_change", gained.code))
        yield sentence(m, "report.behind.gained", commune=_with_district(m, gained), change=change)
    if still and still.number:
        yield sentence(m, "report.behind.stalled", count=still)


def _with_district(m: Measures, area: Area) -> str:
    return f"{inside(m, area)} ({m.where(area)})" if area.parent != m.root else inside(m, area)
