"""What the proof has found, as the last section of docs/faults.md."""

import os
import platform
import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from hotich.storage.paths import PROJECT
from proof.mishaps import attacks, fuzz, kills, step_failures, tamperings
from proof.mishaps.step_failures import NEW, OLD

FILE: Final = PROJECT / "docs" / "faults.md"
HEADING: Final = "\n## What `make prove-faults` found\n"


@dataclass(frozen=True)
class Findings:
    """What each part has found, with the largest size in KiB of each process that read damaged files."""

    failed: Sequence[step_failures.Result]
    killed: kills.Result
    attacked: attacks.Result
    read: Sequence[tuple[fuzz.Result, int]]
    seed: int

    @property
    def wrong(self) -> list[str]:
        """Everything that is not as it must be."""
        parts = [*(each.wrong for each in self.failed), self.killed.wrong, self.attacked.wrong]
        return [each for part in (*parts, *(result.wrong for result, _ in self.read)) for each in part]


def lines(found: Findings) -> list[str]:
    """Return the lines of the section."""
    wrong = len(found.wrong)
    return [
        *_paragraph(
            f"{f'{wrong} times something was' if wrong else 'Nothing was'} not as it must be. Seed {found.seed}, "
            f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}. "
            "A short version of each part is in `tests/test_proof_mishaps.py`."
        ),
        *_failed(found.failed),
        *_killed(found.killed),
        *_attacked(found.attacked),
        *_read(found.read),
    ]


def _paragraph(text: str) -> list[str]:
    return [*textwrap.wrap(text, 140), ""]


def _failed(results: Sequence[step_failures.Result]) -> Iterator[str]:
    yield from _paragraph(
        f"**{sum(each.tried for each in results)} operations on files failed**, one by one: every one of each command, "
        "in each of five manners (disk full or broken, once or from then on; process killed). The old set or the new "
        "one must stand, exit code and words must say which, and after a kill the next run must succeed and leave "
        "nothing behind. Pages are of one line each here."
    )
    yield "| command | operations on files | the old set stood | the new set stood | not as it must be |"
    yield "|---|---:|---:|---:|---:|"
    names = dict.fromkeys(each.operation for each in results)
    for name in names:
        own = [each for each in results if each.operation == name]
        total: Counter[str] = sum((each.outcomes for each in own), Counter[str]())
        wrong = sum(len(each.wrong) for each in own)
        yield f"| `{name}` | {total.total()} | {total[OLD]} | {total[NEW]} | {wrong} |"
    yield ""


def _killed(result: kills.Result) -> Iterator[str]:
    yield from _paragraph(
        f"**{result.kills} runs were killed** (SIGKILL) at random moments, more of them late, when files are put in "
        "place. The old set or the new one must stand and all else be as it was, `verify` find every release whole, no "
        "process live ten seconds longer, and the next run succeed and leave no temporary folder, neither its own nor "
        "those of the dead."
    )
    yield "| command | killed | the old set stood | the new set stood |"
    yield "|---|---:|---:|---:|"
    for command in kills.COMMANDS:
        old, new = (result.outcomes[command.name, which] for which in (OLD, NEW))
        yield f"| `{command.name}` | {old + new} | {old} | {new} |"
    yield ""


def _attacked(result: attacks.Result) -> Iterator[str]:
    found, harmless, limits = (result.counted[kind] for kind in tamperings.KINDS)
    yield from _paragraph(
        f"**{result.counted.total()} attacks on releases** and on the folders around them, looked at by verify, site, "
        f"compare and the comparison of an audit: {found} are found, each with its file; {harmless} do no harm and are "
        f"no finding; {limits} are known limits:"
    )
    yield from (f"- {each.name}" for each in tamperings.table() if each.counts == tamperings.LIMIT)
    yield ""
    yield from _paragraph(
        "A chain that was cut off or rebuilt is found with a hash that was kept outside (`HEAD=`). No program of the "
        "attacker may run, and nothing outside the office’s folders may be written."
    )


def _read(results: Sequence[tuple[fuzz.Result, int]]) -> Iterator[str]:
    total = sum(each.tried for each, _ in results)
    yield from _paragraph(
        f"**{total} damaged files were read**, workbooks damaged inside their zip, too. Each must be read or refused "
        f"with a message, within {fuzz.SECONDS:.0f} s, in a process that may have a gigabyte beside its libraries "
        "(RLIMIT_AS). Problems of a delivery, which name their cells, are not counted as refused here."
    )
    yield "| file | read or refused | of them refused | slowest | largest process | failed otherwise |"
    yield "|---|---:|---:|---:|---:|---:|"
    for each, size in results:
        cells = (each.tried, each.refused, f"{each.slowest:.1f} s", f"{size // 1024} MB", len(each.faults))
        yield f"| {each.target} | {' | '.join(map(str, cells))} |"


def write(section: Sequence[str]) -> None:
    """Write the section at the end of the document, in place of the last one."""
    before = FILE.read_text(encoding="utf-8").partition(HEADING)[0].rstrip("\n") + "\n"
    FILE.write_text("\n".join([before + HEADING, *section, ""]), encoding="utf-8")
