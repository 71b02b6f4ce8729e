"""The outcome of an audit, for one release and for one command."""

from dataclasses import asdict, dataclass
from typing import Final

from hotich.errors import ExitCode
from hotich.release.file_diff import SAME, FileDiff
from hotich.release.staging import InputMismatch
from hotich.release.verify import Finding

NOT_EXECUTED: Final = "not_executed"


@dataclass(frozen=True, kw_only=True)
class AuditResult:
    """The outcome for one release; its fields, in this order, are those of the certificate's JSON file.

    `source` is present or archive; `interpreter` present, overlay or new; `reason` names why nothing was executed and
    `said` is the output of the command that failed. `changed` names code and data that differ today from the release,
    `astray` the inputs that were not available with their hash, `unlike` the packages that differ from the lock.
    """

    release: str
    month: str
    head: str = ""
    verdict: str = NOT_EXECUTED
    at: str
    by: str
    host: str
    machine: str
    python: str
    commit: str = ""
    source: str = ""
    interpreter: str = ""
    reason: str = ""
    said: str = ""
    changed: tuple[str, ...] = ()
    astray: tuple[InputMismatch, ...] = ()
    unlike: tuple[str, ...] = ()
    seals: tuple[Finding, ...] = ()
    files: tuple[FileDiff, ...] = ()
    certificates: tuple[str, ...] = ()

    @property
    def exit_code(self) -> ExitCode:
        """Return DIFFERS for a broken seal, unavailable input or other bytes; CANNOT_NOW if not executed; else DONE."""
        if self.seals or self.astray or self.verdict not in (SAME, NOT_EXECUTED):
            return ExitCode.DIFFERS
        return ExitCode.CANNOT_NOW if self.verdict == NOT_EXECUTED else ExitCode.DONE

    def record(self) -> dict[str, object]:
        """Return the result as JSON values."""
        return {**asdict(self), "seals": [finding.record() for finding in self.seals]}


@dataclass(frozen=True)
class AuditResults:
    """The outcome of one command, release by release."""

    releases: tuple[AuditResult, ...]

    @property
    def exit_code(self) -> ExitCode:
        """Return DIFFERS if any release ended so, else CANNOT_NOW if any did, else DONE."""
        codes = {result.exit_code for result in self.releases}
        return ExitCode.DIFFERS if ExitCode.DIFFERS in codes else max(codes, default=ExitCode.DONE)

    def record(self) -> list[dict[str, object]]:
        """Return the results as JSON values."""
        return [result.record() for result in self.releases]
