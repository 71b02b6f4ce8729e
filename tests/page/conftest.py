"""Finished pages, and a browser that opens them."""

import shutil
import subprocess
from contextlib import contextmanager

import pytest
from conftest import HOTICH
from filelock import FileLock

from hotich.cli import console
from hotich.release import site
from hotich.storage.paths import PROJECT, Folders


@pytest.fixture(scope="session")
def pages(october, tmp_path_factory):
    """The folder of the real October with the notice for Trạm Tấu beside the report."""
    folder = october[1].parents[2] / "with notices" / "draft" / "2024-10"
    with FileLock(october[1].parents[2] / "notices.lock"):
        if not folder.exists():
            shutil.copytree(october[1].parent, folder.parent)  # with the record of what its files were
            words = [HOTICH, "notices", "10", "--reports", folder.parents[1], "--area", "138"]
            done = subprocess.run(words, capture_output=True, text=True)
            assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def site_pages(tmp_path_factory):
    """A site of the first two releases: what is tested is how it looks and behaves."""
    folders = Folders(PROJECT / "data", tmp_path_factory.mktemp("site"))
    for name in ("0001-2024-09", "0002-2024-10"):
        chain = folders.releases(examples=True)
        shutil.copytree(PROJECT / "reports" / chain.name / name, chain / name)
    with console.Progress() as progress:
        site.build(folders, progress)
    return folders.reports


@pytest.fixture
def open_page(browser, pages):
    """Opens a page and notes what it asks the network for and what it complains about."""
    with opener(browser, pages) as opening:
        yield opening


@pytest.fixture(scope="module")
def shown(browser, pages):
    """Gives a page, its folds open, at a width: opened once for all tests of a module that only look at it."""
    known = {}
    with opener(browser, pages) as opening:

        def showing(name, width=1280, scripts=True, media="null"):
            if (name, scripts) not in known:
                known[name, scripts] = opening(name, width, scripts)
                known[name, scripts].evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
            page = known[name, scripts]
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(media=media)
            return page

        yield showing


@contextmanager
def opener(browser, pages):
    opened = []

    def opening(name, width=1280, scripts=True, folder=None):
        context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=scripts)
        page = context.new_page()
        page.set_default_timeout(5000)
        page.requested, page.complaints = [], []
        page.on("request", lambda request: page.requested.append(request.url))
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(((folder or pages) / name).as_uri())
        opened.append(context)
        return page

    yield opening
    for context in opened:
        context.close()
