"""The notice as a page: an official paper (NĐ 30/2020/NĐ-CP, Annex I) whose number, date and signature stay blank."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from markupsafe import Markup

from hotich.language import say
from hotich.measures import Measures
from hotich.views.markup import Fragment, banner, paragraph, section
from hotich.views.notice import content, listed, sender
from hotich.views.notice.content import Part
from hotich.views.sentences import sentence

BLANK: Final = "…………"
_DISPATCH: Final = "công văn"
AS_ABOVE: Final = "Như trên"
"""How a list of recipients names whom the paper itself is addressed to."""


@dataclass(frozen=True)
class Frame:
    """What stands around the text: blank wherever only the office may write, and everywhere on made-up figures."""

    superior: str
    body: str
    nation: str
    motto: str
    number: str
    attached: str
    day: str
    paper: str
    recipients: tuple[str, ...]
    signer: str


def frame(m: Measures) -> Frame:
    """Return the frame of a notice. A dispatch (công văn) has no name of its kind, only its subject."""
    head = sender.of(m).head
    own = (head.superior, head.body, head.place, head.signer)
    superior, body, place, signer = (BLANK,) * len(own) if m.synthetic else own
    day = say(m.language, "notice.letter.day", place=place, blank="……")
    paper = m.office.paper.capitalize() if m.language == "vi" else say(m.language, "notice.letter.paper").capitalize()
    number = say(m.language, "notice.letter.number", blank="……", symbol=head.symbol)
    nation, motto = (say(m.language, f"notice.letter.{name}") for name in ("nation", "motto"))
    return Frame(
        superior, body, nation, motto, number, attached(m, head.symbol, paper), day, _paper(m), _recipients(m), signer
    )


def attached(m: Measures, symbol: str, paper: str) -> str:
    """Return the line of an annex that says which paper of that kind and sign it belongs to."""
    office = sender.of(m).name
    return say(m.language, "notice.letter.attached", blank="……", symbol=symbol, paper=paper, office=office)


def _paper(m: Measures) -> str:
    if m.office.paper == _DISPATCH:
        return ""
    return m.office.paper.upper() if m.language == "vi" else say(m.language, "notice.letter.paper")


def _recipients(m: Measures) -> tuple[str, ...]:
    """Return recipients as official papers end them: semicolons, and a full stop after the last.

    Only a dispatch is addressed to somebody above its text; elsewhere the receiver is named here. Its justice office
    and its communes get a copy.
    """
    head = sender.of(m).head
    written = head.recipients if m.language == "vi" else head.recipients_en
    names: list[str] = []
    for name, vietnamese in zip(written, head.recipients, strict=True):
        names += _receivers(m, name) if vietnamese == AS_ABOVE else [name]
    return ended(names)


def ended(names: Sequence[str]) -> tuple[str, ...]:
    """Return the lines of a list of recipients."""
    ends = [";"] * (len(names) - 1) + ["."]
    return tuple(f"- {name}{end}" for name, end in zip(names, ends, strict=False))


def _receivers(m: Measures, as_above: str) -> list[str]:
    """Return the area that the paper is for, its justice office and its communes; of a province not its communes."""
    place = listed.place(m)
    names = [say(m.language, "notice.letter.receiver", place=place) if _paper(m) else as_above]
    names += [office.official(m.language) for office in m.checked.data.areas.offices(m.root)]
    if not m.alone and m.area(m.root).level != "province":
        names.append(say(m.language, "notice.letter.receivers_below", place=place, units=listed.units(m)))
    return names


def letterhead(m: Measures) -> Fragment:
    """Return letterhead, kind of paper, subject, addressee of a dispatch, and the opening sentence.

    For instance `notice.letterhead(m)`.
    """
    f = frame(m)
    subject = content.subject(m)
    about = Markup("<h1>{}</h1>").format(sentence(m, "notice.letter.about", subject=subject))
    issuer = Markup(
        '<div><p lang="vi">{}</p><p class="rule short" lang="vi"><b>{}</b></p><p class="line">{}</p>{}</div>'
    ).format(f.superior, f.body, f.number, "" if f.paper else about)
    nation = Markup(
        '<div><p><b>{}</b></p><p class="rule motto"><b>{}</b></p><p class="line"><i>{}</i></p></div>'
    ).format(f.nation, f.motto, f.day)
    lines = Markup(" ").join(Markup('<span class="row">{}</span>').format(line) for line in content.subject_lines(m))
    named = Markup('<h1>{} <span class="subject">{}</span></h1>').format(f.paper, lines) if f.paper else Markup("")
    to = Markup("") if f.paper else paragraph(sentence(m, "notice.letter.to", place=listed.place(m)), "to")
    return Fragment(
        Markup('<header><div class="head">{}{}</div>{}{}{}{}</header>').format(
            issuer, nation, named, to, _translation(m), paragraph(content.lead(m))
        ),
        banner(m.checked.data, m.language),
    )


def _translation(m: Measures) -> Markup:
    return Markup("") if m.language == "vi" else paragraph(sentence(m, "notice.letter.translation"), "translation")


def result(m: Measures) -> Fragment:
    """Return how much is done, the rank, and the table of registers: `notice.result(m)`."""
    return _shown(m, "result")


def changes(m: Measures) -> Fragment:
    """Return what changed in the month: `notice.changes(m)`."""
    return _shown(m, "changes")


def communes(m: Measures) -> Fragment:
    """Return which communes have finished, and which are the slowest: `notice.communes(m)`."""
    return _shown(m, "communes")


def remaining(m: Measures) -> Fragment:
    """Return what is left and the pace that the target needs: `notice.remaining(m)`."""
    return _shown(m, "remaining")


def problems(m: Measures) -> Fragment:
    """Return what the checks found in the receiver's own counts: `notice.problems(m)`."""
    return _shown(m, "problems")


def asked(m: Measures) -> Fragment:
    """Return what the receiver should do: `notice.asked(m)`."""
    return _shown(m, "asked")


def _shown(m: Measures, name: str) -> Fragment:
    """Return a part as a section; nothing where the facts do not support it."""
    return next((_section(m, part) for part in content.parts(m) if part.name == name), Fragment(Markup("")))


def _section(m: Measures, part: Part) -> Fragment:
    table = [part.table.html(m.language)] if part.table else []
    note = [paragraph(part.note, "note")] if part.note else []
    return section(part.name, part.heading, *(paragraph(text) for text in part.texts), *note, *table)


def close(m: Measures) -> Fragment:
    """Return the list of copies and the room for the signature: `notice.close(m)`."""
    f = frame(m)
    items = Markup("").join(Markup("<li>{}</li>").format(each) for each in f.recipients)
    copies = Markup('<div class="copies"><p><b><i>{}</i></b></p><ul>{}</ul></div>').format(
        sentence(m, "notice.letter.copies"), items
    )
    signature = Markup('<div class="sign"><p lang="vi"><b>{}</b></p></div>').format(f.signer)
    return Fragment(Markup('<div class="close">{}{}</div>').format(copies, signature))


def annex(m: Measures) -> Fragment:
    """Return every commune of the area on a page of its own: `notice.annex(m)`."""
    table = listed.annex(m)
    if table is None:
        return Fragment(Markup(""))
    name, attached = paragraph(table.caption, "name"), paragraph(frame(m).attached, "attached")
    shown = replace(table, caption=table.note, note="").html(m.language)
    return section("annex", sentence(m, "notice.letter.annex"), name, attached, shown)


def witness(m: Measures) -> Fragment:
    """Return the hash of the last release, around the paper and not on it: who has the page witnesses the chain.

    For instance `notice.witness(m)`.
    """
    said = content.anchor(m)
    return Fragment(paragraph(said, "anchor", mark=True) if said else Markup(""))
