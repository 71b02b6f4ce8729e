"""Each attack on releases is made in an office of its own, and what verify, site, compare and audit say is compared."""

import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from proof.mishaps import limits, released
from proof.mishaps.released import Office
from proof.mishaps.tamperings import FOUND, Tampering


@dataclass
class Result:
    """How many attacks there were, by how they are counted, and what was not right."""

    counted: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def prove(tamperings: Sequence[Tampering], folder: Path) -> Result:
    """Make each attack in a copy of an office with three releases."""
    offices = {unsigned: folder / ("unsigned" if unsigned else "signed") for unsigned in (False, True)}
    whole = {unsigned: released.prepare(at, signed=not unsigned) for unsigned, at in offices.items()}
    result = Result()
    for each in tamperings:
        office = released.copy(whole[each.unsigned], folder / "attacked")
        result.counted[each.counts] += 1
        try:
            with limits.seconds(60):
                problems = [*_problems(each, office, whole[each.unsigned])]
        except (Exception, limits.TooLong) as error:  # whatever it is, it is the fault of this attack
            problems = [f"{type(error).__name__}: {error}"]
        result.wrong += [f"{each.name}: {problem}" for problem in problems]
        shutil.rmtree(folder / "attacked")
    return result


def _problems(each: Tampering, office: Office, whole: Office) -> Iterator[str]:
    each.do(office)
    findings = released.found(office, whole.head if each.head else "")
    if missing := [said for said in each.says if said not in findings]:
        yield f"verify does not say {missing} but {findings}"
    if bool(findings) != (each.counts == FOUND):
        yield f"verify says {findings}"
    yield from released.after(office, whole, findings, each.file)
    yield from released.guarded(office)
