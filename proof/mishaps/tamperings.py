"""What an attacker may do to releases and to the folders around them, and what `verify` must say of each."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, cast

from sealed_releases import NOTICES, edit, rebuild, rewrite, seal
from signing_keys import allow

from hotich.data import releases
from hotich.release import excerpt, manifest, signing, verify
from hotich.release.files import digest
from hotich.release.manifest import Manifest
from hotich.storage.paths import MANIFEST, PROVENANCE, SIGNATURE
from proof.mishaps.released import PRECIOUS, Office

SECOND: Final = "published/0002-2024-09"
LAST: Final = "published/0003-2024-10"
FOUND, HARMLESS, LIMIT = "found", "rightly nothing", "known limit"
KINDS: Final = (FOUND, HARMLESS, LIMIT)


@dataclass(frozen=True)
class Tampering:
    """An attack, what verify must say (all of `says`; nothing where it is empty), and how that is to be counted.

    `file` is the file of the second release that an audit must call different. `head` says that verify is given the
    hash of the last release as it was, `unsigned` that the office signs nothing.
    """

    name: str
    do: Callable[[Office], object]
    says: tuple[str, ...] = ()
    counts: str = FOUND
    file: str = ""
    head: bool = False
    unsigned: bool = False


# --- each file of a release -----------------------------------------------------------------------------------------

FILES: Final = (*verify.REQUIRED, *NOTICES)


def _longer(name: str, office: Office) -> None:
    (office.release(2) / name).open("ab").write(b"\n")


def _shorter(name: str, office: Office) -> None:
    path = office.release(2) / name
    path.write_bytes(path.read_bytes()[:-1])


def _removed(name: str, office: Office) -> None:
    (office.release(2) / name).unlink()


def _renamed(name: str, office: Office) -> None:
    path = office.release(2) / name
    path.rename(path.with_name(f"x{path.name}"))


def _linked(name: str, office: Office) -> None:
    path = office.release(2) / name
    path.rename(office.at.data.parent / "same")
    path.symlink_to(office.at.data.parent / "same")


def _pipe(name: str, office: Office) -> None:
    path = office.release(2) / name
    path.unlink()
    os.mkfifo(path)


def _folder(name: str, office: Office) -> None:
    path = office.release(2) / name
    path.unlink()
    path.mkdir()


def _of_each_file() -> Iterator[Tampering]:
    manners = {
        "one byte longer": (_longer, "changed"),
        "one byte shorter": (_shorter, "changed"),
        "removed": (_removed, "missing"),
        "renamed": (_renamed, "missing"),
        "a link to the same bytes": (_linked, "link"),
        "a pipe": (_pipe, "extra"),
        "a folder": (_folder, "extra"),
    }
    for name in FILES:
        for manner, (do, problem) in manners.items():
            same = manner.startswith("a link")
            yield Tampering(
                f"{name}: {manner}", partial(do, name), (f"{SECOND}/{name} {problem}",), file="" if same else name
            )
    for name, problem in ((MANIFEST, "missing"), (SIGNATURE, "not_signed")):
        for manner in ("removed", "renamed", "a pipe", "a folder"):
            yield Tampering(f"{name}: {manner}", partial(manners[manner][0], name), (f"{SECOND}/{name} {problem}",))
        yield Tampering(f"{name}: a link to the same bytes", partial(_linked, name), (f"{SECOND}/{name} link",))
    yield Tampering(f"{MANIFEST}: one byte longer", partial(_longer, MANIFEST), (f"{SECOND}/{MANIFEST} not_canonical",))
    yield Tampering(f"{MANIFEST}: one byte shorter", partial(_shorter, MANIFEST), (f"{SECOND}/{MANIFEST} not_json",))
    for name, do in (("one byte longer", _longer), ("one byte shorter", _shorter)):
        yield Tampering(f"{SIGNATURE}: {name}", partial(do, SIGNATURE), (f"{SECOND}/{SIGNATURE} bad_signature",))


# --- the fields of a manifest ---------------------------------------------------------------------------------------


def _edited(name: str, value: object, office: Office) -> None:
    fields: dict[str, object] = {**office.manifest(3), name: value}
    (office.release(3) / MANIFEST).write_bytes(manifest.encode(cast(Manifest, fields)))


def _replaced(old: bytes, new: bytes, office: Office) -> None:
    edit(office.release(3) / MANIFEST, old, new)


def _field(name: str, value: object, office: Office) -> None:
    _edited(name, value, office)
    _sign_again(office)


def _sign_again(office: Office) -> None:
    """Make a signature of the last manifest as it is now, with the office's own key."""
    (office.release(3) / SIGNATURE).unlink(missing_ok=True)
    if office.private:
        signing.sign(office.release(3) / MANIFEST, office.private)


_FIELDS: Final[tuple[tuple[str, object, str], ...]] = (
    ("number", 4, "other"),
    ("month", "2024-09", "other"),
    ("origin", "synthetic", "other"),
    ("supersedes", "0001-2024-08", "other"),
    ("counts_revision", 7, "other"),
    ("previous", "0" * 64, "chain"),
    ("previous", "", "chain"),
    ("reason", "because", "field"),
    ("sealed", "2025-01-01T00:00:00Z", "earlier"),
    ("content", "0" * 64, "other_provenance"),
    ("package", "0" * 64, "other_provenance"),
    ("outputs", {}, "lacks"),
)


_UNCHECKED: Final = (("python", "2.7"), ("machine", "Z80"), ("lock", "0" * 64), ("commit", "1" * 40))
"""What nothing here contradicts: with the office's own key it can be changed."""


def _of_each_field() -> Iterator[Tampering]:
    for name, value, problem in _FIELDS:
        yield Tampering(
            f"manifest signed again: {name} = {json.dumps(value)[:20]}",
            partial(_field, name, value),
            (f"{LAST}/{MANIFEST} {problem}",),
        )
    for name, value in _UNCHECKED:
        yield Tampering(
            f"manifest signed again by the office’s own key: {name}", partial(_field, name, value), counts=LIMIT
        )
        yield Tampering(
            f"manifest edited, not signed again: {name}",
            partial(_edited, name, value),
            (f"{LAST}/{SIGNATURE} bad_signature",),
        )
    yield Tampering(
        "manifest signed again: signer a stranger",
        lambda office: _field("signer", signing.fingerprint(office.stranger), office),
        (f"{LAST}/{SIGNATURE} other_key",),
    )


def _of_each_text() -> Iterator[Tampering]:
    for old, new, problem in _TEXTS:
        yield Tampering(
            f"manifest: {old.decode()} → {new.decode()[:24]}",
            partial(_replaced, old, new),
            (f"{LAST}/{MANIFEST} {problem}",),
        )


_TEXTS: Final = (
    (b'"number":3', b'"number": 3', "not_canonical"),
    (b'"number":3', b'"number":3.0', "field"),
    (b'"number":3', b'"number":true', "field"),
    (b'"number":3', b'"number":-3', "field"),
    (b'"number":3', b'"number":NaN', "field"),
    (b'"number":3', b'"number":3,"number":3', "key_twice"),
    (b'"number":3', b'"number":3,"more":1', "fields"),
    (b'"counts_revision":0,', b"", "fields"),
    (b'"annex.xlsx"', b'"../annex.xlsx"', "path"),
    (b'"annex.xlsx"', b'"/etc/passwd"', "path"),
    (b'"annex.xlsx"', b'"a//b"', "path"),
    (b'"annex.xlsx"', b'"a\\\\b"', "path"),
    (b'"annex.xlsx"', b'"a\\u202eb"', "path"),
    (b'"reason":""', b'"reason":"\\ud800"', "not_json"),
    (b'"reason":""', b'"reason":null', "field"),
    (b'"hotich-release/2"', b'"hotich-release/3"', "field"),
    (b"{", b"[" * 100_000, "not_json"),
    (b"{", b"\xef\xbb\xbf{", "not_json"),
)


# --- files that were not there --------------------------------------------------------------------------------------


def _extra(name: str, office: Office) -> None:
    path = office.release(3) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("extra")


def _beside(name: str, office: Office) -> None:
    (office.at.releases(examples=False) / name).write_text("")


def _extras() -> Iterator[Tampering]:
    for name in ("note.txt", "notices/139.vi.html", ".hidden", "index.html", "manifest.txt", "manifest.json.bak"):
        yield Tampering(f"one more file: {name}", partial(_extra, name), (f"{LAST}/{name} extra",))
    yield Tampering(
        "one more folder",
        lambda office: (office.release(3) / "more" / "still").mkdir(parents=True),
        (f"{LAST}/more/still extra",),
    )
    yield Tampering(
        "folders without end",
        lambda office: (office.release(3) / "/".join("d" * 60)).mkdir(parents=True),
        (f"{LAST}/{'/'.join('d' * (verify.DEEPEST + 1))} extra",),
    )
    yield Tampering(
        "a link to the whole system", lambda office: (office.release(3) / "all").symlink_to("/"), (f"{LAST}/all link",)
    )
    yield Tampering(
        "setuid", lambda office: (office.release(2) / "annex.xlsx").chmod(0o4755), (f"{SECOND}/annex.xlsx mode",)
    )
    for name in ("0004-2024-11.bak", "0004-2024-11", "README"):
        yield Tampering(f"beside the releases: {name}", partial(_beside, name), (f"published/{name} stray",))
    yield Tampering("a manifest without a page, which is removed", _hidden_page, (f"{LAST}/{MANIFEST} lacks",))


def _hidden_page(office: Office) -> None:
    (office.release(3) / "quality.vi.html").unlink()
    _field("outputs", {k: v for k, v in office.manifest(3)["outputs"].items() if k != "quality.vi.html"}, office)


# --- the chain ------------------------------------------------------------------------------------------------------


def _page_and_manifests(office: Office, private: Path | None) -> None:
    """Change a page, and every manifest and signature from there on, as somebody would who has that key."""
    edit(office.release(1) / "report.vi.html", b"2024-08", b"2024-07")
    rebuild(office.at, private)


def _unsigned(office: Office) -> None:
    for number in (1, 2, 3):
        (office.release(number) / SIGNATURE).unlink()
        rewrite(office.at, number, signer="")
    edit(office.release(1) / "report.vi.html", b"2024-08", b"2024-07")
    rebuild(office.at)


def _moved(office: Office, number: int, name: str) -> None:
    office.release(number).rename(office.at.releases(examples=False) / name)


def _swapped(office: Office) -> None:
    one, two = office.release(1), office.release(2)
    one.rename(office.at.reports / "aside")
    two.rename(office.at.releases(examples=False) / "0001-2024-09")
    (office.at.reports / "aside").rename(office.at.releases(examples=False) / "0002-2024-08")


def _renumbered(office: Office) -> None:
    shutil.rmtree(office.release(2))
    _moved(office, 2, "0002-2024-10")


def _into_examples(office: Office) -> None:
    office.at.releases(examples=True).mkdir()
    office.release(1).rename(office.at.releases(examples=True) / "0001-2024-08")


def _one_manifest(office: Office) -> None:
    """Change a page and its own manifest alone."""
    edit(office.release(1) / "report.vi.html", b"2024-08", b"2024-07")
    outputs = dict(office.manifest(1)["outputs"])
    rewrite(office.at, 1, outputs=outputs | {"report.vi.html": digest(office.release(1) / "report.vi.html")})


def _other_signature(office: Office, source: Path) -> None:
    (office.release(3) / SIGNATURE).unlink()
    signing.sign(office.release(3) / MANIFEST, source)


def _cut(office: Office) -> None:
    shutil.rmtree(office.release(3))


_OTHER_KEYS: Final = tuple(
    f"published/{name}/{SIGNATURE} other_key" for name in ("0001-2024-08", "0002-2024-09", "0003-2024-10")
)
_UNKNOWN: Final = (" head_unknown",)

_CHAIN: Final = (
    Tampering("a page edited together with its manifest", _one_manifest, (f"{SECOND}/{MANIFEST} chain",)),
    Tampering("the first release removed", lambda o: shutil.rmtree(o.release(1)), ("published/0001 gap",)),
    Tampering("a release removed from the middle", lambda o: shutil.rmtree(o.release(2)), ("published/0002 gap",)),
    Tampering("a release removed, the rest renumbered", _renumbered, ("published/0002-2024-10/manifest.json other",)),
    Tampering("the last release cut off", _cut, counts=LIMIT),
    Tampering("the last release cut off, a hash kept outside", _cut, _UNKNOWN, head=True),
    Tampering("two releases change places", _swapped, ("published/0001-2024-09/manifest.json other",)),
    Tampering(
        "a release renamed to another month",
        lambda o: _moved(o, 3, "0003-2024-11"),
        ("published/0003-2024-11/manifest.json other",),
    ),
    Tampering("a release moved among the examples", _into_examples, ("published/0001 gap",)),
    Tampering(
        "a release inserted",
        lambda o: shutil.copytree(o.release(2), o.at.releases(examples=False) / "0002-2024-10"),
        ("published/0002-2024-09 number_twice",),
    ),
    Tampering(
        "a release appended without a key",
        lambda o: seal(o.at, "2024-10"),
        (f"published/0004-2024-10/{SIGNATURE} no_longer_signed",),
    ),
    Tampering(
        "a release appended by a stranger",
        lambda o: seal(o.at, "2024-10", o.stranger),
        (f"published/0004-2024-10/{SIGNATURE} other_key",),
    ),
    Tampering("rebuilt with a stranger’s key", lambda o: _page_and_manifests(o, o.stranger), _OTHER_KEYS),
    Tampering("rebuilt with the own key", lambda o: _page_and_manifests(o, o.private), counts=LIMIT),
    Tampering(
        "rebuilt with the own key, a hash kept outside",
        lambda o: _page_and_manifests(o, o.private),
        _UNKNOWN,
        head=True,
    ),
    Tampering("rebuilt without signatures", _unsigned, (f"{LAST}/{SIGNATURE} head_unsigned",)),
    Tampering(
        "rebuilt unsigned, where nothing was signed",
        lambda o: _page_and_manifests(o, None),
        counts=LIMIT,
        unsigned=True,
    ),
    Tampering(
        "rebuilt unsigned, a hash kept outside",
        lambda o: _page_and_manifests(o, None),
        _UNKNOWN,
        head=True,
        unsigned=True,
    ),
    Tampering(
        "the signature of another release",
        lambda o: shutil.copyfile(o.release(1) / SIGNATURE, o.release(3) / SIGNATURE),
        (f"{LAST}/{SIGNATURE} bad_signature",),
    ),
    Tampering(
        "a signature by a stranger", lambda o: _other_signature(o, o.stranger), (f"{LAST}/{SIGNATURE} other_key",)
    ),
    Tampering(
        "a signature where none was",
        lambda o: signing.sign(o.release(3) / MANIFEST, o.stranger),
        (f"{LAST}/{SIGNATURE} extra",),
        unsigned=True,
    ),
    Tampering("the list of keys replaced", lambda o: allow(o.at, o.stranger), _OTHER_KEYS),
    Tampering("the list of keys removed", lambda o: o.at.signers.unlink(), counts=LIMIT),
    Tampering("one more key in the list", lambda o: allow(o.at, o.private, o.stranger), counts=HARMLESS),
)


# --- the folders around ---------------------------------------------------------------------------------------------


def _settings(office: Office, folder: Path) -> None:
    """Name a program wherever the configuration of a repository can."""
    program = f"touch {office.run}; cat"
    subprocess.run(["git", "init", "-q", folder], check=True)  # noqa: S603, S607
    lines = (
        f'[core]\n fsmonitor = "{program} #"\n sshCommand = "{program}"\n pager = "{program}"\n hooksPath = hooks\n'
        f'[filter "x"]\n clean = "{program}"\n smudge = "{program}"\n[diff "x"]\n textconv = "{program}"\n'
        f'[remote "origin"]\n url = "ext::sh -c touch% {office.run}"\n promisor = true\n'
        "[extensions]\n partialClone = origin\n[protocol]\n allow = always\n"
    )
    with (folder / ".git" / "config").open("a") as config:
        config.write(lines)
    (folder / ".git" / "info" / "attributes").write_text("* filter=x diff=x\n")


def _change(office: Office, name: str = ".change", removed: Sequence[str] = (f"counts/{PRECIOUS}",)) -> None:
    (office.at.data / name / "files").mkdir(parents=True)
    (office.at.data / name / "removed.json").write_text(json.dumps(list(removed)))
    (office.at.data / name / "files" / "office.toml").write_text("")


def _link_out(office: Office, path: Path) -> None:
    """Put a link to the folder outside in the place of a file or folder."""
    if path.is_dir() and not path.is_symlink():
        path.rename(office.at.data.parent / "aside")
    path.unlink(missing_ok=True)
    path.symlink_to(office.outside, target_is_directory=True)


def _index_linked(office: Office) -> None:
    (office.at.reports / "index.html").symlink_to(office.outside / PRECIOUS)


def _counts(office: Office) -> Path:
    return office.at.data / "counts" / "2024-09.csv"


def _counts_folder(office: Office) -> None:
    _counts(office).unlink()
    _counts(office).mkdir()


def _pipe_at(path: Path) -> None:
    path.unlink(missing_ok=True)
    os.mkfifo(path)


def _excerpt(office: Office) -> None:
    (office.at.reports / excerpt.FILE).write_bytes(
        excerpt.content(next(r for r in releases.chain(office.at, examples=False) if r.number == 1))
    )
    (office.release(2) / "report.vi.html").unlink()


def _provenance(office: Office) -> None:
    edit(office.release(2) / PROVENANCE, b"2024-09.csv", b"2024-08.csv")


_CHANGED: Final = ("data/counts/2024-09.csv counts_changed",)
_MISSING: Final = ("data/counts/2024-09.csv counts_missing",)
_UNSETTLED: Final = ("refused change.unsettled",)

_AROUND: Final = (
    Tampering("counts edited", lambda o: _counts(o).open("a").write("\n"), _CHANGED),
    Tampering("counts removed", lambda o: _counts(o).unlink(), _MISSING),
    Tampering("counts a pipe", lambda o: _pipe_at(_counts(o)), _MISSING),
    Tampering("counts a folder", _counts_folder, _MISSING),
    Tampering("a hostile .git/config of the data", lambda o: _settings(o, o.at.data), counts=HARMLESS),
    Tampering("a hostile .git/config above", lambda o: _settings(o, o.at.data.parent), counts=HARMLESS),
    Tampering("a hostile .git/config of the reports", lambda o: _settings(o, o.at.reports), counts=HARMLESS),
    Tampering("a change waiting in the data", _change, _UNSETTLED),
    Tampering("a change that leads out", lambda o: _change(o, removed=(f"../outside/{PRECIOUS}",)), _UNSETTLED),
    Tampering("a change that is a link", lambda o: _link_out(o, o.at.data / ".change"), _UNSETTLED),
    Tampering("an undecided change", lambda o: _change(o, ".change.new"), counts=HARMLESS),
    Tampering("the chain’s folder a link", lambda o: _link_out(o, o.at.releases(examples=False)), ("published link",)),
    Tampering("the examples’ folder a link", lambda o: _link_out(o, o.at.releases(examples=True)), ("examples link",)),
    Tampering("a release a link", lambda o: _link_out(o, o.release(3)), (f"{LAST} link",)),
    Tampering(
        "a folder of a release a link", lambda o: _link_out(o, o.release(2) / "notices"), (f"{SECOND}/notices link",)
    ),
    Tampering("reports/compare a link", lambda o: _link_out(o, o.at.comparisons), counts=HARMLESS),
    Tampering("reports/index.html a link", _index_linked, counts=HARMLESS),
    Tampering(
        "reports/.index.html.new a link", lambda o: _link_out(o, o.at.reports / ".index.html.new"), counts=HARMLESS
    ),
    Tampering("the chain a file", lambda o: o.at.releases(examples=True).write_text(""), ("examples stray",)),
    Tampering("a pipe as mark of an excerpt", lambda o: _pipe_at(o.at.reports / excerpt.FILE), counts=HARMLESS),
    Tampering("an excerpt’s mark, a page missing", _excerpt, (f"{SECOND}/report.vi.html missing",)),
    Tampering("provenance of another input", _provenance, (f"{SECOND}/{PROVENANCE} other_inputs",)),
)


def table() -> tuple[Tampering, ...]:
    """Return every attack."""
    return (*_of_each_file(), *_of_each_field(), *_of_each_text(), *_extras(), *_CHAIN, *_AROUND)
