"""Every file of the corpus comes to what its story says: read to the last count, or refused with the cells named."""

from datetime import date

import pytest
from corpus import stories

from hotich import intake
from hotich.intake import lists
from hotich.language import LANGUAGES
from hotich.month import Month
from hotich.storage.paths import PROJECT

OCTOBER = Month(2024, 10)


@pytest.fixture(scope="module")
def known():
    return lists.read(PROJECT / "data", date(2024, 10, 22))


def shown(problem):
    return f"{'' if problem.refuses else '~'}{problem.key} {problem.place.cell}".strip()


def counts(found):
    return {(entry.area, entry.register): (entry.required, entry.digitised) for entry in found.entries}


def read(tmp_path, known, content, file):
    path = tmp_path / file
    path.write_bytes(content)
    return intake.read([path], OCTOBER, known)


def test_the_corpus_has_at_least_forty_stories_and_no_story_twice():
    assert len(stories.ALL) >= 40
    assert len({story.text for story in stories.ALL}) == len(stories.ALL)


@pytest.mark.parametrize("story", stories.ALL, ids=lambda story: f"{story.text} ({story.file})")
def test_a_file_comes_to_what_its_story_says(story, tmp_path, known):
    found = read(tmp_path, known, story.content, story.file)
    assert sorted(map(shown, found.problems)) == story.expected
    assert found.refused == any(not each.startswith("~") for each in story.expected)
    assert story.reads is None or counts(found) == story.reads
    assert all(problem.place.file == story.file for problem in found.problems)
    assert all(problem.message(language) for problem in found.problems for language in LANGUAGES)


@pytest.mark.parametrize("content", stories.CUT, ids=range(len(stories.CUT)))
def test_a_csv_file_in_any_encoding_that_lost_its_last_byte_is_refused(content, tmp_path, known):
    assert read(tmp_path, known, content[:-1], "a.csv").refused
