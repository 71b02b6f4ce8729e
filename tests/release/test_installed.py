"""A library that was altered where it is installed, or code put beside it, is named."""

import base64
import hashlib
import sysconfig

import pytest

from hotich.release import environment, installed


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package of two files in a folder of packages of its own, as pip installs it."""
    site = tmp_path / "site-packages"
    about = site / "fine-1.0.dist-info"
    about.mkdir(parents=True)
    (site / "fine").mkdir()
    lines = ["fine-1.0.dist-info/RECORD,,", "fine/__pycache__/one.pyc,,", "../../bin/fine,sha256=none,1"]
    for name in ("one.py", "two.so"):
        (site / "fine" / name).write_text(name)
        sha = base64.urlsafe_b64encode(hashlib.sha256(name.encode()).digest()).rstrip(b"=").decode()
        lines.append(f"fine/{name},sha256={sha},{len(name)}")
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: fine\nVersion: 1.0\n")
    (about / "RECORD").write_text("\n".join(lines))
    monkeypatch.syspath_prepend(site)
    monkeypatch.setattr(sysconfig, "get_path", lambda _name, **_more: str(site))
    for cached in (installed.altered, installed.strays):
        cached.cache_clear()
    yield site
    for cached in (installed.altered, installed.strays):
        cached.cache_clear()


def unlike(site):
    lock = site.parent / "lock"
    lock.write_text("fine==1.0\n")
    return environment.unlike(lock)


def test_a_package_as_it_was_installed_is_as_the_lock_pins_it(package):
    assert unlike(package) == []


def test_an_altered_or_missing_file_of_a_package_is_named(package):
    (package / "fine" / "one.py").write_text("one.py and more")
    (package / "fine" / "two.so").unlink()
    assert unlike(package) == ["fine 1.0: fine/one.py, fine/two.so"]


@pytest.mark.parametrize("name", ["sitecustomize.py", "fine/three.py", "evil.pth"])
def test_code_that_no_package_has_brought_is_named(package, name):
    (package / name).write_text("")
    assert unlike(package) == [f"? {name}"]


def test_a_package_without_a_record_is_named(package):
    (package / "fine-1.0.dist-info" / "RECORD").unlink()
    assert unlike(package)[0] == "fine 1.0: RECORD"
