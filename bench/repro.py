"""Prove that a month gives the same bytes in any environment: `make prove-repro` runs every variation.

`python bench/repro.py [--data FOLDER] [--write FILE] [MONTH [VARIATION …]]`; exit 1 if a file differs.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

PROJECT: Final = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Variation:
    """One change of environment: variables, a command to run under, the folder's name, umask, the order of files."""

    meaning: str
    variables: dict[str, str] = field(default_factory=dict)
    before: tuple[str, ...] = ()
    folder: str = "office"
    umask: int = 0o022
    backwards: bool = False


VARIATIONS: Final = {
    "timezone": Variation("TZ=Pacific/Kiritimati, fourteen hours ahead", {"TZ": "Pacific/Kiritimati"}),
    "locale": Variation("LC_ALL=C instead of C.UTF-8", {"LC_ALL": "C", "LANG": "C"}),
    "hash-seed": Variation("PYTHONHASHSEED=4242", {"PYTHONHASHSEED": "4242"}),
    "umask": Variation("umask 077", umask=0o077),
    "user": Variation("another user name and an empty HOME", {"USER": "nguyễn", "LOGNAME": "nguyễn", "HOME": ""}),
    "folder": Variation("a folder with spaces and Vietnamese letters", folder="Sở Tư pháp – số liệu tháng 10"),
    "clock": Variation("a clock seven years ahead (faketime)", before=("faketime", "-f", "+2500d")),
    "cores": Variation("one processor core (taskset)", before=("taskset", "-c", "0")),
    "kernel": Variation("kernels started the ordinary way, not forked", {"HOTICH_KERNEL": "ordinary"}),
    "order": Variation("data files created in the opposite order", backwards=True),
    "terminal": Variation("a terminal 37 columns wide", {"COLUMNS": "37", "TERM": "dumb"}),
}


def together(*names: str) -> Variation:
    """Return all these variations in one."""
    chosen = [VARIATIONS[name] for name in names]
    return Variation(
        " + ".join(names),
        {name: value for each in chosen for name, value in each.variables.items()},
        tuple(word for each in chosen for word in each.before),
        next((each.folder for each in chosen if each.folder != "office"), "office"),
        next((each.umask for each in chosen if each.umask != 0o022), 0o022),
        any(each.backwards for each in chosen),
    )


_KEPT: Final = ("PATH", "HOME", "OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE", "LD_LIBRARY_PATH")


def rendered(month: str, data: Path, variation: Variation, work: Path) -> dict[str, str]:
    """Make report and notices of a copy of the data under the variation. Returns every file's SHA-256."""
    folder = work / variation.folder
    _copy(data, folder / "data", variation.backwards)
    variables = {name: os.environ[name] for name in _KEPT if name in os.environ}
    variables |= {"LC_ALL": "C.UTF-8", **variation.variables}
    if not variables.get("HOME"):
        variables["HOME"] = str(work / "home")
        (work / "home").mkdir()
    places = ("--data", str(folder / "data"), "--reports", str(folder / "reports"))
    for command in ("report", "notices"):
        words = [*variation.before, sys.executable, "-P", "-m", "hotich", command, month, *places, "--force"]
        done = subprocess.run(words, check=False, env=variables, umask=variation.umask, capture_output=True, text=True)  # noqa: S603
        if done.returncode:
            sys.exit(f"{variation.meaning}: hotich {command} ended with {done.returncode}\n{done.stderr}")
    return dict(_hashes(folder / "reports" / "draft" / month))


def _copy(data: Path, target: Path, backwards: bool) -> None:
    files = sorted(path.relative_to(data) for path in data.rglob("*") if path.is_file())
    for name in reversed(files) if backwards else files:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(data / name, target / name)


def _hashes(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest()


def unlike(one: dict[str, str], two: dict[str, str]) -> list[str]:
    """Return the files that are not the same in both."""
    return sorted(name for name in one.keys() | two.keys() if one.get(name) != two.get(name))


def prove(month: str, data: Path, names: list[str]) -> dict[str, list[str] | None]:
    """Return the files that differ from a plain run, by variation; None if its command is not installed."""
    found: dict[str, list[str] | None] = {}
    with tempfile.TemporaryDirectory(prefix="hotich-repro-") as work:
        plain = rendered(month, data, Variation("plain"), Path(work) / "plain")
        for name in names:
            variation = VARIATIONS[name]
            if variation.before and not shutil.which(variation.before[0]):
                found[name] = None
            else:
                found[name] = unlike(plain, rendered(month, data, variation, Path(work) / name))
            sys.stderr.write(f"{name}: {_result(found[name], len(plain))}\n")
    return found


def _result(files: list[str] | None, total: int = 0) -> str:
    if files is None:
        return "not run: the program is missing on this machine"
    same = f"same bytes ({total} files)" if total else "same bytes"
    return f"differs: {', '.join(files)}" if files else same


def table(month: str, found: dict[str, list[str] | None]) -> str:
    """Return docs/reproducible.md."""
    rows = "".join(f"| {name} | {VARIATIONS[name].meaning} | {_result(files)} |\n" for name, files in found.items())
    return (
        "# Same bytes, whatever surrounds the run\n\n"
        f"Written by `make prove-repro`: report and notices of {month},\n"
        "every file of the draft compared with a plain run.\n\n"
        f"| variation | what | result |\n|---|---|---|\n{rows}"
    )


def main() -> None:
    """Run the variations named on the command line, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("month", nargs="?", default="2024-10")
    parser.add_argument("names", nargs="*", choices=(*VARIATIONS, []), default=[])
    parser.add_argument("--data", type=Path, default=PROJECT / "data")
    parser.add_argument("--write", type=Path)
    given = parser.parse_args()
    found = prove(given.month, given.data, list(given.names or VARIATIONS))
    if given.write:
        given.write.write_text(table(given.month, found), encoding="utf-8")
    sys.exit(any(found.values()))


if __name__ == "__main__":
    main()
