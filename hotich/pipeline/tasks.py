"""What workers do for a month. Each task imports what it needs, so that the driver, which only names it, need not.

Tasks hand results to one another through `Dataset.results`, and raise what they raise at whoever asks for the result.
"""

from collections.abc import Mapping
from pathlib import Path

from hotich.month import Month
from hotich.page.spec import PageSpec
from hotich.pipeline.month_summary import MonthSummary
from hotich.storage.paths import Folders


def load_checks() -> None:
    """Import everything that checking a month needs."""
    from hotich.checks import gx
    from hotich.pipeline.kernels import loading

    with loading.lasting():
        gx.prepare()


def check_month(month: Month, folders: Folders) -> None:
    """Evaluate every rule on a month. Raises InputRefused, and WrongUsage for a suite that is not allowed."""
    from hotich import checks
    from hotich.data import dataset

    checks.run(dataset.read(str(month), folders))
    _let_go()


def look_back(month: Month, folders: Folders) -> None:
    """Find which rules the months before have broken. Raises InputRefused."""
    from hotich.checks import earlier_months
    from hotich.data import dataset

    earlier_months.earlier(dataset.read(str(month), folders))
    _let_go()


def _let_go() -> None:
    """Keep nothing of a month in this process, for which it has done all that it is there for."""
    from hotich.data import results, totals
    from hotich.pipeline.kernels import loading

    results.forget_here()
    totals.numbers.cache_clear()
    loading.give_back()


def count(month: Month, folders: Folders) -> None:
    """Compute the facts that follow from the counts alone. Raises InputRefused."""
    from hotich import measures
    from hotich.data import dataset

    measures.counted(dataset.read(str(month), folders))


def prepare(
    month: Month, area: str, folders: Folders, folder: Path, last: Path, notebooks: Mapping[str, str]
) -> MonthSummary:
    """Write what all pages of a month rest on: see `prepare_month.prepare`."""
    from hotich.pipeline import prepare_month

    return prepare_month.prepare(month, area, folders, folder, last, notebooks)


def write_areas(month: Month, folders: Folders) -> tuple[str, ...]:
    """Write the list of the drafts of areas of a month; return its files."""
    from hotich.pipeline import areas_page

    return areas_page.write(month, folders)


def write_annex(month: Month, area: str, folders: Folders, folder: Path) -> None:
    """Write the annex of a checked month into `folder`."""
    from hotich.pipeline import prepare_month

    prepare_month.write_annex(month, area, folders, folder)


def write_papers(month: Month, area: str, folders: Folders, folder: Path) -> None:
    """Write the leader's papers in Word. Raises as `prepare_month.write_papers` does."""
    from hotich.pipeline import prepare_month

    prepare_month.write_papers(month, area, folders, folder)


def write_word(month: Month, folders: Folders, folder: Path, areas: tuple[str, ...]) -> None:
    """Write the Word file of these areas' notices into `folder`. Raises InputRefused for a template that is not one."""
    from hotich.views.notice import letter_docx

    letter_docx.write_all(month, folders, folder, areas)


def write_page(page: PageSpec, folder: Path, facts: Path) -> None:
    """Make the page of an executed notebook. Raises NotebookFailed, and Contradicted when it breaks a gate."""
    from hotich.page import write

    write.write(page, folder, facts)


def compare_languages(page: str, folder: Path) -> None:
    """Compare the figures of a page in its languages. Raises Contradicted when they differ."""
    from hotich.page import write

    write.say_the_same(page, folder)
