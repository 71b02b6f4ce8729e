"""Which pages a month's draft has, in which languages."""

from pathlib import Path

import pytest

from hotich.month import Month
from hotich.pipeline import pages
from hotich.pipeline.month_summary import MonthSummary
from hotich.pipeline.plan import Draft, Wanted
from hotich.storage.paths import Folders

BOTH = {"vi": "", "en": ""}


@pytest.fixture
def draft(tmp_path):
    """A draft of an office with two receivers, in these languages."""

    def of(*languages):
        summary = MonthSummary(
            stopped=False,
            refusal=BOTH,
            rows=1,
            rules={},
            synthetic=False,
            as_of=BOTH,
            headline=BOTH,
            office="15",
            by=BOTH,
            source=BOTH,
            sources={"vi": (), "en": ()},
            names=(),
            languages=languages,
            receivers=("1", "2"),
            differing=None,
        )
        return Draft(Month(2026, 10), "", Folders(tmp_path / "data", tmp_path / "reports"), Path("draft"), summary)

    return of


def test_an_office_of_both_languages_gets_every_page_and_notice_in_both(draft):
    jobs = draft("vi", "en").jobs(Wanted(pages.monthly(), True))
    names = {job.name for job in jobs}
    assert {"report.vi", "report.en", "quality.en", "notices/1.vi", "notices/2.en"} <= names
    assert all(job.paper.other_language for job in jobs)


def test_an_office_of_vietnamese_alone_gets_no_english_page_nor_a_link_to_one(draft):
    jobs = draft("vi").jobs(Wanted(pages.monthly(), True))
    assert {job.name.rpartition(".")[2] for job in jobs} == {"vi"}
    assert {"report.vi", "summary.vi", "quality.vi", "notices/1.vi", "notices/2.vi"} <= {job.name for job in jobs}
    for job in jobs:
        assert job.paper.other_language == ""
        assert not [file for file, _ in job.paper.pages if ".en." in file]


def test_a_page_whose_notebook_is_gone_and_a_notice_that_nobody_gets_are_not_promised_again(draft):
    there = ("report.vi.html", "annex.xlsx", "notices/2.en.html", "notices/2.docx")
    gone = ("births.vi.html", "notices/9.vi.html", "notices/9.docx")
    assert draft("vi", "en").would_make((*there, *gone)) == there
