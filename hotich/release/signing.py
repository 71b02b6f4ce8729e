"""Signatures over manifests, made and checked by `ssh-keygen -Y`, offline.

The private key is named by HOTICH_SIGNING_KEY; the keys that may sign for the office stand in `data/allowed_signers`.
"""

import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hotich.errors import CannotNow

NAMESPACE: Final = "hotich-release"
KEY: Final = "HOTICH_SIGNING_KEY"
_GOOD: Final = re.compile(r'Good "([^"]*)" signature .*\bkey (SHA256:[A-Za-z0-9+/=]+)')


@dataclass(frozen=True)
class Checked:
    """What came of checking a signature: the fingerprint of its key, and whether that key may sign for the office."""

    key: str
    trusted: bool


def available() -> bool:
    """Whether this machine has ssh-keygen."""
    return shutil.which("ssh-keygen") is not None


def key() -> Path | None:
    """The configured private key; None when none is. Raises CannotNow when it is configured but not there."""
    named = os.environ.get(KEY, "")
    if not named:
        return None
    if not Path(named).expanduser().is_file():
        raise CannotNow("release.no_key", file=named)
    return Path(named).expanduser()


def fingerprint(private: Path) -> str:
    """The fingerprint of a key, `SHA256:…`. Raises CannotNow when ssh-keygen is missing or cannot read it."""
    return _ran("-l", "-f", str(private)).split()[1]


def sign(file: Path, private: Path) -> None:
    """Write the signature beside the file as `<file>.sig`. Raises CannotNow."""
    _ran("-Y", "sign", "-q", "-n", NAMESPACE, "-f", str(private), str(file))


def accepted(private: Path, allowed: Path | None) -> bool:
    """Whether what this key signs is accepted, tried on a file of no meaning. Raises CannotNow where it cannot sign."""
    with tempfile.TemporaryDirectory() as folder:
        trial = Path(folder) / "trial"
        trial.write_text("trial", encoding="utf-8")
        sign(trial, private)
        found = check(trial, trial.with_name("trial.sig"), allowed)
    return found is not None and (found.trusted or allowed is None)


def check(manifest: Path, signature: Path, allowed: Path | None) -> Checked | None:
    """What the signature says of the manifest; None when it is not one of ours over these bytes.

    Without a file of allowed signers the signature is checked but nobody vouches for its key.
    """
    content = manifest.read_bytes()
    for name in _principals(allowed) if allowed else ():
        if found := _good("-Y", "verify", "-f", str(allowed), "-I", name, "-s", str(signature), content=content):
            return Checked(found, trusted=True)
    found = _good("-Y", "check-novalidate", "-s", str(signature), content=content)
    return Checked(found, trusted=False) if found else None


def _principals(allowed: Path) -> list[str]:
    """The names in a file of allowed signers: the first word of each line."""
    lines = (line.split() for line in allowed.read_text(encoding="utf-8", errors="replace").splitlines())
    return [name for words in lines if words and not words[0].startswith("#") for name in words[0].split(",")]


def _good(*words: str, content: bytes) -> str:
    done = subprocess.run(["ssh-keygen", *words, "-n", NAMESPACE], input=content, capture_output=True, check=False)
    said = _GOOD.search(done.stdout.decode("utf-8", "replace"))
    return said[2] if done.returncode == 0 and said and said[1] == NAMESPACE else ""


def _ran(*words: str) -> str:
    if not available():
        raise CannotNow("release.no_tool", tool="ssh-keygen")
    # No terminal to ask at: a key with a passphrase belongs into ssh-agent.
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
