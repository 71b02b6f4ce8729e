"""What Great Expectations says of a month, worked out in the one process that has loaded it."""

import pickle
from dataclasses import dataclass
from pathlib import Path

from hotich import checks
from hotich.checks import Checked, RuleResult
from hotich.checks.edits import Edit
from hotich.checks.waivers import Waiver
from hotich.data import cache, dataset
from hotich.data.dataset import Dataset
from hotich.month import exact
from hotich.storage.paths import Folders


@dataclass(frozen=True)
class Verdict:
    """What came of every rule, and the hash of the inputs that it was said of: for another process, without them."""

    inputs: str
    outcomes: tuple[RuleResult, ...]
    waivers: tuple[Waiver, ...]
    edits: tuple[Edit, ...]

    def of(self, data: Dataset) -> Checked:
        """The month that was judged."""
        return Checked(data, self.outcomes, self.waivers, self.edits)


def judge(month: str, data: str, reports: str) -> bytes:
    """Check the month: a pickled Verdict, which the driver hands on and need not load what it is made of.

    Raises what reading and checking it raises.
    """
    folders = Folders(Path(data), Path(reports))
    inputs = cache.key(folders, exact(month))
    checked = checks.run(dataset.read(month, folders))
    return pickle.dumps(Verdict(inputs, checked.outcomes, checked.waivers, checked.edits))
