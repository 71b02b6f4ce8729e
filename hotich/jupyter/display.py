"""How a notebook's values are shown: as Jupyter does, with what a page needs to know of them in the output's metadata.

Under `hotich` the metadata has `kind`: a `view` of ours, a `figure`, `table` or `text` of the notebook's own, or a
`fact`. Of own ones they name the `facts` that the notebook was given and that equal a number in it.
"""

import re
from collections.abc import Callable
from copy import deepcopy
from typing import Any, Final

import pandas as pd
from IPython.core.formatters import DisplayFormatter

from hotich.jupyter import cells, drawing
from hotich.measures import handed
from hotich.measures.facts import Fact
from hotich.views import figures_in_text
from hotich.views.markup import Fragment
from hotich.views.own import OwnFigure, OwnTable

Shown = tuple[dict[str, Any], dict[str, Any]]
_TAG: Final = re.compile(r"<[^>]*>")
_ADDRESS: Final = re.compile(r" at 0x[0-9a-f]+")
"""Where in memory something lies, which is another place in every run."""


class Display(DisplayFormatter):
    """The shell's formatter of values. It remembers what it has told of each, which nobody else may tell."""

    def __init__(self, **named: Any) -> None:  # noqa: ANN401
        super().__init__(**named)
        self._told: dict[str, Any] = {}

    def format(self, obj: Any, include: Any = None, exclude: Any = None) -> Shown:  # noqa: ANN401
        """Return what is shown of a value, by media type, and its metadata."""
        data, about = self._shown(obj, include, exclude)
        self._told[repr(data)] = deepcopy(about.get("hotich"))
        return data, about

    def honest(self, publish: Callable[..., None]) -> Callable[..., None]:
        """Return the function with which a shell publishes outputs, so that `hotich` in metadata is from here alone."""

        def published(data: dict[str, Any], metadata: dict[str, Any] | None = None, **named: Any) -> None:  # noqa: ANN401
            about = {name: said for name, said in (metadata or {}).items() if name != "hotich"}
            if told := self._told.get(repr(data)):
                about["hotich"] = told
            publish(data, about, **named)

        return published

    def _shown(self, obj: Any, include: Any, exclude: Any) -> Shown:  # noqa: ANN401
        if isinstance(obj, OwnFigure):
            return _figure(obj.figure, obj.said)
        if isinstance(obj, OwnTable):
            data, about = self._shown(obj.table, include, exclude)
            return data, _with(about, **obj.said)
        if figure := drawing.figure_of(obj):
            if obj is figure or not drawing.shown_later(figure):
                return _figure(figure, {})
            return {}, {}
        if isinstance(obj, pd.Series):
            obj = cells.frame_of(obj)
        if hasattr(obj, "set_uuid"):  # pandas names a styled table by chance
            obj.set_uuid("own")
        data, about = super().format(obj, include, exclude)  # type: ignore[no-untyped-call] # IPython is untyped
        data["text/plain"] = _ADDRESS.sub("", data.get("text/plain", ""))
        return data, {**about, "hotich": _about(obj, data)}


def _figure(figure: Any, said: dict[str, Any]) -> Shown:  # noqa: ANN401
    written = drawing.svg(figure)
    drawing.close(figure)
    marks = cells.of_values(drawing.marked(figure))
    about = {"kind": "figure", "facts": _facts(written), "marks": marks, **said}
    if drawing.outlined_words():
        about["outlines"] = True
    if drawing.unseen_words(figure):
        about["unseen"] = True
    return {"image/svg+xml": written, "text/plain": "<Figure>"}, {"hotich": about}


def _about(obj: object, data: dict[str, Any]) -> dict[str, Any]:
    if isinstance(obj, Fragment) and not obj.by_cell:
        return {"kind": "view"}
    if isinstance(obj, Fact):
        return {"kind": "fact", "facts": [obj.key]}
    if (frame := cells.frame_of(obj)) is not None:
        told = {"kind": "table", "facts": _facts(data.get("text/html", "")), "cells": cells.names(frame)}
        return {**told, "numbered": True} if cells.numbered(frame) else told
    return {"kind": "text", "facts": _facts(data.get("text/html", "") + data.get("text/markdown", ""))}


def _facts(html: str) -> list[str]:
    """Return the names of the facts that were given to the notebook and equal a number in the text."""
    given = figures_in_text.Candidates(handed.names.values())
    tokens = {found[0]: found for found in figures_in_text.TOKEN.finditer(_TAG.sub(" ", html))}
    return sorted({fact.key for token in tokens.values() for fact in given.equal(token, "en", printed=True)})


def _with(about: dict[str, Any], **said: Any) -> dict[str, Any]:  # noqa: ANN401
    return {**about, "hotich": {**about.get("hotich", {}), **said}}
