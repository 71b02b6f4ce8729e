"""Sign manifests and check their signatures with `ssh-keygen -Y`, offline.

HOTICH_SIGNING_KEY is the path of the private key; `data/allowed_signers` lists the keys that may sign for the office.
"""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hotich.errors import CannotNow
from hotich.month import printable
from hotich.storage import paths, regular, temporary

NAMESPACE: Final = "hotich-release"
TIME: Final = "%Y-%m-%dT%H:%M:%SZ"
"""How manifests write the time of sealing, in UTC."""
KEY: Final = "HOTICH_SIGNING_KEY"
_ARMOURED: Final = re.compile(
    rb"-----BEGIN SSH SIGNATURE-----\n(?:[A-Za-z0-9+/=]{1,76}\n){1,400}-----END SSH SIGNATURE-----\n"
)
"""A whole file with a signature; ssh-keygen itself does not mind what comes after one."""
_GOOD: Final = re.compile(r'Good "([^"]*)" signature .*\bkey (SHA256:[A-Za-z0-9+/=]+)')


@dataclass(frozen=True)
class Signature:
    """A good signature: the fingerprint of its key, and whether that key is among the allowed signers."""

    key: str
    trusted: bool


def available() -> bool:
    """Return whether this machine has ssh-keygen."""
    return shutil.which("ssh-keygen") is not None


def key() -> Path | None:
    """Return the path of the configured private key, or None. Raises CannotNow if that file does not exist."""
    named = os.environ.get(KEY, "")
    if not named:
        return None
    private = paths.named(named)
    if not private.is_file():
        raise CannotNow("release.no_key", file=printable(named))
    return private


def fingerprint(private: Path) -> str:
    """Return the fingerprint of a key, `SHA256:…`. Raises CannotNow if ssh-keygen is missing or cannot read it."""
    return _run("-l", "-f", str(private)).split()[1]


def sign(file: Path, private: Path) -> None:
    """Write the signature beside the file as `<file>.sig`. Raises CannotNow."""
    _run("-Y", "sign", "-q", "-n", NAMESPACE, "-f", str(private), str(file))


def accepted(private: Path, allowed: Path | None) -> bool:
    """Return whether a trial signature of this key passes the check. Raises CannotNow if it cannot sign."""
    with temporary.folder() as folder:
        trial = folder / "trial"
        trial.write_text("trial", encoding="utf-8")
        sign(trial, private)
        signature = check(trial, trial.with_name("trial.sig"), allowed)
    return signature is not None and (signature.trusted or allowed is None)


def check(manifest: Path, signature: Path, allowed: Path | None, sealed: str = "") -> Signature | None:
    """Check the signature over the manifest. Returns None if it is not a good one of our namespace.

    `sealed` is the time at which the key must have been valid, by `valid-after` and `valid-before` of its line in the
    file of allowed signers; now if it is empty. Without that file only the signature itself is checked; its key is then
    not trusted.
    """
    content = regular.read(manifest)
    if not _ARMOURED.fullmatch(regular.read(signature)):
        return None
    at = _at(sealed, allowed)
    for name in _principals(allowed) if allowed else ():
        if signer := _good("-Y", "verify", *at, "-f", str(allowed), "-I", name, "-s", str(signature), content=content):
            return Signature(signer, trusted=True)
    signer = _good("-Y", "check-novalidate", "-s", str(signature), content=content)
    return Signature(signer, trusted=False) if signer else None


def _at(sealed: str, allowed: Path | None) -> tuple[str, ...]:
    """Return the option for the time where the list limits keys in time; OpenSSH before 8.7 does not know it."""
    limited = allowed is not None and re.search(rb"valid-(?:after|before)", regular.read(allowed), re.IGNORECASE)
    return ("-O", f"verify-time={re.sub('[^0-9]', '', sealed)}") if sealed and limited else ()


def _principals(allowed: Path) -> list[str]:
    """Return the names in a file of allowed signers: the first word of each line, split at commas."""
    lines = (line.split() for line in regular.read(allowed).decode("utf-8", "replace").splitlines())
    return [name for words in lines if words and not words[0].startswith("#") for name in words[0].split(",")]


def _good(*words: str, content: bytes) -> str:
    """Return the fingerprint of the key if ssh-keygen calls the signature good, else an empty text."""
    # Times in the file of allowed signers are UTC, wherever it is checked.
    own = {**os.environ, "TZ": "UTC", "LC_ALL": "C"}
    done = subprocess.run(
        ["ssh-keygen", *words, "-n", NAMESPACE], input=content, capture_output=True, check=False, env=own
    )
    good = _GOOD.search(done.stdout.decode("utf-8", "replace"))
    return good[2] if done.returncode == 0 and good and good[1] == NAMESPACE else ""


def _run(*words: str) -> str:
    if not available():
        raise CannotNow("release.no_tool", tool="ssh-keygen")
    # A new session has no terminal at which ssh-keygen could ask: a key with a passphrase belongs into ssh-agent.
    done = subprocess.run(
        ["ssh-keygen", *words],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "SSH_ASKPASS_REQUIRE": "never", "LC_ALL": "C"},
        start_new_session=True,
    )
    if done.returncode:
        raise CannotNow("release.signing", reason=done.stderr.strip() or done.returncode)
    return done.stdout
