"""Prove the figures of every report page: make all months, check the pages, try to get wrong figures past the gate.

Prints for each page the number of figures and of planted errors refused; exits with 1 if a planted error passes, and
fails if a figure is not a fact. `make prove-facts` runs it; tests/page/test_figure_gate.py is its short version.
"""

import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from hotich.data import dataset
from hotich.errors import Contradicted
from hotich.language import LANGUAGES
from hotich.measures import facts
from hotich.page import figure_gate, names_with_digits
from hotich.storage import paths

PLANTED: Final = 40
"""The number of wrong figures tried on each page."""
SHOWN: Final = re.compile(r"<data[^>]*>([^<]*[0-9][^<]*)</data>|<text x=[^>]*>([^<]*[0-9][^<]*)</text>")
"""A figure marked as a fact, or drawn in a chart; the labels of an axis do not match."""


def main() -> int:
    """Prove every page and return the exit code."""
    with tempfile.TemporaryDirectory(prefix="hotich-proof-") as folder:
        command = [str(Path(sys.executable).with_name("hotich")), "report", "all", "--reports", folder]
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)  # noqa: S603 - our own command
        drafts = sorted(each for each in Path(folder, "draft").iterdir() if (each / paths.MEASURES).is_file())
        passed = sum(_month(draft) for draft in drafts)
    print(f"{len(drafts)} months, {len(drafts) * len(LANGUAGES)} pages; planted errors that passed: {passed}")
    return 1 if passed else 0


def _month(draft: Path) -> int:
    """Prove both pages of a month and return how many planted errors passed."""
    known = facts.read(draft / paths.MEASURES)
    allowed = names_with_digits.with_digits(dataset.read(draft.name))
    pages = {language: (draft / f"report.{language}.html").read_text(encoding="utf-8") for language in LANGUAGES}
    figure_gate.check_languages_agree(pages["vi"], pages["en"], draft.name)
    passed = 0
    for language, html in pages.items():
        figure_gate.check(html, draft.name, language, known, allowed)
        missed = [wrong for wrong in _planted(html, draft.name) if not _refused(wrong, language, known, allowed)]
        passed += len(missed)
        print(
            f"{draft.name} {language}: {html.count('data-fact=')} figures, {len(html.encode()) // 1000} kB, "
            f"{PLANTED - len(missed)} of {PLANTED} planted errors refused"
        )
    return passed


def _planted(html: str, seed: str) -> Iterator[str]:
    """Yield the page with one wrong figure, a different one each time.

    In a fact every digit changes by one. A drawn number becomes one that no fact has, for the gate compares a drawing
    with all facts of its chart: another number of the same chart would pass.
    """
    for found in random.Random(seed).sample(list(SHOWN.finditer(html)), PLANTED):  # noqa: S311 - not about secrets
        (start, end), fact = found.span(found.lastindex or 0), found.lastindex == 1
        changed = re.sub(r"\d", lambda digit: str((int(digit[0]) + 1) % 10), html[start:end]) if fact else "987654321"
        yield html[:start] + changed + html[end:]


def _refused(html: str, language: str, known: figure_gate.Facts, allowed: tuple[str, ...]) -> bool:
    try:
        figure_gate.check(html, "planted", language, known, allowed)
    except Contradicted:
        return True
    return False


if __name__ == "__main__":
    sys.exit(main())
