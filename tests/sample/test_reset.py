"""An office that begins with its own counts: what is made up leaves, what was reported stays."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import FAILURES, cells, failing

from hotich import sample
from hotich.data import counts
from hotich.errors import CannotNow, InputRefused
from hotich.month import Month
from hotich.sample import reset
from hotich.storage import transaction

HOTICH = Path(sys.executable).with_name("hotich")


def command(*words, at, **environment):
    own = {"PATH": os.environ["PATH"], "HOME": str(Path.home()), **environment}
    folders = ["--data", str(at.data), "--reports", str(at.reports)]
    return subprocess.run(
        [HOTICH, *words, *folders], capture_output=True, text=True, env=own, timeout=60, stdin=subprocess.DEVNULL
    )


def contents(at):
    return {path.relative_to(at.data).as_posix(): path.read_bytes() for path in at.data.rglob("*") if path.is_file()}


def release(at, name, *months, chain="examples"):
    folder = at.reports / chain / name
    folder.mkdir(parents=True)
    inputs = {f"counts/{month}.csv": hashlib.sha256(at.counts(month).read_bytes()).hexdigest() for month in months}
    (folder / "manifest.json").write_text(json.dumps({"inputs": inputs}))


def test_every_illustrative_month_leaves_with_all_that_belongs_to_the_example(yen_bai):
    reset.remove(yen_bai, reset.removal(yen_bai))
    left = contents(yen_bai)
    assert not [name for name in left if name.startswith(("counts/", "published/", "comments/"))]
    assert "sample.toml" not in left
    assert left["deliveries.csv"].decode() == ",".join(counts.DELIVERY_COLUMNS) + "\n"
    assert left["difficulties.csv"] == b"month,area,kind,note\n"
    assert reset.removal(yen_bai).nothing


def test_the_description_of_the_folder_names_no_file_that_is_gone(yen_bai):
    reset.remove(yen_bai, reset.removal(yen_bai))
    resources = json.loads((yen_bai.data / "datapackage.json").read_bytes())["resources"]
    named = {name for each in resources for name in ([each["path"]] if isinstance(each["path"], str) else each["path"])}
    assert named <= set(contents(yen_bai))
    assert {"areas.csv", "registers.csv", "deliveries.csv"} <= named


def test_months_that_units_reported_stay_to_the_byte(office):
    office.write("2024-08", cells(), origin="synthetic")
    (office.at.data / "difficulties.csv").write_text("month,area,kind,note\n2024-08,111,storm,\n2024-09,111,staff,x\n")
    before = contents(office.at)
    going = reset.removal(office.at)
    assert (going.files, going.deliveries, going.difficulties) == (("counts/2024-08.csv",), 1, 1)
    assert going.next == Month(2024, 9)
    reset.remove(office.at, going)
    after = contents(office.at)
    assert {name for name in before if name not in after} == {"counts/2024-08.csv"}
    assert after["counts/2024-09.csv"] == before["counts/2024-09.csv"]
    assert after["difficulties.csv"] == b"month,area,kind,note\n2024-09,111,staff,x\n"
    assert [str(month) for month, _ in counts.deliveries(office.at)] == ["2024-09", "2024-10"]


@pytest.mark.parametrize("failure", FAILURES)
def test_whatever_fails_while_months_leave_all_have_left_or_none_and_the_outcome_says_which(
    office, monkeypatch, tmp_path, failure
):
    office.write("2024-08", cells(), origin="synthetic")
    shutil.copytree(office.at.data, tmp_path / "before")
    before, going, seen = contents(office.at), reset.removal(office.at), []
    for ended in failing(monkeypatch, failure, lambda: reset.remove(office.at, going)):
        transaction.recover(office.at.data)
        now = {name: content for name, content in contents(office.at).items() if not name.endswith(".lock")}
        stays, log = "counts/2024-08.csv" in now, now["deliveries.csv"]
        assert stays == (log == before["deliveries.csv"]), f"failed at step {len(seen)}"
        assert failure == "killed" or ended != stays, f"failed at step {len(seen)}"
        seen.append(stays)
        shutil.rmtree(office.at.data)
        shutil.copytree(tmp_path / "before", office.at.data)
    assert set(seen) == {True, False}


def test_nothing_leaves_while_a_release_rests_on_it_and_the_release_is_named(yen_bai):
    release(yen_bai, "0001-2024-10", "2024-09", "2024-10")
    before = contents(yen_bai)
    with pytest.raises(CannotNow, match="examples/0001-2024-10"):
        reset.removal(yen_bai)
    assert contents(yen_bai) == before


def test_a_release_of_reported_months_keeps_nobody_from_beginning(office):
    release(office.at, "0001-2024-10", "2024-09", "2024-10", chain="published")
    office.write("2024-08", cells(), origin="synthetic")
    assert reset.removal(office.at).months == (Month(2024, 8),)


def test_a_script_says_yes_beforehand_or_nothing_is_removed(yen_bai):
    before = contents(yen_bai)
    asked = command("reset-data", at=yen_bai)
    assert asked.returncode == 6
    assert "counts/2024-10.csv" in asked.stderr, "what would go is shown before anybody is asked"
    assert "YES=1" in asked.stderr
    assert contents(yen_bai) == before
    done = command("reset-data", at=yen_bai, YES="1")
    assert done.returncode == 0
    assert f"make template MONTH=2024-11 DATA={yen_bai.data}" in done.stderr.replace("\n", "")
    assert "counts/2024-10.csv" not in contents(yen_bai)


# --- the series that must not be rewritten --------------------------------------------------------------------------


def test_the_series_is_not_rewritten_under_a_release(yen_bai):
    release(yen_bai, "0001-2024-10", "2024-09", "2024-10")
    before = contents(yen_bai)
    with pytest.raises(InputRefused, match=r"examples/0001-2024-10"):
        sample.write(yen_bai, seed=7)
    assert contents(yen_bai) == before


def test_the_same_series_again_disturbs_no_release(yen_bai):
    release(yen_bai, "0001-2024-10", "2024-09", "2024-10")
    before = contents(yen_bai)
    sample.write(yen_bai)
    after = contents(yen_bai)
    assert {name: content for name, content in after.items() if name != ".change.lock"} == before
