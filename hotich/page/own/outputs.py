"""What a notebook's cell has put out, as HTML of its page: a view of ours, or the analyst's own by its kind."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup

from hotich.errors import Contradicted, NotebookFailed
from hotich.language import LANGUAGES, html, say
from hotich.language.unseen import visible
from hotich.measures.facts import Fact
from hotich.measures.quoted import SCOPE as QUOTED
from hotich.page import sanitize
from hotich.page.layout import Block
from hotich.page.own import bind, drawing, prose, table
from hotich.page.own.bind import Text
from hotich.page.own.ground import Ground
from hotich.page.own.options import Options
from hotich.views import figures
from hotich.views.figures_in_text import Candidates
from hotich.views.markup import Column, Table, fold, named
from hotich.views.own import DERIVED

_SHOWN: Final = ("execute_result", "display_data")
_KINDS: Final = {
    "image/png": "pixels",
    "image/jpeg": "pixels",
    "vegalite": "interactive",
    "plotly": "interactive",
    "widget": "interactive",
    "javascript": "interactive",
    "stdout": "printed",
    "stderr": "warned",
    "text/latex": "latex",
    "text/plain": "plain",
}
"""What may not stand on a page, by a part of its media type or the name of its stream, and what the message says."""


@dataclass(frozen=True)
class Cell:
    """A cell with outputs, on a page of that ground; `source` says whose data the page shows, marked if made up."""

    cell: Any
    ground: Ground
    source: Markup

    def blocks(self) -> Iterator[Block]:
        """Yield what it shows. Raises NotebookFailed naming what may not be shown, Contradicted as pages do."""
        for number, output in enumerate(self.cell.outputs):
            if DERIVED not in output.get("data", {}):
                yield from self._shown(output, number)

    def _shown(self, output: Any, number: int) -> Iterator[Block]:  # noqa: ANN401 - nbformat is untyped
        data = output.get("data", {}) if output.output_type in _SHOWN else {}
        about = _about(output)
        kind = about.get("kind", "")
        if kind == "view" and set(data) <= {"text/html", "text/plain"}:
            yield Block(sanitize.html(data.get("text/html", ""), self.ground.page, self.cell.id).strip())
        elif "image/svg+xml" in data and kind == "figure":
            yield Block(self._figure(data["image/svg+xml"], about, number))
        elif kind == "fact" and about["facts"]:
            fact = self.ground.fact(about["facts"][0], self.cell.id)
            yield Block(Markup("<p>{}</p>").format(figures.render(fact, self.ground.language)))
        elif kind == "table" and "text/html" in data:
            yield Block(self._table(data["text/html"], about))
        elif "text/markdown" in data:
            words, caption = self._text(about), self._caption(about)
            yield from prose.markdown(data["text/markdown"], {}, self.ground.folder, words, caption)
        elif "text/html" in data and not _other(data):
            yield from prose.html(data["text/html"], self._text(about), self._caption(about))
        else:
            raise self._stray(output)

    def _text(self, about: dict[str, Any]) -> Text:
        known = (self.ground.facts.get(name) for name in about["facts"])
        marks = Candidates(self._marked(about))
        return Text(self.ground, self.cell.id, Candidates(fact for fact in known if fact), marks)

    def _caption(self, about: dict[str, Any]) -> str:
        return Options.of(self.cell, about).words("caption", self.ground.language)

    def _figure(self, svg: str, about: dict[str, Any], number: int) -> Markup:
        page, language, options = self.ground.page, self.ground.language, Options.of(self.cell, about)
        said = {name: options.words(name, language) for name in ("headline", "alt")}
        if lacking := [name for name, words in said.items() if not words]:
            raise Contradicted("own.lacking", page=page, cell=self.cell.id, lacking=", ".join(lacking))
        for problem in ("outlines", "unseen"):
            if about.get(problem):
                raise Contradicted(f"own.{problem}", page=page, cell=self.cell.id)
        text = self._text(about)
        alt, headline = text.pieces(said["alt"]), text.pieces(said["headline"])
        drawn = drawing.drawn(svg, bind.plain(alt), text, number)
        spoken = (piece.fact for piece in (*headline, *alt) if isinstance(piece, bind.Bound))
        return Markup(
            '<figure class="own"><figcaption><span class="ft">{}</span></figcaption><div class="scroll" role="group" '
            'tabindex="0" aria-label="{}">{}</div>{}{}</figure>'
        ).format(
            bind.html(headline),
            bind.plain(headline),
            drawn.svg,
            self._whose(options, text, self._drawn(about)),
            self._figures([*drawn.facts, *spoken, *self._marked(about)]),
        )

    def _table(self, shown: str, about: dict[str, Any]) -> Markup:
        options, text = Options.of(self.cell, about), self._text(about)
        caption = options.words("caption", self.ground.language)
        made = table.table(shown, about["cells"], text, caption, numbered=bool(about.get("numbered")))
        note = html(self.ground.language, "page.own_table")
        if f"/{QUOTED}/" in made:
            note += Markup(" ") + html(self.ground.language, "page.own_quoted")
        return made + self._whose(options, text, note)

    def _marked(self, about: dict[str, Any]) -> list[Fact]:
        """Return the facts that marks of a drawing were given as their values."""
        names = about["marks"]
        return [self.ground.facts[name] for name in names if name in self.ground.facts]

    def _drawn(self, about: dict[str, Any]) -> Markup:
        """Return the note that an analyst drew it, and how many of its marks are facts."""
        language, marks = self.ground.language, about["marks"]
        if not marks:
            return html(language, "page.own_drawing")
        counts = {"equal": named(str(len(self._marked(about)))), "count": named(str(len(marks)))}
        return html(language, "page.own_marks", **counts)

    def _whose(self, options: Options, text: Text, note: Markup) -> Markup:
        given = options.words("source", self.ground.language)
        also = say(self.ground.language, "page.own_source")
        ended = given if given.endswith((".", "!", "?", "…")) else f"{given}."
        whose = Markup(" {} {}").format(also, bind.html(text.pieces(ended))) if given else Markup("")
        return Markup('<p class="src">{}{}{}</p>').format(self.source, whose, Markup(" ") + note if note else "")

    def _figures(self, facts: list[Fact]) -> Markup:
        """Return the figures that are written in a drawing as a table in a fold; nothing where there are none."""
        language = self.ground.language
        rows = [
            (Markup("<code>{}</code>").format(fact.key), figures.render(fact, language, column=True))
            for fact in dict.fromkeys(facts)
        ]
        if not rows:
            return Markup("")
        columns = [Column(say(language, f"page.own_{name}"), text=name == "name") for name in ("name", "value")]
        return fold(
            say(language, "page.own_figures"), Table(say(language, "page.own_figures"), columns, rows).html(language)
        )

    def _stray(self, output: Any) -> NotebookFailed:  # noqa: ANN401
        data = output.get("data", {})
        kind = output.get("name") or next(iter(_other(data) or sorted(data)), output.output_type)
        text = str(
            output.get("text") or output.get("evalue") or data.get("text/plain") or next(iter(data.values()), "")
        )
        key = next((key for part, key in _KINDS.items() if part in kind), "other")
        help_ = {language: say(language, f"errors.own.instead_of.{key}") for language in LANGUAGES}
        shown = visible(text[:200].strip())
        return NotebookFailed(
            "page.stray_output", page=self.ground.page, cell=self.cell.id, kind=kind, text=shown, instead=help_
        )


def _about(output: Any) -> dict[str, Any]:  # noqa: ANN401 - nbformat is untyped
    """Return what our kernels have told of an output, whatever form a notebook may have given that."""
    told = output.get("metadata", {}).get("hotich", {})
    about = dict(told) if isinstance(told, dict) else {}
    lists = {name: given if isinstance(given := about.get(name), list) else [] for name in ("facts", "marks", "cells")}
    names = {name: [str(each) for each in given] for name, given in lists.items()}
    rows = [[str(name) for name in row] if isinstance(row, list) else [] for row in lists["cells"]]
    return {**about, **names, "cells": rows}


def _other(data: dict[str, Any]) -> list[str]:
    """Return the media types beside HTML and plain text."""
    return sorted(set(data) - {"text/html", "text/plain"})
