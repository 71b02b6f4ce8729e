"""What survives a command: taken over while it is what was written, computed again where it is not."""

import json

import pytest

from hotich.data import kept


def is_table(found):
    return isinstance(found, dict)


def once(folder, result, rests_on="counts"):
    return kept.once(folder, rests_on, lambda: result, is_table)


def test_what_an_earlier_command_computed_is_not_computed_again(tmp_path):
    assert once(tmp_path, {"C-1": 3}) == {"C-1": 3}
    assert once(tmp_path, {"C-1": 4}) == {"C-1": 3}


def test_what_rests_on_something_else_is_computed(tmp_path):
    once(tmp_path, {"C-1": 3})
    assert once(tmp_path, {"C-1": 4}, "other counts") == {"C-1": 4}


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"result": {"C-1": 0}}', '{"result": {"C-1": 0}, "seal": "x"}'])
def test_a_damaged_entry_counts_for_nothing_and_is_written_again(tmp_path, damage):
    once(tmp_path, {"C-1": 3})
    [entry] = tmp_path.glob("*.json")
    entry.write_text(damage)
    assert once(tmp_path, {"C-1": 5}) == {"C-1": 5}
    assert json.loads(entry.read_text())["result"] == {"C-1": 5}


def test_an_entry_of_another_kind_or_under_another_name_counts_for_nothing(tmp_path):
    kept.once(tmp_path, "counts", lambda: ["C-1"], lambda _: True)
    assert once(tmp_path, {"C-1": 5}) == {"C-1": 5}
    once(tmp_path, {"C-1": 7}, "other")
    one, other = sorted(tmp_path.glob("*.json"))
    content = one.read_text()
    one.write_text(other.read_text())
    other.write_text(content)
    assert once(tmp_path, {"C-1": 9}) == {"C-1": 9}


def test_where_nothing_can_be_written_the_result_is_computed(tmp_path):
    (tmp_path / "file").write_text("")
    assert once(tmp_path / "file", {"C-1": 3}) == {"C-1": 3}


def test_the_oldest_entries_go_first(tmp_path, monkeypatch):
    monkeypatch.setattr(kept, "MOST", 2)
    for number in range(4):
        once(tmp_path, {"C-1": number}, str(number))
    assert len(list(tmp_path.glob("*.json"))) == 2
