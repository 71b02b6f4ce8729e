"""An evidence file from outside is verified without trusting it: nothing leaves its folder, nothing of it stays."""

import json
import stat
import tempfile
import zipfile
from pathlib import Path

import pytest
from conftest import small_office
from sealed_releases import seal

from hotich.data import releases
from hotich.errors import InputRefused
from hotich.release import evidence_check, excerpt, files, manifest, verify
from hotich.storage.paths import MANIFEST, Folders


@pytest.fixture
def packed(tmp_path):
    """The files of an evidence file about the last release of three, by name, and its path."""
    root = tmp_path / "made"
    small_office(root / "data")
    for name in ("hotich/__init__.py", "notebooks/report.ipynb", "expectations/counts.json", "requirements.lock"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name)
    places = Folders(root / "data", root / "reports")
    code = files.code(root)
    folder = seal(places, "2024-10", setup={}, **code)
    provenance = json.loads((folder / "provenance.json").read_bytes())
    provenance["content"]["package"] = code["package"]
    (folder / "provenance.json").write_text(json.dumps(provenance))
    fields = json.loads((folder / MANIFEST).read_bytes())
    fields["outputs"]["provenance.json"] = files.digest(folder / "provenance.json")
    (folder / MANIFEST).write_bytes(manifest.encode(fields))
    (root / "reports" / excerpt.FILE).write_bytes(excerpt.content(releases.chain(places, examples=False)[0]))
    members = {f"evidence/{p.relative_to(root).as_posix()}": p.read_bytes() for p in root.rglob("*") if p.is_file()}
    return members, tmp_path / "evidence.zip"


def pack(members, path, **kinds):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = kinds.get(name, stat.S_IFREG | 0o644) << 16
            packed.writestr(entry, content)
    return str(path)


def problems(verdict):
    return [(each.file, each.problem) for each in verdict.findings]


def test_an_evidence_file_is_verified_and_nothing_of_it_stays(packed, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    verdict = verify.verify_evidence(pack(*packed))
    assert (problems(verdict), verdict.excerpt, verdict.exit_code) == ([], "published/0001-2024-10", 0)
    assert list((tmp_path / "tmp").iterdir()) == []


@pytest.mark.parametrize("name", ["hotich/__init__.py", "notebooks/report.ipynb", "data/counts/2024-10.csv"])
def test_code_and_inputs_that_are_not_those_of_the_release_are_named(packed, name):
    members, path = packed
    verdict = verify.verify_evidence(pack({**members, f"evidence/{name}": b"other"}, path))
    assert ("hotich" if name.startswith("hotich/") else name, "evidence") in problems(verdict)


@pytest.mark.parametrize(
    "name",
    [
        "../outside",
        "/outside",
        "evidence/../../outside",
        "evidence\\..\\outside",
        "other/file",
        "evidence/data/.git/config",
        "evidence/data/.change/removed.json",
        "evidence/HOTICH/__INIT__.PY",
        "evidence/data/",
        "outside",
        "evidence/hotich/__init__.py/more",
    ],
)
def test_a_name_that_leads_out_or_has_no_place_in_evidence_is_refused(packed, tmp_path, name):
    members, path = packed
    before = {each for each in tmp_path.rglob("*") if each != path}
    with pytest.raises(InputRefused):
        verify.verify_evidence(pack({**members, name: b"x"}, path))
    assert {each for each in tmp_path.rglob("*") if each != path} == before


@pytest.mark.parametrize("mark", [None, b"{}", b'{"release": "published/0009-2024-10"}'])
def test_a_file_that_does_not_say_what_it_is_evidence_of_is_refused(packed, mark):
    members, path = packed
    mine = {name: content for name, content in members.items() if not name.endswith(excerpt.FILE)}
    more = {} if mark is None else {f"evidence/reports/{excerpt.FILE}": mark}
    with pytest.raises(InputRefused, match=excerpt.FILE):
        verify.verify_evidence(pack(mine | more, path))


def test_a_list_of_signers_that_comes_with_the_evidence_is_said_to_be_no_proof(packed, tmp_path):
    members, path = packed
    pack({**members, "evidence/data/allowed_signers": b""}, path)
    assert "signers_inside" in verify.verify_evidence(str(path)).notes
    (tmp_path / "mine").write_text("")
    assert "signers_inside" not in verify.verify_evidence(str(path), signers=str(tmp_path / "mine")).notes


def test_a_link_in_evidence_is_refused(packed):
    members, path = packed
    link = "evidence/data/link"
    with pytest.raises(InputRefused, match="link"):
        verify.verify_evidence(pack({**members, link: b"/etc/passwd"}, path, **{link: stat.S_IFLNK | 0o777}))


def test_evidence_that_unpacks_to_too_much_or_too_many_is_refused_before_anything_is_written(packed, monkeypatch):
    for bound, most in (("_BYTES", 1000), ("_FILES", 3)):
        with monkeypatch.context() as patch:
            patch.setattr(evidence_check, bound, most)
            with pytest.raises(InputRefused):
                verify.verify_evidence(pack(*packed))


def test_an_entry_that_unpacks_to_more_than_it_says_is_refused(packed):
    members, path = packed
    content = Path(pack({**members, "evidence/data/long": b"x" * 70_000}, path)).read_bytes()
    path.write_bytes(content.replace((70_000).to_bytes(4, "little"), (7).to_bytes(4, "little")))
    with pytest.raises(InputRefused):
        verify.verify_evidence(str(path))


@pytest.mark.parametrize("content", [b"", b"no zip at all", b"PK\5\6" + bytes(18)], ids=["empty", "text", "no-entries"])
def test_what_is_no_evidence_file_is_refused(tmp_path, content):
    (tmp_path / "x.zip").write_bytes(content)
    with pytest.raises(InputRefused):
        verify.verify_evidence(str(tmp_path / "x.zip"))


def test_a_damaged_evidence_file_is_refused(packed):
    members, path = packed
    content = bytearray(Path(pack(members, path)).read_bytes())
    for place in range(60, len(content) // 2, 50):
        content[place] ^= 0xFF
    path.write_bytes(bytes(content))
    with pytest.raises(InputRefused):
        verify.verify_evidence(str(path))
