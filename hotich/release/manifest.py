"""A release's manifest: its fields, and the one way of writing them (RFC 8785: the same content has the same bytes)."""

import json
import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any, Final

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
"""Every field that is a text, with what it may be."""
NUMBERS: Final = ("number", "counts_revision")
MOST: Final = 9999
"""The highest number that the name of a release's folder has room for."""
FILES: Final = ("notebooks", "suites", "inputs", "outputs")
"""Fields that give each file, by its name, its SHA-256."""


class Malformed(Exception):
    """A manifest that is not exactly one. `problem` names the sentence in `release.toml`, `field` what it is about."""

    def __init__(self, problem: str, field: str) -> None:
        super().__init__(f"{problem}: {field}")
        self.problem = problem
        self.field = field


def written(fields: Mapping[str, Any]) -> bytes:
    """The bytes of a manifest. Raises Malformed when a field is missing, unknown or not what it may be."""
    import rfc8785

    _require(dict(fields))
    try:
        return rfc8785.dumps(dict(fields))
    except rfc8785.CanonicalizationError:  # half a character, such as \\ud800
        raise Malformed("not_json", "") from None


def read(content: bytes) -> dict[str, Any]:
    """The fields of a manifest. Raises Malformed for anything that `written` would not have written."""
    try:
        fields = json.loads(content.decode("utf-8"), object_pairs_hook=_once, parse_float=_no, parse_constant=_no)
    except (ValueError, RecursionError):
        raise Malformed("not_json", "") from None
    if not isinstance(fields, dict):
        raise Malformed("not_json", "")
    if written(fields) != content:
        raise Malformed("not_canonical", "")
    return fields


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    seen: dict[str, Any] = {}
    for name, value in pairs:
        if name in seen:
            raise Malformed("key_twice", name)
        seen[name] = value
    return seen


def _no(value: str) -> None:
    raise Malformed("field", value)


def _require(fields: dict[str, Any]) -> None:
    wanted = {*TEXTS, *NUMBERS, *FILES}
    if unlike := sorted(wanted ^ fields.keys()):
        raise Malformed("fields", ", ".join(unlike))
    for name, allowed in TEXTS.items():
        if not isinstance(fields[name], str) or not allowed.fullmatch(fields[name]):
            raise Malformed("field", name)
    for name in NUMBERS:
        if type(fields[name]) is not int or not 0 <= fields[name] <= MOST:
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
    """Whether a path stays where it is put: relative, no `..`, no doubled or back slash, written in its one way."""
    parts = PurePosixPath(path)
    plain = str(parts) == path and "\\" not in path and path.isprintable()
    return bool(path) and plain and not parts.is_absolute() and not {"..", "."} & set(parts.parts)
