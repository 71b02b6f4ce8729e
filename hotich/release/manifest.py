"""A release's manifest: its fields and their canonical form (RFC 8785: the same content has the same bytes)."""

import json
import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any, Final, TypedDict, cast

from hotich.data.releases import NAME

FORMAT: Final = "hotich-release/1"
_HASH: Final = re.compile("[0-9a-f]{64}", re.ASCII)
_COMMIT: Final = re.compile("[0-9a-f]{40}(?:[0-9a-f]{24})?", re.ASCII)
_ANY: Final = re.compile(".*", re.DOTALL)
TEXTS: Final = {
    "format": re.compile(re.escape(FORMAT)),
    "month": re.compile("20[0-9]{2}-(?:0[1-9]|1[0-2])", re.ASCII),
    "origin": re.compile("reported|synthetic"),
    "supersedes": re.compile(f"|{NAME.pattern}", re.ASCII),
    "reason": _ANY,
    "previous": re.compile(f"|{_HASH.pattern}"),
    "commit": _COMMIT,
    "data_commit": _COMMIT,
    "signer": re.compile("|SHA256:[A-Za-z0-9+/=]+", re.ASCII),
    "python": _ANY,
    "machine": _ANY,
    "content": _HASH,
    "package": _HASH,
    "lock": _HASH,
}
"""The pattern of every field that is a text."""
NUMBERS: Final = ("number", "counts_revision")
MOST: Final = 9999
"""The highest number that fits into the name of a release's folder."""
FILES: Final = ("notebooks", "suites", "inputs", "outputs")
"""Fields that map names of files to their SHA-256."""


class Code(TypedDict):
    """The hashes of what a release was made with."""

    package: str
    notebooks: dict[str, str]
    suites: dict[str, str]
    lock: str


class Manifest(Code):
    """All fields; docs/releases.md says what each means."""

    format: str
    number: int
    month: str
    counts_revision: int
    origin: str
    supersedes: str
    reason: str
    previous: str
    commit: str
    data_commit: str
    signer: str
    python: str
    machine: str
    content: str
    inputs: dict[str, str]
    outputs: dict[str, str]


class Malformed(Exception):
    """A manifest that breaks the format. `problem` is the key of its sentence in `release.toml`."""

    def __init__(self, problem: str, field: str) -> None:
        super().__init__(f"{problem}: {field}")
        self.problem = problem
        self.field = field


def encode(fields: Manifest) -> bytes:
    """Return the bytes of a manifest. Raises Malformed if a field is missing, unknown or has a value not allowed."""
    import rfc8785

    _require(fields)
    try:
        return rfc8785.dumps(dict[str, Any](fields))
    except rfc8785.CanonicalizationError:  # a lone surrogate, such as \\ud800
        raise Malformed("not_json", "") from None


def decode(content: bytes) -> Manifest:
    """Return the fields of a manifest. Raises Malformed for any bytes that `encode` does not produce."""
    try:
        read = json.loads(
            content.decode("utf-8"), object_pairs_hook=_unique, parse_float=_refuse, parse_constant=_refuse
        )
    except (ValueError, RecursionError):
        raise Malformed("not_json", "") from None
    if not isinstance(read, dict):
        raise Malformed("not_json", "")
    fields = cast(Manifest, read)  # `encode` checks every field
    if encode(fields) != content:
        raise Malformed("not_canonical", "")
    return fields


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    seen: dict[str, object] = {}
    for name, value in pairs:
        if name in seen:
            raise Malformed("key_twice", name)
        seen[name] = value
    return seen


def _refuse(value: str) -> None:
    raise Malformed("field", value)


def _require(fields: Mapping[str, object]) -> None:
    if unlike := sorted({*TEXTS, *NUMBERS, *FILES} ^ fields.keys()):
        raise Malformed("fields", ", ".join(unlike))
    for name, allowed in TEXTS.items():
        text = fields[name]
        if not isinstance(text, str) or not allowed.fullmatch(text):
            raise Malformed("field", name)
    for name in NUMBERS:
        number = fields[name]
        if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number <= MOST:
            raise Malformed("field", name)
    for name in FILES:
        _require_files(name, fields[name])


def _require_files(name: str, files: object) -> None:
    if not isinstance(files, dict):
        raise Malformed("field", name)
    for path, digest in files.items():
        if not inside(path):
            raise Malformed("path", f"{name}: {path}")
        if not isinstance(digest, str) or not _HASH.fullmatch(digest):
            raise Malformed("field", f"{name}: {path}")


def inside(path: str) -> bool:
    """Return whether a path stays below its folder and is normal: relative, no `..`, no double or back slash."""
    parts = PurePosixPath(path)
    plain = str(parts) == path and "\\" not in path and path.isprintable()
    return bool(path) and plain and not parts.is_absolute() and not {"..", "."} & set(parts.parts)
