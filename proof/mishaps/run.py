"""Run the whole proof, print what it found and write it into docs/faults.md: `make prove-faults`."""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Final, TypeVar

from conftest import FAILURES

from proof.mishaps import attacks, document, fuzz, kills, readers, step_failures, tamperings
from proof.mishaps.document import Findings
from proof.mishaps.step_failures import OPERATIONS

PROCESSES: Final = 2
KILLS: Final = 200
MINUTES: Final = 10.0
SEED: Final = 2024
R = TypeVar("R", step_failures.Result, attacks.Result, fuzz.Result)


def failed(folder: Path, pool: ProcessPoolExecutor) -> list[step_failures.Result]:
    """Let every operation on files fail in every manner."""
    each = [(at, failure) for at in range(len(OPERATIONS)) for failure in FAILURES]
    return list(
        pool.map(_failed, [folder / f"failed-{at}-{failure}" for at, failure in each], *zip(*each, strict=True))
    )


def _failed(folder: Path, at: int, failure: str) -> step_failures.Result:
    folder.mkdir()
    return _told(step_failures.prove(OPERATIONS[at], failure, folder), f"{OPERATIONS[at].name}, {failure}")


def attacked(folder: Path, pool: ProcessPoolExecutor) -> attacks.Result:
    """Make every attack."""
    result = attacks.Result()
    for part in pool.map(_attacked, range(PROCESSES), [folder] * PROCESSES):
        result.counted += part.counted
        result.wrong += part.wrong
    return result


def _attacked(part: int, folder: Path) -> attacks.Result:
    (folder / f"attacked-{part}").mkdir()
    return _told(attacks.prove(tamperings.table()[part::PROCESSES], folder / f"attacked-{part}"), "attacks")


def read(folder: Path, minutes: float, seed: int) -> list[tuple[fuzz.Result, int]]:
    """Read damaged files of every kind for so many minutes, each kind in a process of its own."""
    names = [target.name for target in readers.TARGETS]
    seconds = minutes * 60 * PROCESSES / len(names)
    with _pool(tasks=1) as pool:
        found = [
            pool.submit(fuzz.in_child, name, folder / f"read-{at}", seconds, seed) for at, name in enumerate(names)
        ]
        return [(_told(result, result.target), size) for result, size in (each.result() for each in found)]


def _pool(tasks: int | None = None) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn"), max_tasks_per_child=tasks)


def _told(result: R, name: str) -> R:
    """Print what is wrong as soon as it is known."""
    print(f"{name}: {len(result.wrong)} not as it must be", file=sys.stderr, flush=True)
    for each in result.wrong:
        print(f"  {each}", file=sys.stderr, flush=True)
    return result


def prove(folder: Path, kill: int, minutes: float, seed: int) -> Findings:
    """Run all four parts one after the other, each on both cores."""
    with _pool() as pool:
        operations, attacks_made = failed(folder, pool), attacked(folder, pool)
    damaged = read(folder, minutes, seed)
    killed = kills.prove_all(folder, kill, seed, PROCESSES)
    return Findings(operations, killed, attacks_made, damaged, seed)


def main(arguments: Sequence[str]) -> None:
    """Prove, print, write where that is wanted, and exit with 1 if anything is not as it must be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument("--minutes", type=float, default=MINUTES, help="for reading damaged files")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--write", action="store_true", help="into docs/faults.md")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        found = prove(Path(folder), given.kills, given.minutes, given.seed)
    section = document.lines(found)
    print("\n".join([*section, "", *found.wrong]))
    if given.write:
        document.write(section)
    sys.exit(bool(found.wrong))


if __name__ == "__main__":
    main(sys.argv[1:])
