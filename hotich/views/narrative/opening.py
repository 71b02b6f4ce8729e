"""The head of the report: title, one-line finding, key figures."""

from collections.abc import Iterator
from dataclasses import asdict
from decimal import Decimal

from markupsafe import Markup

from hotich import formats
from hotich.measures import Measures
from hotich.measures.facts import Fact
from hotich.views.figures import render
from hotich.views.markup import Fragment, banner, named, paragraph
from hotich.views.narrative.outlook import against, leads
from hotich.views.narrative.phrases import over_before, place, signed, size
from hotich.views.sentences import covered, sentence


def opening(m: Measures) -> Fragment:
    """Return title, finding, what the figures are, and the four key figures: `narrative.opening(m)`."""
    top = Markup('<p class="top"><span><b>{}</b> · {}</span></p>').format(
        m.office.name(m.language), sentence(m, "report.opening.report")
    )
    h1 = Markup("<h1>{}</h1>").format(title(m))
    parts = (
        top,
        h1,
        paragraph(finding(m), "stand"),
        *(paragraph(each, "note") for each in set_aside(m)),
        _meta(m),
        _key_figures(m),
        _note(m),
    )
    return Fragment(Markup("<header>{}</header>").format(Markup("").join(parts)), banner(m.checked.data, m.language))


def title(m: Measures) -> Markup:
    """Return the report's title: what it is about and when: `narrative.title(m)`."""
    return sentence(m, "report.opening.title", place=place(m), month=m.get("month"))


def finding(m: Measures) -> Markup:
    """Return the report in two sentences: the level and where it leads, or what reported where that is little.

    For instance `narrative.finding(m)`.
    """
    values: dict[str, object] = {
        "place": place(m, first=True),
        "target": m.get("target"),
        "left": m.get("left"),
        "required": m.get("required"),
        "digitised": m.get("digitised"),
    }
    if not m.covers():
        counts = {name: m.get(f"units_{name}") for name in ("reported", "expected")}
        return sentence(m, "report.opening.stand_partial", **counts, **values)
    percent, stand = m.find("percent"), _stand(m)
    values |= {"percent": percent} if percent else {}
    said = covered(m, sentence(m, f"report.opening.{stand}", **values))
    if stand != "stand":
        return said
    return Markup("{} {}").format(said, covered(m, next(leads(m)), level=False, pace=True))


def set_aside(m: Measures) -> list[Markup]:
    """Return which parts of a country are missing, for their counts contradict themselves; nothing elsewhere."""
    if m.root != m.office.root or not m.checked.set_aside:
        return []
    names = ", ".join(m.area(code).name(m.language) for code in m.checked.set_aside)
    return [sentence(m, "report.opening.set_aside", names=names)]


def _stand(m: Measures) -> str:
    """Return how the work stands, of an area of which enough has reported."""
    if m.find("percent") is None:
        return "stand_small"
    if m.get("left").value == 0:
        return "stand_done" if m.get("units_missing").value == 0 else "stand_done_reported"
    if m.find("days_left") is None:
        return "stand_overdue"
    return "stand" if m.find("units_open") else "stand_no_pace"


def _meta(m: Measures) -> Markup:
    items = (
        sentence(m, "report.opening.as_of", as_of=m.get("as_of")),
        *_state(m),
        sentence(m, "report.opening.next", day=m.get("next_as_of")),
    )
    return Markup('<ul class="meta">{}</ul>').format(Markup("").join(Markup("<li>{}</li>").format(i) for i in items))


def _state(m: Measures) -> Iterator[Markup]:
    """Yield that this is a draft, or which release it is, and which one that replaces for what reason."""
    release = m.checked.data.sealing
    if release is None:
        yield sentence(m, "report.opening.draft")
        return
    said = {name: named(value) for name, value in asdict(release).items()}
    yield sentence(m, "report.opening.release", **said)
    if release.supersedes:
        yield sentence(m, "report.opening.supersedes", **said)


def _note(m: Measures) -> Markup:
    notes = [sentence(m, "report.opening.groups_note")]
    if _rounded_apart(m):
        notes.append(sentence(m, "report.opening.rounding"))
    return paragraph(Markup(" ").join(notes), "note")


def _rounded_apart(m: Measures) -> bool:
    """Return whether the change that is shown is another number than the difference of the two shares as shown."""
    before = m.find("percent", month=m.previous) if m.previous else None
    shown = [
        formats.tenth(Decimal(fact.number)) for fact in (m.find("percent"), before, m.find("percent_change")) if fact
    ]
    return len(shown) == 3 and m.compares() and shown[0] - shown[1] != shown[2]


def _key_figures(m: Measures) -> Markup:
    cards = [_digitised(m), _communes(m), *_districts(m), *_rank(m), _needed(m)]
    return Markup('<dl class="kf">{}</dl>').format(Markup("").join(cards))


def _card(term: Markup, big: Fact, below: Markup, m: Measures, total: Fact | None = None) -> Markup:
    small = Markup("<small> / {}</small>").format(_figure(m, total)) if total else ""
    return Markup('<div><dt>{}</dt><dd class="big">{}{}</dd><dd>{}</dd></div>').format(
        term, _figure(m, big), small, below
    )


def _figure(m: Measures, fact: Fact) -> Markup:
    return render(fact, m.language)


def _digitised(m: Measures) -> Markup:
    change = m.find("percent_change")
    counts: dict[str, object] = {"digitised": m.get("digitised"), "required": m.get("required")}
    if change is None or m.previous is None:
        below = sentence(m, "report.key.digitised_of", **counts)
    else:
        way = "up" if change.number > 0 else "down" if change.number < 0 else "same"
        below = sentence(
            m, f"report.key.change_{way}", change=size(m, change), previous=m.get("previous_month"), **counts
        )
    below = covered(m, below, change=change is not None)
    return _card(sentence(m, "report.key.digitised"), m.find("percent") or m.get("digitised"), below, m)


def _communes(m: Measures) -> Markup:
    offices: dict[str, object] = {"offices": m.get("offices_completed"), "all_offices": m.get("offices_total")}
    change = m.find("communes_completed_change")
    if change is None or not m.compares():
        below = sentence(m, "report.key.communes_first", **offices)
    else:
        key = "change" if change.number else "same"
        values = {"change": signed(m, change), "previous": m.get("previous_month")}
        below = sentence(m, f"report.key.communes_{key}", **values, **offices)
    below = covered(m, below)
    return _card(sentence(m, "report.key.communes"), m.get("communes_completed"), below, m, m.get("communes_total"))


def _districts(m: Measures) -> list[Markup]:
    if len(m.parts) < 2 or not any(m.covers(area.code) for area in m.parts):
        return []
    before = over_before(m)
    total = m.of_parts("total")
    below = (
        sentence(m, "report.key.districts_first", total=total)
        if before is None
        else sentence(m, "report.key.districts_change", previous=m.get("previous_month"), before=before)
    )
    term = sentence(m, "report.key.districts", threshold=m.get("threshold"))
    return [_card(term, m.of_parts("over_threshold"), covered(m, below), m, total)]


def _rank(m: Measures) -> list[Markup]:
    """Return the rank of a district among all, for its own report."""
    rank, total = m.find("rank"), m.of_ranked()
    if m.root == m.office.root or m.area(m.root).level == "commune" or rank is None or total is None:
        return []
    before = m.find("rank", month=m.previous) if m.previous else None
    key = "rank_before" if before else "rank_first"
    below = sentence(m, f"report.key.{key}", **({"before": before} if before else {}))
    return [_card(sentence(m, f"report.key.rank_{m.ranked_as}"), rank, below, m, total)]


def _needed(m: Measures) -> Markup:
    needed, ratio = m.find("pace_needed"), m.find("pace_ratio")
    if needed is None:
        key = "left_reported" if m.find("days_left") else "left_overdue"
        below = covered(m, sentence(m, f"report.key.{key}", target=m.get("target")))
        return _card(sentence(m, "report.key.left"), m.get("left"), below, m)
    if ratio is None:
        below = sentence(m, "report.key.needed_days", days=m.get("days_left"), target=m.get("target"))
    else:
        below = sentence(m, f"report.key.needed_{against(ratio)}", ratio=ratio, recent=m.get("pace_recent"))
    return _card(sentence(m, "report.key.needed"), needed, covered(m, below, pace=ratio is not None), m)
