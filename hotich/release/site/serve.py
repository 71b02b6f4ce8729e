"""Shows the list of releases, and what it leads to, to a browser on the same machine and to nobody else."""

import os
import re
import stat
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache, partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import SHUT_RDWR, socket
from typing import Final
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from hotich.errors import CannotNow, InputRefused
from hotich.language import LANGUAGES
from hotich.page import html_gate, standalone
from hotich.storage.paths import Folders

LOOPBACK: Final = "127.0.0.1"
PATIENCE: Final = 10
"""Seconds that a connection may stay silent."""
WHOLE: Final = 60
"""Seconds after which a connection ends, however much is still said in it."""
AT_ONCE: Final = 32
"""Connections that are answered at the same time; others are closed."""
MOST: Final = 100_000_000
"""Bytes of a file that is served; ours have less than a million."""
TYPES: Final = {
    ".html": "text/html; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
"""What may be served; what is not a page is saved and never shown."""
HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": f"{html_gate.SCRIPTED}; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
"""What every answer carries (OWASP, HTTP Headers Cheat Sheet)."""
_LINK: Final = re.compile(r'\shref="([^"#][^"]*)"')


def serve(folders: Folders, port: int, ready: Callable[[str, ThreadingHTTPServer], object]) -> None:
    """Answer until interrupted; `ready` gets the address and the server.

    Raises InputRefused when there is no site yet, CannotNow when the port is taken.
    """
    if not (folders.reports / standalone.file(standalone.INDEX, LANGUAGES[0])).is_file():
        raise InputRefused("site.none", folder=folders.reports)
    try:
        server = _Server((LOOPBACK, port), partial(_Handler, folders.reports))
    except OSError as error:
        raise CannotNow("site.port", port=port, reason=error.strerror) from None
    with server:
        ready(f"http://{LOOPBACK}:{server.server_address[1]}/", server)
        server.serve_forever()


def linked(reports: Path) -> frozenset[str]:
    """Return the names, below `reports`, of the list of releases and of all that its pages lead to."""
    known: set[str] = set()
    waiting = [standalone.file(standalone.INDEX, language) for language in LANGUAGES]
    while waiting:
        name = waiting.pop()
        if name not in known and Path(name).suffix in TYPES and (reports / name).is_file():
            known.add(name)
            waiting += _links(reports, name, (reports / name).stat().st_mtime_ns) if name.endswith(".html") else ()
    return frozenset(known)


@lru_cache(maxsize=4096)
def _links(reports: Path, page: str, _written: int) -> tuple[str, ...]:
    """Return where a page leads within the site; a page is read once for each time that it was written."""
    html = (read(reports, page) or b"").decode("utf-8", "replace")
    found = (urlsplit(urljoin(f"http://site/{page}", urldefrag(link).url)) for link in _LINK.findall(html))
    return tuple(unquote(link.path).lstrip("/") for link in found if (link.scheme, link.netloc) == ("http", "site"))


def read(reports: Path, name: str) -> bytes | None:
    """Return a regular file's content, or None, also for one too large; no link is followed in any part of its name."""
    path = reports / name
    if "\0" in name or path.resolve() != reports.resolve() / name:
        return None
    try:
        opened = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return None
    with open(opened, "rb") as file:  # noqa: PTH123 - the descriptor that was opened without following a link
        status = os.fstat(opened)
        return file.read(MOST) if stat.S_ISREG(status.st_mode) and status.st_size <= MOST else None


class _Server(ThreadingHTTPServer):
    """Answers a bounded number of connections at once."""

    daemon_threads = True

    def __init__(self, address: tuple[str, int], handler: Callable[..., BaseHTTPRequestHandler]) -> None:
        super().__init__(address, handler)
        self._free = threading.BoundedSemaphore(AT_ONCE)

    def process_request(self, request: socket | tuple[bytes, socket], client_address: object) -> None:
        """Answer, or close the connection when too many are open."""
        if self._free.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: socket | tuple[bytes, socket], client_address: object) -> None:
        """Answer in a thread of its own, for a bounded time, and make room for the next."""
        end = threading.Timer(WHOLE, _cut, [request])
        end.daemon = True
        end.start()
        try:
            super().process_request_thread(request, client_address)
        finally:
            end.cancel()
            self._free.release()

    def handle_error(self, request: socket | tuple[bytes, socket], client_address: object) -> None:
        """Say nothing: a browser that went away is no error of ours."""


def _cut(connection: socket | tuple[bytes, socket]) -> None:
    """End a connection: whoever reads from it or writes to it sees its end."""
    with suppress(OSError):
        if isinstance(connection, socket):
            connection.shutdown(SHUT_RDWR)


class _Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD for what the site links to."""

    timeout = PATIENCE
    server_version, sys_version = "hotich", ""

    def __init__(self, reports: Path, *arguments: object) -> None:
        self._reports = reports
        super().__init__(*arguments)  # type: ignore[arg-type] # request, address, server

    def do_GET(self) -> None:
        """Send the file."""
        if content := self._found():
            self.wfile.write(content)

    def do_HEAD(self) -> None:
        """Send what GET would send before the file."""
        self._found()

    def _found(self) -> bytes | None:
        """Send status and headers; return what follows them."""
        if [host.lower() for host in self.headers.get_all("Host", [])] not in self._own_hosts():
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
            return None
        name = unquote(urlsplit(self.path).path).lstrip("/") or standalone.file(standalone.INDEX, LANGUAGES[0])
        content = read(self._reports, name) if name in linked(self._reports) else None
        if content is None:
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", TYPES[Path(name).suffix])
        self.send_header("Content-Length", str(len(content)))
        if not name.endswith(".html"):
            self.send_header("Content-Disposition", "attachment")
        self.end_headers()
        return content

    def _own_hosts(self) -> list[list[str]]:
        """Return what a browser that was sent here by nobody else says (a name that was bound to us says its own)."""
        port = self.connection.getsockname()[1]
        return [[f"{LOOPBACK}:{port}"], [f"localhost:{port}"]]

    def end_headers(self) -> None:
        """End the headers with those that every answer carries."""
        for name, value in HEADERS.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Write nothing about each request on the terminal."""
