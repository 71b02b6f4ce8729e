"""What sentences claim beyond their figures, and when it is true.

A sentence that says more than a figure (lowest, first, only, up, past the deadline) has a predicate here under its key.
It is evaluated on the facts each time the sentence is written, apart from the code that chose the sentence, and no page
is written on which one does not hold. A sentence whose words claim something and that has no predicate fails a test.
"""

from collections.abc import Mapping
from typing import Final

from markupsafe import Markup

from hotich.errors import Contradicted
from hotich.measures import Measures
from hotich.measures.facts import Fact
from hotich.month import printable
from hotich.views.claims import charts, notice, outlook, printed, report
from hotich.views.claims.ground import Predicate

_PARTS: Final = (report, outlook, charts, printed, notice)
CLAIMS: Final[Mapping[str, Predicate]] = {key: holds for part in _PARTS for key, holds in part.CLAIMS.items()}
"""The condition under which each sentence is true, by the key of its text."""


def require(m: Measures, key: str, values: Mapping[str, object]) -> None:
    """Raise Contradicted naming the sentence and its figures where what it claims is not so."""
    holds = CLAIMS.get(key)
    if holds is not None and not holds(m, values):
        told = ", ".join(f"{name}={_shown(value)}" for name, value in values.items())
        raise Contradicted("page.claim", sentence=key, month=m.month, area=m.root, values=printable(told, 400))


def _shown(value: object) -> str:
    if isinstance(value, Markup):
        return str(value.striptags())  # a terminal shows no tags
    return f"{value.key}={value.raw}" if isinstance(value, Fact) else str(value)
