"""What `hotich check-text` prints, and how it is run."""

from typing import TYPE_CHECKING, Final

from hotich import month as months
from hotich.cli import console
from hotich.data import counts
from hotich.errors import WrongUsage
from hotich.storage import paths
from hotich.storage.paths import Folders

if TYPE_CHECKING:
    from hotich.text.against_data import Known
    from hotich.text.answer import Answer

SHOWN: Final = 20
"""Contradictions that are written out; the page has them all."""


def outcome(file: str, month: str, year: str, data: str, reports: str) -> "Answer":
    """Check a file's figures, against a month's facts where one is given, write the answer and show it."""
    from hotich.text import answer, page
    from hotich.text.documents import open_file

    if not file:
        raise WrongUsage("text.no_file_given")
    folders = paths.find(data, reports)
    document = open_file.read(file)
    given = answer.of(document, _known(month, year, folders) if month else None)
    pages = page.write(given, folders)
    console.text(given.verdict(console.language()))
    for number, said in enumerate(list(given.contradicted.values())[:SHOWN], 1):
        sentence = answer.sentences_of(said, console.language())
        console.line("text.terminal.contradiction", number=number, sentence=sentence)
    written = next((each for each in pages if each.name.endswith(f".{console.language()}.html")), pages[0])
    console.line("text.terminal.written", page=written)
    if given.contradicted:
        # The month as it is read now: without YEAR=, 10 may be another October next time.
        against = f" MONTH={given.month}" if given.month else ""
        console.line("terminal.next.answer", file=file, month=against, folders=console.folders(data, reports))
    return given


def _known(month: str, year: str, folders: Folders) -> "Known":
    """Return the facts of the month that a user means. Raises WrongUsage and InputRefused as other commands do."""
    wanted = months.resolve(month, counts.months(folders), year)
    from hotich.text import against_data

    return against_data.known(str(wanted), folders)
