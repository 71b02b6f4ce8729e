"""The certificate of an audit: one page in each language and the same for machines, outside every release."""

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from hotich.language import LANGUAGES, say
from hotich.release.file_diff import SAME, Result
from hotich.storage.paths import Folders

if TYPE_CHECKING:
    from hotich.release.audit import Audited

_STYLE: Final = Markup("""
body { font: 1rem/1.5 system-ui, sans-serif; color: #1b2026; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.7rem; line-height: 1.2; }
h2 { font-size: 1.2rem; margin-top: 2rem; }
.verdict { font-size: 1.2rem; border-left: .5rem solid #12436d; padding: .4rem .8rem; }
.bad { border-color: #9a3412; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .25rem .6rem .25rem 0; border-bottom: 1px solid #e1e6ea; }
td, code { overflow-wrap: anywhere; }
pre { white-space: pre-wrap; }
""")


def write(audited: "Audited", folders: Folders) -> "Audited":
    """Write the three files and return the audit with their paths."""
    folders.certificates.mkdir(parents=True, exist_ok=True)
    stem = audited.release.replace("/", "-")
    paths = [
        folders.certificates / f"{stem}.{kind}" for kind in (*(f"{language}.html" for language in LANGUAGES), "json")
    ]
    audited = replace(audited, certificates=tuple(map(str, paths)))
    for language, path in zip(LANGUAGES, paths, strict=False):
        _put(path, str(_page(audited, language, paths)))
    _put(paths[-1], json.dumps(audited.record(), ensure_ascii=False, indent=1, default=str) + "\n")
    return audited


def _put(path: Path, text: str) -> None:
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


def _say(language: str, key: str, **values: object) -> str:
    return say(language, f"release.certificate.{key}", **values)


def _page(audited: "Audited", language: str, paths: list[Path]) -> Markup:
    title = _say(language, "title", release=audited.release)
    other = next(each for each in LANGUAGES if each != language)
    link = Markup('<p><a href="{}" lang="{}" hreflang="{}">{}</a></p>').format(
        paths[LANGUAGES.index(other)].name, other, other, _say(other, "language")
    )
    parts = [
        _verdict(audited, language),
        _ran(audited, language),
        *_lists(audited, language),
        _files(audited, language),
    ]
    return Markup(
        '<!doctype html>\n<html lang="{}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{}</title>\n'
        "<style>{}</style>\n</head>\n<body>\n{}\n<h1>{}</h1>\n{}\n</body>\n</html>\n"
    ).format(language, title, _STYLE, link, title, Markup("\n").join(parts))


def verdict(audited: "Audited", language: str) -> str:
    """The outcome in a sentence or two, with the reason where nothing could be executed."""
    same = sum(result.result == SAME for result in audited.files)
    text = _say(language, f"verdict.{audited.verdict}", same=same, files=len(audited.files))
    reason = _say(language, f"reason.{audited.reason}", commit=audited.commit) if audited.reason else ""
    return f"{text} {reason}".strip()


def _verdict(audited: "Audited", language: str) -> Markup:
    said = Markup("<pre>{}</pre>").format(audited.said) if audited.said else Markup("")
    bad = "" if not audited.exit_code else " bad"
    return Markup('<p class="verdict{}"><strong>{}</strong></p>{}').format(bad, verdict(audited, language), said)


def _ran(audited: "Audited", language: str) -> Markup:
    """What was run, where, when and by whom."""
    source = _say(language, f"source.{audited.source}", commit=audited.commit) if audited.source else "–"
    interpreter = _say(language, f"interpreter.{audited.interpreter}") if audited.interpreter else "–"
    rows = {
        "head": audited.head,
        "code": source,
        "environment": interpreter,
        "at": audited.at,
        "by": audited.by or "–",
        "machine": f"{audited.host}, {audited.machine}, Python {audited.python}",
        "command": f"hotich report {audited.month} --force; hotich notices {audited.month} --force",
    }
    cells = [
        Markup("<tr><th scope=row>{}</th><td>{}</td></tr>").format(_say(language, f"row.{k}"), v)
        for k, v in rows.items()
    ]
    return Markup("<h2>{}</h2><table>{}</table>").format(_say(language, "ran"), Markup("").join(cells))


def _lists(audited: "Audited", language: str) -> list[Markup]:
    """Broken seals, inputs that could not be had, what has changed since, libraries that are not the lock's."""
    lists = {
        "seals": [finding.message(language) for finding in audited.seals],
        "astray": [f"{each.file}: {each.found or '–'} ({each.wanted})" for each in audited.astray],
        "unlike": list(audited.unlike),
        "changed": list(audited.changed),
    }
    return [
        Markup("<h2>{}</h2><ul>{}</ul>").format(
            _say(language, f"list.{name}"), Markup("").join(Markup("<li>{}</li>").format(item) for item in items)
        )
        for name, items in lists.items()
        if items
    ]


def _files(audited: "Audited", language: str) -> Markup:
    """Every file with its result, the ones that are not the same first."""
    ordered = sorted(audited.files, key=lambda result: (result.result == SAME, result.file))
    rows = [
        Markup("<tr><th scope=row><code>{}</code></th><td>{}</td></tr>").format(
            each.file, _result(each, audited, language)
        )
        for each in ordered
    ]
    return Markup("<h2>{}</h2><table>{}</table>").format(_say(language, "files"), Markup("").join(rows))


def _result(result: Result, audited: "Audited", language: str) -> Markup:
    text = _say(language, f"result.{result.result}")
    if result.part:
        text += f" ({_say(language, f'part.{result.part}')})"
    lines = [Markup("{}").format(line) for line in said(result, audited, language)]
    return Markup("<br>").join([Markup("{}").format(text), *lines])


def said(result: Result, audited: "Audited", language: str) -> list[str]:
    """Each difference of a file in a line: where, what, both values; then the inputs that explain it."""
    lines = [
        _say(
            language,
            "difference",
            where=each.where or result.file,
            what=each.what,
            sealed=each.sealed,
            again=each.again,
        )
        for each in result.differences
    ]
    if lines and audited.astray:
        lines.append(_say(language, "explained", files=", ".join(each.file for each in audited.astray)))
    return lines
