"""`make bench-pieces` takes out of the program what it says, and the document tells of the same pieces."""

import shutil
import sys

import pytest

from hotich.storage.paths import PROJECT

sys.path.insert(0, str(PROJECT / "bench"))
import pieces


@pytest.fixture
def project(tmp_path):
    shutil.copytree(PROJECT / "hotich", tmp_path / "hotich", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


@pytest.mark.parametrize("piece", [each for each in pieces.PIECES if each.edits], ids=lambda piece: piece.name)
def test_without_a_piece_its_file_is_another_one_and_still_python(project, piece):
    piece.taken_out(project)
    without = (project / piece.file).read_text(encoding="utf-8")
    assert without != (PROJECT / piece.file).read_text(encoding="utf-8")
    compile(without, piece.file, "exec")


def test_a_piece_that_the_code_no_longer_has_is_not_measured(project):
    with pytest.raises(ValueError, match="does not have this once"):
        pieces.Piece("gone", "hotich/month.py", (("no such line", ""),)).taken_out(project)


def test_the_document_tells_what_every_piece_buys():
    told = pieces.DOCUMENT.read_text(encoding="utf-8").partition(pieces.HEADING)[2]
    named = {line.split(" | ")[0].removeprefix("| ") for line in told.splitlines() if line.count(" | ") > 4}
    assert named - {"piece"} == {piece.name for piece in pieces.PIECES}
