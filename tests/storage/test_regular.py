"""A pipe or a device in the place of a file is refused at once, whichever file of the office it is."""

import os
import signal
import socket
from pathlib import Path

import pytest

from hotich import checks
from hotich.checks import suites
from hotich.data import comments, dataset, difficulties, outlines, published
from hotich.errors import InputRefused, NotebookFailed, WrongUsage
from hotich.intake import lists
from hotich.intake.deliver import delivery, incoming_log
from hotich.intake.files import accept
from hotich.intake.files.source import Refused
from hotich.language import LANGUAGES
from hotich.measures import facts
from hotich.month import Month
from hotich.page import PageSpec
from hotich.pipeline import notebooks
from hotich.sample import controls
from hotich.storage import hashing, regular


@pytest.fixture(autouse=True)
def patience():
    """Nothing here takes longer than a minute, or it waits for ever."""
    signal.signal(signal.SIGALRM, lambda *_: pytest.fail("it waits"))
    signal.alarm(60)
    yield
    signal.alarm(0)


def pipe(path):
    path.unlink(missing_ok=True)
    os.mkfifo(path)
    return path


def test_a_file_is_read_whole(tmp_path):
    (tmp_path / "a").write_bytes(b"\0" * 3_000_000)
    (tmp_path / "link").symlink_to(tmp_path / "a")
    assert regular.read(tmp_path / "a") == regular.read(tmp_path / "link") == b"\0" * 3_000_000


@pytest.mark.parametrize("kind", ["pipe", "link to a pipe", "device", "folder", "socket"])
def test_what_is_no_file_is_refused_at_once_and_leaves_nothing_open(tmp_path, kind):
    path = tmp_path / "x"
    if kind == "pipe":
        pipe(path)
    elif kind == "folder":
        path.mkdir()
    elif kind == "socket":
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(os.path.relpath(path))
    else:
        path.symlink_to("/dev/zero" if kind == "device" else pipe(tmp_path / "pipe"))
    before = len(list(Path("/dev/fd").iterdir()))
    with pytest.raises(OSError, match=r"not a regular file|No such device|not supported"):
        regular.read(path)
    assert len(list(Path("/dev/fd").iterdir())) == before


@pytest.mark.parametrize(
    "name", ["office.toml", "areas.csv", "registers.csv", "deliveries.csv", "counts/2024-10.csv", "counts/2024-09.csv"]
)
def test_no_input_of_a_month_is_waited_for(office, name):
    pipe(office.at.data / name)
    with pytest.raises(InputRefused) as refused:
        dataset.read("2024-10", office.at)
    assert all("not a regular file" in refused.value.message(language) for language in LANGUAGES)


OPTIONAL = {
    "published/2024-10.csv": lambda at: published.read(at, Month(2024, 10)),
    "comments/2024-10.vi.md": lambda at: comments.read(at, Month(2024, 10), "vi"),
    "difficulties.csv": lambda at: difficulties.read(at, Month(2024, 10)),
    "waivers.csv": lambda at: checks.run(dataset.read("2024-10", at)),
    "incoming.csv": incoming_log.read,
    "deliveries.csv": lambda at: delivery.existing(at, Month(2024, 11)),
    "aliases.csv": lambda at: lists.read(at.data, Month(2024, 10).last_day),
    "areas.geojson": lambda at: outlines.read(at.data),
    "sample.toml": lambda at: controls.read(at.data),
}


@pytest.mark.parametrize("kind", ["pipe", "folder", "link to nothing"])
@pytest.mark.parametrize("name", OPTIONAL)
def test_an_optional_input_is_waited_for_no_more_than_taken_for_absent(office, name, kind):
    path = office.at.data / name
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    if kind == "pipe":
        pipe(path)
    elif kind == "folder":
        path.mkdir()
    else:
        path.symlink_to(office.at.data / "nowhere")
    with pytest.raises(InputRefused) as refused:
        OPTIONAL[name](office.at)
    assert all(path.name in refused.value.message(language) for language in LANGUAGES)


def test_no_suite_is_waited_for(tmp_path):
    for name in suites.NAMES:
        pipe(tmp_path / f"{name}.json")
    with pytest.raises(WrongUsage, match="not a regular file"):
        suites.load(tmp_path)


def test_no_figures_and_no_hash_are_waited_for(tmp_path):
    with pytest.raises(InputRefused, match="not a regular file"):
        facts.read(pipe(tmp_path / "measures.csv"))
    with pytest.raises(OSError, match="not a regular file"):
        hashing.tree([tmp_path / "measures.csv"], tmp_path)


def test_no_file_that_was_sent_is_waited_for(tmp_path):
    with pytest.raises(Refused) as refused:
        accept.load(pipe(tmp_path / "counts.xlsx"))
    assert refused.value.problem.key == "file.unreadable"


OLD = b'"metadata": {}, "worksheets": [{"cells": [{"cell_type": "x"}]}], "cells": []}'


@pytest.mark.parametrize(
    "content",
    [
        *(None, b'{"cells": [', b"\xff\xfe\0", b"[]", b"{}", b'{"nbformat": 99}', b"[" * 9999),
        b'{"nbformat": 3, "nbformat_minor": "x", ' + OLD,
    ],
)
def test_what_is_no_notebook_is_said_to_be_none(tmp_path, content):
    path = tmp_path / "report.ipynb"
    pipe(path) if content is None else path.write_bytes(content)
    spec = PageSpec("report.vi", "vi", "22/10/2024", False)
    job = notebooks.Job(spec, path, tmp_path / "out.ipynb", {"month": "2024-10"})
    with pytest.raises(NotebookFailed) as failed:
        notebooks.execute(job)
    assert failed.value.key == "runner.unreadable"
    assert all(str(path) in failed.value.message(language) for language in LANGUAGES)
