"""Hashes of files as manifests have them."""

import hashlib
from pathlib import Path

from hotich.release.manifest import Code
from hotich.storage import hashing
from hotich.storage.paths import EXPECTATIONS, LOCK, NOTEBOOKS, PACKAGE


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def code(checkout: Path) -> Code:
    """Return the hashes of a checkout's package, notebooks, suites and lock."""
    return {
        "package": hashing.tree(hashing.files(checkout / PACKAGE.name), checkout),
        "notebooks": {path.name: digest(path) for path in sorted((checkout / NOTEBOOKS.name).glob("*.ipynb"))},
        "suites": {path.name: digest(path) for path in sorted((checkout / EXPECTATIONS.name).glob("*.json"))},
        "lock": digest(checkout / LOCK.name),
    }
