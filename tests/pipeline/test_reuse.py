"""A run that need not be made again: it rested on the very same, and its files are all there as it made them."""

import pytest

from hotich.pipeline import reuse

RESTS_ON = {"inputs": "abc", "pages": {"report": ["report.ipynb", "vi"]}}


@pytest.fixture
def made(tmp_path):
    """A draft with its record, and the record of its run."""
    draft, record = tmp_path / "2024-10", tmp_path / ".outputs" / "2024-10.json"
    draft.mkdir()
    record.parent.mkdir()
    (draft / "report.vi.html").write_text("page")
    (draft / "annex.xlsx").write_text("annex")
    reuse.remember(draft, record)
    reuse.remember_run(record, RESTS_ON, {"rows": 5})
    return draft, record


def test_a_run_of_which_nothing_has_changed_is_told_again(made):
    assert reuse.run_again(*made, RESTS_ON) == {"rows": 5}


def test_a_run_that_rested_on_something_else_is_made_again(made):
    assert reuse.run_again(*made, RESTS_ON | {"inputs": "abd"}) is None


def test_pages_and_papers_that_the_new_draft_is_without_are_dropped_and_figures_are_not_counted(made, tmp_path):
    (tmp_path / "new").mkdir()
    (made[0] / "measures.csv").write_text("")
    (tmp_path / "new" / "annex.xlsx").write_text("newer")
    assert reuse.dropped(made[0], tmp_path / "new") == ("report.vi.html",)
    assert reuse.dropped(tmp_path / "none", tmp_path / "new") == ()


@pytest.mark.parametrize("change", ["tampered", "gone", "added", "no record", "another record", "damaged"])
def test_a_run_is_made_again_where_a_file_or_a_record_is_not_as_it_was(made, change):
    draft, record = made
    run = record.with_suffix(".run.json")
    if change == "tampered":
        (draft / "annex.xlsx").write_text("other")
    elif change == "gone":
        (draft / "annex.xlsx").unlink()
    elif change == "added":
        (draft / "more.html").write_text("")
    elif change == "no record":
        run.unlink()
    elif change == "another record":
        (draft / "annex.xlsx").write_text("other")
        reuse.remember(draft, record)
    else:
        run.write_text("{")
    assert reuse.run_again(draft, record, RESTS_ON) is None
