"""The server shows what the site links to, on this machine alone, and nothing else to anybody."""

import http.client
import re
import socket
import threading
from contextlib import suppress

import pytest
from silent import Silent

from hotich.errors import CannotNow, InputRefused
from hotich.release import site
from hotich.release.site import serve


@pytest.fixture
def at(released):
    """A site of three releases."""
    site.build(released, Silent())
    return released


@pytest.fixture
def port(at):
    """The port on which the site is served."""
    told, known = [], threading.Event()

    def ready(_, server):
        told.append(server)
        known.set()

    thread = threading.Thread(target=serve.serve, args=(at, 0, ready), daemon=True)
    thread.start()
    assert known.wait(10)
    yield told[0].server_address[1]
    told[0].shutdown()
    thread.join(10)
    assert not thread.is_alive()


def ask(port, path, method="GET", host=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.putrequest(method, path, skip_host=True)
    connection.putheader("Host", f"127.0.0.1:{port}" if host is None else host)
    connection.endheaders()
    answer = connection.getresponse()
    return answer.status, dict(answer.getheaders()), answer.read()


def test_the_list_of_releases_and_what_it_links_to_are_served(at, port):
    for path in ("/", "/index.html", "/index.en.html", "/published/0001-2024-09/report.vi.html"):
        status, headers, content = ask(port, path)
        assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
        assert content == (at.reports / (path.lstrip("/") or "index.html")).read_bytes()
    assert ask(port, "/index.html", "HEAD")[2] == b""


def test_what_no_page_links_to_is_not_served(at, port):
    (at.reports / "draft" / "2024-10" / "report.vi.html").write_text("draft")
    (at.reports / ".secret.html").write_text("secret")
    for path in (
        "/draft/2024-10/report.vi.html",
        "/.secret.html",
        "/published/0001-2024-09/manifest.json",
        "/published/",
        "/published",
        "/../data/office.toml",
        "/%2e%2e/data/office.toml",
        "/published/..%2f..%2fdata/office.toml",
        "//etc/passwd",
        "/index.html%00",
        "/\\..\\data\\office.toml",
    ):
        assert ask(port, path)[0] == 404, path


def test_a_link_out_of_the_reports_is_not_followed(at, port, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "report.vi.html").write_text("outside")
    page = at.reports / "published" / "0001-2024-09" / "report.vi.html"
    page.unlink()
    page.symlink_to(outside / "report.vi.html")
    assert ask(port, "/published/0001-2024-09/report.vi.html")[0] == 404
    folder = at.reports / "published" / "0002-2024-10"
    folder.rename(tmp_path / "moved")
    folder.symlink_to(tmp_path / "moved", target_is_directory=True)
    assert ask(port, "/published/0002-2024-10/report.vi.html")[0] == 404


def test_a_page_that_links_out_of_the_site_opens_nothing(at, port):
    page = at.reports / "published" / "0001-2024-09" / "report.vi.html"
    page.write_text(
        '<a href="../../../data/office.toml"></a><a href="file:///etc/passwd"></a><a href="//x/y.html"></a>'
    )
    known = serve.linked(at.reports)
    assert "published/0001-2024-09/report.vi.html" in known
    assert [name for name in known if name.endswith((".toml", "passwd", "y.html"))] == []


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1", "", "127.0.0.1:{port}.evil.example"]
)
def test_a_foreign_name_that_leads_here_is_answered_nothing(port, host):
    status, _, content = ask(port, "/", host=host.format(port=port))
    assert status == 421
    assert b"2024" not in content


def test_every_answer_forbids_guessing_framing_and_keeping(port):
    for path, method in (("/", "GET"), ("/none.html", "GET"), ("/", "HEAD"), ("/", "POST")):
        _, headers, _ = ask(port, path, method)
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["Cache-Control"] == "no-store"
        assert headers["Server"].strip() == "hotich"


def test_what_is_not_a_page_is_saved_and_not_shown(at, port):
    site.build(at, Silent())
    _, headers, content = ask(port, "/published/0001-2024-09/annex.xlsx")
    assert (headers["Content-Disposition"], content) == ("attachment", b"annex.xlsx of 2024-09")


def test_nothing_but_reading_is_understood(port):
    assert [ask(port, "/", method)[0] for method in ("POST", "PUT", "DELETE", "OPTIONS")] == [501] * 4


def test_a_silent_connection_is_ended_and_too_many_are_closed(port, monkeypatch):
    monkeypatch.setattr(serve._Handler, "timeout", 0.2)
    with socket.create_connection(("127.0.0.1", port), timeout=10) as silent:
        assert silent.recv(1) == b""
    monkeypatch.setattr(serve._Handler, "timeout", 10)
    waiting = [socket.create_connection(("127.0.0.1", port), timeout=10) for _ in range(serve.AT_ONCE)]
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=10) as refused:
            assert refused.recv(1) == b""
    finally:
        for each in waiting:
            each.close()


def test_the_site_is_served_on_loopback_alone_and_a_taken_port_is_told(at, port):
    with pytest.raises(CannotNow) as caught:
        serve.serve(at, port, print)
    assert str(port) in caught.value.message("en")
    assert serve.LOOPBACK == "127.0.0.1"


def test_nothing_is_served_before_there_is_a_site(drafts):
    with pytest.raises(InputRefused) as caught:
        serve.serve(drafts, 0, print)
    assert "make site" in caught.value.message("en")


def test_a_connection_that_says_something_now_and_then_is_ended_too(port, monkeypatch):
    monkeypatch.setattr(serve, "WHOLE", 0.5)
    with socket.create_connection(("127.0.0.1", port), timeout=10) as drip:
        drip.sendall(b"GET / HTTP/1.1\r\n")
        ended = threading.Event()
        threading.Thread(target=lambda: drip.recv(1) or ended.set(), daemon=True).start()
        for _ in range(100):
            with suppress(OSError):
                drip.sendall(b"a: b\r\n")
            if ended.wait(0.05):
                break
        assert ended.is_set()
    assert ask(port, "/")[0] == 200


def test_two_names_in_one_request_are_answered_nothing(port):
    own = f"127.0.0.1:{port}"
    for hosts in ((own, "evil.example"), ("evil.example", own), (own, own)):
        with socket.create_connection(("127.0.0.1", port), timeout=10) as asking:
            asking.sendall("".join(["GET / HTTP/1.1\r\n", *(f"Host: {host}\r\n" for host in hosts), "\r\n"]).encode())
            assert asking.makefile("rb").readline().split()[1] == b"421"


def test_a_file_far_too_large_is_not_served(at, port, monkeypatch):
    most = (at.reports / "index.html").stat().st_size + 1000
    monkeypatch.setattr(serve, "MOST", most)
    assert ask(port, "/published/0001-2024-09/report.vi.html")[0] == 200
    (at.reports / "published" / "0001-2024-09" / "report.vi.html").write_text("x" * (most + 1))
    assert ask(port, "/published/0001-2024-09/report.vi.html")[0] == 404


@pytest.mark.parametrize(
    "line", [b"GET /" + b"a" * 70_000, b"GET / HTTP/1.1\r\n" + b"a: b\r\n" * 200, b"\0\xff\r\n" * 9]
)
def test_a_request_without_end_or_sense_is_refused(port, line):
    with socket.create_connection(("127.0.0.1", port), timeout=10) as asking:
        asking.sendall(line + b"\r\n\r\n")
        assert re.search(rb"4(00|14|31)", asking.makefile("rb").read())
    assert ask(port, "/")[0] == 200
