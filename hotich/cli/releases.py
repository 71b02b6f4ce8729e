"""Print the outcome of publish, verify, audit and evidence on the terminal."""

from typing import TYPE_CHECKING

from hotich.cli import console
from hotich.language import say
from hotich.release.file_diff import SAME

if TYPE_CHECKING:
    from hotich.release.audit_result import AuditResults
    from hotich.release.evidence import EvidenceFile
    from hotich.release.publish import PublishResult
    from hotich.release.verify import VerifyResult


def published(made: "PublishResult") -> None:
    """The lines about a new release; those about its run where the counts were refused."""
    if not made.release:
        for run in made.runs:
            console.summary(run)
        return
    console.line("release.publish.done", release=made.release, files=made.files)
    console.line("release.publish.head", head=made.head)
    if made.signer:
        console.line("release.publish.signed", signer=made.signer)
    console.line("release.publish.keep")
    console.line("release.publish.commit", folder=made.folder)


def verified(verdict: "VerifyResult") -> None:
    """Every finding, then how much was looked at, and the hashes to keep."""
    for finding in verdict.findings:
        console.text(finding.message(console.language()))
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


def audited(audits: "AuditResults") -> None:
    """A verdict for each release, every difference, and where the certificate is."""
    from hotich.release import certificate

    spoken = console.language()
    for each in audits.releases:
        verdict = certificate.verdict(each, spoken)
        console.line("release.audit.verdict", release=each.release, verdict=verdict)
        for finding in each.seals:
            console.text(f"  {finding.message(spoken)}")
        for result in each.files:
            if result.result != SAME:
                said = say(spoken, f"release.certificate.result.{result.result}")
                console.line("release.audit.result", file=result.file, result=said)
                for line in certificate.difference_lines(result, each, spoken):
                    console.text(f"    {line}")
        console.line("release.audit.files", files=", ".join(each.certificates))


def packed(made: "EvidenceFile", month: str) -> None:
    """Where the evidence file is, and what is not in it."""
    console.line("release.evidence.done", path=made.path, files=made.files, hash=made.sha256)
    if not made.certificate:
        console.line("release.evidence.no_certificate", month=month)
