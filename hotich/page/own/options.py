"""What a cell says of its chart or table: in its metadata, in lines `#| alt: …` as Quarto has them, or by `views`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from nbformat import NotebookNode

_OTHERWISE: Final = {
    "headline": ("headline", "caption", "fig-cap"),
    "caption": ("caption", "headline", "tbl-cap"),
    "alt": ("alt", "fig-alt"),
    "source": ("source",),
}
"""Each option with the names under which it is found, the first one there."""
NAMES: Final = tuple(dict.fromkeys(name for names in _OTHERWISE.values() for name in names))
_LINE: Final = re.compile(r"^#\|[ \t]*([a-z-]+):[ \t]*(.*?)[ \t]*$", re.MULTILINE)


@dataclass(frozen=True)
class Options:
    """The options of a cell, or of one of its outputs, as they were given."""

    given: Mapping[str, Any]

    @classmethod
    def of(cls, cell: "NotebookNode", said: Mapping[str, Any] | None = None) -> "Options":
        """Return the options of a cell; what a view `said` of its output comes first."""
        lines = {name: words.strip("\"'") for name, words in _LINE.findall(cell.source)} if "#|" in cell.source else {}
        return cls({**lines, **cell.metadata, **(said or {})})

    def words(self, option: str, language: str) -> str:
        """Return an option's words in a language: of `alt-vi`, or of `alt`, a text or one by language; else none."""
        for name in _OTHERWISE[option]:
            for found in (self.given.get(f"{name}-{language}"), self.given.get(name)):
                words = found.get(language, "") if isinstance(found, Mapping) else found
                if isinstance(words, str) and words.strip():
                    return words.strip()
        return ""
