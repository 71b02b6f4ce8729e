"""Print the outcome of publish, verify, audit and evidence on the terminal."""

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from hotich.cli import console
from hotich.language import say
from hotich.language.unseen import listing
from hotich.release import git
from hotich.release.file_diff import SAME

if TYPE_CHECKING:
    from hotich.release.audit_result import AuditResults
    from hotich.release.evidence import EvidenceFile
    from hotich.release.publish import PublishResult
    from hotich.release.received_file import ReceivedFile
    from hotich.release.verify import VerifyResult


def published(made: "PublishResult") -> None:
    """Show a new release; its run where the counts were refused."""
    if not made.release:
        for run in made.runs:
            console.summary(run)
        return
    console.line("release.publish.done", release=made.release, files=made.files)
    console.line("release.publish.head", head=made.head)
    if made.signer:
        console.line("release.publish.signed", signer=made.signer)
    console.line("release.publish.keep")
    name = "commit" if git.tracks(Path(made.folder)) else "copy"
    console.line(f"release.publish.{name}", folder=Path(made.folder))
    console.line("terminal.next.verify")


def verified(verdict: "VerifyResult") -> None:
    """Show every finding, then how much was looked at, and the hashes to keep."""
    for finding in verdict.findings:
        console.text(finding.message(console.language()))
    if verdict.received:
        _received(verdict.received)
    if not verdict.releases and not verdict.findings:
        console.line("release.verify.none")
        return
    name = "broken" if verdict.findings else "whole"
    console.line(f"release.verify.{name}", releases=verdict.releases, files=verdict.files, count=len(verdict.findings))
    if verdict.anchored:
        console.line("release.verify.anchored", release=verdict.anchored)
    if verdict.excerpt:
        console.line("release.verify.excerpt", release=verdict.excerpt)
    for note in verdict.notes:
        console.line(f"release.verify.{note}")
    for title, head in verdict.heads.items():
        console.line("release.verify.head", release=title, head=head)
    if not verdict.findings and not verdict.excerpt:
        console.line("terminal.next.audit")


def _received(given: "ReceivedFile") -> None:
    """Show where a file that somebody was sent is found, or how it differs from the one it is like."""
    from hotich.release import certificate

    if given.found:
        console.line("release.verify.file_found", file=given.file, found=", ".join(given.found))
    elif given.compared is None:
        console.line("release.verify.file_unknown", file=given.file, hash=given.sha256)
    else:
        result = certificate.result_words(given.compared, console.language())
        console.line("release.verify.file_differs", file=given.file, nearest=given.nearest, result=result)
        for each in given.compared.differences:
            values = {**asdict(each), "where": each.where or given.nearest}
            console.line("release.verify.file_difference", **values)


def trusted(foreign: list[str], progress: console.Progress) -> bool:
    """Return whether a person at the terminal has the code of those releases run; False where nobody can be asked."""
    if not sys.stdin.isatty():
        return False
    with progress.aside():
        console.line("release.audit.foreign", releases=listing(foreign))
        return console.confirmed("release.audit.ask", yes=False)


def audited(audits: "AuditResults") -> None:
    """Show a verdict for each release, every difference, and where the certificate is."""
    from hotich.release import certificate

    spoken = console.language()
    for each in audits.releases:
        verdict = certificate.verdict(each, spoken)
        console.line("release.audit.verdict", release=each.release, verdict=verdict)
        if each.received:
            said = certificate.received(each.received, spoken)
            console.line("release.audit.verdict", release=each.release, verdict=said)
            for line in certificate.difference_lines(each.received, each, spoken):
                console.text(f"    {line}")
        for finding in each.seals:
            console.text(f"  {finding.message(spoken)}")
        for result in each.files:
            if result.result != SAME:
                words = say(spoken, f"release.certificate.result.{result.result}")
                console.line("release.audit.result", file=result.file, result=words)
                for line in certificate.difference_lines(result, each, spoken):
                    console.text(f"    {line}")
        for file in each.certificates:
            console.line("release.audit.file", file=Path(file))
        if not each.exit_code:
            console.line("terminal.next.evidence", month=each.release.partition("-")[2])


def packed(made: "EvidenceFile", month: str) -> None:
    """Show where the evidence file is, and what is not in it."""
    console.line("release.evidence.done", path=Path(made.path), files=made.files, hash=made.sha256)
    if made.certificate in ("", "stale"):
        console.line(f"release.evidence.{made.certificate or 'no'}_certificate", month=month)
        return
    verdict = say(console.language(), f"release.evidence.verdict.{made.certificate}")
    console.line("release.evidence.certificate", verdict=verdict, at=made.audited)
