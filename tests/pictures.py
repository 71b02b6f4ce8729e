"""`make pictures`: the pictures of README and guides, taken anew from pages that are made for it; docs/pictures/."""

import io
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import openpyxl
from checkouts import project_copy
from PIL import Image

from hotich.data import releases
from hotich.language import LANGUAGES
from hotich.storage.paths import PROJECT, Folders

FOLDER = PROJECT / "docs" / "pictures"
COLOURS = 64
"""Of a palette: the pages have few, and a picture then weighs well under 100 kB."""
WIDTH = 860
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True)
class Picture:
    """What is shown of a page: from the element's top on, at most so many pixels of it."""

    name: str
    page: Path
    element: str
    height: int


@contextmanager
def browser():
    from playwright.sync_api import sync_playwright

    found = next(path for name in PROGRAMS if (path := shutil.which(name)))
    with sync_playwright() as playwright:
        own = ["--no-sandbox"] if os.getuid() == 0 else []
        started = playwright.chromium.launch(executable_path=found, args=[*own, "--disable-gpu"])
        yield started
        started.close()


def take(page, picture):
    """Write the picture of a page."""
    page.goto(picture.page.as_uri())
    box = page.locator(picture.element).first.bounding_box()
    height = min(picture.height, box["height"]) if picture.element != "body" else picture.height
    shown = {"x": 0, "y": box["y"], "width": WIDTH, "height": height}
    whole = Image.open(io.BytesIO(page.screenshot(full_page=True, clip=shown))).convert("RGB")
    whole.quantize(COLOURS, dither=Image.Dither.NONE).save(FOLDER / f"{picture.name}.png", optimize=True)


def run(*words, at=PROJECT, expect=0):
    done = subprocess.run(
        [Path(sys.executable).with_name("hotich"), *map(str, words)], cwd=at, capture_output=True, text=True
    )
    assert done.returncode == expect, done.stderr


def refused_import(home):
    """November's workbooks of the example, two cells of one of them filled in wrongly, and what their import says."""
    shutil.copytree(PROJECT / "data", home / "data")
    folders = ("--data", home / "data", "--reports", home / "reports")
    run("template", "11", "--area", "138", *folders)
    (file,) = (home / "reports" / "templates" / "2024-11").glob("*.xlsx")
    book = openpyxl.load_workbook(file)
    for cell, value in (("E10", 456), ("F10", 99999), ("E30", 120), ("F30", -4), ("E31", "1.2OO"), ("F31", 80)):
        book.worksheets[0][cell].value = value
    book.save(file)
    run("import", "11", "--from", file, *folders, expect=3)
    return home / "reports" / "intake" / "2024-11"


def certificate(home):
    """What an audit certifies of October, released as an example in a copy of the project."""
    made = project_copy(home / "project", "data")
    made.shell(
        "git init -q && printf '/reports/\\n.venv/\\n__pycache__/\\n' > .gitignore && git add -A && git commit -qm all"
    )
    made.shell("make publish MONTH=10 EXAMPLE=1")
    made.shell("make audit MONTH=10")
    return next((made.root / "reports" / "certificates").glob("*.vi.html")).parent


def second_example(home):
    run("report", "10", "--data", PROJECT / "examples" / "lao-cai-2026" / "data", "--reports", home)
    return home / "draft" / "2026-10"


def released(_home):
    return releases.chain(Folders(PROJECT / "data", PROJECT / "reports"), examples=True)[-1].folder


SOURCES = {
    "report": (released, "report", "body", 1130),
    "intake": (refused_import, "intake", "body", 700),
    "communes": (second_example, "report", "#chart-map-of-communes", 900),
    "certificate": (certificate, "*", "body", 760),
}
"""Each picture: what makes the folder of its page, the page, where the picture begins and how high it is at most."""


def main(*wanted):
    """Take the pictures of these names, all where none is named."""
    with tempfile.TemporaryDirectory() as home, browser() as chromium:
        page = chromium.new_page(viewport={"width": WIDTH, "height": 1000})
        for name, (make, file, element, height) in SOURCES.items():
            if wanted and name not in wanted:
                continue
            (Path(home) / name).mkdir()
            folder = make(Path(home) / name)
            for language in LANGUAGES:
                (shown,) = folder.glob(f"{file}.{language}.html")
                take(page, Picture(f"{name}.{language}", shown, element, height))
                sys.stderr.write(f"docs/pictures/{name}.{language}.png\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
