"""What the pages of a release say of it while they are made."""

import pytest

from hotich.data import sealing
from hotich.data.sealing import Sealing
from hotich.errors import InputRefused


def test_what_is_written_for_a_release_is_read_and_drafts_have_none(tmp_path):
    release = Sealing("published/0002-2024-10", "0001-2024-10", "Văn Yên đính chính 12 trường hợp")
    assert sealing.read(tmp_path / "reports") is None
    sealing.write(release, tmp_path / "reports")
    assert sealing.read(tmp_path / "reports") == release


@pytest.mark.parametrize("content", ["", "[]", "{", '{"title": 1}', '{"name": "x"}', "{}", "[" * 100_000])
def test_a_file_that_says_something_else_is_refused_by_name(tmp_path, content):
    (tmp_path / sealing.FILE).write_text(content)
    with pytest.raises(InputRefused, match=sealing.FILE):
        sealing.read(tmp_path)
