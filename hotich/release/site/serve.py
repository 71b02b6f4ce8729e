"""Shows the reports folder to a browser on the same machine, and to nobody else."""

from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import Final

from hotich.errors import CannotNow, InputRefused
from hotich.page import standalone
from hotich.storage.paths import Folders

LOOPBACK: Final = "127.0.0.1"


def serve(folders: Folders, port: int, ready: Callable[[str, ThreadingHTTPServer], object]) -> None:
    """Answer until interrupted; `ready` is told the address and what answers there.

    Raises InputRefused when there is no site yet, CannotNow when the port is taken.
    """
    if not (folders.reports / standalone.INDEX).with_suffix(".html").is_file():
        raise InputRefused("site.none", folder=folders.reports)
    try:
        server = ThreadingHTTPServer((LOOPBACK, port), partial(_Quiet, directory=str(folders.reports)))
    except OSError as error:
        raise CannotNow("site.port", port=port, reason=error.strerror) from None
    with server:
        ready(f"http://{LOOPBACK}:{server.server_address[1]}/", server)
        server.serve_forever()


class _Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing about each on the terminal."""

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""
