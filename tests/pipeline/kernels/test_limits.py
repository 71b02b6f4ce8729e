"""As many kernels run at a time as open files and memory allow; where not one can, nothing is begun."""

import os
import resource
import subprocess

import pytest
from conftest import HOTICH

from hotich.errors import CannotNow
from hotich.language import LANGUAGES
from hotich.month import Month
from hotich.pipeline import kernels
from hotich.pipeline.kernels import limits as allowed

UNLIMITED = resource.RLIM_INFINITY


@pytest.fixture
def limits(monkeypatch):
    """The limits of this process, for the tests alone."""

    def limits(files=(UNLIMITED, UNLIMITED), memory=(UNLIMITED, UNLIMITED)):
        now = {resource.RLIMIT_NOFILE: files, resource.RLIMIT_AS: memory}
        monkeypatch.setattr(resource, "getrlimit", now.__getitem__)
        monkeypatch.setattr(resource, "setrlimit", now.__setitem__)
        return now

    return limits


@pytest.mark.parametrize(
    ("soft", "hard", "raised", "kernels_at_once"),
    [
        (96, 96, 96, 1),
        (256, 256, 256, 6),
        (256, 1024, 1024, 27),
        (1024, UNLIMITED, 4096, 112),
        (UNLIMITED, UNLIMITED, UNLIMITED, 112),
        (20_000, 20_000, 20_000, 112),
    ],
)
def test_the_limit_is_raised_as_far_as_allowed_and_divided_among_kernels(limits, soft, hard, raised, kernels_at_once):
    now = limits(files=(soft, hard))
    assert allowed.most() == kernels_at_once
    assert now[resource.RLIMIT_NOFILE] == (raised, hard)


@pytest.mark.parametrize(("mebibytes", "kernels_at_once"), [(1280, 2), (1300, 2), (1536, 4), (8192, 56)])
def test_with_little_memory_fewer_kernels_run(limits, mebibytes, kernels_at_once):
    limits(memory=(mebibytes << 20, mebibytes << 20))
    assert allowed.most() == kernels_at_once


@pytest.mark.parametrize(
    ("given", "said"),
    [({"files": (20, 20)}, "20"), ({"files": (95, 95)}, "95"), ({"memory": (900 << 20, 900 << 20)}, "900 MiB")],
)
def test_too_few_open_files_and_too_little_memory_are_told_in_both_languages(limits, given, said):
    limits(**given)
    with pytest.raises(CannotNow) as refused:
        allowed.most()
    assert all(said in refused.value.message(language) for language in LANGUAGES)


@pytest.mark.parametrize(("months", "each"), [(1, 6), (2, 3)])
def test_many_cores_have_no_more_kernels_than_open_files_allow(limits, monkeypatch, tmp_path, months, each):
    limits(files=(256, 256))
    monkeypatch.setattr(os, "sched_getaffinity", lambda _process: set(range(12)), raising=False)
    monkeypatch.setattr(kernels, "_allowed", [])
    monkeypatch.setenv(kernels.SWITCH, "ordinary")  # nothing is loaded, for nothing is started
    assert kernels.cores() == 12
    with kernels.running(tmp_path, months):
        assert kernels.cores() == each


def command(office, tmp_path, limit, **environment):
    """The command `validate` within that limit, and what it leaves in the temporary folder."""
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    ended = subprocess.run(
        ["bash", "-c", f"ulimit {limit} && exec {HOTICH} validate 10"],
        env={**os.environ, "DATA": str(office.at.data), "TMPDIR": str(temporary), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    return ended, [path.name for path in temporary.iterdir()]


@pytest.mark.parametrize("limit", ["-n 40", "-v 900000"])
def test_forty_open_files_or_900_megabytes_are_too_few_and_nothing_is_begun(office, tmp_path, limit):
    ended, left = command(office, tmp_path, limit)
    assert (ended.returncode, left) == (6, [])
    assert f"ulimit {limit[:2]}" in ended.stderr
    assert not office.at.reports.exists()


def test_a_command_works_with_the_fewest_open_files_and_without_a_home_and_leaves_nothing(office, tmp_path):
    ended, left = command(office.in_one_language(), tmp_path, f"-n {allowed.FILES}", HOME="/nonexistent")
    assert (ended.returncode, left, ended.stdout) == (0, [], "")
    assert (office.at.draft(Month(2024, 10)) / "quality.vi.html").is_file()
