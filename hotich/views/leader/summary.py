"""The month on one A4 page, for a leader: what is done, the districts, what is in the way, what comes next."""

from markupsafe import Markup

from hotich.measures import Measures
from hotich.views.leader import content
from hotich.views.markup import Fragment, banner, paragraph, section
from hotich.views.notice.content import subject_lines
from hotich.views.sentences import sentence


def heading(m: Measures) -> Fragment:
    """Return the office, the kind of paper and its subject: `leader.heading(m)`."""
    lines = Markup(" ").join(Markup('<span class="row">{}</span>').format(line) for line in subject_lines(m))
    office = Markup('<p class="office"><b>{}</b></p>').format(m.office.name(m.language))
    paper = sentence(m, "leader.summary.paper")
    h1 = Markup('<h1>{} <span class="subject">{}</span></h1>').format(paper, lines)
    return Fragment(Markup("<header>{}{}</header>").format(office, h1), banner(m.checked.data, m.language))


def results(m: Measures) -> Fragment:
    """Return the main points of the report: `leader.results(m)`."""
    return _shown(m, "results")


def districts(m: Measures) -> Fragment:
    """Return the districts by rank; nothing where there are none: `leader.districts(m)`."""
    table = content.districts(m)
    return Fragment(table.html(m.language)) if table else Fragment(Markup(""))


def difficulties(m: Measures) -> Fragment:
    """Return what is in the way: `leader.difficulties(m)`."""
    return _shown(m, "difficulties")


def tasks(m: Measures) -> Fragment:
    """Return what comes next: `leader.tasks(m)`."""
    return _shown(m, "tasks")


def proposals(m: Measures) -> Fragment:
    """Return what the office proposes: `leader.proposals(m)`."""
    return _shown(m, "proposals")


def end(m: Measures) -> Fragment:
    """Return where the rest stands: `leader.end(m)`."""
    return Fragment(paragraph(note(m), "note"))


def note(m: Measures) -> Markup:
    """Return what the sums are for and where the whole report is."""
    return sentence(m, "leader.summary.note")


def _shown(m: Measures, name: str) -> Fragment:
    part = next(each for each in content.parts(m) if each.name == name)
    texts = part.texts if name == "results" else [Markup(" ").join(part.texts)]
    return section(part.name, part.heading, *(paragraph(text) for text in texts))
