"""The certificate of an audit: a page in each language and a JSON file, in a folder outside every release."""

import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Final

from markupsafe import Markup

from hotich.language import LANGUAGES, say
from hotich.language.unseen import visible
from hotich.release.audit_result import AuditResult
from hotich.release.file_diff import SAME, FileDiff
from hotich.storage import atomic
from hotich.storage.paths import Folders

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


def write(audited: AuditResult, folders: Folders) -> AuditResult:
    """Write the three files, those about a received file by a name of its own. Returns the result with their paths."""
    stem = audited.release.replace("/", "-") + (f"-file-{audited.file[:12]}" if audited.file else "")
    suffixes = (*(f"{language}.html" for language in LANGUAGES), "json")
    paths = [folders.certificates / f"{stem}.{suffix}" for suffix in suffixes]
    audited = replace(audited, certificates=tuple(map(str, paths)))
    for language, path in zip(LANGUAGES, paths, strict=False):
        atomic.write(path, visible(_page(audited, language, paths)).encode())
    record = json.dumps(audited.record(), ensure_ascii=False, indent=1, default=str)
    atomic.write(paths[-1], f"{record}\n".encode())
    return audited


def _say(language: str, key: str, **values: object) -> str:
    return say(language, f"release.certificate.{key}", **values)


def _page(audited: AuditResult, language: str, paths: list[Path]) -> Markup:
    title = _say(language, "title_of_file" if audited.file else "title", release=audited.release)
    other = next(each for each in LANGUAGES if each != language)
    link = Markup('<p><a href="{}" lang="{}" hreflang="{}">{}</a></p>').format(
        paths[LANGUAGES.index(other)].name, other, other, _say(other, "language")
    )
    parts = [part(audited, language) for part in (_received, _verdict, _ran, _lists, _files)]
    return Markup(
        '<!doctype html>\n<html lang="{}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{}</title>\n'
        "<style>{}</style>\n</head>\n<body>\n{}\n<h1>{}</h1>\n{}\n</body>\n</html>\n"
    ).format(language, title, _STYLE, link, title, Markup("\n").join(filter(None, parts)))


def verdict(audited: AuditResult, language: str) -> str:
    """Return the outcome in a sentence or two, with the reason if nothing was executed."""
    same = sum(result.result == SAME for result in audited.files)
    text = _say(language, f"verdict.{audited.verdict}", same=same, files=len(audited.files))
    reason = _say(language, f"reason.{audited.reason}", commit=audited.commit) if audited.reason else ""
    return f"{text} {reason}".strip()


def received(diff: FileDiff, language: str) -> str:
    """Return the outcome for a file that somebody was sent, in a sentence."""
    return _say(language, "received", file=diff.file, result=result_words(diff, language))


def _received(audited: AuditResult, language: str) -> Markup:
    if audited.received is None:
        return Markup()
    lines = Markup("<br>").join(difference_lines(audited.received, audited, language))
    bad = "" if audited.received.agrees else " bad"
    said = received(audited.received, language)
    return Markup('<p class="verdict{}"><strong>{}</strong></p><p>{}</p>').format(bad, said, lines)


def _verdict(audited: AuditResult, language: str) -> Markup:
    output = Markup("<pre>{}</pre>").format(audited.said) if audited.said else Markup("")
    bad = "" if audited.exit_code == 0 else " bad"
    return Markup('<p class="verdict{}"><strong>{}</strong></p>{}').format(bad, verdict(audited, language), output)


def _ran(audited: AuditResult, language: str) -> Markup:
    """List what was run, where, when and by whom."""
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
    row = Markup("<tr><th scope=row>{}</th><td>{}</td></tr>")
    cells = [row.format(_say(language, f"row.{name}"), value) for name, value in rows.items()]
    return Markup("<h2>{}</h2><table>{}</table>").format(_say(language, "ran"), Markup("").join(cells))


def _lists(audited: AuditResult, language: str) -> Markup:
    """List broken seals, unavailable inputs, packages that differ from the lock, and what has changed since."""
    lists = {
        "seals": [finding.message(language) for finding in audited.seals],
        "astray": [f"{each.file}: {each.found or '–'} ({each.wanted})" for each in audited.astray],
        "unlike": list(audited.unlike),
        "changed": list(audited.changed),
    }
    item, listed = Markup("<li>{}</li>"), Markup("<h2>{}</h2><ul>{}</ul>")
    return Markup("\n").join(
        listed.format(_say(language, f"list.{name}"), Markup("").join(map(item.format, items)))
        for name, items in lists.items()
        if items
    )


def _files(audited: AuditResult, language: str) -> Markup:
    """List every file with its result, differing ones first."""
    ordered = sorted(audited.files, key=lambda diff: (diff.result == SAME, diff.file))
    row = Markup("<tr><th scope=row><code>{}</code></th><td>{}</td></tr>")
    rows = [row.format(diff.file, _result(diff, audited, language)) for diff in ordered]
    return Markup("<h2>{}</h2><table>{}</table>").format(_say(language, "files"), Markup("").join(rows))


def _result(diff: FileDiff, audited: AuditResult, language: str) -> Markup:
    return Markup("<br>").join([result_words(diff, language), *difference_lines(diff, audited, language)])


def result_words(diff: FileDiff, language: str) -> str:
    """Return the result for a file in a few words, with the part that has other bytes."""
    text = _say(language, f"result.{diff.result}")
    return f"{text} ({_say(language, f'part.{diff.part}')})" if diff.part else text


def difference_lines(diff: FileDiff, audited: AuditResult, language: str) -> list[str]:
    """Return a line for each difference of a file, and one for the unavailable inputs that may explain them."""
    key = "difference_of_file" if diff is audited.received else "difference"
    lines = [_say(language, key, **{**asdict(each), "where": each.where or diff.file}) for each in diff.differences]
    if lines and audited.astray:
        lines.append(_say(language, "explained", files=", ".join(each.file for each in audited.astray)))
    return lines
