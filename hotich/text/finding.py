"""What a check says of figures: that they agree, that they contradict each other, or a remark."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Final

from hotich.text.figure import Figure

AGREES: Final = "agrees"
CONTRADICTS: Final = "contradicts"
REMARK: Final = "remark"
UNCHECKED: Final = "unchecked"
Value = str | int | Decimal | Fraction | Figure | tuple[Figure, ...] | Mapping[str, str]
"""What fills a place of a sentence: a text, a number, figures of the text, a share of one, or {language: text}."""


@dataclass(frozen=True)
class Finding:
    """The outcome of one check: `kind` and `verdict` name its sentence, `values` fill it.

    Numbers and figures among the values are shown as the reader's language writes them. `slip` names the likely
    mistake, where there is one; its own values are among the others. The first figure is the one that it is about.
    """

    kind: str
    verdict: str
    figures: tuple[Figure, ...]
    values: Mapping[str, Value] = field(default_factory=dict)
    slip: str = ""
