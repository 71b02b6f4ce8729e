"""Whatever is done to a sealed release is found, and the file is named."""

import json
import os
import re
import shutil
import subprocess

import pytest
from sealed_releases import MONTHS, NOTICES, edit, folder, found, look, office, rebuild, rewrite, seal
from signing_keys import allow, key

from hotich.data import releases
from hotich.errors import WrongUsage
from hotich.release import excerpt, manifest, signing, verify
from hotich.release.files import digest
from hotich.storage.paths import MANIFEST, SIGNATURE


@pytest.fixture
def at(tmp_path):
    """An office with three releases, none of them signed."""
    places = office(tmp_path)
    for month in MONTHS:
        seal(places, month)
    return places


@pytest.fixture
def signed(tmp_path):
    """The same, signed, with the key that may."""
    places, private = office(tmp_path), key(tmp_path)
    allow(places, private)
    for month in MONTHS:
        seal(places, month, private)
    return places, private


def test_what_was_sealed_is_found_whole(at):
    verdict = look(at)
    assert (verdict.findings, verdict.releases, verdict.exit_code) == ((), 3, 0)
    assert verdict.files == 3 * (len(verify.REQUIRED) + len(NOTICES) + 1)
    assert verdict.notes == ("nothing_signed", "commits_unread")


def test_an_office_without_releases_has_nothing_wrong(tmp_path):
    assert look(office(tmp_path)).findings == ()


@pytest.mark.parametrize(
    "name",
    [
        "report.vi.html",
        "quality.en.html",
        "annex.xlsx",
        "notices/138.docx",
        "measures.csv",
        "validation.json",
        "notebooks/report.vi.ipynb",
    ],
)
def test_a_touched_file_is_named(at, name):
    edit(folder(at, 2) / name, b"2024-09", b"2024-08")
    assert found(at) == [f"published/0002-2024-09/{name} changed"]


def test_one_byte_more_is_a_change(at):
    (folder(at, 1) / "report.en.html").open("ab").write(b"\n")
    assert found(at) == ["published/0001-2024-08/report.en.html changed"]


def test_provenance_that_was_touched_is_named_with_what_it_now_says(at):
    edit(folder(at, 2) / "provenance.json", b"2024-09.csv", b"2024-08.csv")
    assert found(at) == [
        "published/0002-2024-09/provenance.json changed",
        "published/0002-2024-09/provenance.json other_inputs",
    ]


def test_a_removed_file_is_named(at):
    (folder(at, 3) / "notices/138.vi.html").unlink()
    assert found(at) == ["published/0003-2024-10/notices/138.vi.html missing"]


@pytest.mark.parametrize("name", ["note.txt", "notices/139.vi.html", ".hidden"])
def test_an_extra_file_is_named(at, name):
    (folder(at, 3) / name).write_text("extra")
    assert found(at) == [f"published/0003-2024-10/{name} extra"]


def test_an_extra_empty_folder_is_named(at):
    (folder(at, 1) / "more" / "still").mkdir(parents=True)
    assert found(at) == ["published/0001-2024-08/more/still extra"]


def test_a_file_beside_the_releases_is_named(at):
    (at.releases(examples=False) / "0004-2024-11.bak").write_text("")
    assert found(at) == ["published/0004-2024-11.bak stray"]


def test_a_file_in_the_place_of_a_release_or_of_the_chain_is_named(at):
    (at.releases(examples=False) / "0004-2024-11").write_text("")
    at.releases(examples=True).write_text("")
    assert found(at) == ["published/0004-2024-11 stray", "examples stray"]


def test_provenance_that_cannot_be_read_is_named(at):
    (folder(at, 3) / "provenance.json").write_text("[" * 100_000)
    assert "published/0003-2024-10/provenance.json other_inputs" in found(at)


def test_a_folder_among_the_counts_stops_nothing(at):
    (at.data / "counts" / "old.csv").mkdir()
    assert found(at) == []


def test_a_link_in_the_place_of_a_file_is_refused_even_with_the_same_content(at, tmp_path):
    page = folder(at, 2) / "report.vi.html"
    page.rename(tmp_path / "elsewhere.html")
    page.symlink_to(tmp_path / "elsewhere.html")
    assert found(at) == ["published/0002-2024-09/report.vi.html link"]


def test_a_linked_folder_is_refused(at, tmp_path):
    notices = folder(at, 2) / "notices"
    notices.rename(tmp_path / "notices")
    notices.symlink_to(tmp_path / "notices")
    assert "published/0002-2024-09/notices link" in found(at)


def test_a_linked_manifest_is_refused(at, tmp_path):
    path = folder(at, 3) / MANIFEST
    path.rename(tmp_path / "m.json")
    path.symlink_to(tmp_path / "m.json")
    assert f"published/0003-2024-10/{MANIFEST} link" in found(at)


def test_a_linked_release_is_refused(at, tmp_path):
    each = folder(at, 3)
    each.rename(tmp_path / "0003-2024-10")
    each.symlink_to(tmp_path / "0003-2024-10")
    assert "published/0003-2024-10 link" in found(at)


@pytest.mark.parametrize(
    "path", ["../0001-2024-08/report.vi.html", "/etc/passwd", "notices/../report.vi.html", "./a", "a//b"]
)
def test_a_path_that_leaves_the_release_is_refused(at, path):
    manifest_file = folder(at, 3) / MANIFEST
    edit(manifest_file, b'"annex.xlsx"', json.dumps(path).encode())
    assert found(at) == [f"published/0003-2024-10/{MANIFEST} path"]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (b'"number":3', b'"number": 3', "not_canonical"),
        (b'"number":3', b'"number":3.0', "field"),
        (b'"number":3', b'"number":"3"', "field"),
        (b'"number":3', b'"number":3,"number":3', "key_twice"),
        (b'"number":3', b'"number":3,"more":1', "fields"),
        (b'"counts_revision":0,', b"", "fields"),
        (b'"python":"3.13.1"', b'"python":"3\\u002e13.1"', "not_canonical"),
        (b"{", b"", "not_json"),
        (b'"format":"hotich-release/2"', b'"format":"hotich-release/3"', "field"),
        (b'"format":"hotich-release/2"', b'"format":"hotich-release/1"', "fields"),
        (b'"reason":""', b'"reason":"because"', "field"),
        (b'"number":3', b'"number":4', "other"),
        (b'"month":"2024-10"', b'"month":"2024-09"', "other"),
        (b'"origin":"reported"', b'"origin":"synthetic"', "other"),
        (b'"supersedes":""', b'"supersedes":"0001-2024-08"', "other"),
        (b'"counts_revision":0', b'"counts_revision":7', "other"),
        (b'"content":"1111', b'"content":"0000', "other_provenance"),
        (b'"package":"2222', b'"package":"0000', "other_provenance"),
        (b'"counts_revision":0', b'"counts_revision":100000000000000000000', "field"),
        (b'"reason":""', b'"reason":"\\ud800"', "not_json"),
        (b"{", b"[" * 100_000, "not_json"),
    ],
)
def test_a_touched_manifest_is_named_with_what_is_wrong(at, old, new, problem):
    edit(folder(at, 3) / MANIFEST, old, new)
    assert f"published/0003-2024-10/{MANIFEST} {problem}" in found(at)


def test_a_release_of_the_first_format_which_had_no_hash_of_the_set_up_is_whole(at):
    fields = json.loads((folder(at, 3) / MANIFEST).read_bytes())
    del fields["setup"], fields["sealed"]
    (folder(at, 3) / MANIFEST).write_bytes(manifest.encode({**fields, "format": "hotich-release/1"}))
    assert found(at) == []


def test_a_manifest_that_hides_a_page_is_named(at):
    outputs = json.loads((folder(at, 3) / MANIFEST).read_bytes())["outputs"]
    (folder(at, 3) / "quality.vi.html").unlink()
    rewrite(at, 3, outputs={name: value for name, value in outputs.items() if name != "quality.vi.html"})
    assert found(at) == [f"published/0003-2024-10/{MANIFEST} lacks"]


def test_a_manifest_edited_together_with_its_file_breaks_the_chain_after_it(at):
    edit(folder(at, 1) / "report.vi.html", b"2024-08", b"2024-07")
    outputs = json.loads((folder(at, 1) / MANIFEST).read_bytes())["outputs"]
    rewrite(at, 1, outputs=outputs | {"report.vi.html": digest(folder(at, 1) / "report.vi.html")})
    assert f"published/0002-2024-09/{MANIFEST} chain" in found(at)


def test_an_input_swapped_in_the_manifest_alone_is_named(at):
    rewrite(at, 3, inputs={"counts/2024-10.csv": "9" * 64})
    assert "published/0003-2024-10/provenance.json other_inputs" in found(at)


def test_a_release_removed_from_the_middle_leaves_a_gap(at):
    shutil.rmtree(folder(at, 2))
    assert {"published/0002 gap", f"published/0003-2024-10/{MANIFEST} chain"} <= set(found(at))


def test_a_removed_middle_that_is_renumbered_away_is_found(at):
    shutil.rmtree(folder(at, 2))
    folder(at, 2).rename(at.releases(examples=False) / "0002-2024-10")
    assert f"published/0002-2024-10/{MANIFEST} other" in found(at)


def test_an_inserted_release_is_found(at):
    shutil.copytree(folder(at, 2), at.releases(examples=False) / "0002-2024-10")
    assert {"published/0002-2024-09 number_twice", "published/0002-2024-10 number_twice"} <= set(found(at))


def test_two_releases_that_change_places_are_found(at):
    one, two = folder(at, 1), folder(at, 2)
    one.rename(at.reports / "aside")
    two.rename(at.releases(examples=False) / "0001-2024-09")
    (at.reports / "aside").rename(at.releases(examples=False) / "0002-2024-08")
    assert f"published/0001-2024-09/{MANIFEST} other" in found(at)


def test_a_release_moved_into_the_chain_of_examples_is_found(at):
    at.releases(examples=True).mkdir()
    folder(at, 1).rename(at.releases(examples=True) / "0001-2024-08")
    assert {f"examples/0001-2024-08/{MANIFEST} other", "published/0001 gap"} <= set(found(at))


def test_the_last_release_cut_off_is_found_only_with_a_hash_from_outside(at):
    outside = releases.chain(at, examples=False)[-1].head
    assert look(at, head=outside).anchored == "published/0003-2024-10"
    shutil.rmtree(folder(at, 3))
    assert found(at) == []
    assert found(at, head=outside) == [" head_unknown"]


def test_a_chain_rebuilt_without_a_key_is_found_with_a_hash_from_outside(at):
    outside = releases.chain(at, examples=False)[0].head
    edit(folder(at, 1) / "report.vi.html", b"2024-08", b"2024-07")
    rebuild(at)
    assert found(at) == []
    assert found(at, head=outside) == [" head_unknown"]


def test_an_older_hash_from_outside_anchors_the_chain_up_to_there(at):
    assert look(at, head=releases.chain(at, examples=False)[0].head.upper()).anchored == "published/0001-2024-08"


def test_a_head_that_is_no_hash_is_wrong_usage(at):
    with pytest.raises(WrongUsage, match="HEAD"):
        look(at, head="abc")


def test_changed_counts_are_named_with_the_release_that_rests_on_them(at):
    (at.data / "counts" / "2024-09.csv").write_text("other")
    verdict = look(at)
    assert found(at) == ["data/counts/2024-09.csv counts_changed"]
    assert "published/0002-2024-09" in verdict.findings[0].message("en")
    (at.data / "counts" / "2024-09.csv").unlink()
    assert found(at) == ["data/counts/2024-09.csv counts_missing"]


def test_a_corrected_month_is_a_new_release_and_the_old_one_stays(at):
    seal(at, "2024-09")
    assert found(at) == []
    assert json.loads((folder(at, 4) / MANIFEST).read_bytes())["supersedes"] == "0002-2024-09"


def test_signed_releases_are_whole(signed):
    at, _ = signed
    assert (found(at), look(at).notes) == ([], ("commits_unread",))


def validity(at, *lines):
    """A list of signers in which each key may sign for some time only."""
    public = ((options, private.with_name(f"{private.name}.pub").read_text()) for options, private in lines)
    at.signers.write_text("".join(f"office {options} {key}" for options, key in public))


def test_an_office_may_change_its_key_and_what_the_old_one_signed_stays_whole(signed, tmp_path):
    at, old = signed
    new = key(tmp_path, "new")
    validity(at, ('valid-before="20250103120000"', old), ('valid-after="20250103120000"', new))
    seal(at, "2024-10", new)
    assert found(at) == []


def test_a_key_signs_nothing_after_its_time_or_before_it(signed, tmp_path):
    at, old = signed
    new = key(tmp_path, "new")
    validity(at, ('valid-before="20250102120000"', old), ('valid-after="20250105"', new))
    seal(at, "2024-10", new)
    assert found(at) == [f"published/{name}/{SIGNATURE} other_key" for name in ("0003-2024-10", "0004-2024-10")]
    assert "2025-01-03T00:00:00Z" in verify.findings(at)[0].message("en")


def test_times_in_the_list_of_signers_are_those_of_utc_wherever_it_is_read(signed, monkeypatch):
    at, private = signed
    validity(at, ('valid-after="20250101000000",valid-before="20250103000001"', private))
    for zone in ("Asia/Ho_Chi_Minh", "America/Lima"):
        monkeypatch.setenv("TZ", zone)
        assert found(at) == []


def test_a_list_of_signers_may_have_a_mark_and_the_line_ends_of_windows(signed):
    at, _ = signed
    at.signers.write_text("\ufeff# who signs\n" + at.signers.read_text(), encoding="utf-8", newline="\r\n")
    assert found(at) == []


def test_a_key_taken_from_the_list_signs_for_nobody_and_the_finding_says_what_to_do(signed, tmp_path):
    at, _ = signed
    allow(at, key(tmp_path, "new"))
    assert len(found(at)) == 3
    assert "valid-before" in verify.findings(at)[0].message("en")


def test_a_release_that_says_it_was_sealed_before_the_one_before_it_is_named(signed):
    at, private = signed
    seal(at, "2024-10", private, sealed="2025-01-02T00:00:00Z")
    assert found(at) == [f"published/0004-2024-10/{MANIFEST} earlier"]


@pytest.mark.parametrize("more", [b"\n", b"more", b"-----BEGIN SSH SIGNATURE-----\n"])
def test_a_signature_with_bytes_after_it_is_named(signed, more):
    at, _ = signed
    (folder(at, 1) / SIGNATURE).open("ab").write(more)
    assert found(at) == [f"published/0001-2024-08/{SIGNATURE} bad_signature"]


def test_a_signature_that_has_lost_its_last_byte_is_named(signed):
    path = folder(signed[0], 1) / SIGNATURE
    path.write_bytes(path.read_bytes()[:-1])
    assert found(signed[0]) == [f"published/0001-2024-08/{SIGNATURE} bad_signature"]


def test_an_absent_signature_is_named(signed):
    (folder(signed[0], 2) / SIGNATURE).unlink()
    assert f"published/0002-2024-09/{SIGNATURE} not_signed" in found(signed[0])


def test_a_signature_by_another_key_is_named(signed, tmp_path):
    at, _ = signed
    other = key(tmp_path, "other")
    (folder(at, 3) / SIGNATURE).unlink()
    signing.sign(folder(at, 3) / MANIFEST, other)
    assert found(at) == [f"published/0003-2024-10/{SIGNATURE} other_key"]


def test_a_chain_rebuilt_with_another_key_is_found(signed, tmp_path):
    at, _ = signed
    edit(folder(at, 1) / "measures.csv", b"2024-08", b"2024-07")
    rebuild(at, key(tmp_path, "other"))
    assert found(at) == [
        f"published/{name}/{SIGNATURE} other_key" for name in ("0001-2024-08", "0002-2024-09", "0003-2024-10")
    ]


def test_a_chain_rebuilt_with_the_same_key_is_found_with_a_hash_from_outside(signed):
    at, private = signed
    outside = releases.chain(at, examples=False)[-1].head
    edit(folder(at, 1) / "measures.csv", b"2024-08", b"2024-07")
    rebuild(at, private)
    assert found(at) == []
    assert found(at, head=outside) == [" head_unknown"]


def test_a_chain_rebuilt_without_signatures_is_found(signed):
    at, _ = signed
    for number in (1, 2, 3):
        (folder(at, number) / SIGNATURE).unlink()
        rewrite(at, number, signer="")
    rebuild(at)
    assert found(at) == [f"published/0003-2024-10/{SIGNATURE} head_unsigned"]


def test_a_signature_made_for_another_purpose_is_named(signed):
    at, private = signed
    path = folder(at, 3) / MANIFEST
    (folder(at, 3) / SIGNATURE).unlink()
    subprocess.run(["ssh-keygen", "-q", "-Y", "sign", "-n", "file", "-f", private, path], check=True)
    assert found(at) == [f"published/0003-2024-10/{SIGNATURE} bad_signature"]


def test_a_signature_of_another_release_is_named(signed):
    at, _ = signed
    shutil.copyfile(folder(at, 1) / SIGNATURE, folder(at, 3) / SIGNATURE)
    assert found(at) == [f"published/0003-2024-10/{SIGNATURE} bad_signature"]


def test_a_signature_where_the_manifest_names_none_is_extra(at, tmp_path):
    signing.sign(folder(at, 3) / MANIFEST, key(tmp_path))
    assert f"published/0003-2024-10/{SIGNATURE} extra" in found(at)


def test_an_auditor_may_bring_a_list_of_keys(signed, tmp_path):
    at, private = signed
    at.signers.unlink()
    assert (found(at), look(at).notes) == ([], ("no_signers", "commits_unread"))
    mine = tmp_path / "mine"
    mine.write_text(f"office {private.with_name('key.pub').read_text()}")
    assert look(at, signers=str(mine)).notes == ("commits_unread",)
    strange = key(tmp_path, "strange").with_name("strange.pub").read_text()
    mine.write_text(f"office {strange}")
    assert len(found(at, signers=str(mine))) == 3


def test_without_ssh_keygen_everything_else_is_looked_at(signed, monkeypatch):
    at, _ = signed
    monkeypatch.setattr(signing, "available", lambda: False)
    edit(folder(at, 1) / "annex.xlsx", b"2024-08", b"2024-07")
    assert found(at) == ["published/0001-2024-08/annex.xlsx changed"]
    assert look(at).notes == ("no_ssh_keygen", "commits_unread")


def as_evidence(at, number):
    """Leave of the releases before that one what an evidence file has of them."""
    (at.reports / excerpt.FILE).write_bytes(excerpt.content(releases.chain(at, examples=False)[number - 1]))
    for earlier in range(1, number):
        for path in folder(at, earlier).rglob("*"):
            if path.is_file() and path.name not in excerpt.PART:
                path.unlink()
        for path in ("notices", "notebooks"):
            shutil.rmtree(folder(at, earlier) / path)


def test_an_evidence_file_has_earlier_releases_in_part(at):
    as_evidence(at, 3)
    assert (found(at), look(at).excerpt) == ([], "published/0003-2024-10")
    (at.reports.parent / ".git").mkdir()
    assert found(at) == [f"{excerpt.FILE} excerpt"]


def test_the_mark_of_an_evidence_file_hides_no_missing_page_among_others(at):
    (at.reports / excerpt.FILE).write_bytes(excerpt.content(releases.chain(at, examples=False)[2]))
    (folder(at, 1) / "report.vi.html").unlink()
    assert "published/0001-2024-08/report.en.html extra" in found(at)


def test_the_mark_of_an_evidence_file_excuses_no_later_release(at):
    as_evidence(at, 2)
    (folder(at, 3) / "report.vi.html").unlink()
    (at.data / "counts" / "2024-10.csv").write_text("other")
    assert found(at) == ["published/0003-2024-10/report.vi.html missing", "data/counts/2024-10.csv counts_changed"]


@pytest.mark.parametrize(
    "name", [excerpt.FILE, f"published/0003-2024-10/{MANIFEST}", "published/0002-2024-09/annex.xlsx"]
)
def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(at, name, tmp_path):
    (at.reports / name).unlink(missing_ok=True)
    os.mkfifo(at.reports / name)
    (tmp_path / "x.html").write_text("x")
    assert look(at, file=str(tmp_path / "x.html")).exit_code == 5


def test_a_file_that_would_run_as_its_owner_is_named(at):
    (folder(at, 1) / "annex.xlsx").chmod(0o4755)
    assert found(at) == ["published/0001-2024-08/annex.xlsx mode"]


def test_folders_within_folders_without_end_are_extra(at):
    (folder(at, 1) / "/".join("d" * 40)).mkdir(parents=True)
    assert found(at) == [f"published/0001-2024-08/{'/'.join('d' * (verify.DEEPEST + 1))} extra"]


def test_every_problem_is_said_in_both_languages_with_release_and_file(at):
    edit(folder(at, 2) / "report.vi.html", b"2024-09", b"2024-08")
    (recorded,) = look(at).record()["findings"]
    assert all(re.match("published/0002-2024-09/report.vi.html: .+", said) for said in recorded["message"].values())
    assert recorded["message"]["vi"] != recorded["message"]["en"]
