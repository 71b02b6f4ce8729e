"""The answer as a page in each language: contradictions first, then the text with every figure marked."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from markupsafe import Markup, escape

from hotich import formats
from hotich.language import LANGUAGES, html, say
from hotich.language.unseen import visible
from hotich.page import figure_gate, layout, standalone
from hotich.storage import atomic
from hotich.storage.paths import Folders
from hotich.text import answer
from hotich.text.answer import Answer
from hotich.text.figure import Figure
from hotich.text.finding import Finding
from hotich.views.markup import Column, Fragment, Table, marked, paragraph, section

_AROUND: Final = 110
"""So many characters on either side of a contradicted figure are quoted."""


def write(given: Answer, folders: Folders) -> tuple[Path, ...]:
    """Write the page in each language and the same as JSON; return the pages. Raises OSError."""
    import json

    name = layout.slug(given.document.file)
    pages = {standalone.file(name, language): rendered(given, language, name).encode() for language in LANGUAGES}
    record = json.dumps(given.record(), ensure_ascii=False, indent=1) + "\n"
    for file, content in {**pages, f"{name}.json": record.encode()}.items():
        atomic.write(folders.texts / file, content)
    return tuple(folders.texts / file for file in pages)


def rendered(given: Answer, language: str, name: str) -> str:
    """Return the page in one language."""
    title = say(language, "text.title", file=given.document.file)
    about = standalone.Plain(language, title, name, given.synthetic, rules="text.css")
    parts = _Page(given, language)
    made = standalone.page(about, parts.opening(title), [each for each in parts.sections() if each])
    figure_gate.refuse_bare_digits(made, about.file, ())
    return made


class _Page:
    """The parts of the page in one language."""

    def __init__(self, given: Answer, language: str) -> None:
        self.given, self.language = given, language

    def say(self, key: str, **values: object) -> str:
        return say(self.language, f"text.{key}", **values)

    def opening(self, title: str) -> Markup:
        month = self.given.month
        against = self.say("against", month=formats.month(month, self.language)) if month else self.say("alone")
        items = (against, self.say("figures", count=formats.count(len(self.given.figures), self.language)))
        listed = Markup("").join(Markup("<li>{}</li>").format(item) for item in items)
        return Markup('<header><p class="top"><b>{}</b></p><h1{}>{}</h1>{}<ul class="meta"{}>{}</ul></header>').format(
            self.say("top"),
            marked(),
            title,
            paragraph(self.given.verdict(self.language), "stand", mark=True),
            marked(),
            listed,
        )

    def sections(self) -> Iterator[Fragment | None]:
        yield self._findings("contradictions", list(self.given.contradicted.items()))
        yield self._findings("remarks", [(each.figures[0], [each]) for each in self.given.remarks])
        yield section(
            "text", self.say("section.text"), paragraph(self.say("legend.text"), "note"), *self._blocks(), mark=True
        )
        yield self._figures()
        yield section("method", self.say("section.method"), *self._method(), mark=True)

    def _findings(self, name: str, found: Sequence[tuple[Figure, list[Finding]]]) -> Fragment | None:
        if not found:
            return None
        said = ((answer.sentences_of(told, self.language), self._quoted(figure, name)) for figure, told in found)
        items = (Markup("<li{}>{}{}</li>").format(marked(), *each) for each in said)
        listed = Markup('<ol class="mp">{}</ol>').format(Markup("").join(items))
        return section(name, self.say(f"section.{name}"), listed)

    def _quoted(self, figure: Figure, name: str) -> Markup:
        """Return the words around a figure."""
        text = self.given.document.blocks[figure.block].text
        start, end = max(0, figure.start - _AROUND), figure.end + _AROUND
        start = text.find(" ", start, figure.start) + 1 if start else 0
        end = text.rfind(" ", figure.end, end) if end < len(text) and " " in text[figure.end : end] else len(text)
        before, after = "…" if start else "", "…" if end < len(text) else ""
        mark = Markup('<b class="{}">{}</b>').format("al" if name == "contradictions" else "ac", visible(figure.shown))
        return Markup('<span class="said">{}{}{}{}{}</span>').format(
            before, visible(text[start : figure.start]), mark, visible(text[figure.end : end]), after
        )

    def _blocks(self) -> Iterator[Markup]:
        by_block: dict[int, list[Figure]] = {}
        for figure in self.given.figures:
            by_block.setdefault(figure.block, []).append(figure)
        for at, block in enumerate(self.given.document.blocks):
            yield paragraph(
                self._marked(block.text, by_block.get(at, [])), "txt row" if block.row else "txt", mark=True
            )

    def _marked(self, text: str, figures: list[Figure]) -> Markup:
        parts: list[Markup] = []
        position = 0
        for each in figures:
            parts += [_escaped(text[position : each.start]), self._figure(each)]
            position = each.end
        return Markup("").join([*parts, _escaped(text[position:])])

    def _figure(self, figure: Figure) -> Markup:
        number = self.given.number(figure)
        shown = Markup('<span class="fig {}">{}</span>').format(self.given.status(figure), visible(figure.shown))
        reference = Markup('<span class="mk">{}</span>').format(self.say("number", number=number))
        return shown + (reference if number else Markup(""))

    def _figures(self) -> Fragment | None:
        if not self.given.figures:
            return None
        names = ("figure", "read", "verdict", "why")
        columns = [Column(self.say(f"column.{name}"), text=True, extra=name == "read") for name in names]
        rows = [
            (
                visible(each.shown),
                answer.read_as(each, self.language),
                self.say(f"status.{self.given.status(each)}"),
                visible(self.given.why(each, self.language)),
            )
            for each in self.given.figures
        ]
        heading = self.say("section.figures")
        table = Table(heading, columns, rows, self.say("legend.table"), long=True, marked=True).html(self.language)
        return section("figures", heading, table, mark=True)

    def _method(self) -> Iterator[Markup]:
        yield paragraph(self.say("method.text"))
        if self.given.month and self.given.as_of:
            month, day = formats.month(self.given.month, self.language), formats.day(self.given.as_of, self.language)
            yield paragraph(self.say("method.data", month=month, day=day), mark=True)
        yield paragraph(self.say("method.tables"))
        yield paragraph(
            html(self.language, "text.sha") + Markup(" <code>{}</code>").format(self.given.document.sha256),
            "note",
            mark=True,
        )


def _escaped(text: str) -> Markup:
    return Markup("<br>").join(escape(visible(line)) for line in text.split("\n"))
