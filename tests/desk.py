"""JupyterLab in a real browser, as `make lab` starts it, for the tests of `tests/lab` and `make prove-lab`."""

import os
import re
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from conftest import HOTICH
from playwright.sync_api import Browser, Locator, Page

TOKEN = "desk"
PROBLEM = '[data-mime-type="application/vnd.jupyter.stderr"]'
"""How JupyterLab marks an error's message as well as a warning."""
LONGEST = 120_000
"""Milliseconds that a whole notebook may take on a busy machine."""


@dataclass
class Desk:
    """A notebook open in JupyterLab, what the browser complained about, and the launcher's cards."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    offered: list[str] = field(default_factory=list)

    def open(self, address: str) -> None:
        """Open an address of the server, and the report from its launcher; wait for its cells."""
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        self.page.goto(address)
        self.page.wait_for_selector('.jp-LauncherCard[title="report.ipynb"]')
        cards = sorted(self.page.locator(".jp-LauncherCard").all(), key=_place)
        self.offered = [card.inner_text() for card in cards]
        cards[0].click()
        self.page.wait_for_selector(".jp-Notebook .jp-Cell")
        self.page.wait_for_selector("text=/Python 3 .*Idle/")

    def command(self, label: str) -> None:
        """Run a command of JupyterLab's palette."""
        self.page.keyboard.press("Escape")
        self.page.keyboard.press("Control+Shift+C")
        self.page.fill(".lm-CommandPalette-input", label)
        shown = self.page.locator(".lm-CommandPalette-itemLabel")
        shown.filter(has_text=re.compile(f"^{label}")).first.click()

    def save(self) -> None:
        """Save the notebook and wait until the server has it."""
        saved = lambda answer: answer.request.method == "PUT" and "/api/contents/" in answer.url  # noqa: E731
        with self.page.expect_response(saved) as answer:
            self.command("Save Notebook")
        assert answer.value.ok

    def write(self, cell: str, text: str) -> None:
        """Write other text into the code cell that begins with these words."""
        self.page.click(f'.jp-CodeCell .cm-content:has-text("{cell}") >> nth=0')
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)

    def parameters(self) -> str:
        """Return the text of the first code cell."""
        return self.page.inner_text(".jp-CodeCell .cm-content >> nth=0")

    def run_all(self, *, restart: bool = True) -> None:
        """Run every cell, by default in a kernel that was started again, and wait for the last."""
        self._restarted() if restart else self.command("Run All Cells")
        self._wait("numbers.every(each => each)")

    def run_until_error(self) -> None:
        """Restart the kernel, run every cell, and wait for the one that fails."""
        self._restarted()
        self.page.wait_for_selector(PROBLEM)

    def _restarted(self) -> None:
        self.command("Restart Kernel and Run All Cells")
        self.page.click('.jp-Dialog button:has-text("Restart")')
        self._wait("!numbers.some(each => each)")

    def _wait(self, condition: str) -> None:
        """Wait until the numbers of the code cells, empty for those that have not run, are as a condition says."""
        numbers = "[...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')].map(e => /[0-9]/.test(e.textContent))"
        self.page.wait_for_function(f"() => {{ const numbers = {numbers}; return {condition} }}")

    def errors(self) -> list[str]:
        """Return what cells put out as errors or warnings."""
        return [each.inner_text() for each in self.page.query_selector_all(PROBLEM)]


def _place(card: Locator) -> tuple[float, float]:
    box = card.bounding_box() or {}
    return box["y"], box["x"]


@contextmanager
def lab(browser: Browser, home: Path, notebooks: Path, data: Path | None = None) -> Iterator[Desk]:
    """Start `hotich lab` on a folder of notebooks, and open its report."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = ["--no-browser", f"--port={port}", "--ServerApp.port_retries=0", f"--IdentityProvider.token={TOKEN}"]
    folders = ["--data", str(data), "--reports", str(home / "reports")] if data else []
    command = [HOTICH, "lab", *folders, *words, f"--ServerApp.root_dir={notebooks}"]
    own = {"HOME": str(home), "JUPYTER_RUNTIME_DIR": str(home / "runtime"), "JUPYTER_CONFIG_DIR": str(home / "config")}
    log = home / "server.log"
    with log.open("w") as said, subprocess.Popen(command, env=os.environ | own, stdout=said, stderr=said) as server:
        try:
            _listening(f"http://127.0.0.1:{port}/api?token={TOKEN}", server)
            page = browser.new_page(viewport={"width": 1400, "height": 1000})
            page.set_default_timeout(LONGEST)
            desk = Desk(page)
            desk.open(f"http://127.0.0.1:{port}/?token={TOKEN}")
            yield desk
            assert "Traceback" not in log.read_text(), log.read_text()
        finally:
            server.terminate()
            server.wait(30)


def _listening(address: str, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + LONGEST / 1000
    while time.monotonic() < end and server.poll() is None:
        try:
            urllib.request.urlopen(address).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("JupyterLab did not start")
